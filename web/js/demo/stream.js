// One stream, read as it comes: each line is noted with its time, the line can be cut, and is then taken up again.

import { backoffMs } from '../../client/wire.js';
import { blockOf, isEnd, Lines, replyIdOf, textOf, takesBack } from './model.js';

/** @typedef {import('./model.js').Record} Record @typedef {import('./model.js').Dialect} Dialect */

export class DemoStream {
    /** @type {Record[]} */ records = [];
    bytes = 0;
    text = '';
    lastId = 0;
    /** @type {string | null} */ replyId = null;
    hasEnded = false;
    /** @type {any} */ failure = null;
    #abort = new AbortController();
    #isCut = false;

    /**
     * @param {any} api of the page
     * @param {Dialect} dialect
     * @param {() => void} onchange
     * @param {{cut(lastId: number, seconds: number): string, back(lastId: number): string}} words
     */
    constructor(api, dialect, onchange, words) {
        this.api = api;
        this.dialect = dialect;
        this.onchange = onchange;
        this.words = words;
        this.began = performance.now();
    }

    get now() {
        return performance.now() - this.began;
    }

    /** @param {string} question */
    async ask(question) {
        const { dialect } = this;
        try {
            await this.#read(() => this.api.fetch('POST', dialect.path, { body: dialect.body(question), query: dialect.id === 'openai' ? {} : { events: 'all' },
                headers: { Accept: 'text/event-stream' }, signal: this.#abort.signal }));
            for (let attempt = 1; !this.hasEnded && dialect.resumes && this.replyId !== null && attempt < 8; attempt += 1) {
                const pauseMs = backoffMs(attempt, { baseMs: 400, maxMs: 8_000 });
                this.records.push({ kind: 'cut', text: this.words.cut(this.lastId, pauseMs / 1000), atMs: this.now });
                this.onchange();
                await new Promise((resolve) => setTimeout(resolve, pauseMs));
                this.#isCut = false;
                this.#abort = new AbortController();
                await this.#read(() => this.api.fetch('GET', dialect.resumePath(this.replyId ?? ''), { query: { events: 'all' },
                    headers: { Accept: 'text/event-stream', 'Last-Event-ID': String(this.lastId) }, signal: this.#abort.signal }), true);
            }
        } catch (problem) {
            this.failure = problem;
        }
        this.hasEnded = true;
        this.onchange();
    }

    cut() {
        this.#isCut = true;
        this.#abort.abort();
    }

    async stop() {
        if (this.replyId === null) return this.#end();
        const [path, body] = this.dialect.stop(this.replyId);
        await this.api.json('POST', path, { body }).catch(() => this.#end());
    }

    #end() {
        this.hasEnded = true;
        this.#abort.abort();
    }

    /**
     * @param {() => Promise<Response>} open
     * @param {boolean} [isBack]
     */
    async #read(open, isBack = false) {
        const lines = new Lines();
        const decoder = new TextDecoder();
        try {
            const response = await open();
            const type = response.headers.get('Content-Type') ?? '';
            if (!type.startsWith('text/event-stream')) return this.#whole(await response.text());
            if (isBack) this.records.push({ kind: 'back', text: this.words.back(this.lastId), atMs: this.now });
            const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
            for (;;) {
                const { done, value } = await reader.read();
                if (done) return;
                this.bytes += value.length;
                for (const block of lines.push(decoder.decode(value, { stream: true }))) this.#take(block);
                this.onchange();
            }
        } catch (problem) {
            // A line that breaks says nothing more; what the server refused is told.
            if (!this.#isCut && !this.hasEnded && /** @type {any} */ (problem)?.status > 0) throw problem;
        }
    }

    /** @param {string[]} block */
    #take(block) {
        const read = blockOf(block);
        const atMs = this.now;
        if ('comment' in read) return void this.records.push({ kind: 'comment', text: read.comment, atMs });
        if (read.id !== null) {
            if (read.id <= this.lastId) return;
            this.lastId = read.id;
        }
        this.replyId = replyIdOf(read.event) ?? this.replyId;
        if (takesBack(read.event)) this.text = '';
        const text = textOf(read.event);
        this.records.push({ kind: 'event', ...read, atMs, text, from: this.text.length });
        this.text += text;
        if (isEnd(read.event, read.data)) this.hasEnded = true;
    }

    /**
     * An answer in one piece: a server that does not stream this dialect.
     * @param {string} body
     */
    #whole(body) {
        let event = null;
        try {
            event = JSON.parse(body);
        } catch {
            // shown as it came
        }
        const text = String(event?.response ?? event?.content ?? '');
        this.bytes += body.length;
        this.records.push({ kind: 'event', id: null, data: body, event, atMs: this.now, text, from: 0 });
        this.text = text;
        this.hasEnded = true;
    }
}
