// The client: its replies, the messages that wait, and how it is with the line.

import { Identity, identityChanged } from './identity.js';
import { Reply } from './reply.js';
import { ChatError, dialects, Emitter, isOpen } from './wire.js';

/** @typedef {import('./index.js').SendOptions} SendOptions @typedef {import('./index.js').QueueEntry} Entry */

const longestQueue = 100;
const heldBackMs = 60_000;

/** crypto.randomUUID is missing where the page is served without TLS. */
export const randomUUID = () => '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (/** @type {any} */ digit) =>
    (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16));

/** @returns {import('./index.js').KeyValueStore} */
export function localStorageOrMemory() {
    try {
        localStorage.setItem('chat-fcgi.probe', '');
        return localStorage;
    } catch {
        const kept = new Map();
        return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
    }
}

export class ChatClient extends Emitter {
    #tails = new Map();
    /** @type {Set<Reply>} */
    #open = new Set();
    #quiet = new Set();
    #kept = new Set();
    #pauses = new Set();
    #heldBackUntil = 0;
    #closing = new AbortController();
    debugEntries = /** @type {any[]} */ ([]);

    /** @param {import('./index.js').ClientOptions} [options] */
    constructor(options = {}) {
        super();
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
        const place = keepsToken ? this.base.href : this.base.pathname;
        this.queueKey = `chat-fcgi.queue:${place}`;
        this.identity = new Identity(this, options, `chat-fcgi.guest:${place}api/v1/`, keepsToken);
        this.line = this.#readLine();
        for (const type of ['online', 'offline', 'storage']) {
            globalThis.addEventListener?.(type, (/** @type {any} */ { key }) => {
                this.updateLine();
                if (type === 'online') this.wake();
                if (key === this.identity.key) this.identity.check();
                if (key === this.queueKey) for (const reply of this.queued) if (reply.state.status === 'queued' && !this.isKept(reply)) reply.leave();
            }, { signal: this.#closing.signal });
        }
        if (options.debug) void import('./adapters/debug.js').then(({ attachDebug }) => attachDebug(this, options.debug === 'panel'));
    }

    close() {
        this.#closing.abort();
        this.#kept.clear();
        for (const reply of [...this.#open]) reply.leave();
    }

    /** @param {string} kind @param {object} [fields] */
    log(kind, fields = {}) {
        if (!this.debug) return;
        const entry = { at: Date.now(), kind, ...fields };
        this.debugEntries.push(entry);
        if (this.debugEntries.length > 1_000) this.debugEntries.shift();
        this.emit('debug', entry);
    }

    /** @param {Entry} entry @param {SendOptions} options */
    #begin(entry, options) {
        const reply = new Reply(this, entry, options);
        this.enqueue(reply);
        return reply;
    }

    /** @param {string} text @param {SendOptions} [options] */
    send(text, options = {}) {
        const { dialect = this.dialect, body, query, messages, sessionId = `ses_${randomUUID()}`, key = randomUUID() } = options;
        if (!(dialect in dialects)) throw new TypeError(`There is no dialect "${dialect}".`);
        const userId = this.identity.userId ?? undefined;
        return this.#begin({ key, dialect, text, sessionId, body, query, messages, userId, createdAt: Date.now() }, options);
    }

    /** @param {string} messageId @param {SendOptions} [options] */
    regenerate(messageId, options = {}, how = 'regenerate') {
        const { body, key = randomUUID(), sessionId, query } = options;
        const path = `api/v1/chat/${how}`;
        return this.#begin({ key, dialect: 'companion', path, text: '', sessionId, query, body: { ...body, message_id: messageId }, createdAt: Date.now() }, options);
    }

    /** @param {string} messageId @param {SendOptions} [options] */
    continue(messageId, options) {
        return this.regenerate(messageId, options, 'continue');
    }

    /** @param {string} replyId @param {import('./index.js').ResumeOptions} [options] */
    resume(replyId, options = {}) {
        const { dialect = this.dialect === 'openai' ? 'companion' : this.dialect, sessionId, after = 0, text = '' } = options;
        const entry = { key: replyId, dialect, text: '', sessionId, query: options.query, createdAt: Date.now() };
        const reply = new Reply(this, entry, options, { status: 'resuming', replyId, lastEventId: after, text: after > 0 ? text : '' });
        this.#open.add(reply);
        void reply.run();
        return reply;
    }

    /** @param {SendOptions} [options] */
    restore(options = {}) {
        const known = new Set([...this.#open].map(({ key }) => key));
        return this.#stored().filter(({ key, sessionId }) => !known.has(key) && (options.sessionId ?? sessionId) === sessionId)
            .map((entry) => this.#begin(entry, options));
    }

    get queued() {
        return [...this.#open].filter(({ state }) => state.status === 'queued' || state.status === 'sending');
    }

    /** @param {Reply} reply */
    enqueue(reply) {
        this.#open.add(reply);
        const refusal = reply.entry.path || !this.queues ? null : this.#keep(reply.entry);
        const conversation = reply.state.sessionId ?? reply.key;
        const tail = (this.#tails.get(conversation) ?? Promise.resolve()).then(async () => {
            if (refusal !== null) reply.leave(refusal);
            if (!isOpen(reply.state)) return;
            void reply.run();
            await (reply.dialect === 'openai' ? reply.done : reply.accepted);
        });
        this.#tails.set(conversation, tail);
        void tail.then(() => { if (this.#tails.get(conversation) === tail) this.#tails.delete(conversation); });
        this.noteReply(reply);
    }

    /** @returns {Entry[]} */
    #stored() {
        try {
            const entries = JSON.parse(this.storage.getItem(this.queueKey) ?? '[]');
            return Array.isArray(entries) ? entries.filter((entry) => entry?.key && entry.dialect in dialects) : [];
        } catch {
            return [];
        }
    }

    /** @param {Entry} entry */
    #keep(entry) {
        const entries = this.#stored().filter(({ key }) => key !== entry.key);
        if (entries.length >= longestQueue) {
            return new ChatError(0, { code: 'queue_full', message: `${longestQueue} messages wait already.`, retryable: false });
        }
        if (this.#store([...entries, entry].sort((a, b) => a.createdAt - b.createdAt))) this.#kept.add(entry.key);
        return null;
    }

    /** @param {Reply} reply */
    isKept(reply) {
        return !this.#kept.has(reply.key) || this.#stored().some(({ key }) => key === reply.key);
    }

    /** @param {Reply} reply */
    forget(reply) {
        if (!this.#kept.delete(reply.key)) return;
        this.#store(this.#stored().filter(({ key }) => key !== reply.key));
    }

    /** @param {Entry[]} entries @returns {boolean} false: the storage is full, and they wait as long as the page */
    #store(entries) {
        try {
            this.storage.setItem(this.queueKey, JSON.stringify(entries));
            return true;
        } catch {
            this.log('error', { code: 'storage_full' });
            return false;
        }
    }

    /** @param {Reply} reply */
    noteReply(reply) {
        const { status } = reply.state;
        this.#open[isOpen(reply.state) ? 'add' : 'delete'](reply);
        if (status !== 'queued' && status !== 'sending') this.forget(reply);
        this.emit('queue', this.queued);
        this.updateLine();
    }

    get isOffline() {
        return globalThis.navigator?.onLine === false;
    }

    get isHeldBack() {
        return Date.now() < this.#heldBackUntil;
    }

    holdBack() {
        this.#heldBackUntil = Date.now() + (this.#heldBackUntil === 0 ? heldBackMs : 10 * heldBackMs);
        this.log('held_back');
        this.updateLine();
    }

    async isUp() {
        const signal = /** @type {any} */ (AbortSignal).timeout(Math.min(5_000, this.timing.heartbeatMs));
        return this.fetch(new URL('healthz', this.base), { signal, cache: 'no-store' }).then(({ ok }) => ok, () => false);
    }

    /** @param {Reply} reply @param {boolean} isQuiet */
    setQuiet(reply, isQuiet) {
        if (this.#quiet.has(reply) === isQuiet) return;
        this.#quiet[isQuiet ? 'add' : 'delete'](reply);
        this.updateLine();
    }

    /** @returns {import('./index.js').Line} */
    #readLine() {
        const states = [...this.#open].map(({ state }) => state);
        const times = states.flatMap((state) => state.retryAt ?? []);
        const retryAt = times.length > 0 ? Math.min(...times) : null;
        const isWriting = states.some(({ status }) => status === 'waiting' || status === 'streaming');
        const state = this.isOffline ? 'offline' : this.identity.isSignedOut ? 'signed_out' : retryAt !== null ? 'retrying'
            : this.#quiet.size > 0 ? 'quiet' : isWriting ? 'writing' : 'connected';
        return { state, whole: this.isHeldBack, retryAt };
    }

    updateLine() {
        const line = this.#readLine();
        if (JSON.stringify(line) === JSON.stringify(this.line)) return;
        this.line = line;
        this.log('line', line);
        this.emit('line', line);
    }

    wake() {
        for (const end of [...this.#pauses]) end();
    }

    /** @param {number} ms @param {AbortSignal} signal @param {boolean} [wakes] @returns {Promise<void>} */
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

    /** @param {import('./index.js').IdentityChange} change */
    changeIdentity(change) {
        this.log('identity', change);
        this.identity.isSignedOut = false;
        if (change.changed) {
            for (const reply of [...this.#open]) if (reply.entry.userId !== undefined || reply.state.replyId !== null) reply.leave(identityChanged());
        }
        this.emit('identity', change);
        this.updateLine();
    }

    /** @param {string} method @param {string} path @param {import('./identity.js').OpenOptions} [options] @returns {Promise<any>} */
    async request(method, path, options = {}) {
        const claim = /^(stream-chat|api\/chat)\//.test(path) ? 'userId' : /^(v1|api\/v2)\//.test(path) ? '' : 'user_id';
        const response = await this.identity.open(method, path, { claim, ...options });
        if (response.status === 204) return null;
        const body = await response.json().catch(() => null);
        if (body === null || typeof body !== 'object') throw new ChatError(502, { code: 'not_json' });
        return body;
    }
}
