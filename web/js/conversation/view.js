// A conversation on the screen: a section for each turn, changed only where its turn changed.

import { clock, number, t } from '../shell/i18n.js';
import { button, element, icon } from '../shell/dom.js';
import { copyText } from '../shell/clipboard.js';
import { inWords } from '../shell/words.js';
import { isOpen } from './conversation.js';
import { MarkdownView } from './markdown-view.js';

/**
 * @typedef {import('./conversation.js').Turn} Turn
 * @typedef {import('./conversation.js').ReplyEntry} ReplyEntry
 * @typedef {{retry(turn: Turn): void, takeBack(turn: Turn): void, edit(turn: Turn, text: string): void, another(turn: Turn): void,
 *   goOn(turn: Turn, reply: ReplyEntry): void, fetchNow(reply: ReplyEntry): void, askAgain(turn: Turn): void}} Actions
 */

/** Questions longer than this are cut and unfold. */
const longQuestion = 600;

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
            view.element.remove();
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
}

class TurnView {
    /** @type {any} the editor, while the question is edited */
    #editor = null;
    /** @type {ReplyView | null} */
    #reply = null;
    #questionState = '';

    /**
     * @param {ConversationView} owner
     * @param {Turn} turn
     */
    constructor(owner, turn) {
        this.owner = owner;
        this.turn = turn;
        this.question = element('article', { class: 'question', 'aria-label': t('you'), tabIndex: -1 });
        this.pinned = element('div', { class: 'pinned', 'aria-hidden': 'true' }, element('span', { dir: 'auto' }));
        this.refused = element('div', { class: 'refused' });
        this.replies = element('div', { class: 'replies' });
        this.element = element('section', { class: 'turn', 'data-turn': turn.key }, this.pinned, this.question, this.refused, this.replies);
        // The question in one line under the bar, while its answer is read.
        new IntersectionObserver(([entry]) => {
            const root = entry.rootBounds;
            this.pinned.classList.toggle('seen', !entry.isIntersecting && !this.question.hidden && root !== null && entry.boundingClientRect.bottom <= root.top + 1);
        }, { root: owner.log.parentElement?.parentElement ?? null }).observe(this.question);
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

    tick() {
        const { question } = this.turn;
        if (question?.retryAt) this.#updateQuestion();
        this.#reply?.tick();
    }

    #updateQuestion() {
        const { question } = this.turn;
        this.question.hidden = question === null || this.#editor !== null;
        this.pinned.hidden = question === null;
        if (question === null) return;
        const seconds = question.retryAt ? Math.max(0, Math.ceil((question.retryAt - Date.now()) / 1000)) : null;
        const state = JSON.stringify([question.text, question.status, question.error?.code, question.error?.status, seconds, question.createdAt]);
        if (state === this.#questionState) return;
        this.#questionState = state;
        const focused = this.element.contains(document.activeElement) ? /** @type {any} */ (document.activeElement)?.dataset.act : undefined;
        this.pinned.firstChild.textContent = question.text;
        const text = element('div', { class: 'question-text', dir: 'auto' }, question.text);
        const waits = question.status === 'queued';
        const aside = element('div', { class: 'question-aside' });
        if (waits) {
            aside.append(element('span', { class: 'waits', 'aria-live': 'off' }, icon('clock'), seconds !== null && seconds > 0
                ? t('question.again', { seconds }) : question.error || navigator.onLine === false ? t('question.waits') : t('question.turn')));
            aside.append(button(t('question.take-back'), () => this.owner.actions.takeBack(this.turn), { icon: 'cross', hideLabel: true, 'data-act': 'back' }));
        } else {
            aside.append(element('time', {}, question.status === 'sending' ? '' : clock(question.createdAt)));
        }
        if (question.status === 'delivered') {
            aside.append(button(t('question.edit'), () => this.beginEdit(), { icon: 'pencil', hideLabel: true, 'data-act': 'edit' }));
        }
        this.question.replaceChildren(element('h2', { class: 'unseen' }, t('you')), text, aside);
        this.question.dataset.status = question.status;
        if (question.text.length > longQuestion) {
            text.classList.add('cut');
            const more = button(t('question.more'), () => {
                const isCut = text.classList.toggle('cut');
                more.setAttribute('aria-expanded', String(!isCut));
                more.firstChild.textContent = t(isCut ? 'question.more' : 'question.less');
            }, { class: 'unfold', 'aria-expanded': 'false' });
            text.after(more);
        }
        this.#updateRefusal();
        if (focused) this.element.querySelector(`[data-act="${focused}"]`)?.focus();
    }

    #updateRefusal() {
        const { question } = this.turn;
        if (question?.status !== 'refused') return this.refused.replaceChildren();
        const { actions, page } = this.owner;
        const words = inWords(question.error, { agent: t(`sentence.${page.state.agent.id}`), text: question.text });
        this.refused.replaceChildren(element('div', { class: 'notice warn', role: 'alert' }, icon('warning'),
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
            this.question.hidden = false;
            this.question.querySelector('[data-act="edit"]')?.focus();
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
        this.question.hidden = true;
        this.question.before(this.#editor);
        size();
        field.focus();
        field.setSelectionRange(field.value.length, field.value.length);
    }
}

class ReplyView {
    /** @type {Map<string, {element: any, update(data: any, reply: ReplyEntry): void, data: any, status: string}>} */
    #parts = new Map();
    #noticeState = '';
    #footState = '';
    #resets = 0;
    #text = '';
    #isFinal = false;

    /**
     * @param {ConversationView} owner
     * @param {Turn} turn
     * @param {ReplyEntry} reply
     */
    constructor(owner, turn, reply) {
        this.owner = owner;
        this.turn = turn;
        this.reply = reply;
        const name = t(`agent.${reply.agent.id === 'model' ? 'model.one' : reply.agent.id}`);
        this.above = element('div', { class: 'above' });
        this.waiting = element('div', { class: 'waiting' });
        this.body = element('div', { class: 'answer' });
        this.below = element('div', { class: 'below' });
        this.switches = element('div', { class: 'switches' });
        this.notice = element('div', { class: 'reply-notice' });
        this.foot = element('div', { class: 'foot' });
        this.element = element('article', { class: 'reply', 'aria-label': name, tabIndex: -1 }, element('h2', { class: 'unseen' }, name),
            element('span', { class: 'sign', 'aria-hidden': 'true' }, icon(reply.agent.sign)),
            this.above, this.waiting, this.body, this.switches, this.notice, this.below, this.foot);
        this.markdown = new MarkdownView(this.body, {
            hasSources: () => reply.parts.some((part) => part.name === 'sources'),
            cite: (index) => owner.page.emit('cite', { reply, number: index }),
        });
    }

    update() {
        const { reply } = this;
        const open = isOpen(reply);
        this.element.dataset.status = reply.status;
        this.element.setAttribute('aria-busy', String(open));
        this.#updateParts();
        if (reply.resets !== this.#resets) {
            // The height stays until the new text has it.
            this.#resets = reply.resets;
            this.body.style.minBlockSize = `${this.body.offsetHeight}px`;
        }
        if (!open) this.body.style.minBlockSize = '';
        if (reply.text !== this.#text || !open !== this.#isFinal) {
            const before = this.#text;
            this.#text = reply.text;
            this.#isFinal = !open;
            this.markdown.render(reply.text, !open);
            if (open && reply.text.length > before.length) dry(this.body, reply.text.length - before.length);
        }
        this.element.classList.toggle('writing', reply.status === 'streaming');
        this.#updateWaiting(open);
        this.#updateSwitches();
        this.#updateNotice();
        this.#updateFoot(open);
    }

    tick() {
        if (this.reply.status === 'resuming') this.#updateNotice();
    }

    #updateParts() {
        const { owner, reply } = this;
        for (const [name, shown] of this.#parts) {
            if (reply.parts.some((part) => part.name === name)) continue;
            shown.element.remove();
            this.#parts.delete(name);
        }
        for (const { name, at, data } of reply.parts) {
            const part = owner.parts.find((each) => each.name === name);
            let shown = this.#parts.get(name);
            if (shown === undefined) {
                shown = { ...part.create(owner.page, reply), data: null, status: '' };
                const made = /** @type {any} */ (shown);
                made.element.classList.add('part');
                this.#parts.set(name, made);
                if (part.place === 'above') this.above.append(made.element);
                else if (part.place === 'below') this.below.append(made.element);
                else this.markdown.place(made.element, at);
                if (name === 'sources') this.markdown.again();
            }
            if (shown && (shown.data !== data || shown.status !== reply.status)) {
                shown.update(data, reply);
                shown.data = data;
                shown.status = reply.status;
            }
        }
    }

    #updateWaiting(/** @type {boolean} */ open) {
        const { reply, waiting } = this;
        const waits = open && reply.text === '' && ['sending', 'waiting', 'resuming'].includes(reply.status);
        const isShown = waiting.childElementCount > 0;
        // A workflow shows itself what it waits for.
        const isSelf = reply.parts.some(({ name }) => name === 'workflow');
        waiting.classList.toggle('bare', isSelf);
        if (waits && !isShown) {
            waiting.append(element('p', {}, element('span', { class: 'beat', 'aria-hidden': 'true' }, element('i'), element('i'), element('i')),
                t(`waiting.${reply.agent.id}`)), element('div', { class: 'ruled', 'aria-hidden': 'true' }, element('i'), element('i'), element('i')));
        } else if (!waits && isShown) waiting.replaceChildren();
    }

    #updateSwitches() {
        const { switches } = this.reply;
        if (this.switches.childElementCount === switches.length) return;
        this.switches.replaceChildren(...switches.map((each) => {
            const kind = /superseded|hedge/.test(each.reason) ? 'switch.hedge' : /** @type {any} */ (each).type === 'reset' ? 'switch.anew' : 'switch.went-on';
            return element('p', { class: 'switch' }, icon('again'), t(kind, { from: each.from, to: each.to }));
        }));
    }

