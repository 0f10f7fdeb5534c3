// The page's addresses: #/noah, #/desk.analyst/ses_…, #/visa/ses_…/msg_…

import { agentOf } from './agents.js';

const identifier = /^[A-Za-z0-9._:-]{1,128}$/;

/** @typedef {{agent: import('./agents.js').Agent | null, sessionId: string | null, messageId: string | null}} Route */

/**
 * @param {string} hash
 * @returns {Route} what it does not know is null
 */
export function readRoute(hash) {
    const parts = hash.replace(/^#\/?/, '').split('/').map((part) => {
        try { return decodeURIComponent(part); } catch { return ''; }
    });
    // Addresses of earlier versions: the conversation alone.
    if (!hash.startsWith('#/')) return { agent: null, sessionId: identifier.test(parts[0]) ? parts[0] : null, messageId: null };
    const [agent = '', session = '', message = ''] = parts;
    return {
        agent: agent === 'chat' ? null : agentOf(agent), sessionId: identifier.test(session) ? session : null,
        messageId: identifier.test(message) ? message : null,
    };
}

/**
 * @param {{agent: {key: string} | null, sessionId?: string | null, messageId?: string | null}} route
 * @returns {string}
 */
export function writeRoute({ agent, sessionId = null, messageId = null }) {
    return `#/${[agent?.key ?? 'chat', sessionId, messageId].filter((part) => part !== null).map((part) => encodeURIComponent(String(part))).join('/')}`;
}
