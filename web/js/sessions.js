// The list of conversations in the side panel.

import { element } from './text.js';

/** @param {unknown} time */
function shortTime(time) {
    const date = new Date(String(time ?? ''));
    if (Number.isNaN(date.getTime())) return '';
    const today = date.toDateString() === new Date().toDateString();
    return date.toLocaleString(undefined, today ? { timeStyle: 'short' } : { dateStyle: 'medium' });
}

/** @param {any} session @returns {string} */
function titleOf(session) {
    const last = typeof session.last_message === 'string' ? session.last_message : session.last_message?.content;
    return String(session.title || last || 'Conversation');
}

/**
 * @param {HTMLElement} list
 * @param {any[]} sessions as the server gives them; fields other than session_id may be missing
 * @param {string | null} current
 * @param {(sessionId: string) => void} open
 */
export function renderSessions(list, sessions, current, open) {
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.session;
    const items = sessions.filter((session) => typeof session?.session_id === 'string').map((session) => {
        const id = session.session_id;
        const choose = element('button', { type: 'button', 'data-session': id, onclick: () => open(id) },
            element('span', { className: 'title' }, titleOf(session)),
            element('span', { className: 'time' }, shortTime(session.updated_at ?? session.created_at)));
        if (id === current) choose.setAttribute('aria-current', 'true');
        return element('li', {}, choose);
    });
    list.replaceChildren(...items);
    for (const item of items) {
        if (focused !== undefined && item.firstChild.dataset.session === focused) item.firstChild.focus();
    }
}
