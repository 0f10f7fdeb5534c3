// A conversation in the list.

import { element, icon } from '../shell/dom.js';
import { shortTime, t } from '../shell/i18n.js';

/** @param {any} session */
export const titleOf = (session) => session.title || t('New conversation');

/** @param {string} mark */
const markName = (mark) => /** @type {Record<string, string>} */ ({
    writing: t('writing'), answered: t('new reply'), cut: t('cut off'), waits: t('waits'),
})[mark] ?? '';

/**
 * @param {any} session
 * @param {{agent: any, isCurrent: boolean, mark: string, query: string, hit: any | null, href: string, marked: ((text: string, query: string) => (Node | string)[]) | null,
 *   open(event: Event): void, menu(anchor: any): void}} options `marked`: a text with what was searched
 * @returns {{shows: string, create(): any}} `shows`: rows that show the same are the same
 */
export function rowOf(session, { agent, isCurrent, mark, query, hit, href, marked, open, menu }) {
    const title = titleOf(session);
    const time = shortTime(hit?.created_at ?? session.updated_at ?? session.created_at ?? '');
    const hasRibbon = Boolean(session.pinned) && hit === null && query === '';
    const textOf = (/** @type {string} */ text) => (query === '' || marked === null ? [text] : marked(text, query));
    const create = () => {
        const end = mark !== '' ? element('span', { class: `mark ${mark}` }, markName(mark)) : hasRibbon ? element('span', { class: 'ribbon' }, icon('pin'), element('span', { class: 'unseen' }, t('Pinned')))
            : element('span', { class: 'time' }, time);
        const choose = element('a', { class: 'open', href, tabindex: '-1', 'data-session': session.session_id, title, onclick: open, ...(isCurrent ? { 'aria-current': 'page' } : {}) },
            icon(agent?.sign ?? 'dot'), element('bdi', { class: 'row-title', dir: 'auto' }, ...textOf(title)), end,
            hit === null || !hit.excerpt ? null : element('span', { class: 'excerpt', dir: 'auto' }, hit.role === 'user' ? `${t('You')}: ` : '', ...textOf(hit.excerpt)));
        const more = element('button', { type: 'button', class: 'more', tabindex: '-1', 'aria-haspopup': 'menu', 'aria-label': t('More: {title}', { title }), title: t('More'), onclick: () => menu(more) }, icon('more'));
        return element('li', { class: `row${isCurrent ? ' current' : ''}${session.pinned ? ' pinned' : ''}`, 'data-agent': agent?.id ?? 'general' }, choose, more);
    };
    return { shows: JSON.stringify([title, agent?.key, isCurrent, mark, query, hit, time, session.pinned === true, href]), create };
}
