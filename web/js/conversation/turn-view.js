// A turn on the screen: its question, and the one of its replies that is shown.

import { element } from '../shell/dom.js';
import { gap } from './scroll.js';
import { QuestionView } from './question-view.js';
import { ReplyView } from './reply-view.js';

/** @typedef {import('./conversation.js').Turn} Turn */

export class TurnView {
    /** @type {ReplyView | null} */
    #reply = null;

    /**
     * @param {import('./view.js').ConversationView} owner
     * @param {Turn} turn
     */
    constructor(owner, turn) {
        this.owner = owner;
        this.turn = turn;
        this.question = new QuestionView(owner, turn);
        this.pinned = element('div', { class: 'pinned', 'aria-hidden': 'true' }, element('span', { dir: 'auto' }));
        this.replies = element('div', { class: 'replies' });
        this.element = element('section', { class: 'turn', 'data-turn': turn.key }, this.pinned, this.question.element, this.question.versions, this.question.refusal, this.replies);
        // The question in one line under the bar, while its answer is read; gone with the answer's last line, which the gap above the next
        // question may still show.
        let [isAbove, isRead] = [false, false];
        this.observer = new IntersectionObserver((entries) => {
            for (const { target, isIntersecting, boundingClientRect, rootBounds } of entries) {
                if (target === this.replies) isRead = isIntersecting;
                else isAbove = !isIntersecting && !this.question.element.hidden && rootBounds !== null && boundingClientRect.bottom <= rootBounds.top + 1;
            }
            this.pinned.classList.toggle('seen', isAbove && isRead);
        }, { root: owner.log.parentElement?.parentElement ?? null, rootMargin: `-${gap + 2}px 0px 0px` });
        this.observer.observe(this.question.element);
        this.observer.observe(this.replies);
        owner.place.watch(this.element);
    }

    update() {
        const { turn } = this;
        this.element.dataset.agent = turn.replies.at(-1)?.agent?.id ?? this.owner.page.state.agent.id;
        this.element.classList.toggle('asked', turn.isAsked);
        this.#updateQuestion();
        const reply = turn.replies[turn.shown];
        const isShown = reply !== undefined && !['queued', 'refused'].includes(reply.status)
            && !(reply.status === 'sending' && turn.question?.status !== 'sending');
        if (!isShown) {
            this.#reply?.element.remove();
            this.#reply = null;
            return;
        }
        if (this.#reply?.reply !== reply) {
            this.#reply = new ReplyView(this.owner, turn, reply);
            this.replies.replaceChildren(this.#reply.element);
        }
        this.#reply.update();
    }

    /** Twice a second: times that count down. */
    tick() {
        if (this.turn.question?.retryAt) this.#updateQuestion();
        this.#reply?.tick();
    }

    remove() {
        this.observer.disconnect();
        this.owner.place.leave(this.element);
        this.element.remove();
    }

    beginEdit() {
        this.question.beginEdit();
    }

    #updateQuestion() {
        const { question } = this.turn;
        this.pinned.hidden = question === null;
        if (question !== null && this.pinned.firstChild.textContent !== question.text) this.pinned.firstChild.textContent = question.text;
        this.question.update();
    }
}
