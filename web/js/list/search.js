// Searching the conversations: the titles that are known here, and the messages that the server finds.

import { element } from '../shell/dom.js';
import { t, tn } from '../shell/i18n.js';
import { sayProblem } from '../parts/tell.js';
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

/**
 * Hits by conversation, each once: those whose title has every word first, then as the server ranked them.
 * @param {import('./groups.js').Session[]} sessions @param {any[]} results of chat/search @param {(title: string) => boolean} titleHas
 * @returns {{session: import('./groups.js').Session, hit: any | null}[]}
 */
export function found(sessions, results, titleHas) {
    const known = new Map(sessions.map((session) => [session.session_id, session]));
    const hits = new Map();
    for (const result of results) if (!hits.has(result.session_id)) hits.set(result.session_id, result);
    const byTitle = sessions.filter(({ title }) => titleHas(title ?? '')).map((session) => ({ session, hit: hits.get(session.session_id) ?? null }));
    const ids = new Set(byTitle.map(({ session }) => session.session_id));
    const rest = [...hits.values()].filter(({ session_id }) => !ids.has(session_id)).map((hit) => ({
        session: known.get(hit.session_id) ?? { session_id: hit.session_id, title: hit.title, updated_at: hit.created_at, agent: hit.agent }, hit,
    }));
    return [...byTitle, ...rest];
}
