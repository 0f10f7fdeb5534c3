// Questions on their way out: asked, stopped, taken back, asked again. Loaded with the view.

import { t } from '../shell/i18n.js';
import { bytesOf, inWords, maximumMessageBytes } from '../shell/words.js';
import { isOpen } from './conversation.js';

const allEvents = { events: 'all' };

/**
 * @param {import('../shell/page.js').Page} page
 * @param {import('./screen.js').Screen} screen
 * @param {{drafts: import('./drafts.js').Drafts, settle(conversation: import('./conversation.js').Conversation): void}} context
 *   `settle`: a conversation has its id
 */
export function sending(page, screen, { drafts, settle }) {
    const { client, composer } = page;

    /**
     * @param {string} text
     * @returns {boolean} whether it is on its way, so that the field may be emptied
     */
    function ask(text) {
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
        const wire = client.send(text, { dialect: agent.dialect, query: allEvents, ...replies.optionsFor(agent, conversation) });
        view.showEnd();
        const turn = conversation.ask(wire, text, agent);
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
        edit: (_, text) => void ask(text),
        another: (turn) => void screen.replies.another(turn, (/** @type {string} */ id) => client.regenerate(id, { sessionId: screen.current.sessionId ?? undefined, query: allEvents })),
        goOn: (turn, reply) => void screen.replies.another(turn, () => client.continue(reply.messageId, { sessionId: screen.current.sessionId ?? undefined, query: allEvents })),
        fetchNow: (reply) => { reply.wire?.retry(); client.wake(); },
    };
    return { ask, stop };
}
