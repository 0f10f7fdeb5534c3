// A reply's text on the screen. While it grows, only its last block is parsed again and changed in place, so a selection,
// the focus and the reader's place stay; blocks above never move.

import { t } from '../shell/i18n.js';
import { button, element } from '../shell/dom.js';
import { coloured } from './code-colours.js';
import { createParser, GrowingBlocks } from './markdown-tree.js';

/** @typedef {import('./markdown-tree.js').Node} Node */

/** @type {any} the parser, once it is here */
let parser = null;
/** @type {Promise<void> | null} */
let loading = null;
/** @type {any} highlight.js, once it is here */
let colours = null;
/** @type {Promise<void> | null} */
let loadingColours = null;
/**
 * Views that show plain text until the parser is here.
 * @type {Set<MarkdownView>}
 */
const waiting = new Set();
/** Code longer than this is coloured when it is whole, not while it is written; much longer code is not coloured. */
const colouredWhileOpen = 4_000;
const colouredAtMost = 60_000;

/** Loads the parser; without it (see scripts/web.sh) answers are shown as they were written. */
export function loadMarkdown() {
    loading ??= import('../../vendor/markdown-it.js').then((library) => {
        parser = createParser(library.default);
        for (const view of waiting) view.again();
        waiting.clear();
    }).catch(() => {});
    return loading;
}

function loadColours() {
    loadingColours ??= import('../../vendor/highlight.js').then((library) => { colours = library.default; }).catch(() => {});
    return loadingColours;
}

export class MarkdownView {
    #text = '';
    #isFinal = false;
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
        else this.#grow();
        this.#placeParts();
    }

    /** Once more from the beginning: the parser has come, or sources have. */
    again() {
        if (parser === null || this.#text === '') return;
        for (const node of this.#shown.splice(0)) node.remove();
        for (const { element: part } of this.#parts) part.remove();
        this.#growing.reset();
        this.#grow();
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
        const from = this.#growing.update(parser, this.#text, this.#isFinal, this.options.hasSources?.() ?? false);
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
        for (const node of this.#shown.splice(blocks.length)) node.remove();
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

/**
 * The source of each piece of code on the screen.
 * @type {WeakMap<Element, {code: string, language: string, isOpen: boolean}>}
 */
const codes = new WeakMap();

/** @param {{code: string, language: string, isOpen: boolean}} source */
function createCode(source) {
    const shown = element('div', { class: 'code' },
        element('div', { class: 'code-head' }, element('span', { class: 'language' }),
            button(t('copy'), () => void copyCode(shown), { icon: 'copy' })),
        element('pre', { tabIndex: 0, dir: 'ltr' }, element('code')));
    updateCode(shown, source);
    return shown;
}

/**
 * @param {any} shown
 * @param {{code: string, language: string, isOpen: boolean}} source
 */
function updateCode(shown, source) {
    const before = codes.get(shown);
    if (before && before.code === source.code && before.isOpen === source.isOpen && before.language === source.language) return;
    codes.set(shown, source);
    const language = source.language || t('code.plain');
    const label = source.isOpen ? t('code.writing', { language }) : language;
    const head = shown.firstElementChild.firstElementChild;
    if (head.textContent !== label) head.textContent = label;
    const code = shown.lastElementChild.firstElementChild;
    if (source.language) code.className = `language-${source.language.replace(/[^\w+#.-]/g, '')}`;
    shown.lastElementChild.setAttribute('aria-label', label);
    const length = source.code.length;
    const mayColour = source.language !== '' && length <= (source.isOpen ? colouredWhileOpen : colouredAtMost);
    if (mayColour && colours === null) {
        void loadColours().then(() => {
            const now = codes.get(shown);
            if (now && colours !== null) { codes.delete(shown); updateCode(shown, now); }
        });
    }
    const pieces = mayColour && colours !== null ? coloured(colours, source.code, source.language.toLowerCase()) : null;
    if (pieces === null) {
        const only = code.childNodes.length === 1 && code.firstChild.nodeType === 3 ? code.firstChild : null;
        if (only !== null && source.code.startsWith(only.data)) only.appendData(source.code.slice(only.data.length));
        else code.textContent = source.code;
    } else code.replaceChildren(...pieces.map(pieceNode));
}

/**
 * @param {import('./code-colours.js').Piece} piece
 * @returns {any}
 */
const pieceNode = (piece) =>
    typeof piece === 'string' ? document.createTextNode(piece)
        : element('span', { class: piece.class }, ...piece.children.map(pieceNode));

async function copyCode(/** @type {any} */ shown) {
    const { copyText } = await import('../shell/clipboard.js');
    await copyText(codes.get(shown)?.code ?? '');
}
