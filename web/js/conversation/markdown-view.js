// A reply's text on the screen. While it grows, only its last block is parsed again and changed in place, so a selection,
// the focus and the reader's place stay; blocks above never move.

import { t } from '../shell/i18n.js';
import { element } from '../shell/dom.js';
import { nextTask, task } from '../shell/idle.js';
import { createCode, updateCode } from './code-view.js';
import { GrowingBlocks } from './markdown-blocks.js';
import { createParser } from './markdown-parser.js';

/** @typedef {import('./markdown-tree.js').Node} Node */

/** @type {any} the parser, once it is here */
let parser = null;
/** @type {Promise<void> | null} */
let loading = null;
/** Characters that are shown in one task; a longer text comes in parts, each up to an empty line. */
const partLength = 4_000;
/**
 * Views that show plain text until the parser is here.
 * @type {Set<MarkdownView>}
 */
const waiting = new Set();

/**
 * Loads the parser; without it (see scripts/web.sh) answers are shown as they were written.
 * @returns {Promise<void>} when it is here, or cannot be had
 */
export function loadMarkdown() {
    loading ??= import('../../vendor/markdown-it.js').then(async (library) => {
        const made = createParser(library.default);
        await task();
        // The browser compiles what a first text runs through before there is one.
        made.parse(sample, {});
        parser = made;
        for (const view of waiting) {
            view.again();
            await nextTask();
        }
        waiting.clear();
    }).catch(() => {});
    return loading;
}

/** Something of each kind. */
const sample = '# a\n\n- **b** *c* `d` [e](https://example.org) https://example.org\n\n1. f\n\n| g |\n|---|\n| h |\n\n> i\n\n```js\nj\n```\n\n---\nk\\\nl';

export class MarkdownView {
    #text = '';
    #isFinal = false;
    /** The next part is due. */
    #goesOn = false;
    #growing = new GrowingBlocks();
    /** @type {any[]} the elements of the blocks */
    #shown = [];
    /** @type {{element: HTMLElement, at: number}[]} */
    #parts = [];

    /**
     * @param {HTMLElement} container
     * @param {{hasSources?: () => boolean, cite?: (number: number) => void}} [options]
     */
    constructor(container, options = {}) {
        this.container = container;
        this.options = options;
    }

