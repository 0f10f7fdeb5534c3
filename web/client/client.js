// The client: who asks, the requests, and the messages that wait for the line.

import { ChatError, errorFrom, tell } from './errors.js';
import { dialects } from './dialects.js';
import { Identity } from './identity.js';
import { isOpen, Reply } from './reply.js';

/**
 * @typedef {{body?: object, query?: Record<string, string | number>, headers?: Record<string, string>, signal?: AbortSignal,
 *   claim?: string, userId?: string | null}} OpenOptions `claim`: the member of the body that names the user, '' for none
 * @typedef {import('./index.js').Line} Line
 */

/** More messages than this do not wait. */
const longestQueue = 100;
/** How long a line that held a stream back is asked for whole answers. */
const heldBackMs = 600_000;

/** A random (version 4) UUID; crypto.randomUUID is missing where the page is served without TLS. */
export function randomUUID() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Storage may be forbidden by the browser's settings; then things are kept as long as the page. */
function localStorageOrMemory() {
    try {
        localStorage.setItem('chat-fcgi.probe', '');
        return localStorage;
    } catch {
        const kept = new Map();
        return {
            getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
            setItem: (/** @type {string} */ key, /** @type {string} */ value) => void kept.set(key, value),
        };
    }
}

export class ChatClient {
    /** @type {Record<string, Set<Function>>} */
    #listeners = {};
    /**
     * The last message of each conversation that the server does not have yet.
     * @type {Map<string, Promise<void>>}
     */
    #tails = new Map();
    /** @type {Set<Reply>} open ones */
    #open = new Set();
    /** @type {Set<Reply>} */
    #quiet = new Set();
    /** @type {Set<string>} keys of the messages in storage */
    #kept = new Set();
    /** Ends a pause. @type {Set<() => void>} */
    #pauses = new Set();
    #heldBackUntil = 0;
    #isSignedOut = false;
    /** @type {[string, (event: any) => void][]} */
    #windowListeners = [];
    /**
     * The last entries of the debug log; none without `debug`.
     * @type {import('./index.js').DebugEntry[]}
     */
    debugEntries = [];

