// Signing in by a token: it is tried first, then the guest's conversations are taken along, then the page begins anew as somebody else.

import { errorFrom } from '../../client/wire.js';
import { keepToken } from '../shell/signed-in.js';

/**
 * @param {any} page
 * @param {string} token
 * @param {boolean} takesAlong the conversations and the taste of the guest whose cookie this browser has
 * @throws {import('../../client/wire.js').ChatError} what the server says to it; nothing is kept then
 */
export async function signIn(page, token, takesAlong) {
    const { client } = page;
    const ask = (/** @type {string} */ method, /** @type {string} */ path) => client.fetch(new URL(`api/v1/auth/${path}`, client.base),
        { method, headers: { Authorization: `Bearer ${token}` }, cache: 'no-store' });
    const me = await ask('GET', 'me');
    if (!me.ok) throw await errorFrom(me);
    if (takesAlong) {
        const taken = await ask('POST', 'takeover');
        // No guest came with the request, the token is a guest's itself, or the server is older: there is nothing to take.
        if (!taken.ok && ![400, 403, 404, 405].includes(taken.status)) throw await errorFrom(taken);
    }
    keepToken(page.storage, client.base, token);
    location.reload();
}

/**
 * What this browser keeps of a person: token or guest, drafts, what waits, the last conversation. The settings stay.
 * @param {any} page
 */
export function forgetPerson(page) {
    page.composer.text = '';
    for (const key of Object.keys(page.storage)) if (/^chat-fcgi\.\w+:/.test(key)) page.storage.removeItem(key);
}

/**
 * Ends this token, or all of the user's. Nothing of who was here stays in the browser.
 * @param {any} page
 * @param {'here' | 'everywhere'} scope
 * @throws {import('../../client/wire.js').ChatError} when the other tokens could not be ended; then one is still signed in
 */
export async function signOut(page, scope) {
    try {
        await page.api.fetch('POST', 'api/v1/auth/logout', { body: { scope } });
    } catch (problem) {
        // A token that has ended, or a server that does not know the way. Without a line this browser forgets its token all the same.
        if (scope === 'everywhere' && ![401, 404, 405].includes(/** @type {any} */ (problem).status)) throw problem;
    }
    forgetPerson(page);
    location.assign(location.pathname);
}
