// Who the page is to the server. On pages of the server's own the token lives in an HttpOnly cookie that no script can read and that
// the server renews; elsewhere the client holds a bearer token. Kept is who that is, to notice when it is somebody else.

import { ChatError, errorFrom } from './errors.js';

/** A clock that is wrong must not make the client ask before every request. */
const leastBetweenMs = 3_600_000;

export class Identity {
    /** @type {Promise<void> | null} */
    #asking = null;
    #askedAt = -Infinity;
    /** Somebody else says who this is (`auth.mode`), so there is nothing to ask for. */
    #isElsewhere = false;
    /** Counts the answers, so that requests refused together ask once together. */
    generation = 0;
    /** @type {string | null} null when it is not known, or not the page's to know */
    userId = null;

    /**
     * @param {URL} base root of the server
     * @param {{storage: import('./index.js').KeyValueStore, fetch: typeof fetch, token?: string, keepsToken: boolean,
     *   getToken?: (reason: {expired: boolean}) => Promise<string>, onChange(change: import('./index.js').IdentityChange): void,
     *   onToken(token: string): void}} options
     */
    constructor(base, options) {
        this.base = base;
        this.options = options;
        this.key = `chat-fcgi.guest:${new URL('api/v1/', base).pathname}`;
        const kept = options.token === undefined && !options.getToken ? this.#kept() : {};
        this.userId = kept.user_id ?? null;
        /** @type {string | undefined} */
        this.token = options.token ?? (options.keepsToken ? kept.token : undefined);
    }

    /** @returns {{user_id?: string, renew_after?: string, token?: string}} */
    #kept() {
        try {
            return JSON.parse(this.options.storage.getItem(this.key) ?? '') ?? {};
        } catch {
            return {};
        }
    }

    /** @returns {Record<string, string>} */
    get headers() {
        return this.token === undefined ? {} : { Authorization: `Bearer ${this.token}` };
    }

    /** Asks for an identity where there is none, and for a fresh token when half of its time is over. */
    async ensure() {
        if (this.#asking !== null) return this.#asking;
        const { getToken } = this.options;
        if (getToken) return this.token === undefined ? this.renew() : undefined;
        const isDue = !(Date.parse(this.#kept().renew_after ?? '') > Date.now());
        if (this.#isElsewhere || !isDue || Date.now() - this.#askedAt < leastBetweenMs) return;
        try {
            await this.renew();
        } catch (error) {
            // There was a token, and it may still hold.
            if (this.userId === null && this.token === undefined) throw error;
        }
    }

    /**
     * Asks anew, unless somebody did since `generation`. A server that identifies people in another way (403, 404, 405) is not
     * an error: it knows who is asking, or will say 401 for itself.
     */
    async renew(generation = this.generation, expired = false) {
        if (generation !== this.generation) return;
        this.#asking ??= this.#ask(expired).finally(() => (this.#asking = null));
        return this.#asking;
    }

    /** @param {boolean} expired @returns {Promise<void>} */
    async #ask(expired) {
        const { getToken, storage, fetch, onToken, keepsToken } = this.options;
        if (getToken) {
            this.token = await getToken({ expired });
            this.generation += 1;
            return;
        }
        // auth/me renews a token that holds and never makes a new guest of one that somebody else gave out.
        const [method, path] = this.token !== undefined && !expired ? ['GET', 'auth/me'] : ['POST', 'auth/guest'];
        const response = await fetch(new URL(`api/v1/${path}`, this.base), { method, headers: this.headers, cache: 'no-store' });
        this.#askedAt = Date.now();
        this.generation += 1;
        if (response.ok) {
            const { user_id, renew_after, identity_changed: isNew, token } = await response.json();
            if (token !== undefined && (keepsToken || this.token !== undefined)) {
                this.token = token;
                onToken(token);
            }
            storage.setItem(this.key, JSON.stringify({ user_id, renew_after, ...(keepsToken ? { token: this.token } : {}) }));
            this.#become(user_id, isNew === true);
        } else if (method === 'POST' && [403, 404, 405].includes(response.status)) {
            this.#isElsewhere = true;
            this.userId = null;
            storage.setItem(this.key, '');
        } else if (method === 'GET' && response.status === 401) {
            return this.#ask(true);
        } else {
            throw await errorFrom(response);
        }
    }

    /** Another tab may have become somebody else; this one has the same cookie. */
    check() {
        const { user_id: user, token } = this.#kept();
        if (user === undefined || user === this.userId || this.options.getToken) return;
        this.generation += 1;
        if (this.options.keepsToken) this.token = token;
        this.#become(user, false);
    }

    /**
     * What was asked for belongs to the one before.
     * @param {string | null} userId
     */
    refuseAnother(userId) {
        if (userId !== null && this.userId !== null && this.userId !== userId) {
            throw new ChatError(401, { code: 'identity_changed', message: 'You are somebody else to the server now, so this was not sent.' });
        }
    }

    /** @param {string} userId @param {boolean} isNew the server says that it is not the one whose token came */
    #become(userId, isNew) {
        const previousUserId = this.userId;
        const changed = isNew || (previousUserId !== null && previousUserId !== userId);
        this.userId = userId;
        if (changed || previousUserId === null) this.options.onChange({ userId, previousUserId, changed });
    }
}
