// Who one is: a guest, or signed in; taking a guest's conversations along; everything stored, to keep or to erase.

import { button, element } from '../shell/dom.js';
import { dateTime, t } from '../shell/i18n.js';
import { download } from '../parts/download.js';
import { forgetPerson, signIn, signOut } from './sign-in.js';
import { problemInWords, sayProblem } from '../parts/tell.js';

/** @param {any} page @param {() => void} close */
export function person(page, close) {
    const node = element('div');
    const show = async () => {
        let me = null;
        let isSignedIn = page.client.identity.token !== undefined;
        try {
            me = await page.api.json('GET', 'api/v1/auth/me');
        } catch (problem) {
            // Who cannot be told who they are may still sign in, and so may those whose token has expired.
            if (/** @type {any} */ (problem).status === 401) isSignedIn = false;
        }
        node.replaceChildren(...who(page, me, isSignedIn), ...data(page, close));
    };
    node.append(element('h3', {}, t('You and your data')));
    void show();
    return node;
}

/** @param {any} page @param {any} me @param {boolean} isSignedIn */
function who(page, me, isSignedIn) {
    if (isSignedIn) {
        const out = (/** @type {'here' | 'everywhere'} */ scope) => void signOut(page, scope).catch((/** @type {any} */ problem) => sayProblem(page, problem));
        return [element('h3', {}, t('You are signed in')), element('p', {}, t('As {user}.', { user: me?.name ?? me?.user_id ?? t('not known') })),
            element('div', { class: 'row' }, button(t('Sign out'), () => out('here'), { class: 'edge' }),
                button(t('Sign out everywhere'), () => out('everywhere'), { class: 'edge', title: t('On all devices: each token given to you until now ends.') }))];
    }
    const count = page.list?.sessions?.size ?? 0;
    const until = me?.expires_at ? dateTime(me.expires_at, { day: 'numeric', month: 'long' }) : '';
    const text = until === '' || count === 0 ? t('Your conversations belong to this browser.')
        : t('Your conversations, {count} by now, belong to this browser. Sign in and take them along, or they end with the guest on {day}.', { count, day: until });
    const field = element('input', { type: 'password', name: 'token', autocomplete: 'off', spellcheck: false, placeholder: t('Token or JWT'), 'aria-label': t('Token or JWT'), 'aria-describedby': 'sign-in-error' });
    const along = element('input', { type: 'checkbox', name: 'along', checked: true });
    const error = element('p', { id: 'sign-in-error', class: 'error', role: 'alert' });
    const form = element('form', { class: 'sign-in', onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        const token = field.value.trim();
        error.textContent = '';
        if (token === '') return void field.focus();
        field.removeAttribute('aria-invalid');
        signIn(page, token, along.checked).catch((/** @type {any} */ problem) => {
            field.setAttribute('aria-invalid', 'true');
            error.textContent = problem.status === 401 ? t('The server does not know this token, or it is no longer good.') : problemInWords(page, problem);
            field.focus();
        });
    } }, element('div', { class: 'row' }, field, element('button', { type: 'submit', class: 'main' }, t('Sign in'))), error,
    element('label', { class: 'check' }, along, t('Take my conversations and my taste along')));
    const wasSignedIn = page.client.identity.token !== undefined;
    return wasSignedIn ? [element('h3', {}, t('error.401')), element('p', {}, t('error.401.text')), form]
        : [element('h3', {}, t('You are a guest')), element('p', {}, text), form];
}

/** @param {any} page @param {() => void} close */
function data(page, close) {
    const erase = element('div', { class: 'row' });
    const ask = () => {
        erase.replaceChildren(element('p', { role: 'alert' }, t('All conversations, your taste and your usage are removed for good.')),
            button(t('Keep everything'), calm, { class: 'edge keep' }), button(t('Erase me'), async () => {
                try {
                    await page.api.json('DELETE', 'api/v1/me');
                    close();
                    forgetPerson(page);
                    location.assign(location.pathname);
                } catch (problem) {
                    sayProblem(page, problem);
                    calm();
                }
            }, { icon: 'trash', class: 'danger' }));
        erase.querySelector('.keep').focus();
    };
    const calm = () => {
        erase.replaceChildren(button(t('Download'), async () => {
            try {
                const response = await page.api.fetch('GET', 'api/v1/me/export');
                download('chat-fcgi-export.jsonl', 'application/x-ndjson', await response.blob());
            } catch (problem) {
                sayProblem(page, problem);
            }
        }, { icon: 'download', class: 'edge' }), button(t('Erase me'), ask, { icon: 'trash', class: 'danger erase' }));
    };
    calm();
    return [element('div', { class: 'line yours' }, element('div', {}, element('b', {}, t('Your data')), element('p', { class: 'soft' }, t('Everything that is stored about you, as JSON Lines.'))), erase)];
}
