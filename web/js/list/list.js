// The list of conversations: by recency, searched, renamed, pinned, exported, deleted with a way back, paged without end.

import { button, element, icon } from '../shell/dom.js';
import { t, tn } from '../shell/i18n.js';
import { modifier } from '../shell/keys.js';
import { rename } from './rename.js';
import { Rows } from './rows.js';

const pageSize = 100;
const searchPauseMs = 200;

const changes = () => import('./changes.js');

export class ConversationList {
    /** @type {Map<string, any>} */ sessions = new Map();
    /** What is written beside a title: writing, answered, cut, waits. @type {Map<string, string>} */ marks = new Map();
    /** Deleted here, and not yet on the server. @type {Map<string, {timer: any, now(): void}>} */ going = new Map();
    /** What was changed here and the server may not have yet, by the conversation's id. @type {Map<string, object>} */ changing = new Map();
    /** How often something was changed: a list that was asked for before is not taken. */ changes = 0;
    /** The list was asked for so often, and this one is shown. */ asked = { last: 0, shown: 0 };
    /** @type {any[] | null} */ results = null;
    /** @type {string | null} */ renamed = null;
    /** @type {string | null} */ next = null;
    /** How many of what is known are drawn. */ drawn = pageSize;
    isLoading = false;
    isLoaded = false;
    isUnderPointer = false;
    hasHeard = false;
    /** When the list was asked for, by the time since the page began: the clock of the day may be set meanwhile. */ askedAt = 0;
    /** What happened before that, by the server's clock, is in the list; a reconnection tells more. */ knownUntil = -Infinity;
    /** @type {any} */ failure = null;
    /** @type {any} marks in a text what was searched, once search.js is there */ marked = null;

