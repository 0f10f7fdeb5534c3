// A conversation on the screen: a section for each turn, changed only where its turn changed. Of a long conversation a window of
// turns is on the screen; it grows a few turns a task, and moves on when the reader comes to its edge.

import { nextTask } from '../shell/idle.js';
import { isSameTurn, placeOf } from './conversation.js';
import { TurnView } from './turn-view.js';

/**
 * @typedef {import('./conversation.js').Turn} Turn
 * @typedef {import('./conversation.js').ReplyEntry} ReplyEntry
 * @typedef {{retry(turn: Turn): void, takeBack(...turns: Turn[]): void, edit(turn: Turn, text: string): void, another(turn: Turn): void,
 *   goOn(turn: Turn, reply: ReplyEntry): void, fetchNow(reply: ReplyEntry): void}} Actions
 */

/** Turns that are drawn at once, and with each task after that. */
const atOnce = 2;
/** Turns to which the window grows by itself, and beyond which those at the other end leave it. */
const grown = 50;
const longest = 100;

export class ConversationView {
    /** @type {Map<string, TurnView>} */
    #shown = new Map();
    /** @type {Turn[]} */
    #turns = [];
    /** The window: the first turn in it, and the one after its last. */
    #from = 0;
    #to = 0;
    /** How far it grows by itself. */
    #target = 0;
    #isGrowing = false;
    /** Called when the window came to another edge. */
    onwindow = () => {};

    /**
     * @param {HTMLElement} log
     * @param {import('../shell/page.js').Page} page
     * @param {any[]} parts
     * @param {Actions} actions
     * @param {import('./scroll.js').Place} place
     */
    constructor(log, page, parts, actions, place) {
        this.log = log;
        this.page = page;
        this.parts = parts;
        this.actions = actions;
        this.place = place;
        /** @type {import('./conversation.js').Conversation | null} */
        this.conversation = null;
        /** @type {Map<string, Turn[]>} */
        this.versions = new Map();
        setInterval(() => { for (const view of this.#shown.values()) view.tick(); }, 500);
    }

    /** Whether the conversation's last turn is in the window. */
    get isAtEnd() {
        return this.#to >= this.#turns.length;
    }

    /** Whether there are turns above the window, and it does not grow by itself. */
    get hasEarlier() {
        return this.#from > 0 && this.#to - this.#from >= this.#target;
    }

    /** @param {Turn} turn of the conversation, whether in the window or not */
    knows(turn) {
        return this.#turns.lastIndexOf(turn) >= 0;
    }

    /** @param {import('./conversation.js').Conversation} conversation */
    show(conversation) {
        const { shown: turns } = conversation;
        this.conversation = conversation;
        this.versions = conversation.versions;
        const [first, last] = [this.#turns[this.#from], this.#turns[this.#to - 1]].map((turn) => (turn === undefined ? -1 : turns.findIndex((each) => isSameTurn(each, turn))));
        const wasAtEnd = this.isAtEnd;
        this.#turns = turns;
        if (first >= 0 && last >= first) {
            this.#to = wasAtEnd ? turns.length : last + 1;
            this.#from = Math.max(first, this.#to - longest);
        } else this.#begin(turns.length);
        this.#draw();
    }

    /** Another conversation is to be shown. */
    clear() {
        for (const view of this.#shown.values()) view.remove();
        this.#shown.clear();
        this.#turns = [];
        this.#from = this.#to = 0;
    }

    /** The conversation's end, wherever the window was. */
    showEnd() {
        if (this.isAtEnd) return;
        this.#begin(this.#turns.length);
        this.#draw();
    }

    /**
     * Brings a turn into the window.
     * @param {string} key of a turn, or the id of one of its messages
     */
    reveal(key) {
        const at = this.#turns.findIndex((turn) => isCalled(turn, key));
        if (at < 0 || (at >= this.#from && at < this.#to)) return;
        this.#begin(Math.min(this.#turns.length, at + atOnce));
        this.#draw();
    }

    /**
     * The window begins anew, with the turns before this one.
     * @param {number} end
     */
    #begin(end) {
        this.#to = end;
        this.#from = Math.max(0, end - atOnce);
        this.#target = grown;
    }

    /** Some more turns above the window. */
    showEarlier() {
        this.#to = Math.min(this.#to, this.#from + longest - grown / 2);
        this.#target = this.#to - this.#from + grown / 2;
        this.#grow();
    }

    /** Some more turns below it. */
    showLater() {
        this.#to = Math.min(this.#turns.length, this.#to + atOnce);
        this.place.keeping(() => {
            this.#from = Math.max(this.#from, this.#to - longest);
            this.#draw();
        });
    }

    #draw() {
        const turns = this.#turns.slice(this.#from, this.#to);
        const kept = new Map(turns.map((turn) => [turn.key, turn]));
        for (const [key, view] of this.#shown) {
            if (kept.get(key) === view.turn) continue;
            view.remove();
            this.#shown.delete(key);
        }
        turns.forEach((turn, index) => {
            const view = this.#shown.get(turn.key) ?? new TurnView(this, turn);
            this.#shown.set(turn.key, view);
            if (this.log.children[index] !== view.element) this.log.insertBefore(view.element, this.log.children[index] ?? null);
            view.update();
        });
        this.onwindow();
        if (!this.#isGrowing) void this.#growLater();
    }

    async #growLater() {
        this.#isGrowing = true;
        await nextTask();
        this.#isGrowing = false;
        if (this.#to - this.#from < this.#target) this.#grow();
    }

    #grow() {
        if (this.#from === 0) return;
        this.#from = Math.max(0, this.#from - atOnce, this.#to - this.#target);
        this.place.keeping(() => this.#draw());
    }

    /** @param {Turn} turn */
    update(turn) {
        this.#shown.get(turn.key)?.update();
    }

    /**
     * @param {string} key of a turn, or the id of one of its messages
     * @returns {HTMLElement | undefined} where it is in the window
     */
    find(key) {
        for (const { turn, element } of this.#shown.values()) if (isCalled(turn, key)) return element;
        return undefined;
    }

    /** @param {Turn} turn */
    beginEdit(turn) {
        this.#shown.get(turn.key)?.beginEdit();
    }

    /**
     * Another of a turn's replies is shown; its pager keeps the focus.
     * @param {Turn} turn
     */
    showOther(turn) {
        this.update(turn);
        this.#focusPager(turn, '.replies');
    }

    /** @param {Turn} turn @returns {Turn[]} those that were asked in its place, itself among them */
    versionsOf(turn) {
        return this.versions.get(placeOf(turn)) ?? [turn];
    }

    /**
     * Another version of a question is shown, with what was said after it.
     * @param {Turn} turn
     */
    showVersion(turn) {
        const conversation = /** @type {import('./conversation.js').Conversation} */ (this.conversation);
        conversation.choose(turn);
        this.show(conversation);
        this.reveal(turn.key);
        const shown = this.find(turn.key);
        if (shown) this.place.toTop(shown);
        this.#focusPager(turn, '.versions');
        this.page.leaf.refresh();
    }

    /** @param {Turn} turn @param {string} where */
    #focusPager(turn, where) {
        const next = /** @type {any} */ (this.find(turn.key)?.querySelector(`${where} .pager [data-act]:not(:disabled)`));
        next?.focus({ preventScroll: true });
    }
}

/**
 * @param {Turn} turn
 * @param {string} key of a turn, or the id of one of its messages
 */
const isCalled = (turn, key) => turn.key === key || turn.question?.messageId === key || turn.replies.some(({ messageId }) => messageId === key);
