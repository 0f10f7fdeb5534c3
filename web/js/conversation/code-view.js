// A piece of code on the screen: its language, copy, and its text, which is coloured in idle time.

import { button, element } from '../shell/dom.js';
import { t } from '../shell/i18n.js';
import { idle } from '../shell/idle.js';
import { coloured, languageOf, loadColours } from './code-colours.js';

/** @typedef {{code: string, language: string, isOpen: boolean}} Source */

/** Characters that are coloured in one task; and the length of a code that is not coloured at all. */
const sliceLength = 1_500;
const longest = 60_000;

/**
 * The pieces of code on the screen. `done`: so many characters have their colours, up to a line's end; `state`: what they ended in.
 * The rest is one text, the element's last.
 * @type {WeakMap<Element, {source: Source, done: number, state: any}>}
 */
const codes = new WeakMap();

/** @param {Source} source */
export function createCode(source) {
    const shown = element('div', { class: 'code' },
        element('div', { class: 'code-head' }, element('span', { class: 'language' }),
            button(t('copy'), () => void copyCode(shown), { icon: 'copy' })),
        element('pre', { tabIndex: 0, dir: 'ltr' }, element('code')));
    updateCode(shown, source);
    return shown;
}

/**
 * @param {any} shown
 * @param {Source} source
 */
export function updateCode(shown, source) {
    const known = codes.get(shown);
    const before = known?.source;
    if (before && before.code === source.code && before.isOpen === source.isOpen && before.language === source.language) return;
    const language = source.language || t('code.plain');
    const label = source.isOpen ? t('code.writing', { language }) : language;
    const [head, pre] = shown.children;
    if (head.firstChild.textContent !== label) head.firstChild.textContent = label;
    pre.setAttribute('aria-label', label);
    const code = pre.firstChild;
    if (known && before?.language === source.language && source.code.startsWith(before.code)) {
        known.source = source;
        code.lastChild.appendData(source.code.slice(before.code.length));
    } else {
        codes.set(shown, { source, done: 0, state: undefined });
        if (source.language) code.className = `language-${source.language.replace(/[^\w+#.-]/g, '')}`;
        code.replaceChildren(document.createTextNode(source.code));
    }
    if (languageOf(source.language) !== null && source.code.length <= longest) colourLater(shown);
}

/** @type {Set<any>} */
const waiting = new Set();
let isColouring = false;

/** @param {any} shown */
async function colourLater(shown) {
    waiting.add(shown);
    if (isColouring) return;
    isColouring = true;
    for (const each of waiting) {
        await idle();
        const known = codes.get(each);
        const language = languageOf(known?.source.language ?? '');
        const library = language === null || !each.isConnected ? null : await loadColours(language);
        waiting.delete(each);
        // More lines of the same code come after the others that wait.
        if (library !== null && language !== null && known === codes.get(each) && colourLines(each, library, language)) waiting.add(each);
    }
    isColouring = false;
}

/**
 * Puts coloured lines in the place of the next plain ones; of a code that is being written only whole lines.
 * @param {any} shown
 * @param {any} library
 * @param {string} language
 * @returns {boolean} whether there are more
 */
function colourLines(shown, library, language) {
    const known = /** @type {{source: Source, done: number, state: any}} */ (codes.get(shown));
    const { code, isOpen } = known.source;
    const end = isOpen ? code.lastIndexOf('\n') + 1 : code.length;
    const lineEnd = code.indexOf('\n', known.done + sliceLength) + 1;
    const to = lineEnd > 0 ? Math.min(lineEnd, end) : end;
    if (to <= known.done) return false;
    const { pieces, state } = coloured(library, code.slice(known.done, to), language, known.state);
    const plain = shown.lastElementChild.firstChild.lastChild;
    plain.before(...pieces.map(pieceNode));
    plain.deleteData(0, to - known.done);
    known.done = to;
    known.state = state;
    return to < end;
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
    await copyText(codes.get(shown)?.source.code ?? '');
}
