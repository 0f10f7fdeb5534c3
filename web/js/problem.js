// What can go wrong with a request, and how the page says it: in words, with what to do.

/** An error of a request: RFC 9457 problem details when the server gave them. */
export class Problem extends Error {
    /**
     * @param {number} status HTTP status; 0 when there was no answer at all
     * @param {{code?: string, detail?: string, errors?: {field: string, detail: string}[],
     *          retryAfterS?: number | null, reference?: string}} [more]
     */
    constructor(status, more = {}) {
        super(more.detail ?? `status ${status}`);
        this.status = status;
        this.code = more.code ?? '';
        this.detail = more.detail ?? '';
        this.errors = more.errors ?? [];
        this.retryAfterS = more.retryAfterS ?? null;
        this.reference = more.reference ?? '';
    }
}

/**
 * `Retry-After` in whole seconds, whether it was sent as seconds or as a date; null when absent or unreadable.
 * @param {string | null} value
 * @param {number} nowMs
 */
export function retryAfterSeconds(value, nowMs) {
    if (value === null || value.trim() === '') return null;
    const seconds = /^\d+$/.test(value.trim()) ? Number(value) : Math.ceil((Date.parse(value) - nowMs) / 1000);
    return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), 86_400) : null;
}

/**
 * Reads a refused response. A body that is not problem+json (a web server's own HTML page) is not shown.
 * @param {Response} response
 */
export async function problemFrom(response) {
    /** @type {any} */
    let body = {};
    if (/[/+]json\b/.test(response.headers.get('Content-Type') ?? '')) {
        body = (await response.json().catch(() => null)) ?? {};
    }
    const word = (/** @type {unknown} */ value) => (typeof value === 'string' ? value : undefined);
    return new Problem(response.status, {
        code: word(body.code),
        detail: word(body.detail) ?? word(body.title),
        errors: Array.isArray(body.errors) ? body.errors : [],
        retryAfterS: retryAfterSeconds(response.headers.get('Retry-After'), Date.now()),
        reference: word(body.instance) ?? response.headers.get('X-Request-Id') ?? '',
    });
}

/**
 * @param {Problem} problem
 * @returns {{text: string, retry: boolean, edit: boolean}} what happened and what to do; which buttons make sense
 */
export function inWords(problem) {
    const { status } = problem;
    const fields = problem.errors.map((error) => `${error.field}: ${error.detail}`).join('; ');
    const detail = (fields || problem.detail).replace(/\.$/, '');
    const said = detail === '' ? '' : ` (${detail})`;
    if (problem.code === 'stopped_early') {
        return { text: 'Stopped before the server answered. The message may not have arrived.', retry: true, edit: true };
    }
    if (status === 0) {
        return { text: 'The server cannot be reached. Check the connection, then try again.', retry: true, edit: true };
    }
    if (status === 413) {
        return { text: 'This message is too long. Shorten it and send it again.', retry: false, edit: true };
    }
    if (status === 429) {
        return { text: `That was too much at once${said}. Wait a little, then try again.`, retry: true, edit: true };
    }
    if (problem.code === 'identity_changed') {
        return { text: 'You are a new guest now, so this was not sent.', retry: false, edit: true };
    }
    if (status === 401) {
        return { text: 'The server does not know you any more. Reload the page to go on.', retry: true, edit: true };
    }
    if (status === 403) return { text: `This is not allowed here${said}.`, retry: false, edit: true };
    if (status === 404) {
        return { text: `This is not there any more${said}. Begin a new conversation.`, retry: false, edit: true };
    }
    if (status === 400) {
        return { text: `The server cannot take this${said}. Change it and send it again.`, retry: false, edit: true };
    }
    if (status < 500) {
        return { text: `The server refused this${said}. Reload the page and try again.`, retry: true, edit: true };
    }
    if (status === 503) {
        return { text: `The server is busy${said}. Wait a moment, then try again.`, retry: true, edit: true };
    }
    const reference = problem.reference === '' ? '' : ` If it stays so, tell the operator: ${problem.reference}.`;
    return { text: `The server had a problem. Try again in a moment.${reference}`, retry: true, edit: true };
}
