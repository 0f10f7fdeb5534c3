// What keeps markdown-it's work in proportion to the text, where the library goes over the rest of it from each sign on.

/** Parentheses within each other in a link's address; CommonMark leaves the limit to the parser. */
const deepest = 32;
/** Lines that a definition of a link may take. */
const longest = 24;

const none = Object.freeze({ ok: false, pos: 0, lines: 0, str: '' });

/** Whether a pattern (with the flag `y`) holds at a place. */
const holdsAt = (/** @type {RegExp} */ pattern, /** @type {string} */ text, /** @type {number} */ at) => {
    pattern.lastIndex = at;
    return pattern.test(text);
};

const autolink = /<[^<>\0- ]*>/y;
const bracketed = /<(?:[^<>\n\\]|\\.)*>/y;
const parenthesized = /\((?:[^()\\]|\\[^])*\)/y;

/** Whether an address ends before its parentheses are too deep. */
function isShallow(/** @type {string} */ text, /** @type {number} */ start) {
    for (let at = start, depth = 0; at < text.length && text.charCodeAt(at) > 0x20; at += 1) {
        if (text[at] === '\\') at += 1;
        else if (text[at] === '(' && (depth += 1) > deepest) return false;
        else if (text[at] === ')' && (depth -= 1) < 0) return true;
    }
    return true;
}

/** @param {any} parser */
export function bound(parser) {
    const { helpers, block, inline } = parser;
    const { parseLinkDestination, parseLinkTitle } = helpers;
    helpers.parseLinkDestination = (/** @type {string} */ text, /** @type {number} */ start, /** @type {number} */ end) =>
        (text[start] === '<' ? holdsAt(bracketed, text, start) : isShallow(text, start)) ? parseLinkDestination(text, start, end) : none;
    helpers.parseLinkTitle = (/** @type {string} */ text, /** @type {number} */ start, /** @type {number} */ end) =>
        text[start] !== '(' || holdsAt(parenthesized, text, start) ? parseLinkTitle(text, start, end) : none;
    // A "<" that begins no address is one.
    inline.ruler.before('autolink', 'less', (/** @type {any} */ state, /** @type {boolean} */ isProbe) => {
        if (state.src[state.pos] !== '<' || holdsAt(autolink, state.src, state.pos)) return false;
        if (!isProbe) state.pending += '<';
        state.pos += 1;
        return true;
    });
    block.ruler.before('reference', 'definition', (/** @type {any} */ state, /** @type {number} */ line, /** @type {number} */ end, /** @type {boolean} */ isProbe) =>
        isProbe && state.parentType === 'reference' && line - state.line >= longest, { alt: ['reference'] });
}