    /** @param {string} text @param {boolean} isFinal */
    render(text, isFinal) {
        if (text === this.#text && isFinal === this.#isFinal && this.#shown.length > 0) return;
        this.#text = text;
        this.#isFinal = isFinal;
        if (parser === null) this.#renderPlain();
        else if (!this.#goesOn) this.#grow();
        this.#placeParts();
    }

    /** Once more from the beginning: the parser has come, or sources have. */
    again() {
        if (parser === null || this.#text === '') return;
        for (const node of this.#shown.splice(0)) node.remove();
        for (const { element: part } of this.#parts) part.remove();
        this.#growing.reset();
        if (!this.#goesOn) this.#grow();
        this.#placeParts();
    }

    /**
     * Puts an element between the blocks, where the text had `at` characters when it came; inside a block, after that.
     * @param {HTMLElement} part @param {number} at
     */
    place(part, at) {
        this.#parts.push({ element: part, at });
        this.#placeParts();
    }

    #renderPlain() {
        waiting.add(this);
        const [shown = element('p', { class: 'plain', dir: 'auto' })] = this.#shown;
        shown.textContent = this.#text;
        if (this.#shown.length === 0) this.container.append(shown);
        this.#shown = [shown];
    }

    #grow() {
        const text = this.#text;
        if (this.#isFinal) this.#growing.define(parser, text);
        const partEnd = text.indexOf('\n\n', this.#growing.lengthOf(text) + partLength);
        const isWhole = partEnd < 0;
        const from = this.#growing.update(parser, isWhole ? text : text.slice(0, partEnd + 2), isWhole && this.#isFinal, this.options.hasSources?.() ?? false);
        const { blocks } = this.#growing;
        for (let index = from; index < blocks.length; index += 1) {
            const { node } = blocks[index];
            const shown = this.#shown[index];
            if (shown && agrees(shown, node)) {
                update(shown, node, this);
                continue;
            }
            const fresh = create(node, this);
            if (shown) shown.replaceWith(fresh);
            else this.#append(fresh);
            this.#shown[index] = fresh;
        }
        this.#goesOn = !isWhole;
        // What a text that is shown anew has not come to yet stays until then.
        if (isWhole) for (const node of this.#shown.splice(blocks.length)) node.remove();
        else void nextTask().then(() => { this.#grow(); this.#placeParts(); });
    }

    #append(/** @type {HTMLElement} */ node) {
        // After the parts that follow the last block and are older than this one.
        let after = this.#shown.at(-1) ?? null;
        while (after?.nextElementSibling?.classList.contains('part')) after = after.nextElementSibling;
        if (after === null) this.container.append(node);
        else after.after(node);
    }

    /** A part waits for the end of the block that was being written when it came. */
    #placeParts() {
        for (const { element: part, at } of this.#parts) {
            if (part.parentElement === this.container) continue;
            const isBetween = at === 0 || this.#isFinal || /\n\s*$/.test(this.#text.slice(0, at));
            const next = parser === null ? -1 : this.#growing.blocks.findIndex((block) => block.start >= at);
            if (next >= 0 && this.#shown[next]) this.container.insertBefore(part, this.#shown[next]);
            else if (isBetween) this.container.append(part);
        }
    }

    cite(/** @type {number} */ number) {
        this.options.cite?.(number);
    }
}

/** Whether the element on the screen can become this node by changing what is in it. */
function agrees(/** @type {any} */ shown, /** @type {Node} */ node) {
    if (typeof node === 'string') return shown.nodeType === 3;
    if ('code' in node) return shown.classList?.contains('code');
    if ('cite' in node) return shown.classList?.contains('cite') && shown.textContent === String(node.cite);
    return shown.nodeType === 1 && !shown.classList.contains('code') && !shown.classList.contains('cite')
        && inner(shown).localName === node.tag;
}

/** A table stands in a box that scrolls. */
const inner = (/** @type {any} */ shown) => (shown.classList?.contains('table') ? shown.firstElementChild : shown);

/**
 * @param {any} shown
 * @param {Node} node
 * @param {MarkdownView} view
 */
function update(shown, node, view) {
    if (typeof node === 'string') {
        if (shown.data === node) return;
        if (node.startsWith(shown.data)) shown.appendData(node.slice(shown.data.length));
        else shown.data = node;
    } else if ('code' in node) {
        updateCode(shown, node);
    } else if (!('cite' in node)) {
        const target = inner(shown);
        for (const [name, value] of Object.entries(node.attributes)) {
            if (target.getAttribute(name) !== value) target.setAttribute(name, value);
        }
        node.children.forEach((child, index) => {
            const old = target.childNodes[index];
            if (old && agrees(old, child)) update(old, child, view);
            else if (old) old.replaceWith(create(child, view));
            else target.append(create(child, view));
        });
        while (target.childNodes.length > node.children.length) target.lastChild.remove();
    }
}

/**
 * @param {Node} node
 * @param {MarkdownView} view
 * @returns {any}
 */
function create(node, view) {
    if (typeof node === 'string') return document.createTextNode(node);
    if ('code' in node) return createCode(node);
    if ('cite' in node) {
        return element('button', { type: 'button', class: 'cite', 'aria-label': t('cite', { number: node.cite }),
            onclick: () => view.cite(node.cite) }, String(node.cite));
    }
    const made = element(node.tag, node.attributes, ...node.children.map((child) => create(child, view)));
    if (node.style) Object.assign(made.style, node.style);
    return node.tag === 'table' ? element('div', { class: 'table', tabIndex: 0, role: 'region', 'aria-label': t('table') }, made) : made;
}
