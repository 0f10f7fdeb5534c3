// A text's blocks in order, each with the place where it begins. While the text grows, only its last block is parsed again.

import { nodesOf } from './markdown-tree.js';

/** @typedef {{start: number, node: import('./markdown-tree.js').Node}} Block with the place in the text where it begins, in UTF-16 units */

/** Whether a fence that begins at the text's start has its end, as CommonMark has it. */
function isFenceOpen(/** @type {string} */ text) {
    const opening = /^ {0,3}(`{3,}|~{3,})/.exec(text);
    if (opening === null) return false;
    const last = text.trimEnd().split('\n').at(-1) ?? '';
    const isClosing = new RegExp(`^ {0,3}${opening[1][0]}{${opening[1].length},}\\s*$`).test(last);
    return !isClosing || !text.trimEnd().includes('\n');
}

/**
 * The blocks of a text, in order.
 * @param {any} parser
 * @param {string} text
 * @param {{references?: object}} environment shared between the pieces of one text
 * @param {boolean} [hasSources] whether `[1]` is a source's number
 * @returns {Block[]}
 */
export function blocksOf(parser, text, environment = {}, hasSources = false) {
    const tokens = parser.parse(text, environment);
    /** @type {number[]} */
    const lineStarts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
    /** @type {Block[]} */
    const blocks = [];
    let from = 0;
    for (let index = 0; index < tokens.length; index += 1) {
        const token = tokens[index];
        if (token.level !== 0 || token.nesting === 1) continue;
        const start = lineStarts[tokens[from].map?.[0] ?? 0] ?? 0;
        for (const node of nodesOf(tokens.slice(from, index + 1), hasSources)) blocks.push({ start, node });
        from = index + 1;
    }
    const last = blocks.at(-1);
    if (last && typeof last.node === 'object' && 'code' in last.node) last.node.isOpen = isFenceOpen(text.slice(last.start));
    return blocks;
}

/** `[name]: address`, perhaps within a quote or an item. */
const definitions = /^[ >\-*+\d.)]{0,12}(\[(?:[^\]\\]|\\.)+\]:\s*\S.*(?:\n {0,3}["'(].*)?)$/gm;

/** The blocks of a text that grows: only its last block is parsed again. */
export class GrowingBlocks {
    #text = '';
    #isFinal = false;
    #openFrom = 0;
    /**
     * What `[name]` refers to; null while the definitions further down are not known.
     * @type {object | null}
     */
    #environment = null;
    /** @type {Block[]} */
    blocks = [];

    /**
     * How much of a text has its blocks.
     * @param {string} text
     */
    lengthOf(text) {
        return text.startsWith(this.#text) && !this.#isFinal ? this.#text.length : 0;
    }

    /**
     * Takes the definitions of a whole text, which links above them refer to, so that it can be parsed a part at a time. What was
     * parsed without them is parsed anew.
     * @param {any} parser
     * @param {string} text
     */
    define(parser, text) {
        if (this.#environment !== null) return;
        const found = [...text.matchAll(definitions)].map(([, definition]) => definition);
        if (found.length > 0) this.reset();
        this.#environment = {};
        if (found.length > 0) parser.parse(found.join('\n\n'), this.#environment);
    }

    /**
     * @param {any} parser
     * @param {string} text the whole of it so far
     * @param {boolean} isFinal
     * @param {boolean} hasSources
     * @returns {number} index of the first block that may have changed
     */
    update(parser, text, isFinal, hasSources) {
        // What came does not go on from before.
        if (!text.startsWith(this.#text) || this.#isFinal) this.reset();
        if (isFinal) this.define(parser, text);
        this.#text = text;
        this.#isFinal = isFinal;
        const from = this.#openFrom === 0 ? 0 : Math.max(0, this.blocks.length - 1);
        const found = blocksOf(parser, text.slice(this.#openFrom), { ...this.#environment }, hasSources)
            .map(({ start, node }) => ({ start: start + this.#openFrom, node }));
        this.blocks.splice(from, this.blocks.length, ...found);
        this.#openFrom = this.blocks.at(-1)?.start ?? 0;
        return from;
    }

    reset() {
        this.blocks = [];
        this.#text = '';
        this.#isFinal = false;
        this.#openFrom = 0;
        this.#environment = null;
    }
}
