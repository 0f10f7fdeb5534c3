// Questions on their way out: asked, stopped, taken back, asked again. Loaded with the view.

import { t } from '../shell/i18n.js';
import { inWords } from '../shell/words.js';
import { bytesOf, maximumMessageBytes } from './composer.js';
import { isOpen, placeOf } from './conversation.js';
import { ask as begin } from './following.js';

const allEvents = { events: 'all' };

/**
 * @param {import('../shell/page.js').Page} page
 * @param {import('./screen.js').Screen} screen
 * @param {{drafts: import('./drafts.js').Drafts, settle(conversation: import('./conversation.js').Conversation): void, toLatest(): Promise<void>}} context
 *   `settle`: a conversation has its id; `toLatest`: its end is shown
 */
export function sending(page, screen, { drafts, settle, toLatest }) {
    const { client, composer } = page;

    /**
     * @param {string} text
     * @param {import('./conversation.js').Turn} [edited] the turn whose place it takes
     * @returns {boolean} whether it is on its way, so that the field may be emptied
     */
    function ask(text, edited) {
        if (text.trim() === '') return false;
        if (bytesOf(text) > maximumMessageBytes) {
            const words = inWords({ status: 413 }, { agent: '', text });
            page.toast({ tone: 'bad', title: words.title, text: words.text });
            return false;
        }
        const { replies } = screen;
        const view = /** @type {import('./view.js').ConversationView} */ (screen.view);
        const { agent } = page.state;
        const conversation = screen.current;
        // Another part of it is read: its end comes first.
        if (conversation.nextAfter !== null && edited === undefined) {
            void toLatest().then(() => { if (conversation !== screen.current || !ask(text)) page.compose(text); });
            return true;
        }
        const place = edited ? { edits: placeOf(edited) } : { after: conversation.goesOnFrom ?? undefined };
        const wire = client.send(text, { dialect: agent.dialect, query: allEvents, ...replies.optionsFor(agent, conversation, edited) });
        if (edited === undefined) view.showEnd();
        const turn = begin(conversation, wire, text, agent, place);
        screen.keep(conversation);
        drafts.set(agent.key, '');
        if (conversation.sessionId !== null) {
            drafts.set(conversation.sessionId, '');
            if (page.state.sessionId !== conversation.sessionId) settle(conversation);
        }
        page.emit('session', { sessionId: conversation.sessionId, change: client.line.state === 'offline' ? 'waits' : 'asked', agent: agent.key, title: text });
        screen.draw();
        const shown = view.find(turn.key);
        if (shown) screen.place.toTop(shown);
        void replies.attend(conversation, turn, turn.replies[0]);
        return true;
    }

    function stop() {
        const written = screen.current.turns.flatMap((turn) => turn.replies).find((reply) => isOpen(reply) && reply.status !== 'queued');
        void written?.wire?.stop();
        composer.field.focus({ preventScroll: true });
    }

    screen.actions = {
        retry: (turn) => void turn.replies[0]?.wire?.retry(),
        takeBack: (...turns) => {
            const texts = turns.map(({ question }) => question?.text ?? '');
            for (const turn of turns) {
                turn.replies[0]?.wire?.leave();
                screen.current.withdraw(turn);
            }
            page.compose([...texts, composer.text].filter(Boolean).join('\n\n'));
        },
        edit: (turn, text) => {
            // What is written for the question as it was is no longer wanted.
            if (screen.current.running) stop();
            ask(text, turn);
            composer.field.focus({ preventScroll: true });
        },
        another: (turn) => {
            const { question, replies } = turn;
            const reply = replies[turn.shown];
            // Nobody has kept it: it is asked anew.
            if (question !== null && !question.messageId && !replies.some(({ messageId }) => messageId)) return void ask(question.text, turn);
            // The provider that is chosen answers where one can be chosen.
            const body = reply?.agent.dialect === 'agent' ? composer.extras.get(reply.agent.id)?.() : {};
            void screen.replies.another(turn, (/** @type {string} */ id) => client.regenerate(id, { sessionId: screen.current.sessionId ?? undefined, query: allEvents, body }));
        },
        goOn: (turn, reply) => void screen.replies.another(turn, () => client.continue(reply.messageId, { sessionId: screen.current.sessionId ?? undefined, query: allEvents })),
        fetchNow: (reply) => { reply.wire?.retry(); client.wake(); },
    };
    return { ask, stop };
}
