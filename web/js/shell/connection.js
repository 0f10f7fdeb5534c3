// The client of the server, and the requests that the page's modules make through it.

import { ChatClient } from '../../client/client.js';
import { keepToken, keptToken } from './signed-in.js';

/** @param {import('./page.js').Page} page */
export function connect(page) {
    const meta = /** @type {HTMLMetaElement | null} */ (document.querySelector('meta[name="chat-fcgi-base"]'));
    const root = meta?.content || '.';
    /** @type {any} */
    const client = new ChatClient({
        base: root, debug: page.settings.get('debug') === 'on', token: keptToken(page.storage, new URL(`${root}/`, document.baseURI)),
    });
    client.on('token', (/** @type {string} */ token) => keepToken(page.storage, client.base, token));
    client.on('line', (/** @type {any} */ line) => { page.state.line = line; page.emit('line', line); });
    page.client = client;
    page.api = {
        json: (/** @type {string} */ method, /** @type {string} */ path, /** @type {any} */ options) => client.request(method, path, options),
        fetch: (/** @type {string} */ method, /** @type {string} */ path, /** @type {any} */ options) => client.identity.open(method, path, options ?? {}),
    };
    return client;
}
