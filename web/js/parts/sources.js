// The sections an answer rests on: a line of them under the answer, and the entries of a leaf, which open at the place.

import { showDialog } from '../shell/dialog.js';
import { button, element, icon } from '../shell/dom.js';
import { dateTime, t } from '../shell/i18n.js';
import { problemInWords } from './tell.js';

/** @typedef {{title?: string, section?: string, excerpt?: string, id?: string, url?: string, written?: string}} Source */

/**
 * Under an answer: each opens its entry in the leaf.
 * @param {any} page @param {any} reply
 */
export function create(page, reply) {
    const list = element('ul', { class: 'rests-on' });
    const node = element('div', {}, list);
    return {
        element: node,
        update(/** @type {{sources: Source[]}} */ { sources }, now = reply) {
            list.setAttribute('aria-label', t('Sources'));
            list.replaceChildren(...sources.map(({ title = '', section = '' }, index) => element('li', {},
                element('button', { type: 'button', onclick: () => page.emit('cite', { reply: now, number: index + 1 }) },
                    element('span', { class: 'cite' }, String(index + 1)), element('span', {}, element('bdi', {}, title), section && section !== title ? element('span', { class: 'soft' }, ' ', element('bdi', {}, section)) : null)))));
        },
    };
}

/** @param {string | undefined} day */
const dayOf = (day) => (day === undefined ? '' : dateTime(`${day}T00:00:00Z`, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }));

/**
 * The entries in a leaf; one of them is open, quotes, and opens at the place.
 * @param {any} page @param {Source[]} sources @param {number | null} open number of the open one @param {(number: number) => void} choose
 */
export function entries(page, sources, open, choose) {
    return element('ol', { class: 'sources' }, ...sources.map((source, index) => {
        const number = index + 1;
        const isOpen = number === open;
        const about = [source.section, source.written ? t('written {day}', { day: dayOf(source.written) }) : ''].filter((each) => each && each !== source.title).join(', ');
        const head = element('button', { type: 'button', 'aria-expanded': String(isOpen), 'data-number': number, onclick: () => choose(isOpen ? 0 : number) },
            element('span', { class: 'cite' }, String(number)), element('span', {}, element('b', { dir: 'auto' }, source.title ?? ''), about === '' ? null : element('span', { class: 'soft', dir: 'auto' }, about)));
        const item = element('li', isOpen ? { class: 'open' } : {}, head);
        if (isOpen) {
            if (source.excerpt) item.append(element('blockquote', { dir: 'auto' }, source.excerpt));
            if (source.url) item.append(button(t('Open at this place'), () => void openSource(page, source), { icon: 'out' }));
        }
        return item;
    }));
}

/**
 * The whole document in a dialog, at the section.
 * @param {any} page @param {Source} source
 */
export async function openSource(page, source) {
    const url = new URL(source.url ?? '', 'http://source.invalid/');
    const body = element('div', { class: 'document', tabindex: '0', role: 'region', 'aria-label': source.title ?? t('Source') }, element('p', { class: 'soft' }, t('Opening')));
    showDialog({ title: source.title ?? t('Source'), body, wide: true });
    try {
        const found = await page.api.json('GET', `${url.pathname.slice(1)}${url.search}`);
        /** @type {any} */ let place = null;
        const sections = (found.sections ?? []).map((/** @type {any} */ { number, headings = [], text = '' }) => {
            const isPlace = number === found.section;
            const node = element('section', isPlace ? { class: 'place' } : {}, headings.length === 0 ? null : element('h3', { dir: 'auto' }, headings.join(' › ')), ...paragraphs(text));
            if (isPlace) place = node;
            return node;
        });
        const origin = [found.origin, found.written ? t('written {day}', { day: dayOf(found.written) }) : ''].filter(Boolean).join(', ');
        body.replaceChildren(...(origin === '' ? [] : [element('p', { class: 'soft', dir: 'auto' }, origin)]), ...sections);
        if (found.language) body.lang = found.language;
        place?.scrollIntoView({ block: 'start' });
    } catch (problem) {
        body.replaceChildren(element('p', { role: 'alert' }, icon('warning'), ' ', problemInWords(page, problem)));
    }
}

/**
 * Plain text with paragraphs, and items that begin with "- ".
 * @param {string} text
 */
function paragraphs(text) {
    return text.split(/\n{2,}/).filter((part) => part.trim() !== '').map((part) => {
        const lines = part.split('\n');
        if (lines.every((line) => line.startsWith('- '))) return element('ul', { dir: 'auto' }, ...lines.map((line) => element('li', {}, line.slice(2))));
        return element('p', { dir: 'auto' }, part);
    });
}
