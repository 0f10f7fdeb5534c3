// Where an answer is being written: new words dry from grey to full ink, and the caret stands where the next ones come.

const freshMs = 300;
/** More characters at once than this are no new words. */
const atMost = 400;
/** @type {any} the ranges of words that came within the last moments, dimmer than the rest (css: ::highlight(fresh)) */
const fresh = 'Highlight' in globalThis ? new (/** @type {any} */ (globalThis).Highlight)() : null;
if (fresh !== null) /** @type {any} */ (CSS).highlights.set('fresh', fresh);
const isStill = matchMedia('(prefers-reduced-motion: reduce)');

/**
 * @param {HTMLElement} body of an answer
 * @param {number} count of characters that are new at its end
 */
export function dry(body, count) {
    if (fresh === null || count > atMost || isStill.matches) return;
    let last = /** @type {any} */ (body.lastElementChild);
    while (last?.classList.contains('part')) last = last.previousElementSibling;
    const walker = last && document.createTreeWalker(last, NodeFilter.SHOW_TEXT);
    const text = /** @type {Text | null} */ (walker?.lastChild() ?? null);
    if (text === null || text.parentElement?.closest('pre')) return;
    const range = new StaticRange({ startContainer: text, startOffset: Math.max(0, text.length - count), endContainer: text, endOffset: text.length });
    fresh.add(range);
    setTimeout(() => fresh.delete(range), freshMs);
}

/**
 * The element that has the caret, for each answer. A class of its own, since a rule for the last element of an answer would have the
 * browser look at all of a long one when it ends.
 * @type {WeakMap<HTMLElement, Element>}
 */
const carets = new WeakMap();

/**
 * @param {HTMLElement} body of an answer
 * @param {boolean} isWriting
 */
export function markCaret(body, isWriting) {
    let last = isWriting ? body.lastElementChild : null;
    if (last?.matches('ul, ol')) last = last.lastElementChild;
    if (last?.matches('.part, .code, .table')) last = null;
    const before = carets.get(body);
    if (before === last) return;
    before?.classList.remove('caret');
    last?.classList.add('caret');
    if (last) carets.set(body, last);
    else carets.delete(body);
}
