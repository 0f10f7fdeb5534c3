// One question and its reply.

import { backoffMs, changesBy, ChatError, dialects, Emitter, EventStreamParser, first, isOpen, readWhole } from './wire.js';

/** @typedef {import('./index.js').ReplyState} State */

const longestWaitMs = 60_000;
const longestWholeMs = 50_000;

/** @returns {{promise: Promise<any>, resolve(value?: any): void}} */
function deferred() {
    /** @type {any} */
    const made = {};
    made.promise = new Promise((resolve) => (made.resolve = resolve));
    return made;
}

export class Reply extends Emitter {
    #leave = new AbortController();
    #progress = 0;
    #startedAt = 0;
    #isFresh = true;
    #readsHistory = false;
    #accepted = deferred();
    #done = deferred();
    /** @type {any} */
    #timer;

    /** @param {import('./client.js').ChatClient} client @param {import('./index.js').QueueEntry} entry @param {import('./index.js').SendOptions} options @param {Partial<State>} [state] */
    constructor(client, entry, options = {}, state = {}) {
        super();
        this.client = client;
        this.entry = entry;
        this.key = entry.key;
        this.text = entry.text;
        this.dialect = entry.dialect;
        this.state = { ...first, sessionId: entry.sessionId ?? null, ...state };
        if (options.onEvent) this.on('event', options.onEvent);
        if (options.onChange) this.on('change', options.onChange);
        options.signal?.addEventListener('abort', () => this.leave());
    }

    get accepted() {
        return this.#accepted.promise;
    }

    /** @returns {Promise<State>} */
    get done() {
        return this.#done.promise;
    }

