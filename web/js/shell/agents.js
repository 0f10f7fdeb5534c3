// Whom one can talk to, and in which dialect of docs/api.md.

/**
 * @typedef {object} Agent
 * @property {string} key what addresses and drafts call it: `noah`, `desk.analyst`, `model.fast`
 * @property {'noah' | 'tutor' | 'visa' | 'general' | 'desk' | 'model'} id its ink and sign
 * @property {string} dialect whose conversation with the server it is
 * @property {string} sign name of an icon
 * @property {string} [assistant] of the desk
 * @property {string} [mode] of the plain agent
 * @property {string} [model] of chat completions
 */

/** @type {Record<string, {dialect: string, sign: string, mode?: string}>} */
const kinds = {
    noah: { dialect: 'books', sign: 'book' },
    tutor: { dialect: 'tutor', sign: 'cap' },
    visa: { dialect: 'agent', sign: 'stamp', mode: 'visa_expert' },
    general: { dialect: 'agent', sign: 'compass', mode: 'general' },
    desk: { dialect: 'desk', sign: 'bars' },
    model: { dialect: 'completions', sign: 'prompt' },
};

/** In the order in which they are offered. */
export const agentIds = /** @type {Agent['id'][]} */ (Object.keys(kinds));
export const assistants = ['general', 'analyst', 'trader', 'advisor', 'riskManager', 'economist'];

/** @param {string} key @returns {Agent | null} null for a name that is none */
export function agentOf(key) {
    const [id, ...rest] = key.split('.');
    const kind = Object.hasOwn(kinds, id) ? kinds[id] : null;
    if (kind === null) return null;
    const detail = rest.join('.');
    const agent = { key, id: /** @type {Agent['id']} */ (id), ...kind };
    if (id === 'desk') {
        const assistant = assistants.includes(detail) ? detail : 'general';
        return { ...agent, key: `desk.${assistant}`, assistant };
    }
    if (id === 'model') return { ...agent, model: detail };
    return agent;
}

/**
 * The agent of a conversation, from what the list of conversations tells of it.
 * @param {any} session
 * @returns {Agent | null} null where the server does not tell
 */
export function agentOfSession(session) {
    const name = String(session?.agent ?? '');
    if (name === '') return null;
    const detail = session.assistant_type ?? session.assistantType ?? session.model ?? '';
    const aliases = /** @type {Record<string, string>} */ ({ visa_expert: 'visa', librarian: 'noah', books: 'noah' });
    const id = aliases[name] ?? name;
    if (id === 'desk') return agentOf(`desk.${detail || 'general'}`);
    return agentOf(id) ?? agentOf(`model.${detail || name}`);
}
