// The five dialects of docs/api.md, each turned into one form of events. `reader()` gives a function from one event's data to the
// events of that form; called with null at the stream's end, it may say that the end was a proper one all the same.

import { ChatError } from './errors.js';

/** @typedef {import('./index.js').ReplyEvent} ReplyEvent @typedef {import('./index.js').Dialect} Dialect */

/** @param {any} raw one with a type of its own, dialects 1, 2 and 5 @returns {any[]} */
function readTyped(raw) {
    switch (raw?.type) {
        case 'user_message_received': case 'start': case 'chat_started':
            return [started(raw)];
        case 'content_chunk': case 'content': case 'token':
            return raw.content ? [{ type: 'text', text: String(raw.content) }] : [];
        case 'recommendations':
            return [{ type: 'books', books: raw.recommendations ?? [] }];
        case 'focus':
            return [{ type: 'focus', focus: raw.focus }];
        case 'sources':
            return [{ type: 'sources', sources: raw.sources ?? [] }];
        case 'step': case 'days': case 'figures':
            return [{ type: raw.type, [raw.type]: raw[raw.type] }];
        case 'thinking':
            return [{ type: 'reasoning', text: String(raw.content ?? '') }];
        case 'workflow_detected':
            return [{ type: 'workflow', workflow: { ...raw, updates: [] } }];
        case 'workflow_update':
            return [{ type: 'workflow_update', update: raw }];
        case 'reset':
            return [{ type: 'reset', reason: raw.reason }];
        case 'provider_switch':
            return [{ type: raw.reset ? 'reset' : 'switched', reason: raw.reason, from: raw.from, to: raw.to }];
        case 'complete': case 'done': case 'chat_completed':
            return [ended(raw)];
        case 'error':
            return [failed(raw)];
        default:
            return [{ type: 'other' }];
    }
}

/**
 * Dialect 1 writes names with underscores, the others in camel case.
 * @param {any} raw
 */
const started = (raw) => ({
    type: 'started', sessionId: raw.session_id ?? raw.sessionId, userMessageId: raw.user_message_id ?? raw.userMessageId ?? raw.in_reply_to ??
        (raw.type === 'user_message_received' ? raw.message_id : undefined),
    replyId: raw.reply_id ?? raw.messageId ?? raw.message_id, createdAt: raw.created_at ?? raw.timestamp,
});

/** @param {any} raw */
const ended = (raw) => ({
    type: 'ended', status: raw.status === 'stopped' ? 'stopped' : 'complete', finishReason: raw.finish_reason ?? raw.finishReason,
    provider: raw.provider, model: raw.model, usage: raw.usage, metrics: raw.metrics,
});

/** @param {any} raw */
const failed = (raw) => ({
    type: 'ended', status: raw.code === 'interrupted' ? 'interrupted' : 'failed', usage: raw.usage,
    error: new ChatError(200, {
        code: raw.code, message: raw.message, retryable: raw.retryable !== false, partial: raw.partial === true,
        retryAfterMs: raw.retry_after_ms,
    }),
});

/**
 * A whole reply of dialects 1, 2, 4 and 5, or a message of the history.
 * @param {any} raw @returns {any[]}
 */
export function readWhole(raw) {
    const text = raw.content ?? raw.response;
    return [
        { ...started(raw), raw },
        raw.focus && { type: 'focus', focus: raw.focus },
        raw.sources && { type: 'sources', sources: raw.sources },
        ...(raw.steps ?? []).map((/** @type {any} */ step) => ({ type: 'step', step })),
        raw.days && { type: 'days', days: raw.days },
        raw.figures && { type: 'figures', figures: raw.figures },
        raw.workflow && { type: 'workflow', workflow: { ...raw.workflow, updates: raw.workflow.updates ?? [] } },
        text && { type: 'text', text },
        raw.recommendations && { type: 'books', books: raw.recommendations },
        raw.status === 'streaming' ? null : raw.error ? { ...failed({ ...raw.error, usage: raw.usage }), raw } : { ...ended(raw), raw },
    ].filter(Boolean);
}

