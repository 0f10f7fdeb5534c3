// What can go wrong with a request, how long to wait, and whether asking again can help.

/** Refused for good, whatever the status says. */
const finalCodes = ['token_limit_reached', 'language_model_required', 'identity_changed'];

export class ChatError extends Error {
    /** @param {number} status HTTP status; 0: no answer came @param {Partial<import('./index.js').ChatErrorFields>} [fields] */
    constructor(status, fields = {}) {
        super(fields.message || (status === 0 ? 'The server cannot be reached.' : `The server answered with status ${status}.`));
        this.name = 'ChatError';
        this.status = status;
        this.code = fields.code ?? '';
        this.errors = fields.errors ?? [];
        this.retryAfterMs = fields.retryAfterMs ?? null;
        this.requestId = fields.requestId ?? '';
        this.partial = fields.partial ?? false;
        const mayPass = status === 0 || [408, 425, 429].includes(status) || (status >= 500 && status !== 501 && status !== 505);
        this.retryable = fields.retryable ?? (mayPass && !finalCodes.includes(this.code));
    }
}

/**
 * `Retry-After` in milliseconds, sent as seconds or as a date; null when absent or unreadable.
 * @param {string | null} value @param {number} [nowMs]
 */
export function retryAfterMs(value, nowMs = Date.now()) {
    const text = value?.trim() ?? '';
    if (text === '') return null;
    const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
    return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), 86_400_000) : null;
}

/**
 * Exponential backoff with jitter: half of the time is certain, the other half chance, so that a thousand clients
 * that lost their line together do not come back together.
 * @param {number} attempt from 1 @param {{baseMs?: number, maxMs?: number}} timing @param {() => number} random 0 to 1
 */
export function backoffMs(attempt, { baseMs = 500, maxMs = 15_000 } = {}, random = Math.random) {
    return (Math.min(maxMs, baseMs * 2 ** Math.min(attempt - 1, 30)) * (1 + random())) / 2;
}

/**
 * Reads a refused response: RFC 9457 problem details, or OpenAI's error object. Another body (a proxy's page) is not shown.
 * @param {Response} response
 */
export async function errorFrom(response) {
    const isJSON = /[/+]json\b/.test(response.headers.get('Content-Type') ?? '');
    const read = isJSON ? await response.json().catch(() => null) : null;
    const body = read?.error && typeof read.error === 'object' ? read.error : (read ?? {});
    const text = (/** @type {any[]} */ ...values) => values.find((value) => typeof value === 'string' && value !== '');
    return new ChatError(response.status, {
        code: text(body.code),
        message: text(body.detail, body.message, body.title),
        errors: Array.isArray(body.errors) ? body.errors : body.param ? [{ field: body.param, detail: body.message }] : [],
        retryAfterMs: retryAfterMs(response.headers.get('Retry-After')),
        requestId: text(body.instance, response.headers.get('X-Request-Id')),
        retryable: response.headers.get('X-Should-Retry') === 'false' ? false : undefined,
    });
}

/**
 * Calls listeners. One that throws is reported as any error of the page, and neither a broken line nor the others' fault.
 * @param {Iterable<Function>} listeners @param {any[]} values
 */
export function tell(listeners, ...values) {
    for (const listener of listeners) {
        try {
            listener(...values);
        } catch (error) {
            queueMicrotask(() => { throw error; });
        }
    }
}
