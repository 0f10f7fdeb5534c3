// One conversation as the page knows it: its turns, each a question and the replies to it. They come from the history (history.js)
// and from replies that are being written (following.js). No elements here.

/**
 * @typedef {'queued' | 'sending' | 'delivered' | 'refused'} QuestionStatus
 * @typedef {object} Question
 * @property {string | null} messageId
 * @property {string} text as it was typed
 * @property {QuestionStatus} status
 * @property {string | number} createdAt
 * @property {any} error why it was refused, or what it waits for
 * @property {number | null} retryAt
 *
 * @typedef {object} ReplyEntry
 * @property {string} turn key of its turn
 * @property {'assistant'} role
 * @property {any} agent
 * @property {string | null} messageId
 * @property {string} text
 * @property {string} reasoning
 * @property {string} status 'waiting' | 'streaming' | 'resuming' | 'lost' | 'complete' | 'stopped' | 'interrupted' | 'failed'
 * @property {{name: string, at: number, data: any}[]} parts in the order in which they came
 * @property {{from: string, to: string, reason: string}[]} switches of providers
 * @property {string} provider @property {string} model @property {string} finishReason
 * @property {any} usage @property {any} metrics @property {any} error
 * @property {string | number} createdAt
 * @property {number | null} firstTextMs
 * @property {number} resets how often its text began anew
 * @property {boolean} stopping
 * @property {number} [attempt] to listen again, in a row
 * @property {any} wire the client's reply, while it is written
 *
 * @typedef {{key: string, question: Question | null, replies: ReplyEntry[], shown: number, isAsked: boolean, edits?: string | null, after?: string}} Turn
 *   `isAsked`: since the page was opened; `edits`: the first question that was asked in its place, by its id; where it was asked after an earlier
 *   version, the one that had been asked next there; `after`: that earlier question, until the history tells
 */

/** @type {string[]} */
const openStatuses = ['queued', 'sending', 'waiting', 'streaming', 'resuming'];

/** @param {{status: string} | undefined} reply that may still change */
export const isOpen = (reply) => reply !== undefined && openStatuses.includes(reply.status);

/**
 * @param {Turn} a
 * @param {Turn} b perhaps from the history, which knows a question by its id alone
 */
export const isSameTurn = (a, b) => a.key === b.key || (Boolean(a.question?.messageId) && a.question?.messageId === b.question?.messageId);

/** @param {Turn} turn @returns {string} the first question that was asked in its place, which may be its own */
export const placeOf = ({ edits, question, key }) => edits ?? question?.messageId ?? key;

/** @param {Turn} turn @param {string | null | undefined} id of the turn, or of its question */
const isCalled = ({ key, question }, id) => key === id || (Boolean(id) && question?.messageId === id);

/**
 * What was said, for a model that is told everything with each question.
 * @param {Turn[]} turns
 */
export const saidIn = (turns) => turns.flatMap(({ question, replies, shown }) => [
    ...(question === null || question.status === 'refused' ? [] : [{ role: 'user', content: question.text }]),
    ...(replies[shown]?.text ? [{ role: 'assistant', content: replies[shown].text }] : [])]);

export class Conversation {
    /**
     * All there are, in the order in which they were asked.
     * @type {Turn[]}
     */
    turns = [];
    /** @type {string | null} where the page of the history before begins */
    nextBefore = null;
    /** @type {string | null} where the page after begins; null: the latest messages are here */
    nextAfter = null;
    isLoaded = false;
    /** Something happened elsewhere while a reply was written here: its end is asked for afterwards. */
    isBehind = false;
    title = '';
    /**
     * Of questions that were edited, the version that the reader chose, by their place.
     * @type {Map<string, string>}
     */
    #chosen = new Map();
    /**
     * Called with the turn that changed, or null when several did.
     * @type {(turn: Turn | null) => void}
     */
    onchange = () => {};
    /**
     * Called with each event of a reply.
     * @type {(reply: ReplyEntry, event: any) => void}
     */
    onevent = () => {};

    /**
     * @param {any} agent
     * @param {string | null} sessionId
     * @param {any[]} parts
     */
    constructor(agent, sessionId, parts) {
        this.agent = agent;
        this.sessionId = sessionId;
        this.parts = parts;
    }