/**
 * OpenAI's chunks carry no end but `[DONE]`, and a tool's call in pieces.
 * @returns {Dialect['reader'] extends () => infer R ? R : never}
 */
function chunkReader() {
    /** @type {any} */
    const end = { type: 'ended', status: 'complete' };
    /** @type {any[]} */
    const calls = [];
    return (raw) => {
        if (raw === null || raw === '[DONE]') return end.finishReason || raw ? [end] : [];
        if (raw?.error) return [failed(raw.error)];
        /** @type {any[]} */
        const events = [];
        if (raw?.model) end.model = raw.model;
        if (raw?.usage) end.usage = raw.usage;
        if (raw?.chat_fcgi) Object.assign(end, { provider: raw.chat_fcgi.provider, metrics: raw.chat_fcgi });
        if (raw?.prompt_analysis) events.push({ type: 'analysis', analysis: raw.prompt_analysis });
        const { delta, finish_reason: reason } = raw?.choices?.[0] ?? {};
        if (reason) end.finishReason = reason;
        if (delta?.reasoning_content) events.push({ type: 'reasoning', text: delta.reasoning_content });
        if (delta?.content) events.push({ type: 'text', text: delta.content });
        for (const part of delta?.tool_calls ?? []) {
            const call = (calls[part.index ?? calls.length] ??= { ...part, function: { name: '', arguments: '' } });
            call.id = part.id ?? call.id;
            call.function.name += part.function?.name ?? '';
            call.function.arguments += part.function?.arguments ?? '';
        }
        if (delta?.tool_calls) events.push({ type: 'tool_calls', toolCalls: calls.map((call) => ({ ...call, function: { ...call.function } })) });
        return events.length > 0 ? events : [{ type: 'other' }];
    };
}

/**
 * A whole completion is one chunk whose delta is the message.
 * @param {any} raw @returns {any[]}
 */
function readCompletion(raw) {
    const read = chunkReader();
    const [choice = {}] = raw.choices ?? [];
    const events = read({ ...raw, choices: [{ ...choice, delta: choice.message }] });
    return raw.error ? events : [...events, ...read('[DONE]')];
}

/** @type {Record<string, Dialect>} */
export const dialects = {
    companion: {
        path: 'api/v1/chat/stream', stopPath: 'api/v1/chat/stop', user: 'user_id', stopField: 'message_id',
        body: ({ text, sessionId, body }) => ({ message: text, session_id: sessionId, ...body }),
        reader: () => readTyped, whole: readWhole,
    },
    tutor: {
        path: 'stream-chat', stopPath: 'stream-chat/stop', user: 'userId', stopField: 'messageId',
        body: ({ text, sessionId, body }) => ({ message: text, sessionId, ...body }),
        reader: () => readTyped, whole: readWhole,
    },
    openai: {
        path: 'v1/chat/completions', stopPath: '', user: '', stopField: '',
        body: ({ text, sessionId, messages = [], body = {} }, whole) => ({
            ...body,
            messages: [...messages, { role: 'user', content: text }],
            ...(body.store ? { metadata: { session_id: sessionId, ...body.metadata } } : {}),
            ...(whole ? { stream: false } : { stream: true, stream_options: { include_usage: true } }),
        }),
        reader: chunkReader, whole: readCompletion,
    },
    agent: {
        path: 'api/agent/chat', resumePath: 'api/v1/chat/stream', stopPath: 'api/v1/chat/stop', user: 'user_id', stopField: 'message_id', mayBeWhole: true,
        body: ({ text, sessionId, body }) => ({ message: text, session_id: sessionId, ...body }),
        reader: () => readTyped, whole: readWhole,
    },
    desk: {
        path: 'api/chat/stream', stopPath: 'api/chat/stop', user: 'userId', stopField: 'messageId',
        body: ({ text, sessionId, body }) => ({ message: text, sessionId, assistantType: 'general', ...body }),
        reader: () => readTyped, whole: readWhole,
    },
};
