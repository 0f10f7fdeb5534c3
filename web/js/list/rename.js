// Renaming a conversation in its row. What is typed right after F2 is the title, so this is there from the beginning.

import { element, icon } from '../shell/dom.js';
import { t } from '../shell/i18n.js';

/** @typedef {import('./list.js').ConversationList} List */

/** @param {List} list @param {string} id */
export const indexOf = (list, id) => list.rowsView.links.findIndex((each) => each.dataset.session === id);

/** @param {List} list @param {any} session */
export function rename(list, session) {
    list.renamed = session.session_id;
    list.draw();
    const field = /** @type {any} */ (list.rows.querySelector('.renaming input'));
    field?.focus();
    field?.select();
}

/**
 * The field in the row's place. Enter keeps the title, Esc leaves it, and leaving the field keeps it.
 * @param {List} list @param {any} session
 */
export function renamingRow(list, session) {
    const agent = list.page.agentOf(session);
    const field = element('input', { type: 'text', value: session.title ?? '', maxLength: 200, 'aria-label': t('Title'), 'aria-describedby': 'rename-hint', autocomplete: 'off' });
    let isOver = false;
    const end = (/** @type {string | null} */ title) => {
        if (isOver) return;
        isOver = true;
        list.renamed = null;
        node.remove();
        if (title !== null && title !== '' && title !== session.title) void list.act('change', session, { title });
        list.draw();
        list.focusRow(indexOf(list, session.session_id));
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
    const node = element('li', { class: 'row renaming', 'data-agent': agent?.id ?? 'general' }, icon(agent?.sign ?? 'dot'), field,
        element('small', { id: 'rename-hint' }, t('Enter keeps it, Esc leaves it as it was')));
    return node;
}
