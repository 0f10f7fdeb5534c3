// The colours of a piece of code. highlight.js gives HTML; only its spans with classes are taken from it, as a tree.

/** @typedef {string | {class: string, children: Piece[]}} Piece */

const entities = /** @type {Record<string, string>} */ ({ amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'", '#39': "'" });
const unescaped = (/** @type {string} */ text) =>
    text.replace(/&(amp|lt|gt|quot|#x27|#39);/g, (_, name) => entities[name]);

/**
 * @param {string} html of highlight.js
 * @returns {Piece[]}
 */
export function piecesOf(html) {
    /** @type {{class: string, children: Piece[]}[]} */
    const stack = [{ class: '', children: [] }];
    for (const [whole, opened] of html.matchAll(/<span class="([\w -]*)">|<\/span>|[^<]+|</g)) {
        const top = stack[stack.length - 1];
        if (opened !== undefined) {
            const piece = { class: opened, children: [] };
            top.children.push(piece);
            stack.push(piece);
        } else if (whole === '</span>') {
            if (stack.length > 1) stack.pop();
        } else {
            top.children.push(unescaped(whole));
        }
    }
    return stack[0].children;
}

/**
 * @param {any} library highlight.js
 * @param {string} code
 * @param {string} language as the fence names it
 * @returns {Piece[] | null} null for a language that is not known
 */
export function coloured(library, code, language) {
    if (!library.getLanguage(language)) return null;
    return piecesOf(library.highlight(language, code, true).value);
}
