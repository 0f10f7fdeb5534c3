// What the adapters share: where the server is, and a conversation as a list of messages that tells of its changes.

import { ChatClient, isOpen, randomUUID } from '../index.js';

/** @type {import('../index.js').ClientOptions} */
let options = {};
/** @type {ChatClient | null} */
let client = null;

/**
 * Says where the server is and who asks, once, before the first use.
 * @param {import('../index.js').ClientOptions} more
 */
export function configureChat(more) {
    client?.close();
    client = null;
    options = { ...options, ...more };
}

/** The client of this page. */
export function chatClient() {
    const meta = globalThis.document?.querySelector('meta[name="chat-fcgi-base"]');
    return (client ??= new ChatClient({ base: meta?.getAttribute('content') || '/', ...options }));
}

/**
 * @typedef {object} Message as front ends show it
 * @property {string} id
 * @property {'user' | 'assistant'} role
 * @property {string} content
 * @property {string} status of a reply: see docs/client.md
 * @property {string} timestamp
 * @property {any[]} [recommendations]
 * @property {any[]} [sources]
 * @property {any} [focus]
 * @property {any} [workflow]
 * @property {any} [usage]
 * @property {any} [metrics]
 * @property {string} [provider]
 * @property {string} [model]
 *
 * @typedef {object} Snapshot
 * @property {Message[]} messages
 * @property {boolean} isStreaming
 * @property {import('../index.js').ChatError | null} error
 * @property {import('../index.js').ReplyState | null} state of the last reply
 * @property {boolean} isConnected
 * @property {boolean} isConnecting
 */

/** A frame's time: at most so often the page is told of new words, also in a tab that is not seen. */
const frameMs = 16;

export class Conversation {
    /** @type {Set<() => void>} */
    #listeners = new Set();
    /** @type {import('../index.js').Reply[]} */
    #replies = [];
    /** @type {Message[]} */
    #earlier = [];
    #isScheduled = false;
    #isErrorShown = true;
    /** @type {() => void} */
    #off;

    /** @param {{dialect: import('../index.js').DialectName, sessionId?: string, client?: ChatClient}} options */
    constructor({ dialect, sessionId, client: own }) {
        this.client = own ?? chatClient();
        this.dialect = dialect;
        this.sessionId = sessionId || `ses_${randomUUID()}`;
        /** @type {Snapshot} */
        this.snapshot = this.#read();
        this.#off = this.client.on('line', () => this.#changed());
    }

    /** @param {() => void} listener */
    subscribe = (listener) => {
        this.#listeners.add(listener);
        return () => void this.#listeners.delete(listener);
    };

    /** @param {string} text @param {import('../index.js').SendOptions} [more] */
    send(text, more = {}) {
        this.#isErrorShown = true;
        const reply = this.client.send(text, {
            dialect: this.dialect, sessionId: this.sessionId, ...more,
            onChange: (state, it) => { more.onChange?.(state, it); this.#changed(isOpen(state)); },
        });
        this.#replies.push(reply);
        this.#changed(false);
        return reply;
    }

    /** The messages of before: those of the history, and those that wait since a reload. */
    async load(limit = 50) {
        const page = await this.client.request('POST', 'api/v1/chat/history', { body: { session_id: this.sessionId, limit } })
            .catch((/** @type {any} */ error) => { if (error.status !== 404) throw error; });
        const messages = page?.messages ?? [];
        const open = messages.find((/** @type {any} */ each) => each.role === 'assistant' && each.status === 'streaming');
        this.#earlier = messages.filter((/** @type {any} */ each) => each !== open).map((/** @type {any} */ each) => ({
            ...each, id: each.message_id, timestamp: each.created_at,
        }));
        if (open && !this.#replies.some(({ state }) => state.replyId === open.message_id)) {
            this.#replies.unshift(this.client.resume(open.message_id, { dialect: this.dialect, sessionId: this.sessionId, onChange: () => this.#changed() }));
        }
        this.#replies.push(...this.client.restore({ sessionId: this.sessionId, onChange: (state) => this.#changed(isOpen(state)) }));
        this.#changed(false);
    }

    stop() {
        for (const reply of this.#replies) void reply.stop();
    }

    /** Sends the last message again: under its key where it was refused, as a new one where its answer failed. */
    retry() {
        const last = this.#replies.at(-1);
        if (!last || isOpen(last.state)) return;
        this.#isErrorShown = true;
        if (['refused', 'withdrawn', 'lost'].includes(last.state.status)) last.retry();
        else if (last.text !== '') this.send(last.text, { body: last.entry.body, messages: last.entry.messages, dialect: last.dialect });
        this.#changed(false);
    }

    dismissError() {
        this.#isErrorShown = false;
        this.#changed(false);
    }

    /** Listens no more; the replies go on at the server for a while. */
    leave() {
        for (const reply of this.#replies) if (isOpen(reply.state) && reply.state.replyId !== null) reply.leave();
        this.#off();
    }

    /** @param {boolean} [mayWait] */
    #changed(mayWait = true) {
        const tell = () => {
            this.#isScheduled = false;
            this.snapshot = this.#read();
            for (const listener of this.#listeners) listener();
        };
        if (!mayWait) return tell();
        if (this.#isScheduled) return;
        this.#isScheduled = true;
        setTimeout(tell, frameMs);
    }

    /** @returns {Snapshot} */
    #read() {
        const last = this.#replies.at(-1)?.state ?? null;
        const { state: line } = this.client.line;
        const isOpenNow = this.#replies.some(({ state }) => isOpen(state));
        return {
            messages: [...this.#earlier, ...this.#replies.flatMap((reply) => messagesOf(reply))],
            isStreaming: isOpenNow,
            error: this.#isErrorShown ? (last?.error ?? null) : null,
            state: last,
            isConnected: ['connected', 'writing', 'quiet'].includes(line),
            isConnecting: line === 'retrying',
        };
    }
}

/** @param {import('../index.js').Reply} reply @returns {Message[]} */
function messagesOf({ key, text, state, entry }) {
    const timestamp = state.createdAt ?? new Date(entry.createdAt).toISOString();
    /** @type {Message} */
    const question = {
        id: state.userMessageId ?? `${key}-question`, role: 'user', content: text, status: state.replyId ? 'delivered' : state.status, timestamp,
    };
    const { status, books, sources, focus, workflow, usage, metrics, provider, model } = state;
    /** @type {Message} */
    const answer = {
        id: state.replyId ?? key, role: 'assistant', content: state.text, status, timestamp,
        recommendations: books, sources, focus, workflow, usage, metrics, provider, model,
    };
    const hasAnswer = state.text !== '' || !['queued', 'refused', 'withdrawn'].includes(status);
    return [...(text === '' ? [] : [question]), ...(hasAnswer ? [answer] : [])];
}
