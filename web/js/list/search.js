// Searching the conversations: the titles that are known here, and the messages that the server finds.

import { element } from '../shell/dom.js';
import { t, tn } from '../shell/i18n.js';
import { sayProblem } from '../parts/tell.js';
import { found } from './groups.js';
import { highlighted, searchedWords } from './highlight.js';

/** @param {string} text @param {string} query @returns {(Node | string)[]} */
export const marked = (text, query) => highlighted(text, query).map((piece) => (piece.hit ? element('mark', {}, piece.text) : piece.text));

/**
 * @param {import('./list.js').ConversationList} list
 * @param {string} query
 */
export async function find(list, query) {
    let told = [];
    try {
        told = (await list.page.api.json('POST', 'api/v1/chat/search', { body: { query, limit: 50 } })).results ?? [];
    } catch (problem) {
        sayProblem(list.page, problem);
    }
    if (query !== list.query) return;
    const words = searchedWords(query);
    const titleHas = (/** @type {string} */ title) => words.length > 0 && words.every((word) => highlighted(title, word).some(({ hit }) => hit));
    list.results = found([...list.sessions.values()], told, titleHas);
    list.draw();
    list.said.textContent = list.results.length === 0 ? t('Nothing with “{query}”. Fewer letters find more.', { query }) : tn('list.found', list.results.length);
}
