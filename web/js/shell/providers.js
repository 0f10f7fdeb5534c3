// Who can answer: the modes of the plain agent, the providers and how they are, and the plain models.

import { agentOf } from './agents.js';

/** @typedef {{name: string, by: string, isAvailable: boolean, reason: string}} Model */

/**
 * Asks the server, and tells the page by the event `providers`. What the server does not tell stays empty.
 * @param {import('./page.js').Page} page
 */
export async function loadProviders(page) {
    const { client, state } = page;
    const [status, list] = await Promise.all(['api/agent/status', 'v1/models'].map((path) => client.request('GET', path).catch(() => null)));
    if (Array.isArray(status?.modes)) state.modes = status.modes;
    state.providers = status?.providers ?? [];
    const byName = new Map(state.providers.map((provider) => [provider.name, provider]));
    state.models = (list?.data ?? []).filter((/** @type {any} */ model) => model.owned_by !== 'chat-fcgi').map((/** @type {any} */ model) => {
        const provider = byName.get(model.owned_by);
        return { name: model.id, by: [provider?.model && provider.model !== model.id ? provider.model : '', model.owned_by].filter(Boolean).join(' · '),
            isAvailable: provider?.available !== false, reason: provider?.reason ?? 'available' };
    });
    if (state.agent.id === 'model' && !state.agent.model && state.models.length > 0) {
        state.agent = /** @type {any} */ (agentOf(`model.${state.models[0].name}`));
        page.composer.refresh();
    }
    page.emit('providers', state.providers);
}
