// markdown-it as this page uses it.

import { bound } from './markdown-bounds.js';

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
