// Who would answer, and why somebody would not.

import { element } from '../shell/dom.js';
import { t } from '../shell/i18n.js';
import { problemInWords } from '../parts/tell.js';

/** @param {string} reason as /api/agent/status says it */
const reasonInWords = (reason) => /** @type {Record<string, string>} */ ({
    available: t('available'), 'not configured': t('not configured'), 'resting after failures': t('resting after failures'),
    'resting as its provider asked': t('resting as its provider asked'),
})[reason] ?? reason;

/** @param {any} page */
export function providers(page) {
    const list = element('ul', { class: 'providers' });
    const load = async () => {
        try {
            const told = await page.api.json('GET', 'api/agent/status');
            list.replaceChildren(...(told.providers ?? []).map((/** @type {any} */ { name, model, available, reason = '' }, /** @type {number} */ index) => element('li', { class: 'line' },
                element('span', { class: `state ${available ? 'available' : reason === 'not configured' ? 'off' : 'resting'}` }, element('bdi', {}, name)),
                element('span', { class: 'soft' }, [model, reasonInWords(reason || (available ? 'available' : 'not configured')), index === 0 && available ? t('asked first') : ''].filter(Boolean).join(', ')))));
            if (list.childElementCount === 0) list.replaceChildren(element('li', { class: 'soft' }, t('The server names none.')));
        } catch (problem) {
            list.replaceChildren(element('li', { role: 'alert' }, problemInWords(page, problem)));
        }
    };
    void load();
    return element('div', {}, element('h3', {}, t('Providers')), list);
}
