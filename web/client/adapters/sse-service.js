// The desk's SSEService: an event emitter over dialect 5, for pages without a framework.

import { isOpen } from '../index.js';
import { chatClient } from './conversation.js';

export { configureChat } from './conversation.js';

/** @typedef {{message: string, assistantType?: string, userId?: string, sessionId?: string, context?: object}} DeskRequest */

/**
 * Where the answer came whole, its parts are told as the stream would have told them.
 * @param {any} event @param {any} state @returns {any}
 */
function asDeskEvent(event, state) {
    const { type, raw, id, error, ...fields } = event;
    if (typeof raw?.type === 'string') return raw;
    const messageId = state.replyId;
    switch (type) {
        case 'started': return { type: 'chat_started', messageId, ...raw, ...fields };
        case 'text': return { type: 'token', messageId, content: event.text };
        case 'workflow': return { ...event.workflow, type: 'workflow_detected' };
        case 'ended': return error ? { type: 'error', messageId, code: error.code, message: error.message, retryable: error.retryable, partial: error.partial }
            : { ...raw, type: 'chat_completed', messageId, content: state.text, status: event.status };
        default: return { type, messageId, ...fields };
    }
}

export class SSEService {
    /** @type {Map<string, Set<(event: any) => void>>} */
    #listeners = new Map();
    /** @type {Set<import('../index.js').Reply>} */
    #replies = new Set();

    /** @param {{client?: import('../index.js').ChatClient}} options */
    constructor({ client = chatClient() } = {}) {
        this.client = client;
        this.offLine = client.on('line', (line) => this.#emit('line', line));
    }

    /**
     * `chat_started`, `workflow_detected`, `workflow_update`, `token`, `chat_completed`, `error`, `provider_switch`; `message` for every one of
     * them; `reconnecting` while the line is broken; `line`.
     * @param {string} type @param {(event: any) => void} listener @returns {() => void} takes the listener off
     */
    on(type, listener) {
        const listeners = this.#listeners.get(type) ?? new Set();
        this.#listeners.set(type, listeners.add(listener));
        return () => this.off(type, listener);
    }

    /** @param {string} type @param {(event: any) => void} listener */
    off(type, listener) {
        this.#listeners.get(type)?.delete(listener);
    }

    /** @param {string} type @param {any} event */
    #emit(type, event) {
        for (const listener of this.#listeners.get(type) ?? []) listener(event);
    }

    /** @param {DeskRequest} request @returns {Promise<import('../index.js').ReplyState>} the reply's state at its end; never rejects */
    async send({ message, sessionId, ...body }) {
        const reply = this.client.send(message, {
            dialect: 'desk', sessionId, body,
            onEvent: (event, { state }) => this.#tell(asDeskEvent(event, state)),
            onChange: (state) => {
                if ((state.status === 'resuming' || state.status === 'queued') && state.retryAt !== null) {
                    this.#emit('reconnecting', { type: 'reconnecting', attempt: state.attempt, retryAt: state.retryAt });
                }
            },
        });
        this.#replies.add(reply);
        const state = await reply.done;
        this.#replies.delete(reply);
        if (state.status === 'refused' || state.status === 'lost') {
            const { code = state.status, message: text = '', status = 0, retryable = true } = state.error ?? {};
            this.#tell({ type: 'error', messageId: state.replyId, code, message: text, status, retryable, partial: state.text !== '' });
        }
        return state;
    }

    /** @param {any} event */
    #tell(event) {
        this.#emit(event.type, event);
        this.#emit('message', event);
    }

    /** Ends the replies that are being written. */
    stop() {
        for (const reply of this.#replies) void reply.stop();
    }

    /** Listens no more; the service can send again afterwards. */
    close() {
        for (const reply of this.#replies) if (isOpen(reply.state)) reply.leave();
        this.#replies.clear();
    }
}

export default SSEService;
