// Replies that are being written: what the client tells of them becomes a conversation's turns.

import { isOpen, saidIn } from './conversation.js';

/**
 * @typedef {import('./conversation.js').Conversation} Conversation
 * @typedef {import('./conversation.js').Turn} Turn
 * @typedef {import('./conversation.js').ReplyEntry} ReplyEntry
 */

/**
 * @param {Partial<ReplyEntry> & {turn: string, agent: any}} fields
 * @returns {ReplyEntry}
 */
export const newReply = (fields) => ({
    role: 'assistant', messageId: null, text: '', reasoning: '', status: 'waiting', parts: [], switches: [], provider: '', model: '',
    finishReason: '', usage: null, metrics: null, error: null, createdAt: Date.now(), firstTextMs: null, resets: 0, stopping: false,
    wire: null, ...fields,
});

/**
 * A part takes an event of the stream; what it does not know leaves it as it is.
 * @param {ReplyEntry} reply @param {any} event of the dialect, or `{type: 'reset'}`
 * @param {any[]} parts
 */
export function takeEvent(reply, event, parts) {
    for (const part of parts) {
        const at = reply.parts.findIndex(({ name }) => name === part.name);
        const data = part.reduce?.(reply.parts[at]?.data, event, reply);
        if (data === undefined) continue;
        if (data === null) reply.parts = reply.parts.filter(({ name }) => name !== part.name);
        else if (at >= 0) reply.parts[at] = { ...reply.parts[at], data };
        else reply.parts = [...reply.parts, { name: part.name, at: reply.text.length, data }];
    }
}

/**
 * A question that goes out now.
 * @param {Conversation} conversation
 * @param {any} wire the client's reply
 * @param {string} text
 * @param {any} agent
 * @param {{edits?: string | null, after?: string}} [place] the first question that was asked in its place, or the one that it goes on from
 * @returns {Turn}
 */
export function ask(conversation, wire, text, agent, place = {}) {
    /** @type {Turn} */
    const turn = {
        key: wire.key, shown: 0, isAsked: true, ...place, replies: [newReply({ turn: wire.key, agent, status: 'queued', wire })],
        question: { messageId: null, text, status: 'sending', createdAt: wire.entry?.createdAt ?? Date.now(), error: null, retryAt: null },
    };
    conversation.turns = [...conversation.turns, turn];
    conversation.choose(null);
    follow(conversation, turn, turn.replies[0], wire);
    conversation.onchange(turn);
    return turn;
}

/**
 * A further reply in a turn.
 * @param {Conversation} conversation
 * @param {Turn} turn
 * @param {any} wire
 * @returns {ReplyEntry}
 */
export function addReply(conversation, turn, wire) {
    const reply = newReply({ turn: turn.key, agent: turn.replies.at(-1)?.agent ?? conversation.agent, wire });
    turn.replies = [...turn.replies, reply];
    turn.shown = turn.replies.length - 1;
    turn.isAsked = true;
    follow(conversation, turn, reply, wire);
    conversation.onchange(turn);
    return reply;
}

/**
 * What waits behind a question goes out with what is known of it by then: its id where it goes on from it, and for a model what was said.
 * @param {Conversation} conversation
 * @param {Turn} turn
 */
function tellWaiting(conversation, turn) {
    const { question, key } = turn;
    for (const each of conversation.turns) {
        const { entry, state } = each.replies[0]?.wire ?? {};
        // What was tried already goes out again as it was.
        if (each === turn || state?.status !== 'queued' || state.attempt > 0) continue;
        if (each.after === key) {
            each.after = question?.status === 'delivered' ? question.messageId ?? undefined : turn.after;
            const place = entry.messages ? entry.body?.metadata : entry.body;
            if (place) place.after = each.after;
        }
        if (entry.messages) entry.messages = saidIn(conversation.leadingTo(each));
    }
}

/**
 * The turn is told what comes of a reply.
 * @param {Conversation} conversation
 * @param {Turn} turn
 * @param {ReplyEntry} reply
 * @param {any} wire
 */
export function follow(conversation, turn, reply, wire) {
    reply.wire = wire;
    let wasWhole = reply.text;
    let isKnown = false;
    const take = (/** @type {any} */ state) => {
        // A reply from the history is told from its first event: what is shown stays until that is as long.
        const text = state.text.length < wasWhole.length && wasWhole.startsWith(state.text) && isOpen(state) && reply.resets === 0
            ? wasWhole : state.text;
        Object.assign(reply, {
            text, reasoning: state.reasoning, status: state.status, messageId: state.replyId ?? reply.messageId, provider: state.provider,
            model: state.model, finishReason: state.finishReason, usage: state.usage, metrics: state.metrics, error: state.error,
            firstTextMs: state.firstTextMs, stopping: state.stopping, attempt: state.attempt, retryAt: state.retryAt,
        });
        if (state.sessionId) conversation.sessionId = state.sessionId;
        const { question } = turn;
        if (question !== null && turn.replies[0] === reply) {
            question.messageId = state.userMessageId ?? question.messageId;
            question.error = ['queued', 'refused'].includes(state.status) ? state.error : null;
            question.retryAt = state.status === 'queued' ? state.retryAt : null;
            if (['queued', 'sending', 'refused'].includes(state.status)) question.status = state.status;
            else if (state.status !== 'withdrawn') question.status = 'delivered';
        }
        if (state.status === 'withdrawn') conversation.withdraw(turn);
        else conversation.onchange(turn);
        if (Boolean(state.userMessageId) !== isKnown || !isOpen(state)) tellWaiting(conversation, turn);
        isKnown = Boolean(state.userMessageId);
    };
    wire.on('event', (/** @type {any} */ event) => {
        if (event.type === 'reset') {
            wasWhole = '';
            reply.resets += 1;
            if (event.reason !== 'text_lost' && event.to) reply.switches = [...reply.switches, event];
        }
        if (event.type === 'switched') reply.switches = [...reply.switches, event];
        takeEvent(reply, event.type === 'reset' ? { type: 'reset' } : event.raw ?? event, conversation.parts);
        conversation.onevent(reply, event.raw ?? event);
    });
    wire.on('change', take);
    take(wire.state);
}
