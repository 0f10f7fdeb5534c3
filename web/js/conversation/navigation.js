// Going from one conversation to another: the address, the history, and what is being written in it.

import { agentKeyOf, agentOf } from '../shell/agents.js';
import { t } from '../shell/i18n.js';
import { readRoute, writeRoute } from '../shell/routes.js';
import { isOpen } from './conversation.js';

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
        page.reload = (/** @type {string} */ sessionId) => this.reload(sessionId);
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
        if ((page.storage.getItem(page.client.queueKey) ?? '[]') !== '[]') await screen.load();
        else if (sessionId !== null) void screen.load();
        for (const wire of page.client.restore({})) {
            const { sessionId: id } = wire.state;
            const owner = agentOf(remembered.agentOf(id) ?? '') ?? page.state.agent;
            const conversation = screen.live.get(id) ?? screen.begin(owner, id);
            screen.live.set(id, conversation);
            const turn = conversation.ask(wire, wire.text, owner);
            void screen.replies.attend(conversation, turn, turn.replies[0]);
        }
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
        const known = sessionId === null ? undefined : screen.live.get(sessionId);
        const agent = /** @type {import('../shell/agents.js').Agent} */ (agentOf(key ?? '') ?? known?.agent
            ?? (sessionId === null ? page.state.agent : agentOf(remembered.agentOf(sessionId) ?? '')) ?? agentOf('noah'));
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
        if (known) return void requestAnimationFrame(() => this.#toMessage(messageId));
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
     * @param {string | null} [before] the message before which the page ends
     */
    #history(sessionId, before, limit = pageSize) {
        return this.page.client.request('POST', 'api/v1/chat/history', { body: { session_id: sessionId, limit, ...(before ? { before } : {}) } });
    }

    /** @param {Conversation} conversation @param {string | null} messageId */
    async #load(conversation, messageId) {
        const { page, screen } = this;
        const sessionId = /** @type {string} */ (conversation.sessionId);
        const isCurrent = () => conversation === screen.current;
        const isReady = screen.load();
        const slow = setTimeout(() => { if (isCurrent()) this.column.classList.add('loading'); }, 150);
        try {
            const latest = await this.#history(sessionId);
            await isReady;
            await screen.markdown;
            const earlier = messageId === null ? [] : await import('./earlier-pages.js').then(({ pagesUpTo }) =>
                pagesUpTo(messageId, latest, (before, size) => this.#history(sessionId, before, size)));
            conversation.takeHistory(latest, false);
            for (const each of earlier) conversation.takeHistory(each, true);
        } catch (error) {
            if (!isCurrent()) return;
            if (/** @type {any} */ (error).status === 404) return void this.open({ how: 'replace' });
            return void page.toast({ tone: 'bad', title: t('error.load'), text: page.words(error).title, actions: [{ label: t('error.again'), run: () => void this.#load(conversation, messageId) }] });
        } finally {
            clearTimeout(slow);
            this.column.classList.remove('loading');
        }
        this.#resumeOpen(conversation);
        if (!isCurrent()) return;
        const told = conversation.lastReply?.agent;
        if (told && told.key !== page.state.agent.key && this.remembered.agentOf(sessionId) === undefined) {
            page.state.agent = conversation.agent = told;
            history.replaceState(null, '', writeRoute({ agent: told, sessionId, messageId }));
            page.composer.refresh();
            page.leaf.refresh();
            page.emit('conversation', { agent: told, sessionId, conversation });
        }
        this.remembered.setAgent(sessionId, page.state.agent.key);
        screen.drawAll();
        this.#toMessage(messageId);
        page.leaf.refresh();
    }

    /**
     * Listens to the replies of the history that are still being written.
     * @param {Conversation} conversation
     */
    #resumeOpen(conversation) {
        const { page, screen } = this;
        for (const turn of conversation.turns) {
            for (const reply of turn.replies) {
                if (!isOpen(reply) || reply.wire !== null || reply.messageId === null) continue;
                conversation.follow(reply, page.client.resume(reply.messageId, { dialect: 'companion', sessionId: conversation.sessionId, query: { events: 'all' } }));
                screen.keep(conversation);
                void screen.replies.attend(conversation, turn, reply);
            }
        }
    }

    /** @param {string | null} messageId null: the last question */
    #toMessage(messageId) {
        const { current, log, place, view } = this.screen;
        if (messageId !== null) view?.reveal(messageId);
        const turn = /** @type {HTMLElement | null} */ ((messageId !== null && view?.find(messageId)) || log.lastElementChild);
        if (!turn) return;
        place.toTop(turn);
        if (messageId === null) return;
        const isQuestion = current.turns.some(({ question }) => question?.messageId === messageId);
        /** @type {HTMLElement | null} */
        const target = turn.querySelector(isQuestion ? '.question' : '.reply');
        target?.classList.add('found');
        target?.focus({ preventScroll: true });
        if (target?.classList.contains('reply')) target.scrollIntoView({ block: 'start' });
    }

    async loadEarlier() {
        const { current } = this.screen;
        const { takePageBefore } = await import('./earlier-pages.js');
        await takePageBefore(current, this.page, this.screen, () => this.#history(current.sessionId, current.nextBefore));
    }

    /**
     * The conversation was changed elsewhere.
     * @param {string} sessionId
     */
    async reload(sessionId) {
        const { place, current: conversation } = this.screen;
        if (conversation.sessionId !== sessionId || conversation.running) return;
        const wasAt = place.scroller.scrollTop;
        const latest = await this.#history(sessionId).catch(() => null);
        if (latest === null || conversation !== this.screen.current || conversation.running) return;
        conversation.takeHistory(latest, false);
        this.#resumeOpen(conversation);
        this.screen.drawAll();
        place.scroller.scrollTop = wasAt;
    }
}