    #updateNotice() {
        const { reply, turn } = this;
        const { actions } = this.owner;
        const isEmpty = reply.text === '';
        const words = reply.text.split(/\s+/).filter(Boolean).length;
        /** @type {{tone: string, icon: string, text: string, buttons: any[]} | null} */
        let notice = null;
        const another = () => button(t('reply.another'), () => actions.another(turn), { icon: 'again', class: 'edge' });
        const again = () => button(t('reply.again'), () => actions.another(turn), { icon: 'again', class: 'edge' });
        const goOn = () => (isEmpty ? null : button(t('reply.go-on'), () => actions.goOn(turn, reply), { class: 'edge' }));
        const isKept = reply.agent.dialect !== 'openai';
        switch (reply.status) {
            case 'stopped':
                notice = { tone: '', icon: 'stop', text: t(isEmpty ? 'state.stopped.empty' : 'state.stopped'), buttons: isKept ? [goOn(), another()] : [] };
                break;
            case 'interrupted':
                notice = { tone: 'warn', icon: 'warning', text: t(isEmpty ? 'state.interrupted.empty' : 'state.interrupted'), buttons: [goOn(), again()] };
                break;
            case 'resuming':
                if (/** @type {any} */ (reply).attempt > 0) {
                    notice = { tone: 'warn', icon: 'warning', text: isEmpty ? t('state.resuming.empty') : t('state.resuming', { words }),
                        buttons: [button(t('reply.fetch'), () => actions.fetchNow(reply), { icon: 'again', class: 'edge' })] };
                }
                break;
            case 'lost':
                notice = { tone: 'warn', icon: 'warning', text: t('state.lost'), buttons: [button(t('reply.fetch'), () => actions.fetchNow(reply), { icon: 'again', class: 'edge' })] };
                break;
            case 'failed': {
                const why = reply.error?.message ? `${t(isEmpty ? 'state.failed' : 'state.failed.partial')} ${reply.error.message}` : t(isEmpty ? 'state.failed' : 'state.failed.partial');
                notice = { tone: 'warn', icon: 'warning', text: why, buttons: reply.error?.retryable === false ? [] : [goOn(), again()] };
                break;
            }
            case 'complete':
                if (reply.finishReason === 'length') notice = { tone: 'warn', icon: 'warning', text: t('state.length'), buttons: [] };
                if (reply.finishReason === 'content_filter') notice = { tone: 'warn', icon: 'warning', text: t('state.filter'), buttons: [] };
        }
        const state = notice === null ? '' : `${reply.status} ${notice.text}`;
        if (state === this.#noticeState) return;
        this.#noticeState = state;
        this.notice.replaceChildren(...(notice === null ? [] : [element('div', { class: `notice ${notice.tone}` }, icon(notice.icon),
            element('p', {}, notice.text), ...notice.buttons)]));
    }

