// One question and its reply on the wire: sends, reads, comes back when the line breaks, stops.

import { dialects, readWhole } from './dialects.js';
import { backoffMs, ChatError, tell } from './errors.js';
import { EventStreamParser } from './event-stream.js';

/** @typedef {import('./index.js').ReplyState} State @typedef {import('./index.js').ReplyEvent} ReplyEvent */

/** Longer waits than this are the user's to decide. */
const longestWaitMs = 60_000;
/** A proxy that holds streams back often cuts long answers too; the repeated request attaches to the same reply. */
const longestWholeMs = 50_000;

/** @param {{status: string}} state a reply that may still change */
export const isOpen = ({ status }) => ['queued', 'sending', 'waiting', 'streaming', 'resuming'].includes(status);

/** @type {State} */
const first = {
    status: 'queued', sessionId: null, userMessageId: null, replyId: null, text: '', reasoning: '', books: [], sources: [], focus: null,
    workflow: null, steps: [], days: null, figures: null, toolCalls: [], analysis: null, provider: '', model: '', finishReason: '', usage: null, metrics: null, error: null,
    lastEventId: 0, attempt: 0, retryAt: null, stopping: false, whole: false, createdAt: null, firstTextMs: null,
};

/**
 * What an event changes.
 * @param {State} state @param {any} event @returns {Partial<State>}
 */
export function changesBy(state, event) {
    const { type, raw, id, ...fields } = event;
    switch (type) {
        case 'started': {
            const known = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
            return { ...known, status: state.text === '' ? 'waiting' : 'streaming' };
        }
        case 'text':
            return { text: state.text + event.text, status: 'streaming' };
        case 'reasoning':
            return { reasoning: state.reasoning + event.text };
        case 'reset':
            return { text: '', status: 'waiting' };
        case 'step':
            return { steps: [...state.steps.filter((step) => step.id !== event.step?.id), event.step] };
        case 'workflow_update':
            return state.workflow === null ? {}
                : { workflow: { ...state.workflow, updates: [...state.workflow.updates, event.update] } };
        case 'ended': {
            const { status, error = null, finishReason = '', provider = state.provider, model = state.model, usage = null, metrics = null } = event;
            return { status, error, finishReason, provider, model, usage, metrics, stopping: false };
        }
        case 'switched': case 'other':
            return {};
        default:
            return fields; // books, sources, focus, workflow, analysis, tool_calls: the state has them under the same names
    }
}

export class Reply {
    /** @type {Record<string, Set<Function>>} */
    #listeners = { event: new Set(), change: new Set() };
    /** Ends this reply's reading and waiting. */
    #leave = new AbortController();
    /** Counts what came, to tell a line that gets on from one that does not. */
    #progress = 0;
    #startedAt = 0;
    #isFresh = true;
    /** @type {(state: State) => void} */
    #resolve = () => {};
    /** @type {() => void} */
    #accept = () => {};

