// Which provider answers the general agent's and the visa expert's questions: theirs by rule, or the one that is chosen here, where
// there are several. And which of them rest, for all agents. Loaded when the server tells of them.

import { button, element, icon } from '../shell/dom.js';
import { t } from '../shell/i18n.js';
import { loadProviders } from '../shell/providers.js';
import { dot, reasonInWords } from './start.js';

const agents = ['general', 'visa'];
/** How often those that rest are asked about. */
const againMs = 30_000;

/** @param {import('../shell/page.js').Page} page */
export function offerProviders(page) {
    const { composer, settings, state } = page;
    /** The one that is chosen, as long as there is such. */
    const chosen = () => state.providers.find(({ name }) => name === settings.get('provider')) ?? null;
    for (const id of agents) {
        composer.extras.set(id, () => {
            const provider = chosen();
            return provider === null ? {} : { provider: provider.name, ...(provider.model ? { model: provider.model } : {}) };
        });
    }
    const open = button('', () => {
        void loadProviders(page);
        const choose = (/** @type {string} */ name) => { menu.close(); settings.set('provider', name); draw(); composer.field.focus(); };
        const row = (/** @type {string} */ name, /** @type {string} */ about, /** @type {boolean} */ isOn, /** @type {any} */ sign) => element('button', {
            type: 'button', class: 'agent-row', role: 'menuitemradio', 'aria-checked': isOn, tabIndex: -1, onclick: () => choose(name) },
        sign, element('span', {}, element('span', { class: 'row-name' }, name === '' ? t('providers.any') : element('bdi', {}, name)), element('span', { class: 'row-about' }, about)));
        const rows = [row('', t('providers.any.about'), chosen() === null, icon('again')), ...state.providers.map((/** @type {any} */ each) =>
            row(each.name, [each.model, reasonInWords(each.reason)].filter(Boolean).join(', '), chosen() === each, dot({ ...each, isAvailable: each.available !== false })))];
        /** @type {any} */
        const menu = page.menu(open, [{ content: element('div', { class: 'agent-menu' }, ...rows, element('p', { class: 'note', role: 'none' }, t('providers.note'))) }], t('providers.choose'));
    }, { class: 'provider-button', 'aria-haspopup': 'menu', 'aria-expanded': 'false' });
    const resting = button('', () => void page.openSettings('providers'), { class: 'resting-button' });
    const draw = () => {
        const names = state.providers.filter(({ reason }) => /^resting/.test(reason)).map(({ name }) => name);
        if (names.length === 0) resting.remove();
        else {
            resting.replaceChildren(dot({ isAvailable: false }), element('span', {}, t('providers.resting', { names: names.join(', ') })));
            composer.tools.append(resting);
        }
        const isOffered = agents.includes(state.agent.id) && state.providers.length > 1;
        if (!isOffered) return open.remove();
        open.replaceChildren(element('span', {}, chosen()?.name ?? t('providers.any')), icon('down'));
        open.setAttribute('aria-label', `${t('providers.choose')}: ${open.textContent}`);
        composer.tools.append(open);
    };
    for (const event of ['conversation', 'providers']) page.on(event, draw);
    setInterval(() => { if (resting.isConnected && !document.hidden) void loadProviders(page); }, againMs);
    draw();
}
