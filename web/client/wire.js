// What comes over the wire: refusals, event streams, the dialects of docs/api.md, and what their events make of a reply.

export class Emitter {
    /** @type {Record<string, Set<Function>>} */
    #listeners = {};

    /** @param {string} type @param {any} listener */
    on(type, listener) {
        const listeners = (this.#listeners[type] ??= new Set()).add(listener);
        return () => void listeners.delete(listener);
    }

    /** @param {string} type @param {any[]} values */
    emit(type, ...values) {
        for (const listener of this.#listeners[type] ?? []) {
            try {
                listener(...values);
            } catch (error) {
                queueMicrotask(() => { throw error; });
            }
        }
    }
}

const finalCodes = ['token_limit_reached', 'language_model_required', 'identity_changed'];

export class ChatError extends Error {
    /** @param {number} status @param {Partial<import('./index.js').ChatErrorFields>} fields */
    constructor(status, fields = {}) {
        const { code = '', errors = [], retryAfterMs = null, requestId = '', partial = false, retryable } = fields;
        super(fields.message || (status === 0 ? 'The server cannot be reached.' : `The server answered with status ${status}.`));
        const mayPass = [0, 408, 425, 429].includes(status) || (status >= 500 && ![501, 505, 507].includes(status));
        this.name = 'ChatError';
        this.status = status;
        this.code = code;
        this.errors = errors;
        this.retryAfterMs = retryAfterMs;
        this.requestId = requestId;
        this.partial = partial;
        this.retryable = retryable ?? (mayPass && !finalCodes.includes(code));
    }
}

/** @param {string | null} value */
export function retryAfterMs(value, nowMs = Date.now()) {
    const text = value?.trim();
    if (!text) return null;
    const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
    return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), 86_400_000) : null;
}

/** @param {number} attempt */
export function backoffMs(attempt, { baseMs = 500, maxMs = 15_000 } = {}, random = Math.random) {
    return (Math.min(maxMs, baseMs * 2 ** Math.min(attempt - 1, 30)) * (1 + random())) / 2;
}

/** @param {Response} response */
export async function errorFrom(response) {
    const { status, headers } = response;
    const isJSON = /[/+]json\b/.test(headers.get('Content-Type') ?? '');
    const read = isJSON ? await response.json().catch(() => null) : null;
    const body = read?.error && typeof read.error === 'object' ? read.error : (read ?? {});
    const text = (/** @type {any[]} */ ...values) => values.find((value) => typeof value === 'string' && value !== '');
    return new ChatError(status, {
        code: text(body.code),
        message: text(body.detail, body.message, body.title),
        errors: Array.isArray(body.errors) ? body.errors : body.param ? [{ field: body.param, detail: body.message }] : [],
        retryAfterMs: retryAfterMs(headers.get('Retry-After')),
        requestId: text(body.instance, headers.get('X-Request-Id')),
        retryable: headers.get('X-Should-Retry') === 'false' ? false : undefined,
    });
}

const maximumEventLength = 4 * 1024 * 1024;

export class EventStreamParser {
    #decoder = new TextDecoder();
    #line = '';
    #afterCarriageReturn = false;
    #data = '';
    #type = '';
    #id = '';
    #isNumbered = false;

