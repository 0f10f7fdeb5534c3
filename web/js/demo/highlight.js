// The words of one event, marked in the reply: by CSS's highlights, so that its elements stay as they are.

import { placeOf } from './model.js';

/**
 * @param {HTMLElement} container
 * @param {{text: string, place: number} | null} words `place`: how far in the reply they stand, 0 to 1; null: none are marked
 */
export function highlight(container, words) {
    const highlights = /** @type {any} */ (CSS).highlights;
    highlights?.delete('chosen-event');
    if (!highlights || words === null || words.text === '') return;
    /** @type {{node: Text, from: number}[]} */ const texts = [];
    let length = 0;
    const walker = document.createTreeWalker(container, NodeFilter.SHOW_TEXT, (node) => (node.parentElement?.closest('.part') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        texts.push({ node: /** @type {Text} */ (node), from: length });
        length += /** @type {Text} */ (node).data.length;
    }
    const found = placeOf(texts.map(({ node }) => node.data).join(''), words.text, words.place);
    if (found === null) return;
    const range = new Range();
    const at = (/** @type {number} */ place) => texts.filter(({ from }) => from <= place).at(-1);
    const [start, end] = [at(found[0]), at(found[1] - 1)];
    if (!start || !end) return;
    range.setStart(start.node, found[0] - start.from);
    range.setEnd(end.node, Math.min(end.node.data.length, found[1] - end.from));
    highlights.set('chosen-event', new /** @type {any} */ (globalThis).Highlight(range));
    start.node.parentElement?.scrollIntoView({ block: 'nearest' });
}