    get lastReply() {
        const turn = this.turns.at(-1);
        return turn?.replies[turn.shown];
    }

    /** The reply that is being written, or waits. */
    get running() {
        for (const { replies } of this.turns) {
            const running = replies.find(isOpen);
            if (running) return running;
        }
        return undefined;
    }

    get isEmpty() {
        return this.turns.length === 0;
    }

    /** @param {string | null} messageId @returns {Turn | undefined} the turn that has this message */
    turnOf(messageId) {
        return messageId === null ? undefined : this.turns.find(({ question, replies }) => [question, ...replies].some((each) => each?.messageId === messageId));
    }

    /** @param {Turn} turn */
    withdraw(turn) {
        this.turns = this.turns.filter((each) => each !== turn);
        this.onchange(null);
    }

    /** The question that what is asked now goes on from, where that is not the latest one; one that waits itself, by its key. */
    get goesOnFrom() {
        const last = this.shown.at(-1);
        return last === this.turns.at(-1) ? null : last?.question?.messageId ?? last?.key ?? null;
    }

    /** The turns that are shown: of questions in one place one, with what was said after it. @returns {Turn[]} */
    get shown() {
        return this.turns.some(({ edits }) => edits) ? this.#path() : this.turns;
    }

    /** @returns {Map<string, Turn[]>} by their place, the turns of which all or all but one were edited */
    get versions() {
        const versions = new Map(this.turns.flatMap(({ edits }) => (edits ? [[edits, /** @type {Turn[]} */ ([])]] : [])));
        if (versions.size > 0) for (const turn of this.turns) versions.get(placeOf(turn))?.push(turn);
        return versions;
    }

    /** Before each turn, the one that it was asked after: an edited one after what stands before the first in its place. @returns {Map<Turn, Turn | null>} */
    #before() {
        /** @type {Map<Turn, Turn | null>} */
        const before = new Map();
        /** @type {Map<string, Turn | null>} */
        const places = new Map();
        /** What was asked before a question, by its id. @type {Map<string, Turn | null>} */
        const earlier = new Map();
        /** @type {Turn | null} */
        let last = null;
        for (const turn of this.turns) {
            const place = placeOf(turn);
            if (!places.has(place)) places.set(place, turn.edits ? earlier.get(turn.edits) ?? null : this.turns.find((each) => isCalled(each, turn.after)) ?? last);
            before.set(turn, places.get(place) ?? null);
            if (turn.question?.messageId) earlier.set(turn.question.messageId, last);
            last = turn;
        }
        return before;
    }

    /** @param {Turn} turn @returns {Turn[]} what it was asked after, in order */
    leadingTo(turn) {
        const before = this.#before();
        const turns = [];
        for (let each = before.get(turn) ?? null; each !== null; each = before.get(each) ?? null) turns.unshift(each);
        return turns;
    }

    /** What the reader chose, else what leads to the last question. */
    #path() {
        /** @type {Map<Turn | null, Turn[]>} */
        const after = new Map();
        for (const [turn, earlier] of this.#before()) after.set(earlier, [...after.get(earlier) ?? [], turn]);
        const last = this.turns[this.turns.length - 1];
        const leading = new Set([...this.leadingTo(last), last]);
        const shown = [];
        for (let next = after.get(null); next !== undefined;) {
            const chosen = this.#chosen.get(placeOf(next[0]));
            const turn = next.find((each) => isCalled(each, chosen)) ?? next.find((each) => leading.has(each)) ?? next[next.length - 1];
            shown.push(turn);
            next = after.get(turn);
        }
        return shown;
    }

    /**
     * Lets a turn be shown, whatever was asked in its place or in that of an earlier one.
     * @param {Turn | null} turn null: what leads to the last question
     */
    choose(turn) {
        if (turn === null) return this.#chosen.clear();
        const { versions } = this;
        const before = this.#before();
        for (let each = /** @type {Turn | null} */ (turn); each !== null; each = before.get(each) ?? null) {
            if (versions.has(placeOf(each))) this.#chosen.set(placeOf(each), each.key);
        }
    }
}
