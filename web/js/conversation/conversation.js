// One conversation as the page knows it: its turns, each a question and the replies to it, from the history and from replies
// that are being written. No elements here.

import { agentKeyOf, agentOf } from '../shell/agents.js';

/**
 * @typedef {'queued' | 'sending' | 'delivered' | 'refused'} QuestionStatus
 * @typedef {object} Question
 * @property {string | null} messageId
 * @property {string} text as it was typed
 * @property {QuestionStatus} status
 * @property {string | number} createdAt
 * @property {any} error why it was refused, or what it waits for
 * @property {number | null} retryAt
 *
 * @typedef {object} ReplyEntry
 * @property {string} turn key of its turn
 * @property {'assistant'} role
 * @property {any} agent
 * @property {string | null} messageId
 * @property {string} text
 * @property {string} reasoning
 * @property {string} status 'waiting' | 'streaming' | 'resuming' | 'lost' | 'complete' | 'stopped' | 'interrupted' | 'failed'
 * @property {{name: string, at: number, data: any}[]} parts in the order in which they came
 * @property {{from: string, to: string, reason: string}[]} switches of providers
 * @property {string} provider @property {string} model @property {string} finishReason
 * @property {any} usage @property {any} metrics @property {any} error
 * @property {string | number} createdAt
 * @property {number | null} firstTextMs
 * @property {number} resets how often its text began anew
 * @property {boolean} stopping
 * @property {number} [attempt] to listen again, in a row
 * @property {any} wire the client's reply, while it is written
 *
 * @typedef {{key: string, question: Question | null, replies: ReplyEntry[], shown: number, isAsked: boolean}} Turn
 *   `isAsked`: since the page was opened
 */

/** @type {string[]} */
const openStatuses = ['queued', 'sending', 'waiting', 'streaming', 'resuming'];

/** @param {ReplyEntry | undefined} reply that may still change */
export const isOpen = (reply) => reply !== undefined && openStatuses.includes(reply.status);

/**
 * @param {Partial<ReplyEntry> & {turn: string, agent: any}} fields
 * @returns {ReplyEntry}
 */
