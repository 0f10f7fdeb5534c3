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

/** @param {any} page */
export async function signOut(page) {
    // A server that does not know the way forgets the token when it expires.
    await page.api.fetch('POST', 'api/v1/auth/logout').catch(() => {});
    keepToken(page.storage, page.client.base, null);
    location.reload();
}
