// One turn on the wire: sends the message, reads the reply, reconnects when the line breaks, stops.

import { readEvents } from './event-stream.js';
import { isOpen, replyOf } from './conversation.js';
import { Problem } from './problem.js';

/** Three heartbeats of the server missed: the line is dead though nobody said so. */
const silenceMs = 45_000;
const sendAttempts = 3;
const resumeAttempts = 6;
/** How long a stop may take before the page stops listening. */
const stopPatienceMs = 5_000;

/** @param {number} attempt from 1 @param {number | null} [retryAfterS] */
export function backoffMs(attempt, retryAfterS = null) {
    const backoff = Math.min(8_000, 400 * 2 ** (attempt - 1)) * (0.75 + Math.random() / 2);
    return Math.max(backoff, Math.min(retryAfterS ?? 0, 60) * 1000);
}

/** @param {number} ms @param {AbortSignal} signal cuts the wait short */
const pause = (ms, signal) =>
    new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        signal.addEventListener('abort', () => { clearTimeout(timer); resolve(undefined); }, { once: true });
    });

/** @param {string} data @returns {any} null for what is no event of this dialect */
function parsed(data) {
    try {
        const event = JSON.parse(data);
        return typeof event === 'object' ? event : null;
    } catch {
        return null;
    }
}

export class Turn {
    #leave = new AbortController();

    /**
     * @param {Pick<import('./api.js').API, 'openStream' | 'resumeStream' | 'stop' | 'history'>} api
     * @param {{state: import('./conversation.js').State,
     *          dispatch(action: import('./conversation.js').Action): void}} conversation
     * @param {string} key the Idempotency-Key, or the reply's message id for a turn found in the history
     * @param {(ms: number, signal: AbortSignal) => Promise<unknown>} [wait]
     */
    constructor(api, conversation, key, wait = pause) {
        this.api = api;
        this.conversation = conversation;
        this.key = key;
        this.wait = wait;
    }

    get #reply() {
        return replyOf(this.conversation.state, this.key);
    }

    get running() {
        return isOpen(this.#reply);
    }

    /** Sends the message until the server took it or refused it; every attempt bears the same Idempotency-Key. */
    async send(/** @type {string} */ text) {
        this.#leave = new AbortController();
        const { signal } = this.#leave;
        const { dispatch, state } = this.conversation;
        dispatch({ type: 'sent', turn: this.key, text });
        for (let attempt = 1; ; attempt += 1) {
            let problem = new Problem(0, { code: 'network' });
            try {
                if (await this.#read(await this.api.openStream(text, state.sessionId, this.key, signal))) return;
            } catch (error) {
                if (error instanceof Problem) problem = error;
            }
            if (signal.aborted) return;
            if (this.#reply?.messageId) return this.follow();
            if (attempt === sendAttempts || ![0, 502, 504].includes(problem.status)) {
                return dispatch({ type: 'refused', turn: this.key, problem, atMs: Date.now() });
            }
            await this.wait(backoffMs(attempt), signal);
            if (signal.aborted) return;
        }
    }

    /** Listens again to a reply that the server has, from the last event seen. */
    async follow() {
        if (this.#leave.signal.aborted) this.#leave = new AbortController();
        const { signal } = this.#leave;
        const { dispatch } = this.conversation;
        let canResume = true;
        let retryAfterS = null;
        for (let attempt = 1; attempt <= resumeAttempts; attempt += 1) {
            dispatch({ type: 'resuming', turn: this.key, attempt });
            await this.wait(backoffMs(attempt, retryAfterS), signal);
            if (signal.aborted || this.#reply === undefined) return;
            const { lastEventId, text, messageId } = this.#reply;
            try {
                if (canResume) {
                    if (await this.#read(await this.api.resumeStream(messageId ?? '', lastEventId, signal))) return;
                } else if (await this.#readHistory()) {
                    return;
                }
            } catch (error) {
                if (signal.aborted) return;
                const status = error instanceof Problem ? error.status : 0;
                retryAfterS = error instanceof Problem ? error.retryAfterS : null;
                // A server without this call, or one that has dropped the turn's events: the history still tells.
                const mayResumeLater = ![404, 405, 410, 501].includes(status);
                if (canResume && !mayResumeLater) attempt = 0;
                else if ([400, 401, 403, 404].includes(status)) break;
                canResume &&= mayResumeLater;
                continue;
            }
            if (signal.aborted) return;
            const moved = this.#reply.lastEventId > lastEventId || this.#reply.text.length > text.length;
            if (moved) attempt = 0;
        }
        dispatch({ type: 'lost', turn: this.key });
    }

    /** Listens no more, and sends nothing again: what this turn belongs to is not the page's any more. */
    abandon() {
        this.#leave.abort();
    }

    /** Asks the server to end the reply; where it cannot, the page at least stops listening. Esc twice is harmless. */
    async stop() {
        if (!this.running || this.#reply?.stopping) return;
        const { dispatch } = this.conversation;
        const replyId = this.#reply?.messageId;
        if (!replyId) {
            this.#leave.abort();
            const problem = new Problem(0, { code: 'stopped_early' });
            return dispatch({ type: 'refused', turn: this.key, problem, atMs: Date.now() });
        }
        dispatch({ type: 'stopping', turn: this.key });
        const { signal } = this.#leave;
        try {
            await this.api.stop(replyId);
            await this.wait(stopPatienceMs, signal);
        } catch {
            // 404, 501 or no answer: leave all the same
        }
        if (!this.running) return;
        this.#leave.abort();
        dispatch({ type: 'stopped', turn: this.key });
    }

    /**
     * @param {ReadableStream<Uint8Array>} body
     * @returns {Promise<boolean>} whether the reply has ended; a line that breaks and one that ends early are the same
     */
    async #read(body) {
        try {
            for await (const { id, data } of readEvents(body, silenceMs)) {
                const event = parsed(data);
                if (event === null) continue;
                this.conversation.dispatch({ type: 'event', turn: this.key, id, event });
                if (!this.running) return true;
            }
        } catch {
            // the network's error says no more than that the line is gone
        }
        return false;
    }

    /** @returns {Promise<boolean>} whether the history says that the reply has ended */
    async #readHistory() {
        const { state, dispatch } = this.conversation;
        if (state.sessionId === null) throw new Problem(404);
        const { messages = [] } = await this.api.history(state.sessionId);
        const replyId = this.#reply?.messageId;
        const message = messages.find((/** @type {any} */ each) => each.message_id === replyId);
        if (message === undefined) throw new Problem(404);
        dispatch({ type: 'settled', turn: this.key, message });
        return !this.running;
    }
}
