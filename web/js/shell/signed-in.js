// The token of who has signed in, kept by this browser until they sign out. Guests have none: theirs is a cookie.

/** @param {URL} base root of the server */
const keyOf = (base) => `chat-fcgi.token:${base.pathname}`;

/**
 * @param {any} storage
 * @param {URL} base
 * @returns {string | undefined}
 */
export const keptToken = (storage, base) => storage.getItem(keyOf(base)) || undefined;

/**
 * @param {any} storage
 * @param {URL} base
 * @param {string | null} token null: signed out
 */
export function keepToken(storage, base, token) {
    storage.setItem(keyOf(base), token ?? '');
}
