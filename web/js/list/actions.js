// What can be done with a conversation of the list: change its title, pin, copy its link, export, delete. Loaded when first asked for.

import { copyText } from '../shell/clipboard.js';
import { t } from '../shell/i18n.js';
import { sayProblem } from '../parts/tell.js';
import { indexOf } from './rename.js';
import { titleOf } from './row.js';
import { addressOf } from './rows.js';

/** @typedef {import('./list.js').ConversationList} List */

const undoSeconds = 8;

/**
 * Shown at once, and as it was where the server refuses.
 * @param {List} list @param {any} session @param {{title?: string, pinned?: boolean}} fields
 */
export async function change(list, session, fields) {
    const id = session.session_id;
    const before = list.session(id);
    const put = (/** @type {any} */ value) => {
        list.sessions.set(id, value);
        list.results = list.results?.map((each) => (each.session.session_id === id ? { ...each, session: value } : each)) ?? null;
        list.draw();
        list.page.emit('session', { sessionId: id, change: 'renamed', title: value.title });
    };
    const changing = { ...list.changing.get(id), ...fields };
    list.changing.set(id, changing);
    put({ ...before, ...fields });
    try {
        await list.page.api.json('PATCH', `api/v1/chat/sessions/${encodeURIComponent(id)}`, { body: fields });
    } catch (problem) {
        put(before);
        sayProblem(list.page, problem);
    } finally {
        if (list.changing.get(id) === changing) list.changing.delete(id);
        list.changes += 1;
    }
}

/** @param {List} list @param {any} session */
export const pin = (list, session) => change(list, session, { pinned: !session.pinned });

/** @param {List} list @param {any} session */
export const copyLink = ({ page }, session) => copyText(new URL(addressOf(page, session), location.href).href, t('Link copied. It works for you alone.'));

/** @param {List} list @param {any} session */
export async function exportAsFile({ page }, session) {
    try {
        const { exportConversation } = await import('./export.js');
        await exportConversation(page, session, t(`agent.${page.agentOf(session)?.id ?? 'noah'}`));
    } catch (problem) {
        sayProblem(page, problem);
    }
}

/**
 * Gone at once; the server hears of it when the time to undo is over.
 * @param {List} list @param {any} session
 */
export function remove(list, session) {
    const id = session.session_id;
    const at = indexOf(list, id);
    const hadFocus = list.rows.contains(document.activeElement) || document.activeElement === document.body;
    const path = `api/v1/chat/sessions/${encodeURIComponent(id)}`;
    // For a page that is closing: it cannot wait for the answer.
    const now = () => void fetch(new URL(path, list.page.client.base), { method: 'DELETE', keepalive: true, headers: list.page.client.identity.headers }).catch(() => {});
    const finish = async () => {
        clearTimeout(list.going.get(id)?.timer);
        try {
            await list.page.api.json('DELETE', path);
            list.changes += 1;
            list.sessions.delete(id);
            list.going.delete(id);
        } catch (problem) {
            list.going.delete(id);
            if (/** @type {any} */ (problem).status === 404) list.sessions.delete(id);
            else sayProblem(list.page, problem);
            list.draw();
        }
    };
    // The notice stays while it is looked at, and another may take its place before the time is over.
    const open = new Set(['toast', 'time']);
    const ended = (/** @type {string} */ what) => {
        open.delete(what);
        if (open.size === 0 && list.going.has(id)) void finish();
    };
    list.going.set(id, { now, timer: setTimeout(() => ended('time'), undoSeconds * 1000) });
    const isCurrent = id === list.page.state.sessionId;
    list.draw();
    if (hadFocus) list.focusRow(at);
    if (isCurrent) list.page.open({ agent: list.page.state.agent.key, sessionId: null });
    list.page.toast({
        tone: 'ink', text: t('“{title}” deleted', { title: titleOf(session) }), seconds: undoSeconds, onclose: () => ended('toast'),
        actions: [{ label: t('Undo'), run: () => {
            clearTimeout(list.going.get(id)?.timer);
            list.going.delete(id);
            list.draw();
            if (isCurrent && list.page.state.sessionId === null) list.page.open({ agent: list.page.agentOf(session)?.key, sessionId: id });
        } }],
    });
}