    #updateFoot(/** @type {boolean} */ open) {
        const { reply, turn } = this;
        const { actions } = this.owner;
        const index = turn.replies.indexOf(reply);
        const count = turn.replies.length;
        const by = reply.model || reply.provider;
        const state = JSON.stringify([open, reply.status, index, count, by, reply.createdAt, reply.text === '']);
        if (state === this.#footState) return;
        this.#footState = state;
        if (open && count === 1) return this.foot.replaceChildren();
        const nodes = [];
        if (!open && reply.text !== '') nodes.push(button(t('reply.copy'), () => void copyText(reply.text), { icon: 'copy' }));
        if (!open && reply.status === 'complete' && reply.messageId !== null && reply.agent.dialect !== 'openai') {
            nodes.push(button(t('reply.another'), () => actions.another(turn), { icon: 'again' }));
        }
        if (count > 1) nodes.push(this.#pager(index, count));
        if (!open) nodes.push(this.#details(by));
        this.foot.replaceChildren(...nodes);
    }

    /**
     * @param {number} index
     * @param {number} count
     */
    #pager(index, count) {
        const go = (/** @type {number} */ to) => {
            if (to < 0 || to >= count) return;
            this.turn.shown = to;
            this.owner.page.emit('leafed', { turn: this.turn });
        };
        return element('div', { class: 'pager', role: 'group', 'aria-label': t('pager'), onkeydown: (/** @type {KeyboardEvent} */ event) => {
            const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
            if (step) { event.preventDefault(); go(index + (document.dir === 'rtl' ? -step : step)); }
        } }, button(t('pager.before'), () => go(index - 1), { icon: 'left', hideLabel: true, 'data-act': 'before', disabled: index === 0 }),
        element('span', {}, t('pager.of', { index: index + 1, count })),
        button(t('pager.next'), () => go(index + 1), { icon: 'right', hideLabel: true, 'data-act': 'next', disabled: index === count - 1 }));
    }

    /**
     * Who answered and when; the figures on demand.
     * @param {string} by
     */
    #details(by) {
        const { reply } = this;
        const time = clock(reply.createdAt);
        const metrics = reply.metrics ?? {};
        const figures = /** @type {[string, string][]} */ ([
            ['details.model', reply.model], ['details.provider', reply.provider], ['details.time', time],
            ['details.first', seconds(metrics.ttft_ms ?? reply.firstTextMs)], ['details.duration', seconds(metrics.duration_ms)],
            ['details.rate', metrics.tokens_per_second ? number(metrics.tokens_per_second, { maximumFractionDigits: 1 }) : ''],
            ['details.tokens', reply.usage?.total_tokens ? `${number(reply.usage.total_tokens)}${reply.usage.estimated ? ` (${t('details.estimated')})` : ''}` : ''],
            ['details.attempts', metrics.attempts > 1 ? number(metrics.attempts) : ''],
            ['details.cached', metrics.cached === 'similar' ? t('details.similar', { question: metrics.cached_question ?? '' }) : metrics.cached ? t('details.yes') : ''],
        ]).filter(([, value]) => value !== '');
        const label = [by, time].filter(Boolean).join(', ');
        const list = element('dl', {}, ...figures.flatMap(([key, value]) => [element('dt', {}, t(key)), element('dd', {}, element('bdi', {}, value))]));
        return element('details', { class: 'details' }, element('summary', { title: t('reply.details') }, label || t('reply.details')), list);
    }
}