    /** @param {HTMLElement} container @param {any} page */
    constructor(container, page) {
        this.page = page;
        this.search = element('input', { type: 'search', placeholder: t('Search'), 'aria-label': t('Search conversations'), autocomplete: 'off', spellcheck: false, maxLength: 500, enterkeyhint: 'search' });
        this.keys = element('kbd', { 'aria-hidden': 'true' }, `${modifier} K`);
        this.box = element('div', { class: 'search' }, icon('search'), this.search, this.keys);
        this.rows = element('nav', { class: 'rows', 'aria-label': t('Conversations') });
        this.rowsView = new Rows(this);
        this.said = element('p', { class: 'unseen', role: 'status' });
        this.nearEnd = new IntersectionObserver((entries) => { if (entries.at(-1)?.isIntersecting) void this.#further(); }, { root: this.rows, rootMargin: '400px' });
        container.append(...this.#head(), this.rows, this.said, this.#foot());
        this.#listen();
        void this.load();
        void import('./live.js').then(({ listen }) => listen(page, (event) => {
            // Where all there is to tell was read with the list, as at the beginning, what it becomes is not even loaded.
            if (event.type === 'events_started' && !this.hasHeard) {
                this.hasHeard = true;
                this.knownUntil = Date.parse(event.at) - Math.max(0, performance.now() - this.askedAt);
            } else if (!(Date.parse(event.at) < this.knownUntil)) void changes().then(({ remote }) => remote(this, event));
        }));
    }

    #head() {
        const { page } = this;
        const fold = button(t('Fold the list'), () => {
            page.toggleList();
            fold.setAttribute('aria-expanded', String(!document.body.classList.contains('list-folded')));
        }, { icon: 'panel', hideLabel: true, class: 'fold', 'aria-expanded': String(!document.body.classList.contains('list-folded')) });
        const begin = button(t('New conversation'), () => void page.open({ sessionId: null }), { icon: 'plus', class: 'edge new', title: t('New conversation') });
        const find = button(t('Search conversations'), () => this.focusSearch(), { icon: 'search', hideLabel: true, class: 'find' });
        return [element('div', { class: 'list-head' }, element('b', {}, t('page.name')), fold), begin, find, this.box];
    }

    /** Who one is, and the way to the settings. */
    #foot() {
        const { page } = this;
        const name = element('b');
        const about = element('small');
        const tell = () => {
            const isSignedIn = page.client?.identity.token !== undefined;
            name.textContent = isSignedIn ? page.state.name || t('Signed in') : t('Guest');
            const user = page.client?.identity.userId ?? '';
            about.textContent = !isSignedIn ? t('Not signed in') : user === '' || user === page.state.name ? t('Signed in') : user;
        };
        tell();
        page.on('identity', tell);
        page.on('person', tell);
        return element('div', { class: 'list-foot' }, element('button', { type: 'button', class: 'me', title: t('You and your data'), onclick: () => void page.openSettings('you') },
            element('span', { class: 'face' }, icon('person')), element('span', { class: 'who' }, name, about)),
        button(t('Settings'), () => void page.openSettings(), { icon: 'sliders', hideLabel: true }));
    }

    /** For Ctrl K: where the list is folded or a drawer, it comes first. */
    focusSearch() {
        const isWide = matchMedia('(min-width: 50rem)').matches;
        if (isWide ? document.body.classList.contains('list-folded') : !document.body.classList.contains('list-open')) this.page.toggleList();
        this.search.focus();
        this.search.select();
    }

    get query() {
        return this.search.value.trim();
    }

    #listen() {
        const { page, rows, search } = this;
        /** @type {any} */ let timer;
        search.addEventListener('input', () => {
            clearTimeout(timer);
            if (this.query === '') {
                this.results = null;
                this.draw();
            } else timer = setTimeout(() => void this.find(this.query), searchPauseMs);
        });
        search.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
            if (event.key === 'Escape' && search.value !== '') {
                event.stopPropagation();
                search.value = '';
                this.results = null;
                this.draw();
            } else if (event.key === 'ArrowDown') this.focusRow(0);
            else if (event.key === 'Enter') /** @type {any} */ (rows.querySelector('a'))?.click();
            else return;
            event.preventDefault();
        });
        rows.addEventListener('contextmenu', (/** @type {MouseEvent} */ event) => {
            const row = /** @type {any} */ (event.target).closest('.row');
            if (row?.querySelector('.more') === null || row === null) return;
            event.preventDefault();
            row.querySelector('.more').click();
        });
        rows.addEventListener('pointerenter', () => { this.isUnderPointer = true; });
        rows.addEventListener('pointerleave', () => {
            this.isUnderPointer = false;
            this.draw();
        });
        this.nearEnd.observe(this.rowsView.end);
        page.on('conversation', () => {
            const id = page.state.sessionId;
            if (id !== null && this.marks.get(id) === 'answered') this.marks.delete(id);
            this.draw();
        });
        page.on('session', (/** @type {any} */ detail) => void changes().then(({ own }) => own(this, detail)));
        page.on('search', () => this.focusSearch());
        page.on('identity', (/** @type {any} */ { changed }) => {
            if (changed !== true) return;
            for (const { timer: each } of this.going.values()) clearTimeout(each);
            this.going.clear();
            this.sessions.clear();
            this.changing.clear();
            this.marks.clear();
            this.changes += 1;
            this.isLoaded = false;
            void this.load();
        });
        document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') void this.load(); });
        // What is deleted here is deleted, also when the page is closed before the time to undo is over.
        addEventListener('pagehide', () => { for (const { now } of this.going.values()) now(); });
    }

    /**
     * The newest page, and the pinned ones.
     * @returns {Promise<void>}
     */
    async load() {
        if (!this.isLoaded) this.askedAt = performance.now();
        const { changes } = this;
        const number = this.asked.last += 1;
        try {
            const [first, pinned] = await Promise.all([
                this.page.api.json('GET', 'api/v1/chat/sessions', { query: { limit: pageSize } }),
                this.page.api.json('GET', 'api/v1/chat/sessions', { query: { pinned: 'true' } }),
            ]);
            if (number < this.asked.shown) return;
            // What it tells may be from before.
            if (changes !== this.changes) return void this.load();
            this.asked.shown = number;
            const wasLoaded = this.isLoaded;
            if (!wasLoaded) this.next = cursorOf(first);
            this.#take([...(pinned.sessions ?? []).filter((/** @type {any} */ each) => each.pinned === true), ...(first.sessions ?? [])]);
            this.isLoaded = true;
            this.failure = null;
        } catch (problem) {
            // Asked for while the page was becoming somebody else: the list of who it is now is still to come.
            if (/** @type {any} */ (problem).code === 'identity_changed') return void setTimeout(() => void this.load(), 200);
            if (!this.isLoaded) this.failure = problem;
        }
        this.draw();
    }

    /** @param {any[]} sessions */
    #take(sessions) {
        for (const session of sessions) {
            this.sessions.set(session.session_id, { ...this.sessions.get(session.session_id), ...session, ...this.changing.get(session.session_id) });
            if (session.writing) this.marks.set(session.session_id, 'writing');
            else if (this.marks.get(session.session_id) === 'writing' && session.session_id !== this.page.state.sessionId) this.marks.delete(session.session_id);
        }
    }

    async #further() {
        if (this.results !== null || this.isLoading || !this.isLoaded) return;
        if (this.drawn >= this.sessions.size) {
            if (this.next === null) return;
            this.isLoading = true;
            try {
                const told = await this.page.api.json('GET', 'api/v1/chat/sessions', { query: { limit: pageSize, before: this.next } });
                this.#take(told.sessions ?? []);
                const next = cursorOf(told);
                this.next = next === this.next ? null : next;
            } catch {
                return; // the next scroll asks again
            } finally {
                this.isLoading = false;
            }
        }
        this.drawn += pageSize;
        this.draw();
        // Told anew whether the end is near: who scrolled on meanwhile is there already.
        this.nearEnd.unobserve(this.rowsView.end);
        this.nearEnd.observe(this.rowsView.end);
    }

    /** @param {string} query */
    async find(query) {
        const search = await import('./search.js');
        this.marked = search.marked;
        await search.find(this, query);
    }

    draw() {
        // Renamed here or elsewhere, or named by the server.
        const { conversation, sessionId } = this.page.state;
        const title = sessionId === null ? '' : this.sessions.get(sessionId)?.title ?? '';
        if (title !== '' && conversation?.sessionId === sessionId && conversation.title !== title) {
            conversation.title = title;
            this.page.emit('titled');
        }
        this.rowsView.draw();
    }

    /** What stands in the place of a list that cannot be had. */
    failed() {
        const words = element('span');
        void import('../parts/tell.js').then(({ problemInWords }) => { words.textContent = problemInWords(this.page, this.failure); });
        return element('p', { class: 'none', role: 'status' }, words, ' ', element('button', { type: 'button', class: 'edge', onclick: () => void this.load() }, t('Try again')));
    }

    /** @param {number} index of a row; the nearest there is */
    focusRow(index) {
        this.rowsView.focus(index);
    }

    /**
     * A conversation was chosen.
     * @param {any} session
     * @param {any} hit of the search
     */
    open(session, hit) {
        if (this.marks.get(session.session_id) === 'answered') this.marks.delete(session.session_id);
        void this.page.open({ agent: this.page.agentOf(session)?.key, sessionId: session.session_id, title: session.title, ...(hit?.message_id ? { messageId: hit.message_id } : {}) });
    }

    /**
     * The menu of a conversation, from elsewhere on the page.
     * @param {any} anchor
     * @param {string} id
     */
    menuOf(anchor, id) {
        this.menu(anchor, this.session(id) ?? { session_id: id, title: this.page.state.conversation?.title });
    }

    /** @param {any} anchor @param {any} session */
    menu(anchor, session) {
        this.page.menu(anchor, [
            { label: t('Rename'), icon: 'pencil', key: 'F2', run: () => rename(this, session) },
            { label: session.pinned ? t('Unpin') : t('Pin'), icon: 'pin', run: () => void this.act('pin', session) },
            { label: t('Copy link'), icon: 'link', run: () => void this.act('copyLink', session) },
            { label: t('Export'), icon: 'download', run: () => void this.act('exportAsFile', session) },
            { label: t('Delete'), icon: 'trash', key: 'Del', tone: 'bad', run: () => void this.act('remove', session) },
        ]);
    }

    /** @param {string} id @returns {any} */
    session(id) {
        return this.sessions.get(id) ?? this.results?.find(({ session }) => session.session_id === id)?.session;
    }

    /**
     * What is done with a conversation is loaded when it is asked for first.
     * @param {'change' | 'pin' | 'copyLink' | 'exportAsFile' | 'remove'} what
     * @param {any} session
     * @param {any} [fields] to change
     */
    async act(what, session, fields) {
        const actions = await import('./actions.js');
        await actions[what](this, session, fields);
    }
}

/**
 * Where the next page begins.
 * @param {any} told
 */
const cursorOf = (told) => (told.has_more ? told.next_before ?? told.sessions?.at(-1)?.session_id ?? null : null);

/** @param {HTMLElement} container @param {any} page */
export function start(container, page) {
    const list = page.list = new ConversationList(container, page);
    page.rowMenu = (/** @type {any} */ anchor, /** @type {string} */ id) => list.menuOf(anchor, id);
}
