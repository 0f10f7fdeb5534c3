// The keys that do something, whether single ones do, and the debug view.

import { element } from '../shell/dom.js';
import { t } from '../shell/i18n.js';
import { keyList } from '../shell/key-list.js';

/** @param {string} name @param {boolean} isOn @param {(isOn: boolean) => void} change */
function toggle(name, isOn, change) {
    const node = element('button', { type: 'button', class: 'onoff', role: 'switch', 'aria-checked': String(isOn), onclick: () => {
        const next = node.getAttribute('aria-checked') !== 'true';
        node.setAttribute('aria-checked', String(next));
        change(next);
    } }, element('span', {}, name), element('i'));
    return node;
}

/** @param {any} page */
export function keyboard(page) {
    return element('div', {}, element('h3', {}, t('Keyboard')), keyList(),
        toggle(t('Single keys (?) work outside of fields'), page.settings.get('keys') !== 'off', (isOn) => page.settings.set('keys', isOn ? 'on' : 'off')));
}

/** @param {any} page */
export function debug(page) {
    return element('div', {}, element('h3', {}, t('Debug')), toggle(t('Show figures under each answer, and log events in the console'), page.settings.get('debug') === 'on', (isOn) => page.settings.set('debug', isOn ? 'on' : 'off')),
        element('p', { class: 'soft' }, element('a', { href: new URL('chat/sse-demo/', document.baseURI).href }, t('What goes over the line, event by event'))));
}
