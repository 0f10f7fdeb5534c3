// A conversation in the list.

import { element, icon } from '../shell/dom.js';
import { shortTime, t } from '../shell/i18n.js';
import { highlighted } from './highlight.js';

/** @param {string} text @param {string} query @returns {(Node | string)[]} */
export const marked = (text, query) => highlighted(text, query).map((piece) => (piece.hit ? element('mark', {}, piece.text) : piece.text));

/** @param {any} session */
export const titleOf = (session) => session.title || t('New conversation');

/** @param {string} mark */
const markName = (mark) => /** @type {Record<string, string>} */ ({
    writing: t('writing'), answered: t('new reply'), cut: t('cut off'), waits: t('waits'),
})[mark] ?? '';

/**
 * @param {any} session
 * @param {{agent: any, isCurrent: boolean, mark: string, query: string, hit: any | null, href: string, open(event: Event): void, menu(anchor: any): void}} options
 */
export function rowOf(session, { agent, isCurrent, mark, query, hit, href, open, menu }) {
    const title = titleOf(session);
    const end = mark !== '' ? element('span', { class: `mark ${mark}` }, markName(mark)) : session.pinned && hit === null && query === '' ? element('span', { class: 'ribbon' }, icon('pin'), element('span', { class: 'unseen' }, t('Pinned')))
        : element('span', { class: 'time' }, shortTime(hit?.created_at ?? session.updated_at ?? session.created_at ?? ''));
    const choose = element('a', { class: 'open', href, tabindex: '-1', 'data-session': session.session_id, title, onclick: open, ...(isCurrent ? { 'aria-current': 'page' } : {}) },
        icon(agent?.sign ?? 'dot'), element('bdi', { class: 'row-title', dir: 'auto' }, ...(query === '' ? [title] : marked(title, query))), end,
        hit === null || !hit.excerpt ? null : element('span', { class: 'excerpt', dir: 'auto' }, hit.role === 'user' ? `${t('You')}: ` : '', ...marked(hit.excerpt, query)));
    const more = element('button', { type: 'button', class: 'more', tabindex: '-1', 'aria-haspopup': 'menu', 'aria-label': t('More: {title}', { title }), title: t('More'), onclick: () => menu(more) }, icon('more'));
    return element('li', { class: `row${isCurrent ? ' current' : ''}${session.pinned ? ' pinned' : ''}`, 'data-agent': agent?.id ?? 'general' }, choose, more);
}

/**
 * The field in the row's place. Enter keeps it, Esc leaves it, and leaving the field keeps it.
 * @param {any} session @param {any} agent @param {(title: string | null) => void} done null: left as it was
 */
export function renaming(session, agent, done) {
    const field = element('input', { type: 'text', value: session.title ?? '', maxLength: 200, 'aria-label': t('Title'), 'aria-describedby': 'rename-hint', autocomplete: 'off' });
    let isOver = false;
    const end = (/** @type {string | null} */ title) => {
        if (isOver) return;
        isOver = true;
        done(title);
    };
    field.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
        if (event.isComposing) return;
        if (event.key === 'Enter') end(field.value.trim());
        else if (event.key === 'Escape') end(null);
        else return;
        event.preventDefault();
        event.stopPropagation();
    });
    field.addEventListener('blur', () => end(field.value.trim()));
    const node = element('li', { class: 'row renaming', 'data-agent': agent?.id ?? 'general' }, icon(agent?.sign ?? 'dot'), field, element('small', { id: 'rename-hint' }, t('Enter keeps it, Esc leaves it as it was')));
    return { node, field };
}