const newReply = (fields) => ({
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
 * @param {any} page of the history
 * @returns {string | null} the message before which the page before it ends; null: it is the first
 */
export const cursorOf = (page) => (page.has_more ? page.next_before ?? page.messages?.[0]?.message_id ?? null : null);

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

/**
 * @param {Turn} a
 * @param {Turn} b perhaps from the history, which knows a question by its id alone
 */
export const isSameTurn = (a, b) => a.key === b.key || (Boolean(a.question?.messageId) && a.question?.messageId === b.question?.messageId);

/** @param {Turn} turn */
const contentOf = ({ replies }) => JSON.stringify(replies.map(({ messageId, status, text }) => [messageId, status, text.length]));

/**
 * @param {Turn} known
 * @param {Turn} turn of the history
 */
const isUnchanged = (known, turn) => isSameTurn(known, turn) && contentOf(known) === contentOf(turn);

export class Conversation {
    /** @type {Turn[]} */
    turns = [];
    /** @type {string | null} where the page of the history before begins */
    nextBefore = null;
    isLoaded = false;
    title = '';
    /**
     * Called with the turn that changed, or null when several did.
     * @type {(turn: Turn | null) => void}
     */
    onchange = () => {};

    /**
     * @param {any} agent
     * @param {string | null} sessionId
     * @param {any[]} parts
     */
    constructor(agent, sessionId, parts) {
        this.agent = agent;
        this.sessionId = sessionId;
        this.parts = parts;
    }

    get lastReply() {
        const turn = this.turns.at(-1);
        return turn?.replies[turn.shown];
    }

    /** The reply that is being written, or waits. */
    get running() {
        for (const { replies } of this.turns) {
            const running = replies.find(isOpen);
            if (running) return running;
        }
        return undefined;
    }

    get isEmpty() {
        return this.turns.length === 0;
    }

    /**
     * @param {any} page of the history
     * @param {boolean} isEarlier
     */
    takeHistory(page, isEarlier) {
        const messages = Array.isArray(page.messages) ? page.messages : [];
        /** @type {Turn[]} */
        const turns = [];
        for (const message of messages) {
            if (message.role === 'user') {
                turns.push({ key: message.message_id, replies: [], shown: 0, isAsked: false, question: {
                    messageId: message.message_id, text: String(message.content ?? ''), status: 'delivered',
                    createdAt: message.created_at ?? '', error: null, retryAt: null } });
                continue;
            }
            let turn = turns.find(({ key }) => key === message.in_reply_to) ?? (message.in_reply_to ? undefined : turns.at(-1));
            if (turn === undefined) {
                turn = { key: message.in_reply_to ?? message.message_id, question: null, replies: [], shown: 0, isAsked: false };
                turns.push(turn);
            }
            turn.replies.push(replyFrom(message, turn.key, this.agent, this.parts));
            turn.shown = turn.replies.length - 1;
        }
        if (isEarlier) {
            // The page may have parted a question from its reply.
            const first = this.turns[0];
            const same = first && first.question === null ? turns.find(({ key }) => key === first.key) : undefined;
            if (same) {
                same.replies.push(...first.replies);
                same.shown = same.replies.length - 1;
                this.turns.shift();
            }
            this.turns = [...turns, ...this.turns];
        } else {
            // What is known already stays as it is: earlier pages, turns that have not changed, and questions that the server does not have.
            const at = turns.length === 0 ? -1 : this.turns.findIndex((turn) => isSameTurn(turn, turns[0]));
            const earlier = this.turns.slice(0, Math.max(0, at));
            const kept = this.turns.slice(earlier.length).filter((turn) => turn.replies.some(({ wire }) => wire !== null && !turns.some(({ replies }) =>
                replies.some(({ messageId }) => messageId !== null && messageId === wire.state.replyId))));
            this.turns = [...earlier, ...turns.map((turn) => this.turns.find((known) => isUnchanged(known, turn)) ?? turn), ...kept];
            if (earlier.length > 0) page = { ...page, has_more: this.nextBefore !== null, next_before: this.nextBefore };
        }
        this.nextBefore = cursorOf(page);
        this.isLoaded = true;
        this.onchange(null);
    }

    /**
     * A question that goes out now.
     * @param {any} wire the client's reply
     * @param {string} text
     * @param {any} agent
     * @returns {Turn}
     */
    ask(wire, text, agent = this.agent) {
        /** @type {Turn} */
        const turn = {
            key: wire.key, shown: 0, isAsked: true, replies: [newReply({ turn: wire.key, agent, status: 'queued', wire })],
            question: { messageId: null, text, status: 'sending', createdAt: wire.entry?.createdAt ?? Date.now(), error: null, retryAt: null },
        };
        this.turns = [...this.turns, turn];
        this.#follow(turn, turn.replies[0], wire);
        this.onchange(turn);
        return turn;
    }

    /**
     * A further reply in a turn.
     * @param {Turn} turn
     * @param {any} wire
     * @returns {ReplyEntry}
     */
    addReply(turn, wire) {
        const reply = newReply({ turn: turn.key, agent: turn.replies.at(-1)?.agent ?? this.agent, wire });
        turn.replies = [...turn.replies, reply];
        turn.shown = turn.replies.length - 1;
        turn.isAsked = true;
        this.#follow(turn, reply, wire);
        this.onchange(turn);
        return reply;
    }

    /**
     * A reply of the history that is still being written.
     * @param {ReplyEntry} reply
     * @param {any} wire
     */
    follow(reply, wire) {
        const turn = this.turns.find(({ key }) => key === reply.turn);
        if (turn === undefined) return;
        reply.wire = wire;
        this.#follow(turn, reply, wire);
    }

    /** @param {Turn} turn */
    withdraw(turn) {
        this.turns = this.turns.filter((each) => each !== turn);
        this.onchange(null);
    }

    /**
     * @param {Turn} turn
     * @param {ReplyEntry} reply
     * @param {any} wire
     */
    #follow(turn, reply, wire) {
        let wasWhole = reply.text;
        const take = (/** @type {any} */ state) => {
            // A reply from the history is told from its first event: what is shown stays until that is as long.
            const text = state.text.length < wasWhole.length && wasWhole.startsWith(state.text) && openStatuses.includes(state.status) && reply.resets === 0
                ? wasWhole : state.text;
            Object.assign(reply, {
                text, reasoning: state.reasoning, status: state.status, messageId: state.replyId ?? reply.messageId, provider: state.provider,
                model: state.model, finishReason: state.finishReason, usage: state.usage, metrics: state.metrics, error: state.error,
                firstTextMs: state.firstTextMs, stopping: state.stopping, attempt: state.attempt, retryAt: state.retryAt,
            });
            if (state.sessionId) this.sessionId = state.sessionId;
            const { question } = turn;
            if (question !== null && turn.replies[0] === reply) {
                question.messageId = state.userMessageId ?? question.messageId;
                question.error = ['queued', 'refused'].includes(state.status) ? state.error : null;
                question.retryAt = state.status === 'queued' ? state.retryAt : null;
                if (['queued', 'sending', 'refused'].includes(state.status)) question.status = state.status;
                else if (state.status !== 'withdrawn') question.status = 'delivered';
            }
            if (state.status === 'withdrawn') return this.withdraw(turn);
            this.onchange(turn);
        };
        wire.on('event', (/** @type {any} */ event) => {
            if (event.type === 'reset') {
                wasWhole = '';
                reply.resets += 1;
                if (event.reason !== 'text_lost' && event.to) reply.switches = [...reply.switches, event];
            }
            if (event.type === 'switched') reply.switches = [...reply.switches, event];
            takeEvent(reply, event.type === 'reset' ? { type: 'reset' } : event.raw ?? event, this.parts);
            this.onevent(reply, event.raw ?? event);
        });
        wire.on('change', take);
        take(wire.state);
    }

    /**
     * Called with each event of a reply.
     * @type {(reply: ReplyEntry, event: any) => void}
     */
    onevent = () => {};
}
