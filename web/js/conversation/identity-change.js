// Who one is to the server, on the page.

import { t } from '../shell/i18n.js';

/**
 * The page may become somebody else to the server: what one was doing ends, and what was not sent returns to the field.
 * @param {import('../shell/page.js').Page} page
 * @param {import('./screen.js').Screen} screen
 * @param {{drafts: import('./drafts.js').Drafts, remembered: import('../shell/remembered.js').Remembered}} context
 */
export function followIdentity(page, screen, { drafts, remembered }) {
    const { client, state } = page;
    // What the server calls who has signed in.
    if (client.identity.token !== undefined) {
        client.request('GET', 'api/v1/auth/me').then((/** @type {any} */ me) => {
            state.name = me.name ?? '';
            page.emit('person', me);
        }).catch(() => {});
    }
    let unsent = '';
    screen.giveBack = (text) => {
        drafts.set(page.state.agent.key, text);
        unsent = text;
        if (screen.current.isEmpty) page.compose(text);
    };
    client.on('identity', (/** @type {any} */ { userId, previousUserId, changed }) => {
        state.user = userId;
        if (changed) {
            screen.live.clear();
            const typed = page.composer.text;
            unsent = '';
            remembered.last = {};
            void page.open({ how: 'replace' }).then(() => {
                if (unsent !== '' || typed !== '') page.compose(unsent || typed);
                page.toast({ tone: 'bad', title: t('identity.new'), text: t('identity.new.text') + (unsent === '' ? '' : ` ${t('identity.unsent')}`) });
            });
        }
        page.emit('identity', { user: userId, previous: previousUserId, changed });
    });
}