    /** @param {Uint8Array} bytes */
    push(bytes) {
        let text = this.#decoder.decode(bytes, { stream: true });
        if (this.#afterCarriageReturn && text !== '') {
            if (text[0] === '\n') text = text.slice(1);
            this.#afterCarriageReturn = false;
        }
        /** @type {import('./index.js').StreamEvent[]} */
        const events = [];
        let start = 0;
        for (const { 0: end, index = 0 } of text.matchAll(/\r\n|\n|\r/g)) {
            this.#takeLine(this.#line + text.slice(start, index), events);
            this.#line = '';
            start = index + end.length;
            this.#afterCarriageReturn = end === '\r' && start === text.length;
        }
        this.#line += text.slice(start);
        if (this.#data.length + this.#line.length > maximumEventLength) throw new RangeError('an event of the stream is longer than 4 Mi characters');
        return events;
    }

    /** @param {string} line @param {import('./index.js').StreamEvent[]} events */
    #takeLine(line, events) {
        if (line === '') {
            if (this.#data !== '') events.push({ id: this.#id, type: this.#type || 'message', data: this.#data.slice(1), isNumbered: this.#isNumbered });
            this.#data = this.#type = '';
            this.#isNumbered = false;
            return;
        }
        const [, field, value = ''] = /** @type {string[]} */ (/^([^:]*)(?:: ?([^]*))?$/.exec(line));
        if (field === 'data') this.#data += `\n${value}`;
        else if (field === 'event') this.#type = value;
        else if (field === 'id' && !value.includes('\0')) {
            this.#id = value;
            this.#isNumbered = true;
        }
    }
}

/** @param {any} raw */
function readTyped(raw) {
    const { type, content } = raw ?? {};
    switch (type) {
        case 'user_message_received': case 'start': case 'chat_started':
            return [started(raw)];
        case 'content_chunk': case 'content': case 'token':
            return content ? [{ type: 'text', text: String(content) }] : [];
        case 'recommendations':
            return [{ type: 'books', books: raw[type] ?? [] }];
        case 'sources':
            return [{ type, sources: raw.sources ?? [] }];
        case 'focus': case 'step': case 'days': case 'figures':
            return [{ type, [type]: raw[type] }];
        case 'tool_call':
            return [{ type: 'step', step: raw.tool_call }];
        case 'thinking':
            return [{ type: 'reasoning', text: String(content ?? '') }];
        case 'workflow_detected':
            return [{ type: 'workflow', workflow: { ...raw, updates: [] } }];
        case 'workflow_update':
            return [{ type, update: raw }];
        case 'reset': case 'provider_switch':
            return [{ type: type === 'reset' || raw.reset ? 'reset' : 'switched', reason: raw.reason, from: raw.from, to: raw.to }];
        case 'complete': case 'done': case 'chat_completed':
            return [ended(raw)];
        case 'error':
            return [failed(raw)];
    }
    return [{ type: 'other' }];
}

/** @param {any} raw */
const started = (raw) => ({
    type: 'started', sessionId: raw.session_id ?? raw.sessionId, userMessageId: raw.user_message_id ?? raw.userMessageId ?? raw.in_reply_to ??
        (raw.type === 'user_message_received' ? raw.message_id : undefined),
    replyId: raw.reply_id ?? raw.messageId ?? raw.message_id, createdAt: raw.created_at ?? raw.timestamp,
});

/** @param {any} raw */
const ended = ({ status, finish_reason, finishReason = finish_reason, provider, model, usage, metrics }) =>
    ({ type: 'ended', status: status === 'stopped' ? status : 'complete', finishReason, provider, model, usage, metrics });

/** @param {any} raw */
const failed = ({ code, message, retryable, partial, retry_after_ms: retryAfterMs, usage }) => ({
    type: 'ended', status: code === 'interrupted' ? code : 'failed', usage,
    error: new ChatError(200, { code, message, retryable: retryable !== false, partial: partial === true, retryAfterMs }),
});

/** @param {any} raw @returns {any[]} */
export function readWhole(raw) {
    const { content, response: text = content, workflow, recommendations: books, steps = [], error, usage } = raw;
    return [
        { ...started(raw), raw },
        ...['focus', 'sources', 'days', 'figures'].map((type) => raw[type] && { type, [type]: raw[type] }),
        ...steps.map((/** @type {any} */ step) => ({ type: 'step', step })),
        workflow && { type: 'workflow', workflow: { updates: [], ...workflow } },
        text && { type: 'text', text },
        books && { type: 'books', books },
        raw.status !== 'streaming' && { ...(error ? failed({ ...error, usage }) : ended(raw)), raw },
    ].filter(Boolean);
}

function chunkReader() {
    /** @type {any} */
    const end = { type: 'ended', status: 'complete' };
    /** @type {any[]} */
    const calls = [];
    return (/** @type {any} */ raw) => {
        if (raw === null || raw === '[DONE]') return end.finishReason || raw ? [end] : [];
        const { error, model, usage, chat_fcgi: metrics, prompt_analysis: analysis, choices } = raw;
        if (error) return [failed(error)];
        /** @type {any[]} */
        const events = [];
        if (model && end.model && model !== end.model) events.push({ type: 'switched', from: end.model, to: model });
        if (model) end.model = model;
        if (usage) end.usage = usage;
        if (metrics?.message_id && !end.metrics) events.push(started(metrics));
        if (metrics) Object.assign(end, { provider: metrics.provider, metrics });
        if (analysis) events.push({ type: 'analysis', analysis });
        const { delta, finish_reason: reason } = choices?.[0] ?? {};
        if (reason) end.finishReason = reason;
        if (delta?.reasoning_content) events.push({ type: 'reasoning', text: delta.reasoning_content });
        if (delta?.content) events.push({ type: 'text', text: delta.content });
        for (const part of delta?.tool_calls ?? []) {
            const call = (calls[part.index ?? calls.length] ??= { ...part, function: { name: '', arguments: '' } });
            call.id = part.id ?? call.id;
            call.function.name += part.function?.name ?? '';
            call.function.arguments += part.function?.arguments ?? '';
        }
        if (delta?.tool_calls) events.push({ type: 'tool_calls', toolCalls: structuredClone(calls) });
        return events.length > 0 ? events : [{ type: 'other' }];
    };
}

/** @param {any} raw */
function readCompletion(raw) {
    const read = chunkReader();
    const [choice = {}] = raw.choices ?? [];
    const events = read({ ...raw, choices: [{ ...choice, delta: choice.message }] });
    return raw.error ? events : [...events, ...read('[DONE]')];
}

const typed = { reader: () => readTyped, whole: readWhole };
const snake = {
    ...typed, user: 'user_id', stopField: 'message_id', stopPath: 'api/v1/chat/stop',
    body: (/** @type {any} */ { text, sessionId, body }) => ({ message: text, session_id: sessionId, ...body }),
};
const camel = {
    ...typed, user: 'userId', stopField: 'messageId',
    body: (/** @type {any} */ { text, sessionId, body }) => ({ message: text, sessionId, ...body }),
};

/** @type {Record<string, import('./index.js').Dialect>} */
export const dialects = {
    companion: { ...snake, path: 'api/v1/chat/stream' },
    tutor: { ...camel, path: 'stream-chat', stopPath: 'stream-chat/stop' },
    openai: {
        path: 'v1/chat/completions', user: '', stopField: 'message_id', stopPath: 'api/v1/chat/stop',
        body: ({ text, sessionId, messages = [], body = {} }, whole) => ({
            ...body,
            messages: [...messages, { role: 'user', content: text }],
            ...(body.store ? { metadata: { session_id: sessionId, ...body.metadata } } : {}),
            ...(whole ? { stream: false } : { stream: true, stream_options: { include_usage: true } }),
        }),
        reader: chunkReader, whole: readCompletion,
    },
    agent: { ...snake, path: 'api/agent/chat', resumePath: 'api/v1/chat/stream', mayBeWhole: true },
    desk: { ...camel, path: 'api/chat/stream', stopPath: 'api/chat/stop', body: (entry) => ({ assistantType: 'general', ...camel.body(entry) }) },
};

/** @param {{status: string}} state */
export const isOpen = ({ status }) => ['queued', 'sending', 'waiting', 'streaming', 'resuming'].includes(status);

/** @typedef {import('./index.js').ReplyState} State
 * @type {State} */
export const first = {
    status: 'queued', sessionId: null, userMessageId: null, replyId: null, text: '', reasoning: '', books: [], sources: [], focus: null,
    workflow: null, steps: [], days: null, figures: null, toolCalls: [], analysis: null, provider: '', model: '', finishReason: '', usage: null,
    metrics: null, error: null,
    lastEventId: 0, attempt: 0, retryAt: null, stopping: false, whole: false, createdAt: null, firstTextMs: null,
};

/** @param {State} state @param {any} event @returns {Partial<State>} */
export function changesBy(state, event) {
    const { type, raw, id, ...fields } = event;
    switch (type) {
        case 'started':
            return { ...JSON.parse(JSON.stringify(fields)), status: state.text === '' ? 'waiting' : 'streaming' };
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
        case 'switched':
            return {};
    }
    return fields;
}
