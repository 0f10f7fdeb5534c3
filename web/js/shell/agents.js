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
    noah: { dialect: 'companion', sign: 'book' },
    tutor: { dialect: 'tutor', sign: 'cap' },
    visa: { dialect: 'agent', sign: 'stamp', mode: 'visa_expert' },
    general: { dialect: 'agent', sign: 'compass', mode: 'general' },
    desk: { dialect: 'desk', sign: 'bars' },
    model: { dialect: 'openai', sign: 'prompt' },
};

/** In the order in which they are offered. */
export const agentIds = /** @type {Agent['id'][]} */ (Object.keys(kinds));
export const assistants = ['general', 'analyst', 'trader', 'advisor', 'riskManager', 'economist'];

/**
 * @param {string} key
 * @returns {Agent | null} null for a name that is none
 */
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
 * The key of whom a conversation of the list, or a message of the history, belongs to.
 * @param {any} each
 * @returns {string | null} null where the server does not say
 */
export function agentKeyOf(each) {
    const name = each?.agent;
    if (typeof name !== 'string' || name === '') return null;
    if (name === 'desk') return `desk.${each.assistant ?? 'general'}`;
    if (name === 'visa_expert') return 'visa';
    if (name === 'relay') return `model.${each.requested_model ?? ''}`;
    // A persona of the operator's own speaks as the general agent does.
    return Object.hasOwn(kinds, name) ? name : 'general';
}
