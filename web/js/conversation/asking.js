// What happens from a question's sending to its reply's end: what goes along in each dialect, what is said, what a refusal means.

import { t } from '../shell/i18n.js';
import { inWords } from '../shell/words.js';
import { isOpen, placeOf, saidIn } from './conversation.js';
import { addReply } from './following.js';
import { loadProviders } from '../shell/providers.js';
import { summaryOf } from './reply-view.js';

/**
 * @typedef {import('./conversation.js').Conversation} Conversation
 * @typedef {import('./conversation.js').Turn} Turn
 */

/** What the list says of a conversation whose reply ended so. */
const ends = /** @type {Record<string, string>} */ ({ complete: 'answered', stopped: 'answered', refused: 'refused', withdrawn: 'refused' });

/**
 * @param {import('../shell/page.js').Page} page
 * @param {import('./screen.js').Screen} screen
 */
export function asking(page, screen) {
    const { client, composer } = page;
    const { live, parts } = screen;
    const announcer = /** @type {import('../shell/announcer.js').Announcer} */ (screen.announcer);
    const isCurrent = (/** @type {Conversation} */ conversation) => conversation === screen.current;

    /**
     * What a message takes along in its dialect.
     * @param {import('../shell/agents.js').Agent} agent
     * @param {Conversation} conversation
     * @param {Turn} [edited] the turn whose place it takes
     * @returns {any}
     */
    function optionsFor(agent, conversation, edited) {
        const extras = composer.extras.get(agent.id)?.() ?? {};
        const isKept = agent.dialect !== 'openai' || page.settings.get('keep-model') === 'on' || conversation.isLoaded;
        /** @type {any} */
        const options = { body: { ...extras } };
        if (conversation.sessionId !== null) options.sessionId = conversation.sessionId;
        if (agent.mode) options.body.mode = agent.mode;
        if (agent.assistant) options.body.assistantType = agent.assistant;
        const { shown } = conversation;
        const before = edited ? shown.slice(0, shown.indexOf(edited)) : shown;
        // Edited is what the server has; all versions name the first one, as the history does, also when they wait over a reload.
        const after = conversation.goesOnFrom;
        const place = edited ? (edited.question?.messageId ? { edits: placeOf(edited) } : {}) : after ? { after } : {};
        if (agent.dialect !== 'openai') Object.assign(options.body, place);
        if (agent.dialect === 'openai') {
            options.body.model = agent.model || page.state.models[0]?.name || 'any';
            if (isKept) Object.assign(options.body, { store: true, metadata: place });
            options.messages = saidIn(before);
        }
        return options;
    }

    /**
     * Follows a reply to its end.
     * @param {Conversation} conversation
     * @param {Turn} turn
     * @param {any} reply
     */
    async function attend(conversation, turn, reply) {
        const { wire } = reply;
        if (isCurrent(conversation)) announcer.begin(t('announce.writing', { agent: t(`sentence.${reply.agent.id}`) }));
        let isSaid = false;
        const off = wire.on('change', (/** @type {any} */ state) => {
            if (!isSaid && state.userMessageId) { isSaid = true; page.emit('session', { sessionId: state.sessionId, change: 'answering', agent: reply.agent.key }); }
            if (state.status === 'queued' && state.error?.status === 429) tellWait(state.error, state.retryAt, wire);
        });
        const state = await wire.done;
        off();
        if (state.status === 'refused') tellRefusal(conversation, turn, state.error);
        if (!conversation.turns.some(({ replies }) => replies.some(isOpen)) && conversation.sessionId !== null) live.delete(conversation.sessionId);
        if (isCurrent(conversation) && ['complete', 'stopped', 'failed', 'interrupted'].includes(state.status)) {
            announcer.follow(reply.text, true);
            announcer.say(summaryOf(reply, parts));
        }
        page.emit('reply', { conversation, reply });
        void lookAtProviders(conversation, turn, reply);
        page.emit('session', { sessionId: conversation.sessionId, change: ends[state.status] ?? 'cut', agent: reply.agent.key, shown: isCurrent(conversation) });
        if (isCurrent(conversation)) page.leaf.refresh();
        if (conversation.isBehind && conversation.sessionId !== null) void page.reload(conversation.sessionId);
    }

    /**
     * Somebody else answered than before, or nobody: how the providers are is asked for, and said where one was passed over.
     * @param {Conversation} conversation
     * @param {Turn} turn
     * @param {any} reply
     */
    async function lookAtProviders(conversation, turn, reply) {
        const turns = conversation.shown;
        const before = turns.slice(0, Math.max(0, turns.indexOf(turn))).map(({ replies, shown }) => replies[shown]?.provider).filter(Boolean).at(-1);
        const isAnother = Boolean(before && reply.provider && reply.provider !== before);
        if (!isAnother && reply.status !== 'failed' && reply.switches.length === 0) return;
        await loadProviders(page);
        const passed = page.state.providers.find(({ name, available }) => name === before && available === false);
        if (!isAnother || !passed || reply.switches.length > 0) return;
        reply.switches = [{ type: 'passed', from: before, to: reply.provider, reason: passed.reason }];
        conversation.onchange(turn);
    }

    let toldWait = 0;
    /**
     * The server asked for some time; the message goes out by itself.
     * @param {any} error
     * @param {number} retryAt
     * @param {any} wire
     */
    function tellWait(error, retryAt, wire) {
        if (!retryAt || retryAt === toldWait) return;
        toldWait = retryAt;
        const words = inWords(error, { agent: t(`sentence.${page.state.agent.id}`) });
        const seconds = Math.max(1, Math.ceil((retryAt - Date.now()) / 1000));
        const toast = page.toast({ tone: 'bad', title: words.title, text: t('error.429.text', { seconds }), seconds: seconds + 1, actions: [
            { label: t('error.again'), countdown: seconds, run: () => client.wake?.() },
            { label: t('error.leave'), run: () => wire.stop() }] });
        const off = wire.on('change', (/** @type {any} */ state) => { if (state.status !== 'queued' && state.status !== 'sending') { off(); toast.close(); } });
    }

    /**
     * @param {Conversation} conversation
     * @param {Turn} turn
     * @param {any} error
     */
    function tellRefusal(conversation, turn, error) {
        if (error?.code === 'identity_changed') {
            const text = turn.question?.text ?? '';
            conversation.withdraw(turn);
            screen.giveBack(text);
            return;
        }
        if (error?.status === 401) {
            // Into the field, where it stays over the signing in; what waits behind it would be refused too, and keeps its order.
            if (isCurrent(conversation)) screen.actions.takeBack(...conversation.turns.filter((each) => each === turn || each.question?.status === 'queued'));
            page.toast({ tone: 'bad', title: t('error.401'), text: t('error.401.text'), actions: [{ label: t('error.sign-in'), run: () => void page.openSettings('you') }] });
        }
    }

    /**
     * @param {Turn} turn
     * @param {(messageId: string) => any} begin
     */
    async function another(turn, begin) {
        const id = turn.question?.messageId ?? turn.replies.at(-1)?.messageId;
        if (!id) return;
        const conversation = screen.current;
        const wire = begin(id);
        if (!wire) return;
        const reply = addReply(conversation, turn, wire);
        screen.keep(conversation);
        await attend(conversation, turn, reply);
        const { status, error } = wire.state;
        if (status === 'refused') {
            turn.replies = turn.replies.filter((each) => each !== reply);
            turn.shown = turn.replies.length - 1;
            conversation.onchange(turn);
            const words = inWords(error, { agent: t(`sentence.${page.state.agent.id}`) });
            page.toast({ tone: 'bad', title: words.title, text: words.text });
        }
    }

    return { optionsFor, attend, another };
}
