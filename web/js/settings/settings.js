// The settings' dialog: who one is and what is stored, reading, usage, providers, keyboard, debug view.

import { showDialog } from '../shell/dialog.js';
import { button, element } from '../shell/dom.js';
import { t } from '../shell/i18n.js';
import { person } from './person.js';
import { reading } from './reading.js';
import { usage } from './usage.js';
import { providers } from './providers.js';
import { debug, keyboard } from './keyboard.js';

/**
 * @typedef {{id: string, icon: string, title(): string, build(page: any, close: () => void): any}} Section
 * @type {Section[]}
 */
const sections = [
    { id: 'you', icon: 'person', title: () => t('You and your data'), build: person },
    { id: 'reading', icon: 'eye', title: () => t('Reading'), build: reading },
    { id: 'usage', icon: 'bars', title: () => t('Usage'), build: usage },
    { id: 'providers', icon: 'link', title: () => t('Providers'), build: providers },
    { id: 'keyboard', icon: 'keyboard', title: () => t('Keyboard'), build: keyboard },
    { id: 'debug', icon: 'lines', title: () => t('Debug'), build: debug },
];

/** @param {any} page @param {string} [wanted] id of the section to begin with */
export function open(page, wanted = 'you') {
    const content = element('div', { class: 'settings-content', tabindex: '0', role: 'region', 'aria-label': t('Settings') });
    const tabs = element('nav', { class: 'settings-tabs', 'aria-label': t('Sections') });
    const body = element('div', { class: 'settings' }, tabs, content);
    const dialog = showDialog({ title: t('Settings'), body, wide: true });
    for (const { id, icon: sign, title, build } of sections) {
        const section = element('section', { id: `settings-${id}`, class: `settings-${id}` }, build(page, () => dialog.close()));
        content.append(section);
        tabs.append(button(title(), () => show(id, true), { icon: sign, 'data-section': id }));
    }
    const show = (/** @type {string} */ id, moves = false) => {
        for (const each of tabs.children) {
            if (each.dataset.section === id) each.setAttribute('aria-current', 'true');
            else each.removeAttribute('aria-current');
        }
        const section = content.querySelector(`#settings-${id}`);
        if (section === null) return;
        content.scrollTop = section.offsetTop - content.offsetTop - (content.firstElementChild === section ? 100 : 20);
        if (moves) section.querySelector('h3')?.setAttribute('tabindex', '-1');
    };
    content.addEventListener('scroll', () => {
        // The section that is being read; at the end the last one, however short.
        const atEnd = content.scrollTop + content.clientHeight >= content.scrollHeight - 4;
        // Near the end a section that was chosen cannot come to the top: it stays chosen while it is seen.
        const chosen = /** @type {any} */ (content.querySelector(`#settings-${tabs.querySelector('[aria-current]')?.getAttribute('data-section')}`));
        if (atEnd && chosen && chosen.offsetTop - content.offsetTop >= content.scrollTop) return;
        const read = [...content.children].filter((each) => each.offsetTop - content.offsetTop <= content.scrollTop + 60).at(-1);
        const id = (atEnd && content.scrollTop > 0 ? content.lastElementChild : read ?? content.firstElementChild).id.replace('settings-', '');
        for (const each of tabs.children) {
            if (each.dataset.section === id) each.setAttribute('aria-current', 'true');
            else each.removeAttribute('aria-current');
        }
    }, { passive: true });
    show(wanted);
    return dialog;
}

/**
 * A choice of which one holds.
 * @param {string} name @param {[string, string][]} choices value and word @param {string} chosen @param {(value: string) => void} choose
 */
export function segments(name, choices, chosen, choose) {
    const group = element('div', { class: 'segments', role: 'group', 'aria-label': name });
    for (const [value, word] of choices) {
        const each = element('button', { type: 'button', 'aria-pressed': String(value === chosen), onclick: () => {
            for (const other of group.children) other.setAttribute('aria-pressed', String(other === each));
            choose(value);
        } }, word);
        group.append(each);
    }
    return group;
}

/** @param {string} name @param {...any} controls */
export const line = (name, ...controls) => element('div', { class: 'line' }, element('span', {}, name), element('div', { class: 'row' }, ...controls));
