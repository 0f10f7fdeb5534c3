// Who the page is to the server. The token itself lives in an HttpOnly cookie that no script can read, and the server renews it
// with its answers. Kept here is who that is, to notice when it is somebody else, and when to ask for a fresh one.

import { problemFrom } from './problem.js';

/** @typedef {{getItem(key: string): string | null, setItem(key: string, value: string): void}} Store */

/** A clock that is wrong must not make the page ask before every request. */
const leastBetweenMs = 3_600_000;

export class Identity {
    /** @type {Promise<void> | null} */
    #asking = null;
    #askedAt = -Infinity;
    /** Somebody else says who this is (`auth.mode`), so there is nothing to ask for. */
    #isElsewhere = false;
    /** Counts the answers, so that requests refused together ask once together. */
    generation = 0;
    /** @type {string | null} the guest's id; null when it is not known, or not the page's to know */
    user = null;
    /** Called when the page is somebody else from now on; what it shows is the one's before. */
    onchange = () => {};

    /**
     * @param {URL} base of the API
     * @param {Store} store localStorage
     * @param {typeof fetch} [fetcher]
     */
    constructor(base, store, fetcher = (...call) => fetch(...call)) {
        this.base = base;
        this.store = store;
        this.fetcher = fetcher;
        this.key = `chat-fcgi.guest:${base.pathname}`;
        this.user = this.#kept().user;
    }

    /** @returns {{user: string | null, renewAfter: number}} what is known of the token; NaN when nothing is */
    #kept() {
        try {
            const { user_id: user, renew_after: renewAfter } = JSON.parse(this.store.getItem(this.key) ?? '');
            return { user: typeof user === 'string' ? user : null, renewAfter: Date.parse(renewAfter) };
        } catch {
            return { user: null, renewAfter: NaN };
        }
    }

    /** Asks for a guest identity where there is none, and for a fresh token when half of its time is over. */
    async ensure() {
        if (this.#asking !== null) return this.#asking;
        const { user, renewAfter } = this.#kept();
        if (this.#isElsewhere || renewAfter > Date.now() || Date.now() - this.#askedAt < leastBetweenMs) return;
        try {
            await this.renew(this.generation);
        } catch (error) {
            // There was a token, and it may still hold.
            if (user === null) throw error;
        }
    }

    /**
     * Asks for a guest identity, unless somebody did since `generation`. A server that identifies people in
     * another way (403, 404, 405) is not an error: it knows who is asking, or will say 401 for itself.
     * @param {number} generation
     */
    async renew(generation) {
        if (generation !== this.generation) return;
        this.#asking ??= this.#ask().finally(() => (this.#asking = null));
        return this.#asking;
    }

    async #ask() {
        const response = await this.fetcher(new URL('auth/guest', this.base), { method: 'POST' });
        this.#askedAt = Date.now();
        this.generation += 1;
        if (response.ok) {
            const { user_id, renew_after, identity_changed: isNew } = await response.json();
            this.store.setItem(this.key, JSON.stringify({ user_id, renew_after }));
            this.#become(user_id, isNew === true);
        } else if ([403, 404, 405].includes(response.status)) {
            this.#isElsewhere = true;
            this.user = null;
            this.store.setItem(this.key, '');
        } else {
            throw await problemFrom(response);
        }
    }

    /** Another tab may have become somebody else; this one has the same cookie. */
    look() {
        const { user } = this.#kept();
        if (user === null || user === this.user) return;
        this.generation += 1;
        this.#become(user, false);
    }

    /** @param {string} user @param {boolean} isNew the server says that it is not the one whose token came */
    #become(user, isNew) {
        const isChange = isNew || (this.user !== null && this.user !== user);
        this.user = user;
        if (isChange) this.onchange();
    }
}
