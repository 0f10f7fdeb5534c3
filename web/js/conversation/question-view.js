// A question on the screen: as it was typed, with when it was asked or what it waits for; why it was refused; its editor.

import { clock, t } from '../shell/i18n.js';
import { button, element, icon } from '../shell/dom.js';
import { inWords } from '../shell/words.js';
import { pager } from './pager.js';

/** Questions longer than this are cut and unfold. */
const longQuestion = 600;

export class QuestionView {
    /** @type {any} the editor, while the question is edited */
    #editor = null;
    #drawn = '';

    /**
     * @param {import('./view.js').ConversationView} owner
     * @param {import('./conversation.js').Turn} turn
     */
    constructor(owner, turn) {
        this.owner = owner;
        this.turn = turn;
        this.element = element('article', { class: 'question', 'aria-label': t('you'), tabIndex: -1 });
        this.refusal = element('div', { class: 'refused' });
        this.versions = element('div', { class: 'versions' });
    }

    update() {
        const { question } = this.turn;
        this.element.hidden = question === null || this.#editor !== null;
        if (question === null) return;
        const seconds = question.retryAt ? Math.max(0, Math.ceil((question.retryAt - Date.now()) / 1000)) : null;
        const versions = this.owner.versionsOf(this.turn);
        const index = versions.indexOf(this.turn);
        const drawn = JSON.stringify([navigator.onLine, question.text, question.status, question.error?.code, question.error?.status, seconds, question.createdAt, index, versions.length]);
        if (drawn === this.#drawn) return;
        this.#drawn = drawn;
        const { activeElement } = document;
        const focused = [this.element, this.refusal].some((each) => each.contains(activeElement)) ? /** @type {any} */ (activeElement)?.dataset.act : undefined;
        const text = element('div', { class: 'question-text', dir: 'auto' }, question.text);
        this.element.replaceChildren(element('h2', { class: 'unseen' }, t('you')), text, this.#aside(question, seconds));
        this.element.dataset.status = question.status;
        if (question.text.length > longQuestion) text.after(this.#unfold(text));
        this.#updateRefusal();
        this.versions.replaceChildren(...(versions.length < 2 ? [] : [
            pager('versions', index, versions.length, (to) => this.owner.showVersion(versions[to])),
            ...(index < versions.length - 1 ? [element('p', {}, t('versions.earlier'))] : [])]));
        if (focused) this.element.querySelector(`[data-act="${focused}"]`)?.focus();
    }

    /**
     * @param {import('./conversation.js').Question} question
     * @param {number | null} seconds until it is sent again
     */
    #aside(question, seconds) {
        const aside = element('div', { class: 'question-aside' });
        if (question.status === 'queued') {
            aside.append(element('span', { class: 'waits', 'aria-live': 'off' }, icon('clock'), seconds !== null && seconds > 0 && navigator.onLine
                ? t('question.again', { seconds }) : question.error || navigator.onLine === false ? t('question.waits') : t('question.turn')));
            aside.append(button(t('question.take-back'), () => this.owner.actions.takeBack(this.turn), { icon: 'cross', hideLabel: true, 'data-act': 'back' }));
        } else {
            aside.append(element('time', {}, question.status === 'sending' ? '' : clock(question.createdAt)));
        }
        if (question.status === 'delivered') {
            aside.append(button(t('question.edit'), () => this.beginEdit(), { icon: 'pencil', hideLabel: true, 'data-act': 'edit' }));
        }
        return aside;
    }

    /** @param {HTMLElement} text */
    #unfold(text) {
        text.classList.add('cut');
        const more = button(t('question.more'), () => {
            const isCut = text.classList.toggle('cut');
            more.setAttribute('aria-expanded', String(!isCut));
            more.firstChild.textContent = t(isCut ? 'question.more' : 'question.less');
        }, { class: 'unfold', 'aria-expanded': 'false' });
        return more;
    }

    #updateRefusal() {
        const { question } = this.turn;
        const { actions, page } = this.owner;
        const isKept = question?.status === 'queued' && question.error && question.error.status !== 429 && navigator.onLine;
        if (question?.status !== 'refused' && !isKept) return this.refusal.replaceChildren();
        const words = inWords(question.error, { agent: t(`sentence.${page.state.agent.id}`), text: question.text });
        if (isKept) return this.refusal.replaceChildren(element('div', { class: 'notice', role: 'status' }, icon('warning'), element('p', {}, element('strong', {}, words.title), ' ', t('question.kept'))));
        this.refusal.replaceChildren(element('div', { class: 'notice warn', role: 'alert' }, icon('warning'),
            element('p', {}, element('strong', {}, words.title), ' ', words.text),
            words.again ? button(t('error.again'), () => actions.retry(this.turn), { icon: 'again', class: 'edge' }) : null,
            button(t('reply.edit'), () => actions.takeBack(this.turn), { class: 'edge' })));
    }

    beginEdit() {
        if (this.#editor !== null || this.turn.question === null) return;
        const field = element('textarea', { value: this.turn.question.text, rows: 2, dir: 'auto', 'aria-label': t('edit.label') });
        const leave = () => {
            this.#editor.remove();
            this.#editor = null;
            this.element.hidden = false;
            this.element.querySelector('[data-act="edit"]')?.focus();
        };
        const ask = () => {
            const text = field.value;
            if (text.trim() === '') return;
            leave();
            this.owner.actions.edit(this.turn, text);
        };
        const size = () => { field.style.blockSize = 'auto'; field.style.blockSize = `${field.scrollHeight + 2}px`; };
        this.#editor = element('form', { class: 'editor', onsubmit: (/** @type {Event} */ event) => { event.preventDefault(); ask(); } }, field,
            element('div', { class: 'editor-foot' }, element('p', {}, t('edit.note')), button(t('edit.leave'), leave),
                element('button', { type: 'submit', class: 'main' }, icon('up'), element('span', {}, t('edit.ask')))));
        field.addEventListener('input', size);
        field.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
            if (event.isComposing) return;
            if (event.key === 'Escape') { event.preventDefault(); event.stopPropagation(); leave(); }
            if (event.key === 'Enter' && !event.shiftKey) { event.preventDefault(); ask(); }
        });
        this.element.hidden = true;
        this.element.before(this.#editor);
        size();
        field.focus();
        field.setSelectionRange(field.value.length, field.value.length);
    }
}
