// What becomes of the list when something happens in a conversation: in this tab, or elsewhere (live.js).

import { t } from '../shell/i18n.js';

/** @typedef {import('./list.js').ConversationList} List */

/**
 * What happened in a conversation of this tab.
 * @param {List} list
 * @param {any} detail
 */
export function own(list, { sessionId, change, title }) {
    const { state } = list.page;
    if (sessionId === null || sessionId === undefined) return;
    const now = new Date().toISOString();
    const before = list.sessions.get(sessionId);
    if (['asked', 'created', 'answering'].includes(change)) {
        const conversation = state.sessionId === sessionId ? state.conversation : null;
        const { agent } = state;
        // Until the server tells: the title is what was asked first.
        const fallback = conversation === null ? {} : { title: title?.slice(0, 80) || conversation.title || conversation.turns?.[0]?.question?.text?.slice(0, 80),
            agent: agent.id === 'model' ? 'relay' : agent.mode ?? agent.id, assistant: agent.assistant, requested_model: agent.model };
        list.sessions.set(sessionId, { session_id: sessionId, created_at: now, ...fallback, ...before, updated_at: change === 'answering' ? before?.updated_at ?? now : now });
    }
    if (change === 'answering') list.marks.set(sessionId, 'writing');
    else if (change === 'cut') list.marks.set(sessionId, 'cut');
    else if (change === 'waits') list.marks.set(sessionId, 'waits');
    else if (change === 'refused') list.marks.delete(sessionId);
    else if (change === 'answered') {
        if (sessionId === state.sessionId) list.marks.delete(sessionId);
        else list.marks.set(sessionId, 'answered');
        void list.load();
    }
    list.draw();
}

/**
 * What happened elsewhere.
 * @param {List} list
 * @param {any} event
 */
export function remote(list, event) {
    if (event.type === 'preferences_changed') return void list.page.emit('taste');
    // Something may have happened while nobody listened.
    if (event.type === 'events_started') return void list.load();
    if (event.type !== 'conversation_changed') return;
    const { session_id: id, change } = event;
    if (change === 'deleted') {
        list.changes += 1;
        list.sessions.delete(id);
        list.marks.delete(id);
        if (id === list.page.state.sessionId && !list.going.has(id)) {
            list.page.open({ agent: list.page.state.agent.key, sessionId: null });
            list.page.toast({ tone: 'ink', text: t('This conversation was deleted elsewhere.'), actions: [], seconds: 8 });
        }
    } else {
        if (change === 'question') list.marks.set(id, 'writing');
        if (change === 'reply_ended') {
            if (id === list.page.state.sessionId) list.marks.delete(id);
            else list.marks.set(id, 'answered');
        }
        // What this tab asked itself, or follows already, comes by its own stream.
        const isFollowed = (list.page.state.conversation?.turns ?? []).some((/** @type {any} */ { replies }) => replies.some((/** @type {any} */ { messageId }) => messageId === event.reply_id));
        if (!isFollowed && (change === 'question' || change === 'reply_ended')) void list.page.reload(id).then(() => list.page.leaf.refresh());
        void list.load();
    }
    list.draw();
}
