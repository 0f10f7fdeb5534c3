// New words dry from grey to full ink.

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
