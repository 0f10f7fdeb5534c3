// What becomes of a conversation's history: its page is taken and shown, replies that are still being written are followed, and
// further pages come when the reader is near them. Loaded with the view.

import { agentOf } from '../shell/agents.js';
import { t } from '../shell/i18n.js';
import { writeRoute } from '../shell/routes.js';
import { inWords } from '../shell/words.js';
import { isOpen } from './conversation.js';
import { ask, follow } from './following.js';
import { takeHistory } from './history.js';

/**
 * @typedef {import('./conversation.js').Conversation} Conversation
 * @typedef {import('./navigation.js').Navigation} Navigation
 */

/** @param {import('../shell/page.js').Page} page @param {any} error */
const wordsFor = ({ state }, error) => inWords(error, { agent: t(`sentence.${state.agent.id}`) });

/**
 * What waited when the page was left goes on in its own conversation.
 * @param {Navigation} navigation
 */
export function restore({ page, remembered, screen }) {
    for (const wire of page.client.restore({})) {
        const { sessionId: id } = wire.state;
        const owner = agentOf(remembered.agentOf(id) ?? '') ?? page.state.agent;
        const conversation = screen.live.get(id) ?? screen.begin(owner, id);
        screen.live.set(id, conversation);
        /** @type {{edits?: string, after?: string}} */
        const { edits, after } = { ...wire.entry.body, ...wire.entry.body?.metadata };
        const turn = ask(conversation, wire, wire.text, owner, { edits, after });
        void screen.replies.attend(conversation, turn, turn.replies[0]);
    }
}

/**
 * The page of the history that was asked for is shown.
 * @param {Navigation} navigation
 * @param {Conversation} conversation
 * @param {string | null} messageId that it is about; null: its end
 * @param {Promise<any>} told
 * @returns {Promise<void>}
 */
export async function take(navigation, conversation, messageId, told) {
    const { page, remembered, screen } = navigation;
    const sessionId = /** @type {string} */ (conversation.sessionId);
    const isCurrent = () => conversation === screen.current;
    try {
        let found = await told;
        // The message is gone.
        if (messageId !== null && found.messages.length === 0) found = await navigation.history(sessionId);
        await screen.markdown;
        takeHistory(conversation, found, messageId === null ? 'latest' : 'around');
    } catch (error) {
        if (!isCurrent()) return;
        const { title, text } = wordsFor(page, error);
        if (/** @type {any} */ (error).status === 404) return void navigation.open({ how: 'replace' }).then(() => page.toast({ tone: 'bad', title, text: t('error.404.text') }));
        const again = () => void take(navigation, conversation, messageId, navigation.history(sessionId, { around: messageId }));
        return void page.toast({ tone: 'bad', title: t('error.load'), text: title, actions: [{ label: t('error.again'), run: again }] });
    }
    resumeOpen(navigation, conversation);
    if (!isCurrent()) return;
    const owner = conversation.lastReply?.agent;
    if (owner && owner.key !== page.state.agent.key && remembered.agentOf(sessionId) === undefined) {
        page.state.agent = conversation.agent = owner;
        history.replaceState(null, '', writeRoute({ agent: owner, sessionId, messageId }));
        page.composer.refresh();
        page.leaf.refresh();
        page.emit('conversation', { agent: owner, sessionId, conversation });
    }
    remembered.setAgent(sessionId, page.state.agent.key);
    screen.drawAll();
    toMessage(navigation, messageId);
    page.leaf.refresh();
}

/**
 * Listens to the replies of the history that are still being written.
 * @param {Navigation} navigation
 * @param {Conversation} conversation
 */
function resumeOpen({ page, screen }, conversation) {
    for (const turn of conversation.turns) {
        for (const reply of turn.replies) {
            if (!isOpen(reply) || reply.wire !== null || reply.messageId === null) continue;
            follow(conversation, turn, reply, page.client.resume(reply.messageId, { dialect: 'companion', sessionId: conversation.sessionId, query: { events: 'all' } }));
            screen.keep(conversation);
            void screen.replies.attend(conversation, turn, reply);
        }
    }
}

/**
 * @param {Navigation} navigation
 * @param {string | null} messageId null: the last question
 */
export function toMessage({ screen }, messageId) {
    const { current, log, place, view } = screen;
    const named = current.turnOf(messageId);
    if (named !== undefined && !current.shown.includes(named)) {
        current.choose(named);
        screen.drawAll();
    }
    if (messageId !== null) view?.reveal(messageId);
    const turn = /** @type {HTMLElement | null} */ ((messageId !== null && view?.find(messageId)) || log.lastElementChild);
    if (!turn) return;
    place.toTop(turn);
    if (named === undefined) return;
    /** @type {HTMLElement | null} */
    const target = turn.querySelector(named.question?.messageId === messageId ? '.question' : '.reply');
    target?.classList.add('found');
    target?.focus({ preventScroll: true });
    if (target?.classList.contains('reply')) place.toStart(target);
}

/** Conversations whose next page is on its way. @type {WeakSet<Conversation>} */
const asked = new WeakSet();

/**
 * One more page, before or after what is known.
 * @param {Navigation} navigation
 * @param {'before' | 'after'} which
 */
export async function further(navigation, which) {
    const { page, screen } = navigation;
    const { current: conversation } = screen;
    const cursor = which === 'before' ? conversation.nextBefore : conversation.nextAfter;
    if (cursor === null || asked.has(conversation)) return;
    asked.add(conversation);
    try {
        takeHistory(conversation, await navigation.history(conversation.sessionId, { [which]: cursor }), which);
        resumeOpen(navigation, conversation);
        if (conversation !== screen.current) return;
        if (which === 'before') {
            screen.drawAll();
            screen.view?.showEarlier();
        } else {
            screen.view?.showLater();
            screen.drawAll();
        }
    } catch (error) {
        const { title, text } = wordsFor(page, error);
        page.toast({ tone: 'bad', title, text });
    } finally {
        asked.delete(conversation);
    }
}

/**
 * The latest messages of the conversation, in the place of what is shown.
 * @param {Navigation} navigation
 */
export async function toLatest(navigation) {
    const { screen } = navigation;
    const { current: conversation } = screen;
    try {
        takeHistory(conversation, await navigation.history(conversation.sessionId), 'latest');
        resumeOpen(navigation, conversation);
    } catch {
        // What is asked now stands at the end all the same.
        conversation.nextAfter = null;
    }
    if (conversation === screen.current) screen.drawAll();
}

/**
 * The conversation on the screen was changed elsewhere.
 * @param {Navigation} navigation
 */
export async function reload(navigation) {
    const { place, current: conversation } = navigation.screen;
    // Where another part of it is read, its end is asked for when the reader comes to it.
    if (conversation.nextAfter !== null) return;
    conversation.isBehind = Boolean(conversation.running);
    if (conversation.isBehind) return;
    const wasAt = place.scroller.scrollTop;
    const latest = await navigation.history(conversation.sessionId).catch(() => null);
    conversation.isBehind = Boolean(conversation.running);
    if (latest === null || conversation !== navigation.screen.current || conversation.isBehind) return;
    takeHistory(conversation, latest, 'latest');
    resumeOpen(navigation, conversation);
    navigation.screen.drawAll();
    place.scroller.scrollTop = wasAt;
}