    /**
     * @param {import('./client.js').ChatClient} client
     * @param {import('./index.js').QueueEntry} entry
     * @param {import('./index.js').SendOptions} options
     * @param {Partial<State>} [state]
     */
    constructor(client, entry, options = {}, state = {}) {
        this.client = client;
        this.entry = entry;
        this.key = entry.key;
        this.text = entry.text;
        this.dialect = entry.dialect;
        this.state = { ...first, sessionId: entry.sessionId ?? null, ...state };
        if (options.onEvent) this.on('event', options.onEvent);
        if (options.onChange) this.on('change', options.onChange);
        options.signal?.addEventListener('abort', () => this.leave());
        /**
         * Settles when the server has the message, or never will: the next of the conversation may go.
         * @type {Promise<void>}
         */
        this.accepted = new Promise((resolve) => (this.#accept = () => resolve(undefined)));
        /** @type {Promise<State>} */
        this.done = new Promise((resolve) => (this.#resolve = resolve));
    }

    /** @param {'event' | 'change'} type @param {Function} listener @returns {() => void} takes the listener off */
    on(type, listener) {
        this.#listeners[type].add(listener);
        return () => void this.#listeners[type].delete(listener);
    }

    /** @param {Partial<State>} changes */
    #set(changes) {
        const wasOpen = isOpen(this.state);
        this.state = { ...this.state, ...changes };
        const { state } = this;
        if (state.status !== 'queued' && state.status !== 'sending') this.#accept();
        tell(this.#listeners.change, state, this);
        if ('status' in changes) this.client.noteReply(this);
        if (wasOpen && !isOpen(state)) this.#resolve(state);
    }

    /** @param {any[]} events @param {any} raw @param {string} [id] the event's own */
    #take(events, raw, id = '') {
        const number = /^\d+$/.test(id) ? Number(id) : null;
        if (number !== null) {
            if (number <= this.state.lastEventId) return; // sent again after a reconnection
            this.state = { ...this.state, lastEventId: number };
        }
        if (raw !== null) this.#progress += 1;
        for (const each of events) {
            if (!isOpen(this.state)) return;
            const event = /** @type {ReplyEvent} */ ({ raw, ...each, id: number });
            const changes = changesBy(this.state, event);
            if (event.type === 'text' && this.state.firstTextMs === null) Object.assign(changes, { firstTextMs: Date.now() - this.#startedAt });
            this.client.log('event', { key: this.key, id: number, type: event.type, raw: event.raw });
            this.#set({ attempt: 0, retryAt: null, ...(changes.error === undefined ? { error: null } : {}), ...changes });
            tell(this.#listeners.event, event, this);
            if (event.type === 'started' && this.state.stopping) void this.#askToStop();
        }
    }

    /** @param {State['status']} status @param {ChatError | null} [error] */
    #end(status, error = null) {
        if (!isOpen(this.state)) return;
        this.client.log('end', { key: this.key, status, code: error?.code });
        this.#set({ status, error, stopping: false, retryAt: null });
        this.#leave.abort();
    }

    /** Sends and reads until the reply has an end. The client calls this; it never throws. */
    async run() {
        if (this.#leave.signal.aborted) this.#leave = new AbortController();
        const { signal } = this.#leave;
        const { client } = this;
        const { timing } = client;
        this.#startedAt = Date.now();
        for (let attempt = 0; isOpen(this.state);) {
            const before = this.#progress;
            /** @type {ChatError} */
            let error;
            try {
                const isRepeated = await (this.state.replyId !== null && this.dialect !== 'openai' ? this.#follow() : this.#post());
                if (isRepeated) continue;
                error = new ChatError(0, { code: 'stream_cut', message: 'The stream ended before the reply did.', partial: true });
            } catch (thrown) {
                error = thrown instanceof ChatError ? thrown
                    : thrown instanceof RangeError ? new ChatError(502, { code: 'event_too_long', message: thrown.message, retryable: false })
                        : new ChatError(0, { code: 'network' });
            }
            if (!isOpen(this.state) || signal.aborted) return;
            if (this.#progress > before) attempt = 0;
            attempt += 1;
            const isDelivered = this.state.replyId !== null;
            const giveUp = isDelivered ? 'lost' : 'refused';
            client.log('error', { key: this.key, attempt, status: error.status, code: error.code });
            if (this.dialect === 'openai' && this.#progress > 0 && !this.entry.body?.store) {
                return this.#end('interrupted', error); // nothing is kept of it, so there is nothing to come back to
            }
            // The plain agent's answer that failed is a status; the message is stored and asking again gets the same.
            if (/^(provider_|empty_answer|context_length|content_policy)/.test(error.code) && this.dialect === 'agent') {
                return this.#end('failed', error);
            }
            // Without a line a message waits for as long as it takes, and time without a network counts for nobody.
            const isWaiting = error.status === 0 && (isDelivered ? client.isOffline : client.queues);
            const patience = isWaiting ? Infinity : isDelivered ? timing.resumeAttempts : timing.sendAttempts;
            const wait = Math.max(backoffMs(attempt, timing), error.retryAfterMs ?? 0);
            if (!error.retryable || attempt >= patience || wait > longestWaitMs) return this.#end(giveUp, error);
            this.#set({ status: isDelivered ? 'resuming' : 'queued', attempt, error, retryAt: Date.now() + wait });
            await client.pause(wait, signal);
        }
    }

    /** @returns {Promise<boolean>} whether to go on at once, in another way */
    async #post() {
        const { client, entry } = this;
        const dialect = dialects[this.dialect];
        if (!this.#isFresh && !client.isKept(this)) {
            this.#end('withdrawn');
            return true;
        }
        this.#isFresh = false;
        // A server that fails at streams may have a whole answer: the last attempt asks for that.
        const { attempt, error } = this.state;
        const isLast = attempt > 0 && attempt === client.timing.sendAttempts - 1 && (error?.status ?? 0) >= 500;
        const whole = client.isHeldBack || isLast;
        this.#set({ status: 'sending', error: null, retryAt: null, whole });
        if (this.state.text !== '') this.#take([{ type: 'reset', reason: 'sent_again' }], null);
        return this.#exchange('POST', entry.path ?? dialect.path, {
            body: entry.path ? (entry.body ?? {}) : dialect.body(entry, whole), claim: dialect.user, userId: entry.userId,
            headers: { 'Idempotency-Key': this.key }, query: entry.query,
        }, whole);
    }

    /** Listens again to a reply that the server has, from the last event seen. */
    async #follow() {
        this.#set({ status: 'resuming' });
        if (this.client.isHeldBack && this.state.sessionId !== null) return this.#readHistory();
        const { path, resumePath = path } = dialects[this.dialect];
        const headers = { 'Last-Event-ID': String(this.state.lastEventId) };
        return this.#exchange('GET', `${resumePath}/${this.state.replyId}`, { headers, query: this.entry.query }, false);
    }

    /** Where streams are held back, the history tells how far the reply is. */
    async #readHistory() {
        for (;;) {
            const { sessionId, replyId } = this.state;
            const { messages } = await this.client.request('POST', 'api/v1/chat/history', {
                body: { session_id: sessionId, limit: 20 }, signal: this.#leave.signal,
            });
            const message = messages.find((/** @type {any} */ each) => each.message_id === replyId);
            if (message === undefined) throw new ChatError(404, { code: 'not_found', message: 'The reply is not in the history.' });
            const events = readWhole(message);
            if (this.state.text !== '') events.unshift({ type: 'reset', reason: 'history' });
            this.#take(events, message);
            if (!isOpen(this.state)) return true;
            await this.client.pause(2_000, this.#leave.signal);
            if (this.#leave.signal.aborted) return true;
        }
    }

    /**
     * One request and what comes back on it.
     * @param {string} method @param {string} path @param {import('./client.js').OpenOptions} options @param {boolean} whole
     * @returns {Promise<boolean>} whether to go on at once: the stream is held back, or a whole answer took too long
     */
    async #exchange(method, path, options, whole) {
        const { client } = this;
        const { heartbeatMs, firstEventMs } = client.timing;
        const connection = new AbortController();
        const abort = () => connection.abort();
        this.#leave.signal.addEventListener('abort', abort);
        let isRepeated = false;
        /** @type {ReturnType<typeof setTimeout> | undefined} */
        let timer;
        const wait = (/** @type {number} */ ms, /** @type {() => void} */ then) => { clearTimeout(timer); timer = setTimeout(then, ms); };
        const dialect = dialects[this.dialect];
        // A stored completion cannot be asked for in another form under the same key; its stream comes whole at the end.
        if (!whole && !(dialect.mayBeWhole && method === 'POST') && (this.dialect !== 'openai' || !this.entry.body?.store)) {
            // OpenAI's head goes out with the first word, or with the first heartbeat; a followed reply may be silent that long.
            const patience = method === 'GET' || this.dialect === 'openai' ? Math.max(2 * heartbeatMs, firstEventMs) : firstEventMs;
            wait(patience, async () => {
                const mine = timer;
                const isUp = await client.isUp();
                if (connection.signal.aborted || timer !== mine) return; // something came meanwhile
                isRepeated = isUp;
                if (isUp) client.holdBack();
                abort();
            });
        } else if (whole && this.dialect !== 'openai') {
            wait(longestWholeMs, () => { isRepeated = true; abort(); });
        }
        try {
            const headers = { ...options.headers, Accept: whole ? 'application/json' : 'text/event-stream' };
            const response = await client.open(method, path, { ...options, headers, signal: connection.signal });
            const type = response.headers.get('Content-Type') ?? '';
            if (type.includes('json')) {
                const raw = await response.json();
                this.#take(dialect.whole(raw), raw);
                return isRepeated;
            }
            if (!type.startsWith('text/event-stream') || response.body === null) {
                throw new ChatError(502, { code: 'not_a_stream', message: 'Something between here and the server changed the answer.' });
            }
            const parser = new EventStreamParser();
            const read = dialect.reader();
            const reader = response.body.getReader();
            for (;;) {
                const { value, done } = await reader.read();
                if (done) break;
                this.#quiet(wait, connection, heartbeatMs);
                for (const { id, data, isNumbered } of parser.push(value)) {
                    if (data === '') continue;
                    const raw = data === '[DONE]' ? data : parsed(data);
                    if (raw !== undefined) this.#take(read(raw), raw, isNumbered ? id : '');
                }
                if (!isOpen(this.state)) return true;
            }
            this.#take(read(null), null);
            return isRepeated;
        } catch (error) {
            if (isRepeated) return true;
            throw error;
        } finally {
            clearTimeout(timer);
            abort(); // what is left of the connection
            this.#leave.signal.removeEventListener('abort', abort);
            client.setQuiet(this, false);
        }
    }

    /**
     * The server sends something with every heartbeat. One missed: the line is quiet. Two: it is dead though nobody said so.
     * @param {(ms: number, then: () => void) => void} wait @param {AbortController} connection @param {number} heartbeatMs
     */
    #quiet(wait, connection, heartbeatMs) {
        this.client.setQuiet(this, false);
        wait(heartbeatMs * 1.1, () => {
            this.client.setQuiet(this, true);
            wait(heartbeatMs * 0.9, () => connection.abort());
        });
    }

    /** Asks the server to end the reply; where it cannot, the client at least stops listening. Twice is harmless. */
    async stop() {
        const { state, client } = this;
        if (!isOpen(state) || state.stopping) return;
        if (state.status === 'queued') {
            client.forget(this);
            return this.#end('withdrawn', state.error);
        }
        this.#set({ stopping: true });
        if (this.dialect === 'openai') return this.#end('stopped'); // who leaves ends the provider's call
        if (state.replyId !== null) return this.#askToStop();
        // Nothing has come back yet: the reply may be in the history all the same, and `started` may still come.
        if (dialects[this.dialect].mayBeWhole || client.isHeldBack) {
            const replyId = await this.#findReply();
            if (replyId !== null && isOpen(this.state)) {
                this.#set({ replyId });
                return this.#askToStop();
            }
        }
        await client.pause(client.timing.stopMs, this.#leave.signal, false);
        if (this.state.replyId === null) this.#end('stopped');
    }

    /** @returns {Promise<string | null>} the id of the reply being written in this conversation */
    async #findReply() {
        const body = { session_id: this.state.sessionId, limit: 4 };
        const { messages = [] } = await this.client.request('POST', 'api/v1/chat/history', { body }).catch(() => ({}));
        const open = messages.filter((/** @type {any} */ each) => each.role === 'assistant' && each.status === 'streaming');
        return open.at(-1)?.message_id ?? null;
    }

    async #askToStop() {
        const { client } = this;
        const { stopPath, stopField } = dialects[this.dialect];
        try {
            await client.request('POST', stopPath, { body: { [stopField]: this.state.replyId } });
            await client.pause(client.timing.stopMs, this.#leave.signal, false);
        } catch {
            // 404 or no answer: leave all the same
        }
        this.#end('stopped');
    }

    /** Tries again what was refused, with the same key; listens again to what was lost. */
    retry() {
        const { status } = this.state;
        if (status === 'lost') {
            this.#renewPromises();
            this.#set({ status: 'resuming', error: null, attempt: 0 });
            void this.run();
        } else if (status === 'refused' || status === 'withdrawn') {
            this.#renewPromises();
            this.#isFresh = true;
            this.#set({ status: 'queued', error: null, attempt: 0 });
            this.client.enqueue(this);
        }
    }

    #renewPromises() {
        this.accepted = new Promise((resolve) => (this.#accept = () => resolve(undefined)));
        this.done = new Promise((resolve) => (this.#resolve = resolve));
    }

    /**
     * Listens no more and sends nothing again; says nothing to the server.
     * @param {ChatError} [error]
     */
    leave(error) {
        this.client.forget(this);
        this.#end(this.state.replyId === null ? (error ? 'refused' : 'withdrawn') : 'lost', error ?? null);
    }
}

/** @param {string} data @returns {any} undefined for what is no JSON */
function parsed(data) {
    try {
        return JSON.parse(data);
    } catch {
        return undefined;
    }
}
