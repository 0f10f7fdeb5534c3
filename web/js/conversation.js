// What the page knows of one conversation: a pure function from actions to the next view state.

/**
 * @typedef {{kind?: string, text?: string, weight?: number}} Reason
 * @typedef {{book_id?: string, title?: string, authors?: string[], year?: number, subjects?: string[],
 *            rating?: number, score?: number, reasons?: Reason[]}} Book
 * @typedef {{message_id: string, role: string, content: string, status?: string, created_at?: string,
 *            recommendations?: Book[], provider?: string, model?: string, finish_reason?: string,
 *            error?: any}} Message a message of the history
 * @typedef {'sending' | 'delivered' | 'refused' | 'waiting' | 'streaming' | 'resuming' | 'lost' | 'complete'
 *           | 'stopped' | 'interrupted' | 'failed'} Status
 *   `lost`: the page gave up reconnecting, the reply may still go on; `interrupted`: the server says it was cut.
 * @typedef {object} Entry one message as shown
 * @property {string} turn the key both messages of a turn share: the Idempotency-Key, or a message id of the history
 * @property {'user' | 'assistant'} role
 * @property {string | null} messageId
 * @property {string} text
 * @property {Status} status
 * @property {Book[]} books
 * @property {number} lastEventId highest event id seen, 0 at first
 * @property {boolean} stale the text came from the history and the stream will send it again from the start
 * @property {boolean} stopping
 * @property {number} attempt of reconnecting
 * @property {string} finishReason
 * @property {string} by the model that answered
 * @property {{message: string, retryable: boolean, partial: boolean} | null} error
 * @property {import('./problem.js').Problem | null} problem
 * @property {number} retryAt milliseconds since 1970 before which trying again is useless
 *
 * @typedef {{sessionId: string | null, entries: Entry[], nextBefore: string | null}} State
 * @typedef {{type: 'sent', turn: string, text: string} | {type: 'event', turn: string, id: string, event: any}
 *   | {type: 'resuming', turn: string, attempt: number} | {type: 'lost', turn: string}
 *   | {type: 'replaying', turn: string} | {type: 'stopping', turn: string} | {type: 'stopped', turn: string}
 *   | {type: 'refused', turn: string, problem: import('./problem.js').Problem, atMs: number}
 *   | {type: 'withdrawn', turn: string} | {type: 'settled', turn: string, message: Message}
 *   | {type: 'history', page: any, earlier: boolean}} Action
 */

/** @param {string | null} sessionId @returns {State} */
export const emptyConversation = (sessionId = null) => ({ sessionId, entries: [], nextBefore: null });

/** @param {Partial<Entry> & Pick<Entry, 'turn' | 'role' | 'status'>} fields @returns {Entry} */
const newEntry = (fields) => ({
    messageId: null, text: '', books: [], lastEventId: 0, stale: false, stopping: false, attempt: 0,
    finishReason: '', by: '', error: null, problem: null, retryAt: 0, ...fields,
});

/** @param {Entry | undefined} entry a reply that may still change */
export const isOpen = (entry) => entry !== undefined && ['waiting', 'streaming', 'resuming'].includes(entry.status);

/** @param {State} state @param {string} turn */
export const replyOf = (state, turn) => state.entries.find((e) => e.turn === turn && e.role === 'assistant');

/** @param {any} error @returns {Entry['error']} */
const readError = (error) => ({
    message: typeof error === 'string' ? error : String(error?.message ?? error?.detail ?? ''),
    retryable: error?.retryable !== false,
    partial: error?.partial === true,
});

/** @param {Message} message @returns {Entry} */
function entryFromHistory(message) {
    const role = message.role === 'user' ? 'user' : 'assistant';
    const known = ['streaming', 'complete', 'stopped', 'interrupted', 'failed'].includes(message.status ?? '');
    const status = role === 'user' ? 'delivered' : known ? /** @type {Status} */ (message.status) : 'complete';
    return newEntry({
        turn: message.message_id, role, status, messageId: message.message_id, text: message.content ?? '',
        books: message.recommendations ?? [], by: message.model ?? message.provider ?? '',
        finishReason: message.finish_reason ?? '', error: message.error ? readError(message.error) : null,
    });
}

/** @param {Entry} reply @param {any} event @returns {Partial<Entry>} what an event of the stream changes */
function changesBy(reply, event) {
    switch (event.type) {
        case 'user_message_received':
            return { messageId: event.reply_id ?? reply.messageId, status: 'waiting' };
        case 'content_chunk':
            return { text: reply.text + String(event.content ?? ''), status: 'streaming' };
        case 'recommendations':
            return { books: Array.isArray(event.recommendations) ? event.recommendations : [] };
        case 'provider_switch':
            return event.reset === true ? { text: '', status: 'waiting' } : {};
        case 'complete':
            return {
                status: event.status === 'stopped' ? 'stopped' : 'complete', stopping: false,
                finishReason: event.finish_reason ?? '', by: event.model ?? event.provider ?? '',
            };
        case 'error':
            return { status: event.code === 'interrupted' ? 'interrupted' : 'failed', error: readError(event), stopping: false };
        default:
            return {}; // an event of a later version
    }
}