    /** @param {import('./index.js').ClientOptions} [options] */
    constructor(options = {}) {
        const page = globalThis.document?.baseURI;
        this.base = new URL(String(options.base ?? '.').replace(/\/?$/, '/'), page);
        this.dialect = options.dialect ?? 'companion';
        this.queues = options.queue ?? true;
        this.debug = Boolean(options.debug);
        this.timing = {
            heartbeatMs: 15_000, firstEventMs: 10_000, baseMs: 500, maxMs: 15_000, sendAttempts: 5, resumeAttempts: 8, stopMs: 5_000,
            ...options.timing,
        };
        this.storage = options.storage ?? localStorageOrMemory();
        this.fetch = options.fetch ?? ((...call) => fetch(...call));
        const keepsToken = page === undefined || this.base.origin !== new URL(page).origin;
        // What is kept for one server is never shown to another.
        const place = keepsToken ? this.base.href : this.base.pathname;
        this.queueKey = `chat-fcgi.queue:${place}`;
        this.identity = new Identity(this.base, {
            storage: this.storage, key: `chat-fcgi.guest:${place}api/v1/`, fetch: this.fetch, token: options.token, getToken: options.getToken, keepsToken,
            onToken: (token) => this.#emit('token', token),
            onChange: (change) => this.#changeIdentity(change),
        });
        /** @type {Line} */
        this.line = this.#readLine();
        this.#listen('online', () => { this.#updateLine(); this.wake(); });
        this.#listen('offline', () => this.#updateLine());
        this.#listen('storage', ({ key }) => {
            if (key === this.identity.key) this.identity.check();
            if (key === this.queueKey) this.#dropTaken();
        });
        if (options.debug) void import('./debug.js').then(({ attachDebug }) => attachDebug(this, options.debug === 'panel'));
    }

    /** @param {string} type @param {Function} listener @returns {() => void} takes the listener off */
    on(type, listener) {
        const listeners = (this.#listeners[type] ??= new Set());
        listeners.add(listener);
        return () => void listeners.delete(listener);
    }

    /** @param {string} type @param {unknown} value */
    #emit(type, value) {
        tell(this.#listeners[type] ?? [], value);
    }

    /** @param {string} type @param {(event: any) => void} listener of the window, where there is one */
    #listen(type, listener) {
        globalThis.addEventListener?.(type, listener);
        this.#windowListeners.push([type, listener]);
    }

    /** Ends everything; nothing of this client listens any more. What waits in storage stays there. */
    close() {
        for (const [type, listener] of this.#windowListeners) globalThis.removeEventListener?.(type, listener);
        this.#kept.clear();
        for (const reply of [...this.#open]) reply.leave();
    }

    /** @param {string} kind @param {object} [fields] */
    log(kind, fields = {}) {
        if (!this.debug) return;
        const entry = { at: Date.now(), kind, ...fields };
        this.debugEntries.push(entry);
        if (this.debugEntries.length > 1_000) this.debugEntries.shift();
        this.#emit('debug', entry);
    }

    // Messages

    /** @param {string} text @param {import('./index.js').SendOptions} [options] */
    send(text, options = {}) {
        const { dialect = this.dialect, body, query, messages, sessionId = `ses_${randomUUID()}`, key = randomUUID() } = options;
        if (!(dialect in dialects)) throw new TypeError(`There is no dialect "${dialect}".`);
        const userId = this.identity.userId ?? undefined;
        const reply = new Reply(this, { key, dialect, text, sessionId, body, query, messages, userId, createdAt: Date.now() }, options);
        this.enqueue(reply);
        return reply;
    }

    /**
     * A further reply to the same message.
     * @param {string} messageId @param {import('./index.js').SendOptions} [options]
     */
    regenerate(messageId, options = {}) {
        return this.#replyAgain('regenerate', messageId, options);
    }

    /**
     * A further reply that goes on from a stopped one's text.
     * @param {string} messageId @param {import('./index.js').SendOptions} [options]
     */
    continue(messageId, options = {}) {
        return this.#replyAgain('continue', messageId, options);
    }

    /** @param {string} how @param {string} messageId @param {import('./index.js').SendOptions} options */
    #replyAgain(how, messageId, options) {
        const { key = randomUUID(), sessionId, query } = options;
        const reply = new Reply(this, {
            key, dialect: 'companion', path: `api/v1/chat/${how}`, text: '', sessionId, query, body: { message_id: messageId }, createdAt: Date.now(),
        }, options);
        this.enqueue(reply);
        return reply;
    }

    /**
     * A reply that is being written, found in the history.
     * @param {string} replyId @param {import('./index.js').ResumeOptions} [options]
     */
    resume(replyId, options = {}) {
        const { dialect = this.dialect === 'openai' ? 'companion' : this.dialect, sessionId, after = 0, text = '' } = options;
        const entry = { key: replyId, dialect, text: '', sessionId, query: options.query, createdAt: Date.now() };
        const reply = new Reply(this, entry, options, { status: 'resuming', replyId, lastEventId: after, text: after > 0 ? text : '' });
        this.#open.add(reply);
        void reply.run();
        return reply;
    }

    /**
     * The messages of before a reload that still wait, sent in their order; with `sessionId` those of this conversation.
     * @param {import('./index.js').SendOptions} [options]
     */
    restore(options = {}) {
        const known = new Set([...this.#open].map(({ key }) => key));
        const isWanted = (/** @type {import('./index.js').QueueEntry} */ { key, sessionId }) =>
            !known.has(key) && (options.sessionId === undefined || options.sessionId === sessionId);
        return this.#stored().filter(isWanted).map((entry) => {
            const reply = new Reply(this, entry, options);
            this.enqueue(reply);
            return reply;
        });
    }

    get queued() {
        return [...this.#open].filter(({ state }) => state.status === 'queued' || state.status === 'sending');
    }

    /** @param {Reply} reply after the others of its conversation */
    enqueue(reply) {
        this.#open.add(reply);
        const refusal = reply.entry.path || !this.queues ? null : this.#keep(reply.entry);
        const conversation = reply.state.sessionId ?? reply.key;
        const tail = (this.#tails.get(conversation) ?? Promise.resolve()).then(async () => {
            if (refusal !== null) reply.leave(refusal);
            if (!isOpen(reply.state)) return;
            void reply.run();
            await reply.accepted;
        });
        this.#tails.set(conversation, tail);
        void tail.then(() => { if (this.#tails.get(conversation) === tail) this.#tails.delete(conversation); });
        this.noteReply(reply);
    }

    /** @returns {import('./index.js').QueueEntry[]} */
    #stored() {
        try {
            const entries = JSON.parse(this.storage.getItem(this.queueKey) ?? '[]');
            return Array.isArray(entries) ? entries.filter((entry) => entry?.key && entry.dialect in dialects) : [];
        } catch {
            return [];
        }
    }

    /** @param {import('./index.js').QueueEntry} entry @returns {ChatError | null} why it cannot wait */
    #keep(entry) {
        const entries = this.#stored().filter(({ key }) => key !== entry.key);
        if (entries.length >= longestQueue) {
            return new ChatError(0, { code: 'queue_full', message: `${longestQueue} messages wait already.`, retryable: false });
        }
        try {
            this.storage.setItem(this.queueKey, JSON.stringify([...entries, entry].sort((a, b) => a.createdAt - b.createdAt)));
            this.#kept.add(entry.key);
        } catch {
            this.log('error', { code: 'storage_full' }); // it waits as long as the page
        }
        return null;
    }

    /**
     * Whether a message is still to be sent: another tab may have sent it or taken it back.
     * @param {Reply} reply
     */
    isKept(reply) {
        return !this.#kept.has(reply.key) || this.#stored().some(({ key }) => key === reply.key);
    }

    /** @param {Reply} reply that waits no more */
    forget(reply) {
        if (!this.#kept.delete(reply.key)) return;
        const left = this.#stored().filter(({ key }) => key !== reply.key);
        try {
            this.storage.setItem(this.queueKey, JSON.stringify(left));
        } catch {
            // less than before fits
        }
    }

    #dropTaken() {
        for (const reply of this.queued) if (reply.state.status === 'queued' && !this.isKept(reply)) reply.leave();
    }

    /** @param {Reply} reply whose status has changed */
    noteReply(reply) {
        const { status } = reply.state;
        if (!isOpen(reply.state)) this.#open.delete(reply);
        else this.#open.add(reply);
        if (status !== 'queued' && status !== 'sending') this.forget(reply);
        this.#emit('queue', this.queued);
        this.#updateLine();
    }

    // The line

    get isOffline() {
        return globalThis.navigator?.onLine === false;
    }

    /** Streams do not come through as they are written. */
    get isHeldBack() {
        return Date.now() < this.#heldBackUntil;
    }

    holdBack() {
        this.#heldBackUntil = Date.now() + heldBackMs;
        this.log('held_back');
        this.#updateLine();
    }

    /** Whether the server answers, which tells a stream that is held back from a server that is down. */
    async isUp() {
        const tooLate = new AbortController();
        const timer = setTimeout(() => tooLate.abort(), 5_000);
        const response = await this.fetch(new URL('healthz', this.base), { signal: tooLate.signal, cache: 'no-store' }).catch(() => null);
        clearTimeout(timer);
        return response?.ok === true;
    }

    /** @param {Reply} reply @param {boolean} isQuiet a heartbeat is overdue */
    setQuiet(reply, isQuiet) {
        if (this.#quiet.has(reply) === isQuiet) return;
        if (isQuiet) this.#quiet.add(reply);
        else this.#quiet.delete(reply);
        this.#updateLine();
    }

    /** @returns {Line} */
    #readLine() {
        const states = [...this.#open].map(({ state }) => state);
        const times = states.flatMap(({ retryAt }) => retryAt ?? []);
        const whole = this.isHeldBack;
        const retryAt = times.length > 0 ? Math.min(...times) : null;
        if (this.isOffline) return { state: 'offline', whole, retryAt };
        if (this.#isSignedOut) return { state: 'signed_out', whole, retryAt };
        if (retryAt !== null) return { state: 'retrying', whole, retryAt };
        if (this.#quiet.size > 0) return { state: 'quiet', whole, retryAt };
        const isWriting = states.some(({ status }) => status === 'waiting' || status === 'streaming');
        return { state: isWriting ? 'writing' : 'connected', whole, retryAt };
    }

    #updateLine() {
        const line = this.#readLine();
        const { state, whole, retryAt } = this.line;
        if (line.state === state && line.whole === whole && line.retryAt === retryAt) return;
        this.line = line;
        this.log('line', line);
        this.#emit('line', line);
    }

    /** Whatever waits for its next attempt makes it now. */
    wake() {
        for (const end of [...this.#pauses]) end();
    }

    /**
     * Cut short by the signal; by the line's return and `wake` too, if not told otherwise.
     * @param {number} ms @param {AbortSignal} signal @param {boolean} [wakes] @returns {Promise<void>}
     */
    pause(ms, signal, wakes = true) {
        return new Promise((resolve) => {
            const end = () => {
                clearTimeout(timer);
                signal.removeEventListener('abort', end);
                this.#pauses.delete(end);
                resolve();
            };
            const timer = setTimeout(end, ms);
            signal.addEventListener('abort', end);
            if (wakes) this.#pauses.add(end);
            if (signal.aborted) end();
        });
    }

    // Requests

    /** @param {import('./index.js').IdentityChange} change */
    #changeIdentity(change) {
        this.log('identity', change);
        this.#isSignedOut = false;
        if (change.changed) {
            const error = new ChatError(401, { code: 'identity_changed', message: 'You are somebody else to the server now, so this was not sent.' });
            for (const reply of [...this.#open]) if (reply.entry.userId !== undefined || reply.state.replyId !== null) reply.leave(error);
        }
        this.#emit('identity', change);
        this.#updateLine();
    }

    /**
     * The JSON that an endpoint answers with; null for an answer without a body.
     * @param {string} method @param {string} path from the root of the server @param {OpenOptions} [options] @returns {Promise<any>}
     */
    async request(method, path, options = {}) {
        const claim = /^(stream-chat|api\/chat)\//.test(path) ? 'userId' : /^(v1|api\/v2)\//.test(path) ? '' : 'user_id';
        const response = await this.open(method, path, { claim, ...options });
        if (response.status === 204) return null;
        const body = await response.json().catch(() => null);
        if (body === null || typeof body !== 'object') throw new ChatError(502, { code: 'not_json' });
        return body;
    }

    /**
     * A response that is not refused; a token that has expired is renewed.
     * @param {string} method @param {string} path @param {OpenOptions} options
     */
    async open(method, path, { body, query, headers, signal, claim = '', userId }) {
        const { identity } = this;
        const url = new URL(path, this.base);
        for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, String(value));
        const send = () => {
            // What the page shows is this user's. Where the cookie is somebody else's by now, the server refuses the request.
            const named = claim !== '' && identity.userId !== null ? { [claim]: identity.userId } : {};
            /** @type {RequestInit} */
            const init = { method, headers: { ...identity.headers, ...headers }, signal, cache: 'no-store' };
            if (body !== undefined) {
                init.body = JSON.stringify({ ...body, ...named });
                init.headers = { ...init.headers, 'Content-Type': 'application/json' };
            }
            this.log('request', { method, path });
            return this.fetch(url, init);
        };
        try {
            const user = userId ?? identity.userId;
            await identity.ensure();
            identity.refuseAnother(user);
            const { generation } = identity;
            let response = await send();
            const mayBeSomebodyElse = response.status === 403 && identity.userId !== null;
            if (response.status === 401 || mayBeSomebodyElse) {
                await identity.renew(generation, response.status === 401);
                identity.refuseAnother(user);
                response = await send();
            }
            this.log('response', { method, path, status: response.status });
            this.#isSignedOut = response.status === 401;
            this.#updateLine();
            if (!response.ok) throw await errorFrom(response);
            return response;
        } catch (error) {
            if (error instanceof ChatError || signal?.aborted) throw error;
            throw new ChatError(0, { code: 'network' }); // fetch says no more than "TypeError"
        }
    }
}