    /** @param {Partial<State>} changes */
    #set(changes) {
        const wasOpen = isOpen(this.state);
        this.state = { ...this.state, ...changes };
        const { state } = this;
        if (state.status !== 'queued' && state.status !== 'sending') this.#accepted.resolve();
        this.emit('change', state, this);
        if ('status' in changes) this.client.noteReply(this);
        if (wasOpen && !isOpen(state)) {
            this.#leave.abort();
            this.#done.resolve(state);
        }
    }

    /** @param {any[]} events @param {any} raw @param {string} [id] */
    #take(events, raw, id = '') {
        const number = /^\d+$/.test(id) ? Number(id) : null;
        if (number !== null) {
            if (number <= this.state.lastEventId) return;
            this.state = { ...this.state, lastEventId: number };
        }
        if (raw !== null && (number !== null || this.dialect === 'openai')) this.#progress += 1;
        for (const each of events) {
            if (!isOpen(this.state)) return;
            const event = /** @type {import('./index.js').ReplyEvent} */ ({ raw, ...each, id: number });
            const changes = changesBy(this.state, event);
            if (event.type === 'text' && this.state.firstTextMs === null) Object.assign(changes, { firstTextMs: Date.now() - this.#startedAt });
            this.client.log('event', { key: this.key, id: number, type: event.type, raw: event.raw });
            this.#set({ attempt: 0, retryAt: null, ...(changes.error === undefined ? { error: null } : {}), ...changes });
            this.emit('event', event, this);
            if (event.type === 'started' && this.state.stopping) void this.#askToStop();
        }
    }

    /** @param {State['status']} status @param {ChatError | null} [error] */
    #end(status, error = null) {
        if (!isOpen(this.state)) return;
        this.client.log('end', { key: this.key, status, code: error?.code });
        this.#set({ status, error, stopping: false, retryAt: null });
    }

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
            client.log('error', { key: this.key, attempt, status: error.status, code: error.code });
            if (this.dialect === 'openai' && this.#progress > 0 && !this.entry.body?.store) return this.#end('interrupted', error);
            if (this.dialect === 'agent' && /^(provider_|empty_answer|context_length|content_policy)/.test(error.code)) return this.#end('failed', error);
            const isWaiting = error.status === 0 && (isDelivered ? client.isOffline : client.queues);
            const patience = isWaiting ? Infinity : isDelivered ? timing.resumeAttempts : timing.sendAttempts;
            const wait = Math.max(backoffMs(attempt, timing), error.retryAfterMs ?? 0);
            if (!error.retryable || attempt >= patience || wait > longestWaitMs) return this.#end(isDelivered ? 'lost' : 'refused', error);
            this.#set({ status: isDelivered ? 'resuming' : 'queued', attempt, error, retryAt: Date.now() + wait });
            await client.pause(wait, signal);
        }
    }

    /** @returns {Promise<boolean>} */
    async #post() {
        const { client, entry } = this;
        const dialect = dialects[this.dialect];
        if (!this.#isFresh && !client.isKept(this)) {
            this.#end('withdrawn');
            return true;
        }
        this.#isFresh = false;
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

    async #follow() {
        this.#set({ status: 'resuming' });
        if ((this.#readsHistory || this.client.isHeldBack) && this.state.sessionId !== null) return this.#readHistory();
        const { path, resumePath = path } = dialects[this.dialect];
        const headers = { 'Last-Event-ID': String(this.state.lastEventId) };
        return this.#exchange('GET', `${resumePath}/${this.state.replyId}`, { headers, query: this.entry.query }, false);
    }

    async #readHistory() {
        for (;;) {
            const { messages } = await this.#history(20);
            const message = messages.find((/** @type {any} */ each) => each.message_id === this.state.replyId);
            if (!message) throw new ChatError(404, { code: 'not_found', message: 'The reply is not in the history.' });
            const events = readWhole(message);
            if (this.state.text !== '') events.unshift({ type: 'reset', reason: 'history' });
            this.#take(events, message);
            if (isOpen(this.state)) await this.client.pause(2_000, this.#leave.signal);
            if (this.#leave.signal.aborted) return true;
        }
    }

    /** @param {string} method @param {string} path @param {import('./identity.js').OpenOptions} options @param {boolean} whole */
    async #exchange(method, path, options, whole) {
        const { client } = this;
        const { heartbeatMs, firstEventMs } = client.timing;
        const connection = new AbortController();
        const abort = () => connection.abort();
        this.#leave.signal.addEventListener('abort', abort);
        let isRepeated = false;
        const dialect = dialects[this.dialect];
        if (!whole && !(dialect.mayBeWhole && method === 'POST') && (this.dialect !== 'openai' || !this.entry.body?.store)) {
            const patience = method === 'GET' ? 2 * heartbeatMs : this.dialect === 'openai' ? Math.max(2 * heartbeatMs, firstEventMs) : firstEventMs;
            this.#wait(patience, async () => {
                if (method === 'GET' && this.state.attempt < 2) return abort();
                const mine = this.#timer;
                const isUp = await client.isUp();
                if (connection.signal.aborted || this.#timer !== mine) return;
                isRepeated = isUp;
                if (isUp && method === 'GET') this.#readsHistory = true;
                else if (isUp) client.holdBack();
                abort();
            });
        } else if (whole && this.dialect !== 'openai') {
            this.#wait(longestWholeMs, () => { isRepeated = true; abort(); });
        }
        try {
            const headers = { ...options.headers, Accept: whole ? 'application/json' : 'text/event-stream' };
            const response = await client.identity.open(method, path, { ...options, headers, signal: connection.signal });
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
                client.setQuiet(this, false);
                this.#wait(heartbeatMs * 1.1, () => {
                    client.setQuiet(this, true);
                    this.#wait(heartbeatMs * 0.9, abort);
                });
                for (const { id, data, isNumbered } of parser.push(value)) {
                    let raw = data;
                    try {
                        if (data !== '[DONE]') raw = JSON.parse(data);
                    } catch {
                        continue;
                    }
                    this.#take(read(raw), raw, isNumbered ? id : '');
                }
                if (!isOpen(this.state)) return true;
            }
            this.#take(read(null), null);
            return isRepeated;
        } catch (error) {
            if (isRepeated) return true;
            throw error;
        } finally {
            clearTimeout(this.#timer);
            abort();
            this.#leave.signal.removeEventListener('abort', abort);
            client.setQuiet(this, false);
        }
    }

    /** @param {number} ms @param {() => void} then */
    #wait(ms, then) {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(then, ms);
    }

    async stop() {
        const { state, client } = this;
        if (!isOpen(state) || state.stopping) return;
        if (state.status === 'queued') {
            client.forget(this);
            return this.#end('withdrawn', state.error);
        }
        this.#set({ stopping: true });
        if (state.replyId !== null) return this.#askToStop();
        if (this.dialect === 'openai') return this.#end('stopped');
        if (dialects[this.dialect].mayBeWhole || client.isHeldBack) {
            const { messages = [] } = await this.#history(4).catch(() => ({}));
            const written = messages.findLast((/** @type {any} */ { role, status }) => role === 'assistant' && status === 'streaming');
            if (written && isOpen(this.state)) {
                this.#set({ replyId: written.message_id });
                return this.#askToStop();
            }
        }
        await client.pause(client.timing.stopMs, this.#leave.signal, false);
        if (this.state.replyId === null) this.#end('stopped');
    }

    /** @param {number} limit */
    #history(limit) {
        return this.client.request('POST', 'api/v1/chat/history', { body: { session_id: this.state.sessionId, limit }, signal: this.#leave.signal });
    }

    async #askToStop() {
        const { client } = this;
        const { stopPath, stopField } = dialects[this.dialect];
        const asked = client.request('POST', stopPath, { body: { [stopField]: this.state.replyId } });
        if (this.dialect === 'openai') this.#end('stopped');
        await asked.then(() => client.pause(client.timing.stopMs, this.#leave.signal, false), () => {});
        this.#end('stopped');
    }

    retry() {
        const { status } = this.state;
        if (!['lost', 'refused', 'withdrawn'].includes(status)) return;
        const isDelivered = status === 'lost';
        this.#accepted = deferred();
        this.#done = deferred();
        this.#isFresh = true;
        this.#set({ status: isDelivered ? 'resuming' : 'queued', error: null, attempt: 0 });
        if (isDelivered) void this.run();
        else this.client.enqueue(this);
    }

    /** @param {ChatError} [error] */
    leave(error) {
        this.client.forget(this);
        this.#end(this.state.replyId === null ? (error ? 'refused' : 'withdrawn') : 'lost', error ?? null);
    }
}