/** @param {State} state @param {Extract<Action, {type: 'event'}>} action @returns {State} */
function takeEvent(state, { turn, id, event }) {
    const before = replyOf(state, turn);
    if (before === undefined || !isOpen(before)) return state;
    const number = /^\d+$/.test(id) ? Number(id) : null;
    if (number !== null && number <= before.lastEventId) return state; // sent again after a reconnection
    const fresh = before.stale ? { ...before, text: '', books: [], stale: false } : before;
    const status = /** @type {Status} */ (fresh.text === '' ? 'waiting' : 'streaming');
    const reply = { ...fresh, status, attempt: 0, lastEventId: number ?? fresh.lastEventId };
    const changed = { ...reply, ...changesBy(reply, event) };
    const received = event.type === 'user_message_received';
    return {
        ...state,
        sessionId: received ? (event.session_id ?? state.sessionId) : state.sessionId,
        entries: state.entries.map((entry) => {
            if (entry === before) return changed;
            if (received && entry.turn === turn) return { ...entry, messageId: event.message_id, status: 'delivered' };
            return entry;
        }),
    };
}

/** @param {State} state @param {Action} action @returns {State} */
export function reduce(state, action) {
    if (action.type === 'history') {
        const messages = Array.isArray(action.page.messages) ? action.page.messages : [];
        const entries = messages.map(entryFromHistory);
        return {
            sessionId: action.page.session_id ?? state.sessionId,
            entries: action.earlier ? [...entries, ...state.entries] : entries,
            nextBefore: action.page.has_more ? (action.page.next_before ?? messages[0]?.message_id ?? null) : null,
        };
    }
    const { turn } = action;
    const replace = (/** @type {Entry['role']} */ role, /** @type {Partial<Entry>} */ changes) => ({
        ...state,
        entries: state.entries.map((e) => (e.turn === turn && e.role === role ? { ...e, ...changes } : e)),
    });
    switch (action.type) {
        case 'sent': {
            const { text } = action;
            const user = newEntry({ turn, role: 'user', text, status: 'sending' });
            const reply = newEntry({ turn, role: 'assistant', status: 'waiting' });
            return { ...state, entries: [...state.entries.filter((e) => e.turn !== turn), user, reply] };
        }
        case 'event':
            return takeEvent(state, action);
        case 'refused': {
            const retryAt = action.atMs + (action.problem.retryAfterS ?? 0) * 1000;
            const refused = replace('user', { status: 'refused', problem: action.problem, retryAt });
            return { ...refused, entries: refused.entries.filter((e) => e.turn !== turn || e.role === 'user') };
        }
        case 'withdrawn':
            return { ...state, entries: state.entries.filter((e) => e.turn !== turn) };
        case 'resuming':
            return replace('assistant', { status: 'resuming', attempt: action.attempt });
        case 'replaying':
            return replace('assistant', { stale: true, lastEventId: 0 });
        case 'stopping':
            return replace('assistant', { stopping: true });
        case 'stopped':
            return replace('assistant', { status: 'stopped', stopping: false });
        case 'lost':
            return replace('assistant', { status: 'lost', stopping: false });
        case 'settled': {
            const settled = entryFromHistory(action.message);
            const status = settled.status === 'streaming' ? 'resuming' : settled.status;
            return replace('assistant', { ...settled, turn, status });
        }
    }
}

/**
 * The line under a message: how it stands, in words, and which button helps.
 * @param {Entry} entry
 * @returns {{text: string, tone: 'quiet' | 'warning', action: 'reconnect' | 'ask' | null}}
 */
export function noteFor(entry) {
    const part = entry.text === '' ? '' : ' What you see is only part of it.';
    switch (entry.status) {
        case 'sending':
            return { text: 'Sending…', tone: 'quiet', action: null };
        case 'delivered':
            return { text: 'Delivered', tone: 'quiet', action: null };
        case 'resuming':
            return { text: `Reconnecting, attempt ${entry.attempt}…`, tone: 'warning', action: null };
        case 'lost':
            return { text: `The answer was interrupted.${part}`, tone: 'warning', action: 'reconnect' };
        case 'interrupted':
            return { text: `The server was interrupted while answering.${part}`, tone: 'warning', action: 'ask' };
        case 'stopped':
            return { text: 'Stopped. The answer ends here.', tone: 'quiet', action: null };
        case 'failed': {
            const why = entry.error?.message ? ` ${entry.error.message.replace(/\.?$/, '.')}` : '';
            const action = entry.error?.retryable === false ? null : 'ask';
            return { text: `The answer failed.${why}${entry.error?.partial ? part : ''}`, tone: 'warning', action };
        }
        case 'complete':
            if (entry.finishReason === 'length') {
                return { text: 'The answer reached its length limit and ends early.', tone: 'warning', action: null };
            }
            if (entry.finishReason === 'content_filter') {
                return { text: 'The model’s content filter cut this answer.', tone: 'warning', action: null };
            }
            return { text: entry.by === '' ? '' : `Answered by ${entry.by}`, tone: 'quiet', action: null };
        default:
            return { text: entry.stopping ? 'Stopping…' : '', tone: 'quiet', action: null };
    }
}
