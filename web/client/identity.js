// Who the page is to the server, and its requests in that name.

import { ChatError, errorFrom } from './wire.js';

const leastBetweenMs = 3_600_000;

export const identityChanged = () => new ChatError(401, { code: 'identity_changed', message: 'You are somebody else to the server now, so this was not sent.' });

/** @param {string} [token] */
function isGuests(token = '') {
    try {
        return JSON.parse(atob(token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/'))).iss === 'chat-fcgi';
    } catch {
        return false;
    }
}

/** @typedef {{user_id?: string, renew_after?: string, token?: string}} Known
 * @typedef {import('./index.js').RequestOptions & {claim?: string, userId?: string | null}} OpenOptions */

export class Identity {
    /** @type {Promise<void> | null} */
    #asking = null;
    #askedAt = -Infinity;
    #isElsewhere = false;
    generation = 0;
    isSignedOut = false;

    /** @param {import('./client.js').ChatClient} client @param {import('./index.js').ClientOptions} options @param {string} key
     * @param {boolean} keepsToken */
    constructor(client, { token, getToken }, key, keepsToken) {
        this.client = client;
        this.getToken = getToken;
        this.key = key;
        this.keepsToken = keepsToken;
        this.isGiven = token !== undefined || getToken !== undefined;
        /** @type {Known} */
        this.known = this.isGiven ? { token } : this.#stored();
        this.userId = this.known.user_id ?? null;
    }

    /** @returns {Known} */
    #stored() {
        try {
            return JSON.parse(this.client.storage.getItem(this.key) ?? '') || {};
        } catch {
            return {};
        }
    }

    /** @param {Known} known */
    #know(known) {
        this.known = known;
        if (!this.isGiven) this.client.storage.setItem(this.key, JSON.stringify(known));
    }

    get token() {
        return this.known.token;
    }

    /** @returns {Record<string, string>} */
    get headers() {
        return this.token === undefined ? {} : { Authorization: `Bearer ${this.token}` };
    }

    async ensure() {
        if (this.#asking !== null) return this.#asking;
        if (this.getToken) return this.token === undefined ? this.renew() : undefined;
        const { renew_after: renewAfter = '' } = this.isGiven ? this.known : this.#stored();
        const isDue = !(Date.parse(renewAfter) > Date.now());
        if (this.#isElsewhere || !isDue || Date.now() - this.#askedAt < leastBetweenMs) return;
        try {
            await this.renew();
        } catch (error) {
            if (this.userId === null && this.token === undefined) throw error;
        }
    }

    async renew(generation = this.generation, expired = false) {
        if (generation !== this.generation) return;
        this.#asking ??= this.#ask(expired).finally(() => {
            this.#asking = null;
            this.generation += 1;
        });
        return this.#asking;
    }

    /** @param {boolean} expired @returns {Promise<void>} */
    async #ask(expired) {
        const { client } = this;
        if (this.getToken) {
            this.known = { token: await this.getToken({ expired }) };
            return;
        }
        if (expired && this.isGiven && !isGuests(this.token)) return;
        const [method, path] = this.token !== undefined && !expired ? ['GET', 'auth/me'] : ['POST', 'auth/guest'];
        const response = await client.fetch(new URL(`api/v1/${path}`, client.base), { method, headers: this.headers, cache: 'no-store' });
        this.#askedAt = Date.now();
        if (response.ok) {
            const { user_id, renew_after, identity_changed: isNew, token } = await response.json();
            const holdsToken = this.keepsToken || this.token !== undefined;
            if (holdsToken && token !== undefined) client.emit('token', token);
            this.#know({ user_id, renew_after, ...(holdsToken ? { token: token ?? this.token } : {}) });
            this.#become(user_id, isNew === true);
        } else if (method === 'POST' && [403, 404, 405].includes(response.status)) {
            this.#isElsewhere = true;
            this.userId = null;
            this.#know({});
        } else if (method === 'GET' && response.status === 401) {
            return this.#ask(true);
        } else {
            throw await errorFrom(response);
        }
    }

    check() {
        if (this.isGiven) return;
        const stored = this.#stored();
        if (stored.user_id === undefined) return;
        this.known = stored;
        if (stored.user_id === this.userId) return;
        this.generation += 1;
        this.#become(stored.user_id, false);
    }

    /** @param {string | null} userId */
    refuseAnother(userId) {
        if (userId !== null && this.userId !== null && this.userId !== userId) throw identityChanged();
    }

    /** @param {string} userId @param {boolean} isNew */
    #become(userId, isNew) {
        const previousUserId = this.userId;
        const changed = isNew || (previousUserId !== null && previousUserId !== userId);
        this.userId = userId;
        if (changed || previousUserId === null) this.client.changeIdentity({ userId, previousUserId, changed });
    }

    /** @param {string} method @param {string} path @param {OpenOptions} options */
    async open(method, path, { body, query, headers, signal, claim = '', userId }) {
        const { client } = this;
        const url = new URL(path, client.base);
        for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, String(value));
        const send = () => {
            const named = claim !== '' && this.userId !== null ? { [claim]: this.userId } : {};
            client.log('request', { method, path });
            return client.fetch(url, {
                method, signal, cache: 'no-store', body: body && JSON.stringify({ ...body, ...named }),
                headers: { ...this.headers, ...headers, ...(body && { 'Content-Type': 'application/json' }) },
            });
        };
        try {
            const user = userId ?? this.userId;
            await this.ensure();
            this.refuseAnother(user);
            const { generation } = this;
            let response = await send();
            const { status } = response;
            if (status === 401 || (status === 403 && this.userId !== null)) {
                await this.renew(generation, status === 401);
                this.refuseAnother(user);
                response = await send();
            }
            client.log('response', { method, path, status: response.status });
            this.isSignedOut = response.status === 401;
            client.updateLine();
            if (!response.ok) throw await errorFrom(response);
            return response;
        } catch (error) {
            if (error instanceof ChatError || signal?.aborted) throw error;
            throw new ChatError(0, { code: 'network' });
        }
    }
}
