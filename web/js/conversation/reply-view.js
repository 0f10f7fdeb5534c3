// A reply on the screen: its text, what it has beside the text, and how it is with it.

import { t } from '../shell/i18n.js';
import { element, icon } from '../shell/dom.js';
import { isOpen } from './conversation.js';
import { dry, markCaret } from './fresh-words.js';
import { MarkdownView } from './markdown-view.js';
import { ReplyFoot } from './reply-foot.js';
import { ReplyNotice } from './reply-notice.js';

/** @typedef {import('./conversation.js').ReplyEntry} ReplyEntry */

export class ReplyView {
    /** @type {Map<string, {element: any, update(data: any, reply: ReplyEntry): void, data: any, status: string}>} */
    #parts = new Map();
    #resets = 0;
    #text = '';
    #isFinal = false;

    /**
     * @param {import('./view.js').ConversationView} owner
     * @param {import('./conversation.js').Turn} turn
     * @param {ReplyEntry} reply
     */
    constructor(owner, turn, reply) {
        this.owner = owner;
        this.reply = reply;
        const name = t(`agent.${reply.agent.id === 'model' ? 'model.one' : reply.agent.id}`);
        this.above = element('div', { class: 'above' });
        this.waiting = element('div', { class: 'waiting' });
        this.body = element('div', { class: 'answer' });
        this.below = element('div', { class: 'below' });
        this.switches = element('div', { class: 'switches' });
        this.notice = new ReplyNotice(owner, turn, reply);
        this.foot = new ReplyFoot(owner, turn, reply);
        this.element = element('article', { class: 'reply', 'aria-label': name, tabIndex: -1 }, element('h2', { class: 'unseen' }, name),
            element('span', { class: 'sign', 'aria-hidden': 'true' }, icon(reply.agent.sign)),
            this.above, this.waiting, this.body, this.switches, this.notice.element, this.below, this.foot.element);
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
        markCaret(this.body, reply.status === 'streaming');
        this.#updateWaiting(open);
        this.#updateSwitches();
        this.notice.update();
        this.foot.update(open);
    }

    tick() {
        if (this.reply.status === 'resuming') this.notice.update();
    }

    #updateParts() {
        const { owner, reply } = this;
        for (const [name, shown] of this.#parts) {
            if (reply.parts.some((part) => part.name === name)) continue;
            shown.element.remove();
            this.#parts.delete(name);
        }
        for (const { name, at, data } of reply.parts) {
            const shown = this.#parts.get(name) ?? this.#createPart(name, at);
            if (shown.data === data && shown.status === reply.status) continue;
            shown.update(data, reply);
            shown.data = data;
            shown.status = reply.status;
        }
    }

    /** @param {string} name @param {number} at where in the text it came */
    #createPart(name, at) {
        const part = this.owner.parts.find((each) => each.name === name);
        const shown = { ...part.create(this.owner.page, this.reply), data: null, status: '' };
        shown.element.classList.add('part');
        this.#parts.set(name, shown);
        if (part.place === 'above') this.above.append(shown.element);
        else if (part.place === 'below') this.below.append(shown.element);
        else this.markdown.place(shown.element, at);
        if (name === 'sources') this.markdown.again();
        return shown;
    }

    #updateWaiting(/** @type {boolean} */ open) {
        const { reply, waiting } = this;
        const waits = open && reply.text === '' && ['sending', 'waiting', 'resuming'].includes(reply.status);
        const isShown = waiting.childElementCount > 0;
        // A workflow shows itself what it waits for.
        waiting.classList.toggle('bare', reply.parts.some(({ name }) => name === 'workflow'));
        if (waits && !isShown) {
            waiting.append(element('p', {}, element('span', { class: 'beat', 'aria-hidden': 'true' }, element('i'), element('i'), element('i')),
                t(`waiting.${reply.agent.id}`)), element('div', { class: 'ruled', 'aria-hidden': 'true' }, element('i'), element('i'), element('i')));
        } else if (!waits && isShown) waiting.replaceChildren();
    }

    #updateSwitches() {
        const { reply } = this;
        // Where none of them had a word, there is no text that went on.
        const switches = reply.status === 'failed' && reply.text === '' ? [] : reply.switches;
        if (this.switches.childElementCount === switches.length) return;
        this.switches.replaceChildren(...switches.map((each) => {
            const kind = /superseded|hedge/.test(each.reason) ? 'switch.hedge' : /** @type {any} */ (each).type === 'passed' ? `switch.${each.reason === 'resting as its provider asked' ? 'asked' : 'passed'}` : /** @type {any} */ (each).type === 'reset' ? 'switch.anew' : 'switch.went-on';
            return element('p', { class: 'switch' }, icon('again'), t(kind, { from: each.from, to: each.to }));
        }));
    }
}

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