/**
 * @param {unknown} ms
 * @returns {string} '' for what is no number
 */
const seconds = (ms) => (typeof ms !== 'number' ? '' : ms < 1000 ? t('milliseconds', { value: Math.round(ms) })
    : t('seconds', { value: number(ms / 1000, { maximumFractionDigits: 1 }) }));

/**
 * What a part says at the end of an answer, such as "4 books".
 * @param {ReplyEntry} reply
 * @param {any[]} parts
 */
export function summaryOf(reply, parts) {
    const said = reply.parts.map(({ name, data }) => parts.find((part) => part.name === name)?.summary?.(data, reply)).filter(Boolean);
    if (reply.status === 'stopped') return t('announce.stopped');
    if (reply.status !== 'complete') return t('announce.failed');
    return said.length > 0 ? t('announce.parts', { parts: said.join(', ') }) : t('announce.complete');
}

const freshMs = 300;
/** @type {any} the ranges of words that came within the last moments, dimmer than the rest (css: ::highlight(fresh)) */
const fresh = 'Highlight' in globalThis ? new (/** @type {any} */ (globalThis).Highlight)() : null;
if (fresh !== null) /** @type {any} */ (CSS).highlights.set('fresh', fresh);

/**
 * New words dry from grey to full ink.
 * @param {HTMLElement} body
 * @param {number} count of characters that are new
 */
function dry(body, count) {
    if (fresh === null || count > 400 || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    let last = /** @type {any} */ (body.lastElementChild);
    while (last?.classList.contains('part')) last = last.previousElementSibling;
    const walker = last && document.createTreeWalker(last, NodeFilter.SHOW_TEXT);
    const text = /** @type {Text | null} */ (walker?.lastChild() ?? null);
    if (text === null || text.parentElement?.closest('pre')) return;
    const range = new StaticRange({ startContainer: text, startOffset: Math.max(0, text.length - count), endContainer: text, endOffset: text.length });
    fresh.add(range);
    setTimeout(() => fresh.delete(range), freshMs);
}

