// An event of the stream as a line in the list of events.

import { element } from '../shell/dom.js';
import { t } from '../shell/i18n.js';

/**
 * @param {any} record of a DemoStream
 * @param {{isReadable: boolean, isChosen: boolean, choose(): void}} options
 */
export function row(record, { isReadable, isChosen, choose }) {
    const seconds = (record.atMs / 1000).toFixed(3);
    if (record.kind !== 'event') {
        const sign = record.kind === 'cut' ? '!' : record.kind === 'back' ? '›' : '';
        return element('li', { class: record.kind }, element('span', { class: 'id' }, sign), element('span', { class: 'time' }, seconds), element('span', { class: 'data' }, record.text));
    }
    const type = record.event?.type ?? (record.data === '[DONE]' ? '[DONE]' : record.event?.object ?? 'data');
    const data = isReadable ? element('span', { class: 'data readable' }, element('b', {}, type), ' ', record.text === '' ? about(record.event) : `“${record.text}”`) : element('span', { class: 'data' }, ...coloured(record.data));
    const open = element('button', { type: 'button', 'aria-pressed': String(isChosen), tabIndex: -1, onclick: choose },
        element('span', { class: 'id' }, record.id === null ? '' : String(record.id)), element('span', { class: 'time' }, seconds), data);
    return element('li', {}, open);
}

/**
 * What an event without text says, in a few words.
 * @param {any} event
 */
function about(event) {
    const summary = event?.summary ?? event?.step?.summary ?? event?.step?.name ?? event?.status ?? event?.name;
    const books = event?.recommendations?.length;
    return books ? t('{count} books', { count: books }) : [event?.agent, summary].filter(Boolean).join(': ');
}

/**
 * JSON with the type in bold and the text in ink; the rest is soft. Long identifiers are cut: an event chosen is shown whole.
 * @param {string} data
 */
function coloured(data) {
    const pieces = [];
    let end = 0;
    data = data.replace(/"(msg|ses|usr|wf|chatcmpl)([_-])[\w-]{20,}"/g, '"$1$2…"');
    for (const match of data.matchAll(/"(type|content)":("(?:[^"\\]|\\.)*")/g)) {
        const start = (match.index ?? 0) + match[0].length - match[2].length;
        pieces.push(data.slice(end, start), element(match[1] === 'type' ? 'b' : 'i', {}, match[2]));
        end = start + match[2].length;
    }
    pieces.push(data.slice(end));
    return pieces;
}
