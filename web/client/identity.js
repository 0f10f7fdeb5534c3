// Who the page is to the server. On pages of the server's own the token lives in an HttpOnly cookie that no script can read and that
// the server renews; elsewhere the client holds a bearer token. Kept is who that is, to notice when it is somebody else.

import { ChatError, errorFrom } from './errors.js';

/** A clock that is wrong must not make the client ask before every request. */
const leastBetweenMs = 3_600_000;

/** Whether the server itself gave the token out. @param {string} [token] */
function isGuests(token = '') {
    try {
        return JSON.parse(atob(token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/'))).iss === 'chat-fcgi';
    } catch {
        return false;
    }
}

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
     * @param {{storage: import('./index.js').KeyValueStore, key: string, fetch: typeof fetch, token?: string, keepsToken: boolean,
     *   getToken?: (reason: {expired: boolean}) => Promise<string>, onChange(change: import('./index.js').IdentityChange): void,
     *   onToken(token: string): void}} options `keepsToken`: there is no cookie, so a guest's token is kept in the storage
     */
    constructor(base, options) {
        this.base = base;
        this.options = options;
        this.key = options.key;
        /** Of a token that the page gave, nothing goes into the storage: another client there may be a guest. */
        this.isGiven = options.token !== undefined || options.getToken !== undefined;
        /** @type {{user_id?: string, renew_after?: string, token?: string}} */
        this.known = this.isGiven ? { token: options.token } : this.#stored();
        this.userId = this.known.user_id ?? null;
    }

    /** @returns {{user_id?: string, renew_after?: string, token?: string}} */
    #stored() {
        try {
            return JSON.parse(this.options.storage.getItem(this.key) ?? '') || {};
        } catch {
            return {};
        }
    }

    /** @param {{user_id?: string, renew_after?: string, token?: string}} known */
    #know(known) {
        this.known = known;
        if (!this.isGiven) this.options.storage.setItem(this.key, JSON.stringify(known));
    }

    get token() {
        return this.known.token;
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
        const { renew_after: renewAfter = '' } = this.isGiven ? this.known : this.#stored(); // another tab may have renewed it
        const isDue = !(Date.parse(renewAfter) > Date.now());
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
        const { getToken, fetch, onToken, keepsToken } = this.options;
        if (getToken) {
            this.known = { token: await getToken({ expired }) };
            this.generation += 1;
            return;
        }
        // Another service's token cannot be renewed here, and asking as a guest would make the page somebody else.
        if (expired && this.isGiven && !isGuests(this.token)) return void (this.generation += 1);
        // auth/me renews a token that holds and never makes a new guest of one that somebody else gave out.
        const [method, path] = this.token !== undefined && !expired ? ['GET', 'auth/me'] : ['POST', 'auth/guest'];
        const response = await fetch(new URL(`api/v1/${path}`, this.base), { method, headers: this.headers, cache: 'no-store' });
        this.#askedAt = Date.now();
        this.generation += 1;
        if (response.ok) {
            const { user_id, renew_after, identity_changed: isNew, token } = await response.json();
            const holdsToken = keepsToken || this.token !== undefined;
            if (holdsToken && token !== undefined) onToken(token);
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

    /** Another tab may have become somebody else; this one has the same cookie. */
    check() {
        if (this.isGiven) return;
        const stored = this.#stored();
        if (stored.user_id === undefined) return;
        this.known = stored;
        if (stored.user_id === this.userId) return;
        this.generation += 1;
        this.#become(stored.user_id, false);
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
