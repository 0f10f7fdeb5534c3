// What goes over the line, as data: lines become records, records become text, times become places on a line.

/**
 * @typedef {object} Dialect
 * @property {string} id
 * @property {string} path
 * @property {boolean} resumes whether a broken stream can be taken up
 * @property {string} agent whose ink it has
 * @property {(text: string) => object} body
 * @property {(reply: string) => string} resumePath
 * @property {(reply: string) => [string, object]} stop path and body
 */

const chatStop = (/** @type {string} */ reply) => /** @type {[string, object]} */ (['api/v1/chat/stop', { message_id: reply }]);
const chatResume = (/** @type {string} */ reply) => `api/v1/chat/stream/${encodeURIComponent(reply)}`;

/** @type {Dialect[]} */
export const dialects = [
    { id: 'companion', path: 'api/v1/chat/stream', resumes: true, agent: 'noah', body: (message) => ({ message }), resumePath: chatResume, stop: chatStop },
    { id: 'tutor', path: 'stream-chat', resumes: true, agent: 'tutor', body: (message) => ({ message }),
        resumePath: (reply) => `stream-chat/${encodeURIComponent(reply)}`, stop: (reply) => ['stream-chat/stop', { messageId: reply }] },
    { id: 'openai', path: 'v1/chat/completions', resumes: false, agent: 'model', body: (content) => ({ model: 'noah', stream: true, stream_options: { include_usage: true }, messages: [{ role: 'user', content }] }),
        resumePath: () => '', stop: chatStop },
    { id: 'agent', path: 'api/agent/chat', resumes: true, agent: 'visa', body: (message) => ({ message, mode: 'visa_expert' }), resumePath: chatResume, stop: chatStop },
    { id: 'desk', path: 'api/chat/stream', resumes: true, agent: 'desk', body: (message) => ({ message, assistantType: 'analyst' }),
        resumePath: (reply) => `api/chat/stream/${encodeURIComponent(reply)}`, stop: (reply) => ['api/chat/stop', { messageId: reply }] },
];

/**
 * @typedef {{kind: 'event', id: number | null, data: string, event: any, atMs: number, text: string, from: number}
 *   | {kind: 'comment' | 'cut' | 'back', text: string, atMs: number}} Record
 *   `from`: where the event's text begins in the reply's
 */

/** Cuts a text that arrives in pieces into blocks, each with its lines. The server ends lines with a line feed. */
export class Lines {
    #rest = '';

    /** @param {string} piece @returns {string[][]} */
    push(piece) {
        const blocks = (this.#rest + piece).replaceAll('\r\n', '\n').split('\n\n');
        this.#rest = blocks.pop() ?? '';
        return blocks.map((block) => block.split('\n').filter((line) => line !== '')).filter((lines) => lines.length > 0);
    }
}

/** @param {string[]} lines @returns {{comment: string} | {id: number | null, data: string, event: any}} */
export function blockOf(lines) {
    if (lines.every((line) => line.startsWith(':'))) return { comment: lines.join('\n') };
    const field = (/** @type {string} */ name) => lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).replace(/^ /, '')).join('\n');
    const data = field('data');
    const id = /^\d+$/.test(field('id')) ? Number(field('id')) : null;
    let event = null;
    try {
        event = JSON.parse(data);
    } catch {
        // [DONE] is no JSON
    }
    return { id, data, event };
}

/** @param {any} event @returns {string} the piece of the answer that it brings */
export function textOf(event) {
    if (event === null || typeof event !== 'object') return '';
    if (Array.isArray(event.choices)) return event.choices[0]?.delta?.content ?? '';
    if (['content_chunk', 'content', 'token'].includes(event.type)) return String(event.content ?? '');
    return '';
}

/** @param {any} event */
export const takesBack = (event) => event?.type === 'reset' || (event?.type === 'provider_switch' && event.reset === true);

/** @param {any} event @param {string} data */
export const isEnd = (event, data) => data === '[DONE]' || ['complete', 'error', 'done', 'chat_completed'].includes(event?.type) || event?.error !== undefined && event?.choices === undefined;

/** @param {any} event @returns {string | null} */
export function replyIdOf(event) {
    if (event?.type === 'user_message_received') return event.reply_id ?? null;
    if (event?.type === 'start' || event?.type === 'chat_started') return event.messageId ?? null;
    return null;
}

/**
 * The figures of a stream so far.
 * @param {Record[]} records @param {number} bytes
 */
export function figuresOf(records, bytes) {
    const events = records.filter((record) => record.kind === 'event');
    const firstText = events.find((record) => record.kind === 'event' && record.text !== '');
    return {
        firstEventMs: events[0]?.atMs ?? null, firstWordMs: firstText?.atMs ?? null, events: events.length, bytes,
        resumed: records.filter(({ kind }) => kind === 'back').length,
    };
}

/**
 * Where each record stands on a line of the time, and what was cut out of it.
 * @param {Record[]} records @param {number} width
 * @returns {{ticks: {x: number, isText: boolean, kind: string}[], gaps: {from: number, to: number}[]}}
 */
export function timeline(records, width) {
    const end = Math.max(1, ...records.map(({ atMs }) => atMs));
    const x = (/** @type {number} */ atMs) => Math.round((4 + (atMs / end) * (width - 8)) * 10) / 10;
    const gaps = [];
    /** @type {number | null} */ let cut = null;
    for (const { kind, atMs } of records) {
        if (kind === 'cut') cut ??= x(atMs);
        else if (kind === 'back' && cut !== null) {
            gaps.push({ from: cut, to: x(atMs) });
            cut = null;
        }
    }
    if (cut !== null) gaps.push({ from: cut, to: width });
    return { gaps, ticks: records.filter(({ kind }) => kind === 'event' || kind === 'comment').map((record) => ({ x: x(record.atMs), kind: record.kind, isText: record.kind === 'event' && record.text !== '' })) };
}

/**
 * Where a piece of the source stands in what is shown of it: marks of Markdown are not, so its words are looked for near the same part.
 * @param {string} shown @param {string} piece @param {number} part of the text before it, 0 to 1
 * @returns {[number, number] | null}
 */
export function placeOf(shown, piece, part) {
    const words = piece.replace(/[*_`#>]/g, '').replace(/\s+/g, ' ').trim();
    if (words === '') return null;
    const plain = shown.replace(/\s/g, ' ');
    const around = part * plain.length;
    let best = null;
    for (let at = plain.indexOf(words); at >= 0; at = plain.indexOf(words, at + 1)) {
        if (best === null || Math.abs(at - around) < Math.abs(best - around)) best = at;
    }
    return best === null ? null : [best, best + words.length];
}
