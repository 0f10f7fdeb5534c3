// A reply's Markdown as a tree of plain objects, from markdown-it's tokens. No HTML is made and none is taken: tags in an
// answer are text.

import { bound } from './markdown-bounds.js';

/**
 * @typedef {{tag: string, attributes: Record<string, string>, children: Node[], style?: Record<string, string>}} Branch
 * @typedef {{code: string, language: string, isOpen: boolean}} Code
 * @typedef {{cite: number}} Citation
 * @typedef {string | Branch | Code | Citation} Node
 * @typedef {{start: number, node: Node}} Block with the place in the text where it begins, in UTF-16 units
 */

const isWordCharacter = (/** @type {number} */ code) =>
    (code > 47 && code < 58) || (code > 64 && code < 91) || (code > 96 && code < 123);

const isDigit = (/** @type {number} */ code) => code > 47 && code < 58;

/**
 * The parser as this page uses it: CommonMark, tables and strikethrough, addresses as links. A single star inside a word of
 * Latin letters and digits is a star, and so are two beside a digit: 2*3*4 and x**2 stay what they are.
 * @param {any} MarkdownIt the class of the library
 */
export function createParser(MarkdownIt) {
    const parser = new MarkdownIt({ html: false, linkify: true, typographer: false, breaks: false });
    // "e.g." and file names such as main.py are no sites.
    parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
    const State = parser.inline.State;
    class InlineState extends State {
        scanDelims(/** @type {number} */ start, /** @type {boolean} */ canSplitWord) {
            const run = super.scanDelims(start, canSplitWord);
            const [before, after] = [this.src.charCodeAt(start - 1), this.src.charCodeAt(start + run.length)];
            if (this.src.charCodeAt(start) !== 0x2a || !isWordCharacter(before) || !isWordCharacter(after)) return run;
            const isLiteral = run.length === 1 || isDigit(before) || isDigit(after);
            return isLiteral ? { ...run, can_open: false, can_close: false } : run;
        }
    }
    parser.inline.State = InlineState;
    bound(parser);
    // Deeper than this markdown-it drops what it finds; here it is text.
    const deepest = parser.options.maxNesting - 4;
    parser.block.ruler.before('table', 'depth', (/** @type {any} */ state, /** @type {number} */ start, /** @type {number} */ end, /** @type {boolean} */ isProbe) => {
        if (isProbe || state.level < deepest) return false;
        state.push('paragraph_open', 'p', 1).map = [start, end];
        const text = state.push('inline', '', 0);
        Object.assign(text, { content: state.getLines(start, end, state.blkIndent, false).trim(), map: [start, end], children: [] });
        state.push('paragraph_close', 'p', -1);
        state.line = end;
        return true;
    });
    parser.core.ruler.push('language', (/** @type {any} */ { tokens }) => {
        for (const token of tokens) if (token.type === 'fence') token.info = parser.utils.unescapeAll(token.info);
    });
    return parser;
}

const blockTags = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'li', 'blockquote', 'td', 'th']);
const outside = /^(?:https?:|mailto:)/i;

/**
 * @param {string} text
 * @param {Node[]} into
 * @param {boolean} hasSources
 */
function addText(text, into, hasSources) {
    let end = 0;
    if (hasSources) {
        for (const match of text.matchAll(/\s?\[(\d{1,2})\]/g)) {
            if ((match.index ?? 0) > end) into.push(text.slice(end, match.index));
            into.push({ cite: Number(match[1]) });
            end = (match.index ?? 0) + match[0].length;
        }
    }
    if (end < text.length) into.push(text.slice(end));
}

/**
 * @param {any} token
 * @returns {Branch}
 */
function branchOf(token) {
    /** @type {Branch} */
    const branch = { tag: token.tag, attributes: {}, children: [] };
    const heading = /^h([1-6])$/.exec(token.tag);
    // The page has the first two levels itself.
    if (heading) branch.attributes['aria-level'] = String(Math.min(Number(heading[1]) + 2, 9));
    if (blockTags.has(token.tag)) branch.attributes.dir = 'auto';
    if (token.hidden) branch.tag = '';
    for (const [name, value] of token.attrs ?? []) {
        if (name === 'href') setAddress(branch, value);
        else if (name === 'style') branch.style = { textAlign: value.replace(/^text-align:/, '') };
        else if (name === 'start' || name === 'title') branch.attributes[name] = String(value);
    }
    return branch;
}

