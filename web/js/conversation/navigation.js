// Going from one conversation to another: the address, and what it names. What becomes of its history: opening.js.

import { agentKeyOf, agentOf } from '../shell/agents.js';
import { t } from '../shell/i18n.js';
import { readRoute, writeRoute } from '../shell/routes.js';

/** @typedef {import('./conversation.js').Conversation} Conversation */

/** Messages in a page of the history. */
const pageSize = 50;

export class Navigation {
    /**
     * @param {import('../shell/page.js').Page} page
     * @param {import('./screen.js').Screen} screen
     * @param {{remembered: import('../shell/remembered.js').Remembered, draftKeeper: import('./drafts.js').DraftKeeper, listPanel: import('../shell/list-panel.js').ListPanel,
     *   column: HTMLElement}} context
     */
    constructor(page, screen, { remembered, draftKeeper, listPanel, column }) {
        this.page = page;
        this.screen = screen;
        this.remembered = remembered;
        this.draftKeeper = draftKeeper;
        this.listPanel = listPanel;
        this.column = column;
        /** Whose a conversation of the list is; null when nobody knows. */
        page.agentOf = (/** @type {any} */ session) => agentOf(agentKeyOf(session) ?? remembered.agentOf(session?.session_id) ?? '');
        page.open = (/** @type {any} */ target) => this.open(target);
        page.reload = async (/** @type {string} */ sessionId) => { if (screen.current.sessionId === sessionId) await screen.opening?.reload(this); };
        addEventListener('popstate', () => this.#follow(false));
        addEventListener('hashchange', () => this.#follow(true));
    }

    /**
     * The address has changed.
     * @param {boolean} onlyOther not when it names the conversation that is shown
     */
    #follow(onlyOther) {
        const { agent, sessionId, messageId } = readRoute(location.hash);
        if (onlyOther && sessionId === this.page.state.sessionId) return;
        void this.open({ agent: agent?.key ?? null, sessionId, messageId, how: 'none' });
    }

    /** What the address names, else what was open last; and what waited when the page was left goes on in its own conversation. */
    async start() {
        const { page, remembered, screen } = this;
        const route = readRoute(location.hash);
        const { agent = null, sessionId = null } = location.hash.length > 1 ? { agent: route.agent?.key, sessionId: route.sessionId } : remembered.last;
        // Only what waits has to have its view first; a conversation is asked for while its view is loaded.
        if ((page.storage.getItem(page.client.queueKey) ?? '[]') !== '[]') {
            await screen.load();
            screen.opening.restore(this);
        } else if (sessionId !== null) void screen.load();
        await this.open({ agent, sessionId, messageId: route.messageId, how: 'replace' });
        if (sessionId !== null && screen.live.has(sessionId) && !screen.current.isLoaded) await this.#load(screen.current, route.messageId);
    }

    /**
     * Shows a conversation, or the start of a new one.
     * @param {{agent?: string | null, sessionId?: string | null, messageId?: string | null, title?: string, how?: 'push' | 'replace' | 'none'}} target
     */
    async open({ agent: key = null, sessionId = null, messageId = null, title = '', how = 'push' }) {
        const { page, remembered, screen } = this;
        this.listPanel.close();
        this.draftKeeper.save();
        const live = sessionId === null ? undefined : screen.live.get(sessionId);
        // A message that an answering conversation has not read is shown with a page around it; from there one gets to its end.
        const known = messageId === null || live?.turnOf(messageId) ? live : undefined;
        let agent = /** @type {import('../shell/agents.js').Agent} */ (agentOf(key ?? '') ?? live?.agent
            ?? (sessionId === null ? page.state.agent : agentOf(remembered.agentOf(sessionId) ?? '')) ?? agentOf('noah'));
        if (agent.id === 'model' && !agent.model && page.state.models.length > 0) agent = /** @type {any} */ (agentOf(`model.${page.state.models[0].name}`));
        const isSame = sessionId === null && screen.current.isEmpty && screen.current.sessionId === null;
        page.state.agent = agent;
        if (!isSame) screen.show(known ?? screen.begin(agent, sessionId));
        const { current } = screen;
        current.agent = agent;
        if (title) current.title = title;
        page.state.sessionId = sessionId;
        screen.place.follows = false;
        const address = writeRoute({ agent, sessionId, messageId });
        if (how !== 'none' && location.hash !== address) history[how === 'push' ? 'pushState' : 'replaceState'](null, '', address);
        remembered.last = { agent: agent.key, sessionId };
        screen.view?.clear();
        screen.drawAll();
        page.composer.refresh();
        this.draftKeeper.restore();
        page.leaf.refresh();
        page.emit('conversation', { agent, sessionId, conversation: current });
        if (known) return void requestAnimationFrame(() => screen.opening.toMessage(this, messageId));
        if (sessionId !== null) await this.#load(current, messageId);
    }

    /**
     * The conversation has its id now: in the address, and as the one to come back to.
     * @param {Conversation} conversation
     */
    settle(conversation) {
        const { agent } = this.page.state;
        const { sessionId } = conversation;
        this.page.state.sessionId = sessionId;
        if (sessionId !== null) this.remembered.setAgent(sessionId, agent.key);
        history.replaceState(null, '', writeRoute({ agent, sessionId }));
        this.remembered.last = { agent: agent.key, sessionId };
        this.page.emit('conversation', { agent, sessionId, conversation });
    }

    /**
     * @param {string | null} sessionId
     * @param {{before?: string | null, after?: string | null, around?: string | null}} [place] a message, and where the page lies to it; the latest page else
     */
    history(sessionId, place = {}) {
        const body = Object.fromEntries(Object.entries({ session_id: sessionId, limit: pageSize, ...place }).filter(([, value]) => value));
        return this.page.client.request('POST', 'api/v1/chat/history', { body });
    }

    /** @param {Conversation} conversation @param {string | null} messageId */
    async #load(conversation, messageId) {
        const told = this.history(conversation.sessionId, { around: messageId });
        told.catch(() => {});
        const slow = setTimeout(() => { if (conversation === this.screen.current) this.column.classList.add('loading'); }, 150);
        try {
            await this.screen.load();
            await this.screen.opening.take(this, conversation, messageId, told);
        } catch {
            // What shows turns could not be had.
            const again = () => void this.#load(conversation, messageId);
            this.page.toast({ tone: 'bad', title: t('error.load'), text: t('error.0'), actions: [{ label: t('error.again'), run: again }] });
        } finally {
            clearTimeout(slow);
            this.column.classList.remove('loading');
        }
    }
}
