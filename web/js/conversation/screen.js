// The conversation on the screen, and those that go on answering behind it. What shows turns is loaded with the first of them;
// however many words come, there is one drawing a frame at most.

import { loadTexts, t } from '../shell/i18n.js';
import { loadStyles } from '../shell/styles.js';
import { Conversation } from './conversation.js';
import { preloadView } from './view-modules.js';

/** @typedef {import('./conversation.js').Turn} Turn */

/** Types of events that are pieces of the text: they come often, and change nothing beside the conversation. */
const textEvents = ['content_chunk', 'content', 'token'];

export class Screen {
    /**
     * Conversations whose replies still arrive, by their id.
     * @type {Map<string, Conversation>}
     */
    live = new Map();
    /**
     * The parts of answers, once the view is there.
     * @type {any[]}
     */
    parts = [];
    /** @type {import('./view.js').ConversationView | null} */
    view = null;
    /** @type {any} what follows replies (asking.js), once the view is there */
    replies = null;
    /** @type {any} what becomes of histories (opening.js), once the view is there */
    opening = null;
    /** @type {import('../shell/announcer.js').Announcer | null} */
    announcer = null;
    /** @type {ReturnType<import('./sending.js')['sending']> | null} */
    #sending = null;
    /** Set by main.js: the drafts, and what is done when a conversation has its id, or is read elsewhere than at its end. */
    context = /** @type {Parameters<import('./sending.js')['sending']>[2]} */ (/** @type {any} */ (null));
    /**
     * Answers have their elements, not only their words.
     * @type {Promise<void> | null}
     */
    markdown = null;
    /** @type {Promise<void> | null} */
    #loading = null;
    /** @type {Set<Turn> | null} null: all turns */
    #changed = new Set();
    #isDue = false;
    /** How long the last drawing took. */
    #drawMs = 0;

    /**
     * @param {import('../shell/page.js').Page} page
     * @param {{log: HTMLElement, place: import('./scroll.js').Place, status: HTMLElement}} elements `status`: what screen readers are told
     */
    constructor(page, { log, place, status }) {
        this.page = page;
        this.log = log;
        this.place = place;
        this.status = status;
        this.current = this.begin(page.state.agent, null);
        page.state.conversation = this.current;
    }

    /** Set by sending.js. */
    actions = /** @type {import('./view.js').Actions} */ (/** @type {any} */ (null));
    /** Called when what stands around the turns may have changed. */
    onframe = () => {};
    /** Called when other turns of the conversation are on the screen. */
    onwindow = () => {};
    /**
     * Words that were not sent return to the field; set by sending.js.
     * @type {(text: string) => void}
     */
    giveBack = () => {};

    /** @returns {Promise<void>} when turns can be shown */
    load() {
        preloadView();
        this.#loading ??= Promise.all([import('./view.js'), import('./steps.js'), import('./markdown-view.js'), import('./asking.js'), import('./sending.js'), import('./opening.js'),
            import('../shell/announcer.js'), import('../parts/parts.js'), loadTexts('answer'), loadStyles('answer'), loadStyles('parts')])
            .then(([{ ConversationView }, { steps, thinking }, { loadMarkdown }, { asking }, { sending }, opening, { Announcer }, { parts }]) => {
                this.parts.push(steps, thinking, ...parts);
                this.announcer = new Announcer(this.status);
                this.replies = asking(this.page, this);
                this.opening = opening;
                this.#sending = sending(this.page, this, this.context);
                this.view = new ConversationView(this.log, this.page, this.parts, this.actions, this.place);
                this.view.onwindow = () => this.onwindow();
                this.markdown = loadMarkdown();
            }).catch((error) => {
                // Without the line it cannot be had now; it is asked for again with the next use.
                this.#loading = null;
                throw error;
            });
        return this.#loading;
    }

    /**
     * @param {import('../shell/agents.js').Agent} agent
     * @param {string | null} sessionId
     * @returns {Conversation} whose changes are drawn while it is the one on the screen
     */
    begin(agent, sessionId) {
        const conversation = new Conversation(agent, sessionId, this.parts);
        conversation.onchange = (turn) => {
            if (conversation !== this.current) return;
            if (turn === null) this.#changed = null;
            else this.#changed?.add(turn);
            this.#schedule();
        };
        conversation.onevent = (reply, event) => {
            this.page.emit('event', { conversation, reply, event });
            const isText = textEvents.includes(event.type) || event.choices !== undefined;
            if (conversation === this.current && !isText) this.page.leaf.refresh({ event: event.type });
        };
        return conversation;
    }

    /**
     * Sends a question, once there is a view: events that come before would find nobody.
     * @param {string} text
     * @returns {boolean} whether it is on its way, so that the field may be emptied
     */
    ask(text) {
        if (this.#sending !== null) return this.#sending.ask(text);
        this.load().then(() => { if (!this.ask(text)) this.page.compose(text); }, () => this.#keep(text));
        return true;
    }

    /** @param {string} text that cannot even be queued: the line was lost before what shows turns was here */
    #keep(text) {
        const { page } = this;
        page.compose(text);
        const toast = page.toast({ tone: 'bad', title: t('error.0'), text: t('error.0.text') });
        addEventListener('online', () => {
            toast.close();
            if (page.composer.text !== text || !this.current.isEmpty) return;
            page.composer.text = '';
            this.ask(text);
        }, { once: true });
    }

    stop() {
        this.#sending?.stop();
    }

    /** @param {string} text for screen readers */
    announce(text) {
        this.load().then(() => this.announcer?.say(text), () => {});
    }

    /** @param {Conversation} conversation that goes on answering, also behind another one */
    keep(conversation) {
        if (conversation.sessionId !== null) this.live.set(conversation.sessionId, conversation);
    }

    /** @param {Conversation} conversation comes on the screen */
    show(conversation) {
        this.current = this.page.state.conversation = conversation;
    }

    #schedule() {
        if (this.#isDue) return;
        this.#isDue = true;
        const frame = () => requestAnimationFrame(() => {
            const began = performance.now();
            this.draw();
            this.#drawMs = performance.now() - began;
        });
        // What takes long to draw, such as a table of a thousand rows, is drawn less often: the page stays free for its reader.
        if (this.#drawMs > 16) setTimeout(frame, Math.min(this.#drawMs, 200));
        else frame();
    }

    /** Draws all turns, and what stands around them. */
    drawAll() {
        this.#changed = null;
        this.draw();
    }

    /**
     * Draws what has changed.
     * @returns {void}
     */
    draw() {
        this.#isDue = false;
        const { current, view } = this;
        if (view === null && !current.isEmpty) return void this.load().then(() => this.draw());
        const turns = this.#changed;
        this.#changed = new Set();
        const isNew = turns !== null && [...turns].some((turn) => !view?.knows(turn));
        if (turns === null || isNew) {
            view?.show(current);
            this.onframe();
        } else for (const turn of turns) view?.update(turn);
        const { running } = current;
        // What waits for the line does not keep the next message from being sent.
        this.page.composer.setRunning(running !== undefined && running.status !== 'queued');
        if (running !== undefined) this.announcer?.follow(running.text, false);
        this.place.update();
    }
}