/** Only addresses of the web and of mail become links; what leads elsewhere is text, with the address as its title. */
function setAddress(/** @type {Branch} */ branch, /** @type {string} */ address) {
    if (outside.test(address)) {
        Object.assign(branch.attributes, { href: address, target: '_blank', rel: 'noopener noreferrer nofollow' });
    } else {
        branch.tag = 'span';
        branch.attributes.title = address;
    }
}

/** @type {(node: Node) => string} */
const textOf = (node) => typeof node === 'string' ? node : 'children' in node ? node.children.map(textOf).join('') : '';

/**
 * A link whose text does not begin with where it leads has that shown beside it: the host as browsers ask for it, of a mail the
 * address. Any text may look like another address.
 * @param {Branch} link
 */
function tellHost({ attributes, children }) {
    if (!attributes.href) return;
    let target = attributes.href;
    try {
        const { host, pathname } = new URL(target);
        target = host || pathname;
    } catch {
        // One that no browser opens is shown whole.
    }
    const text = children.map(textOf).join('').trim().toLowerCase().replace(/^(https?:\/\/|mailto:)/, '');
    if (!text.startsWith(target.toLowerCase()) || !/^([/:?#]|$)/.test(text.slice(target.length))) attributes['data-host'] = target;
}

/**
 * @param {any[]} tokens
 * @param {boolean} hasSources
 * @returns {Node[]}
 */
function nodesOf(tokens, hasSources) {
    /** @type {Branch} */
    const root = { tag: '', attributes: {}, children: [] };
    const stack = [root];
    for (const token of tokens) {
        const parent = stack[stack.length - 1];
        if (token.nesting === 1) {
            const branch = branchOf(token);
            // The paragraphs of a tight list are none.
            if (branch.tag !== '') parent.children.push(branch);
            stack.push(branch.tag === '' ? { ...branch, children: parent.children } : branch);
        } else if (token.nesting === -1) {
            const closed = stack.pop();
            if (closed) tellHost(closed);
        } else {
            addLeaf(token, parent.children, hasSources);
        }
    }
    return root.children;
}

/**
 * @param {any} token
 * @param {Node[]} into
 * @param {boolean} hasSources
 */
function addLeaf(token, into, hasSources) {
    switch (token.type) {
        case 'inline':
            into.push(...nodesOf(token.children ?? [], hasSources));
            break;
        case 'softbreak':
            into.push('\n');
            break;
        case 'hardbreak':
            into.push({ tag: 'br', attributes: {}, children: [] });
            break;
        case 'code_inline':
            into.push({ tag: 'code', attributes: { dir: 'ltr' }, children: [token.content] });
            break;
        case 'fence':
        case 'code_block':
            into.push({ code: token.content, language: (token.info ?? '').trim().split(/\s+/)[0].slice(0, 40), isOpen: false });
            break;
        case 'hr':
            into.push({ tag: 'hr', attributes: {}, children: [] });
            break;
        case 'image': {
            // A picture from elsewhere would tell its host that it is looked at: a link to it.
            /** @type {Branch} */
            const branch = { tag: 'a', attributes: {}, children: [plainText(token.children) || token.attrGet('src')] };
            setAddress(branch, token.attrGet('src') ?? '');
            tellHost(branch);
            if (token.attrGet('title')) branch.attributes.title = token.attrGet('title');
            into.push(branch);
            break;
        }
        default:
            addText(token.content, into, hasSources);
    }
}

/**
 * What a picture shows, in words.
 * @param {any[] | null} tokens
 * @returns {string}
 */
const plainText = (tokens) => (tokens ?? []).map(({ content, children }) => (children?.length ? plainText(children) : content)).join('');

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
