// The conversation on the screen: one article per message, changed only where its entry changed.

import { isOpen, noteFor } from './conversation.js';
import { inWords } from './problem.js';
import { element, renderText } from './text.js';

/**
 * @typedef {import('./conversation.js').Entry} Entry
 * @typedef {{retry(turn: string, text: string): void, edit(turn: string, text: string): void,
 *            reconnect(turn: string): void, ask(turn: string): void, more(title: string): void}} Actions
 */

/** @param {import('./conversation.js').Book} book @param {Actions} [actions] */
export function bookCard(book, actions) {
    const title = book.title || 'Untitled';
    const card = element('li', { className: 'book' }, element('h3', {}, title));
    const facts = [(book.authors ?? []).join(', '), book.year ? yearInWords(book.year) : '',
        book.rating ? `rated ${Number(book.rating).toFixed(1)}` : ''].filter(Boolean);
    if (facts.length > 0) card.append(element('p', { className: 'facts' }, facts.join(' · ')));
    const subjects = (book.subjects ?? []).slice(0, 4).map((subject) => element('li', {}, subject));
    if (subjects.length > 0) card.append(element('ul', { className: 'subjects', 'aria-label': 'Subjects' }, ...subjects));
    const reasons = (book.reasons ?? []).filter((reason) => reason.text);
    if (reasons.length > 0) {
        const why = reasons.map((reason) => element('li', {}, reason.text ?? ''));
        card.append(element('p', { className: 'why' }, 'Why'), element('ul', { className: 'reasons' }, ...why));
    }
    if (actions) {
        const label = { type: 'button', className: 'link', 'aria-label': `More like ${title}` };
        card.append(element('button', { ...label, onclick: () => actions.more(title) }, 'More like this'));
    }
    return card;
}

/** @param {number} year */
const yearInWords = (year) => (year < 0 ? `${-year} BC` : String(year));

/** @param {string} label @param {() => void} action */
const button = (label, action) => element('button', { type: 'button', onclick: action }, label);

/** @param {Entry} entry @param {Actions} actions @returns {Node[]} */
function problemNodes(entry, actions) {
    if (entry.problem === null) return [];
    const { text, retry, edit } = inWords(entry.problem);
    const nodes = [element('p', {}, text)];
    if (retry) {
        const again = button('Try again', () => actions.retry(entry.turn, entry.text));
        again.dataset.retryAt = String(entry.retryAt);
        again.setAttribute('aria-live', 'off'); // the seconds are not read out one by one
        tick(again);
        nodes.push(again);
    }
    if (edit) nodes.push(button('Edit', () => actions.edit(entry.turn, entry.text)));
    return nodes;
}

/** @param {any} again a "Try again" button that counts down to its time */
function tick(again) {
    const seconds = Math.ceil((Number(again.dataset.retryAt) - Date.now()) / 1000);
    again.disabled = seconds > 0;
    again.textContent = seconds > 0 ? `Try again in ${seconds} s` : 'Try again';
}

/** Shows a conversation's entries in `log`. */
export class LogView {
    /** @type {Map<string, {node: any, entry: Entry}>} */
    #shown = new Map();

    /** @param {HTMLElement} log @param {Actions} actions */
    constructor(log, actions) {
        this.log = log;
        this.actions = actions;
        setInterval(() => log.querySelectorAll('[data-retry-at]:disabled').forEach(tick), 500);
    }

    /** @param {Entry[]} entries */
    render(entries) {
        const keys = new Set(entries.map((entry) => `${entry.role} ${entry.turn}`));
        for (const [key, { node }] of this.#shown) {
            if (keys.has(key)) continue;
            node.remove();
            this.#shown.delete(key);
        }
        entries.forEach((entry, index) => {
            const key = `${entry.role} ${entry.turn}`;
            const shown = this.#shown.get(key) ?? { node: this.#create(entry), entry: null };
            if (this.log.children[index] !== shown.node) {
                this.log.insertBefore(shown.node, this.log.children[index] ?? null);
            }
            if (shown.entry !== entry) this.#update(shown.node, entry, shown.entry);
            this.#shown.set(key, { node: shown.node, entry });
        });
    }

    /** @param {Entry} entry */
    #create(entry) {
        const who = entry.role === 'user' ? 'You' : 'Noah';
        return element('article', { className: `entry ${entry.role}` },
            element('h2', { className: 'who' }, who), element('div', { className: 'text' }),
            element('ul', { className: 'books', hidden: true, 'aria-label': 'Books' }),
            element('div', { className: 'note' }));
    }

    /** @param {any} node @param {Entry} entry @param {Entry | null} before */
    #update(node, entry, before) {
        const [, text, books, note] = node.children;
        node.dataset.status = entry.status;
        node.setAttribute('aria-busy', String(isOpen(entry))); // read out when whole, not word by word
        if (entry.text !== before?.text) renderText(text, entry.text);
        if (entry.books !== before?.books) {
            books.hidden = entry.books.length === 0;
            books.replaceChildren(...entry.books.map((book) => bookCard(book, this.actions)));
        }
        const line = noteFor(entry);
        const same = before !== null && JSON.stringify(noteFor(before)) === JSON.stringify(line);
        if (same && entry.problem === before.problem) return; // keeps the focus on its button
        note.dataset.tone = entry.problem ? 'warning' : line.tone;
        const nodes = line.text === '' ? [] : [element('p', {}, line.text)];
        if (line.action === 'reconnect') nodes.push(button('Try again', () => this.actions.reconnect(entry.turn)));
        if (line.action === 'ask') nodes.push(button('Ask again', () => this.actions.ask(entry.turn)));
        note.replaceChildren(...(entry.problem ? problemNodes(entry, this.actions) : nodes));
    }
}
