// A conversation on the screen: a section for each turn, changed only where its turn changed.

import { TurnView } from './turn-view.js';

/**
 * @typedef {import('./conversation.js').Turn} Turn
 * @typedef {import('./conversation.js').ReplyEntry} ReplyEntry
 * @typedef {{retry(turn: Turn): void, takeBack(turn: Turn): void, edit(turn: Turn, text: string): void, another(turn: Turn): void,
 *   goOn(turn: Turn, reply: ReplyEntry): void, fetchNow(reply: ReplyEntry): void}} Actions
 */

export class ConversationView {
    /** @type {Map<string, TurnView>} */
    #shown = new Map();

    /**
     * @param {HTMLElement} log
     * @param {import('../shell/page.js').Page} page
     * @param {any[]} parts
     * @param {Actions} actions
     */
    constructor(log, page, parts, actions) {
        this.log = log;
        this.page = page;
        this.parts = parts;
        this.actions = actions;
        setInterval(() => { for (const view of this.#shown.values()) view.tick(); }, 500);
    }

    /** @param {import('./conversation.js').Conversation} conversation */
    show(conversation) {
        const { turns } = conversation;
        const keys = new Set(turns.map(({ key }) => key));
        for (const [key, view] of this.#shown) {
            if (keys.has(key) && view.turn === turns.find((turn) => turn.key === key)) continue;
            view.remove();
            this.#shown.delete(key);
        }
        turns.forEach((turn, index) => {
            const view = this.#shown.get(turn.key) ?? new TurnView(this, turn);
            this.#shown.set(turn.key, view);
            if (this.log.children[index] !== view.element) this.log.insertBefore(view.element, this.log.children[index] ?? null);
            view.update();
        });
    }

    /** @param {Turn} turn */
    update(turn) {
        this.#shown.get(turn.key)?.update();
    }

    /**
     * @param {string} key of a turn, or the id of one of its messages
     * @returns {HTMLElement | undefined}
     */
    find(key) {
        for (const view of this.#shown.values()) {
            const { turn } = view;
            if (turn.key === key || turn.question?.messageId === key || turn.replies.some(({ messageId }) => messageId === key)) return view.element;
        }
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
        const next = /** @type {any} */ (this.find(turn.key)?.querySelector('.pager [data-act]:not(:disabled)'));
        next?.focus({ preventScroll: true });
    }
}
