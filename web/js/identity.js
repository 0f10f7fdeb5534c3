// Who the page is to the server. The token itself lives in an HttpOnly cookie that no script can read; kept here
// is only until when it should hold, so that a first visit asks for it and later ones do not.

import { problemFrom } from './problem.js';

/** @typedef {{getItem(key: string): string | null, setItem(key: string, value: string): void}} Store */

export class Identity {
    #key;
    /** @type {Promise<void> | null} */
    #asking = null;
    /** Counts the answers, so that requests refused together ask once together. */
    generation = 0;

    /**
     * @param {URL} base of the API
     * @param {Store} store localStorage
     * @param {typeof fetch} [fetcher]
     */
    constructor(base, store, fetcher = (...call) => fetch(...call)) {
        this.base = base;
        this.store = store;
        this.fetcher = fetcher;
        this.#key = `chat-fcgi.guest-until:${base.pathname}`;
    }

    /** Asks for a guest identity unless one should still hold. */
    async ensure() {
        if (this.#asking !== null) return this.#asking;
        if (this.generation > 0) return;
        const until = Date.parse(this.store.getItem(this.#key) ?? '');
        if (!(until > Date.now())) await this.renew(this.generation);
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
        this.generation += 1;
        if (response.ok) {
            const { expires_at: until } = await response.json();
            this.store.setItem(this.#key, String(until ?? ''));
        } else if (![403, 404, 405].includes(response.status)) {
            throw await problemFrom(response);
        }
    }
}
