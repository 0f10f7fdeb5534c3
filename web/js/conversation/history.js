// A conversation's turns as the server's history has them: the page that is opened first, and those before and after it.

import { agentKeyOf, agentOf } from '../shell/agents.js';
import { isSameTurn } from './conversation.js';
import { newReply } from './following.js';

/**
 * @typedef {import('./conversation.js').Conversation} Conversation
 * @typedef {import('./conversation.js').Turn} Turn
 * @typedef {import('./conversation.js').ReplyEntry} ReplyEntry
 */

/**
 * @param {any} message of the history
 * @param {string} turn
 * @param {any} agent
 * @param {any[]} parts
 * @returns {ReplyEntry}
 */
function replyFrom(message, turn, agent, parts) {
    const text = String(message.content ?? '');
    const reply = newReply({
        turn, agent: agentOf(agentKeyOf(message) ?? '') ?? agent, messageId: message.message_id, text,
        status: message.status === 'streaming' ? 'resuming' : message.status ?? 'complete',
        provider: message.provider ?? '', model: message.model ?? '', finishReason: message.finish_reason ?? '', usage: message.usage ?? null,
        metrics: message.metrics ?? null, createdAt: message.created_at ?? '',
        error: message.error ? { code: message.error.code ?? '', message: String(message.error.message ?? message.error.detail ?? message.error) } : null,
    });
    for (const part of parts) {
        const data = part.fromHistory?.(message);
        if (data) reply.parts.push({ name: part.name, at: part.place === 'flow' ? text.length : 0, data });
    }
    return reply;
}

/** @param {Turn} turn */
const contentOf = ({ replies }) => JSON.stringify(replies.map(({ messageId, status, text }) => [messageId, status, text.length]));

/**
 * @param {Turn} known
 * @param {Turn} turn of the history
 */
const isUnchanged = (known, turn) => isSameTurn(known, turn) && (known.edits ?? null) === (turn.edits ?? null) && contentOf(known) === contentOf(turn);

/**
 * @param {Conversation} conversation
 * @param {any} page of the history
 * @returns {Turn[]}
 */
function turnsOf(conversation, page) {
    /** @type {Turn[]} */
    const turns = [];
    for (const message of Array.isArray(page.messages) ? page.messages : []) {
        if (message.role === 'user') {
            turns.push({ key: message.message_id, replies: [], shown: 0, isAsked: false, edits: message.edits ?? null, question: {
                messageId: message.message_id, text: String(message.content ?? ''), status: 'delivered',
                createdAt: message.created_at ?? '', error: null, retryAt: null } });
            continue;
        }
        let turn = turns.find(({ key }) => key === message.in_reply_to) ?? (message.in_reply_to ? undefined : turns.at(-1));
        if (turn === undefined) {
            turn = { key: message.in_reply_to ?? message.message_id, question: null, replies: [], shown: 0, isAsked: false };
            turns.push(turn);
        }
        turn.replies.push(replyFrom(message, turn.key, conversation.agent, conversation.parts));
        turn.shown = turn.replies.length - 1;
    }
    return turns;
}

/**
 * Pages that lie beside one another. They may have parted a question from its replies.
 * @param {Turn[]} earlier
 * @param {Turn[]} later
 */
function joined(earlier, later) {
    const isParted = (/** @type {Turn} */ { question, key }) => question === null && earlier.some((each) => isCalled(each, key));
    for (const { replies, key } of later.filter(isParted)) {
        const turn = /** @type {Turn} */ (earlier.find((each) => isCalled(each, key)));
        turn.replies.push(...replies);
        turn.shown = turn.replies.length - 1;
    }
    return [...earlier, ...later.filter((turn) => !isParted(turn))];
}

/** @param {Turn} turn @param {string} id */
const isCalled = ({ key, question }, id) => key === id || question?.messageId === id;

/**
 * @param {Conversation} conversation
 * @param {any} page of the history
 * @param {'latest' | 'around' | 'before' | 'after'} which
 */
export function takeHistory(conversation, page, which) {
    const turns = turnsOf(conversation, page);
    const known = conversation.turns;
    const before = page.has_more ? page.next_before ?? page.messages?.[0]?.message_id ?? null : null;
    const after = page.next_after ?? null;
    if (which === 'before') {
        conversation.turns = joined(turns, known);
        conversation.nextBefore = before;
    } else if (which === 'after') {
        conversation.turns = joined(known, turns);
        conversation.nextAfter = after;
    } else {
        // What is known already stays as it is: earlier pages, turns that have not changed, and questions that the server does not have.
        const at = turns.length === 0 ? -1 : known.findIndex((turn) => isSameTurn(turn, turns[0]));
        const earlier = known.slice(0, Math.max(0, at));
        const kept = known.slice(earlier.length).filter((turn) => turn.replies.some(({ wire }) => wire !== null && !turns.some(({ replies }) =>
            replies.some(({ messageId }) => messageId !== null && messageId === wire.state.replyId))));
        conversation.turns = [...earlier, ...turns.map((turn) => known.find((each) => isUnchanged(each, turn)) ?? turn), ...kept];
        if (earlier.length === 0) conversation.nextBefore = before;
        conversation.nextAfter = after;
    }
    conversation.isLoaded = true;
    conversation.onchange(null);
}
