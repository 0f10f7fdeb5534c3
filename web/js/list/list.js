// The list of conversations: by recency, searched, renamed, pinned, exported, deleted with a way back, paged without end.

import { button, element, icon } from '../shell/dom.js';
import { t, tn } from '../shell/i18n.js';
import { modifier } from '../shell/keys.js';
import { writeRoute } from '../shell/routes.js';
import { found, grouped, held } from './groups.js';
import { searchedWords, highlighted } from './highlight.js';
import { listen } from './live.js';
import { renaming, rowOf, titleOf } from './row.js';
import { problemInWords, sayProblem } from '../parts/tell.js';

const pageSize = 100;
const undoSeconds = 8;
const searchPauseMs = 200;

const groupName = (/** @type {string} */ group) => /** @type {Record<string, string>} */ ({
    pinned: t('Pinned'), today: t('Today'), week: t('This week'), earlier: t('Earlier'),
})[group];

class ConversationList {
    /** @type {Map<string, any>} */ sessions = new Map();
    /** What is written beside a title: writing, answered, cut, waits. @type {Map<string, string>} */ marks = new Map();
    /** Deleted here, and not yet on the server. @type {Map<string, {timer: any, now(): void}>} */ going = new Map();
    /** @type {any[] | null} */ results = null;
    /** @type {string | null} */ renamed = null;
    /** @type {string | null} */ next = null;
    /** How many of what is known are drawn. */ drawn = pageSize;
    isLoading = false;
    isLoaded = false;
    isUnderPointer = false;
    hasHeard = false;
    /** @type {any} */ failure = null;

    /** @param {HTMLElement} container @param {any} page */
    constructor(container, page) {
        this.page = page;
        this.search = element('input', { type: 'search', placeholder: t('Search'), 'aria-label': t('Search conversations'), autocomplete: 'off', spellcheck: false, maxLength: 500, enterkeyhint: 'search' });
        this.keys = element('kbd', { 'aria-hidden': 'true' }, `${modifier} K`);
        this.box = element('div', { class: 'search' }, icon('search'), this.search, this.keys);
        this.rows = element('nav', { class: 'rows', 'aria-label': t('Conversations') });
        this.end = element('div', { class: 'end', 'aria-hidden': 'true' });
        this.said = element('p', { class: 'unseen', role: 'status' });
        container.append(...this.#head(), this.rows, this.said, this.#foot());
        this.#listen();
        void this.load();
        listen(page, (event) => this.#onRemote(event));
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
            name.textContent = isSignedIn ? page.state.name ?? t('Signed in') : t('Guest');
            about.textContent = isSignedIn ? page.client.identity.userId ?? '' : t('Not signed in');
        };
        tell();
        page.on('identity', tell);
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
            } else if (event.key === 'ArrowDown') this.#focus(0);
            else if (event.key === 'Enter') /** @type {any} */ (rows.querySelector('a'))?.click();
            else return;
            event.preventDefault();
        });
        rows.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => this.#onKey(event));
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
        new IntersectionObserver(([entry]) => { if (entry.isIntersecting) void this.#further(); }, { root: rows, rootMargin: '400px' }).observe(this.end);
        page.on('conversation', () => {
            const id = page.state.sessionId;
            if (id !== null && this.marks.get(id) === 'answered') this.marks.delete(id);
            this.draw();
        });
        page.on('session', (/** @type {any} */ detail) => this.#onSession(detail));
        page.on('search', () => this.focusSearch());
        page.on('identity', (/** @type {any} */ { changed }) => {
            if (changed !== true) return;
            for (const { timer: each } of this.going.values()) clearTimeout(each);
            this.going.clear();
            this.sessions.clear();
            this.marks.clear();
            this.isLoaded = false;
            void this.load();
        });
        document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') void this.load(); });
        // What is deleted here is deleted, also when the page is closed before the time to undo is over.
        addEventListener('pagehide', () => { for (const { now } of this.going.values()) now(); });
    }

    /** The newest page, and the pinned ones. */
    async load() {
        try {
            const [first, pinned] = await Promise.all([
                this.page.api.json('GET', 'api/v1/chat/sessions', { query: { limit: pageSize } }),
                this.page.api.json('GET', 'api/v1/chat/sessions', { query: { pinned: 'true' } }),
            ]);
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
            this.sessions.set(session.session_id, { ...this.sessions.get(session.session_id), ...session });
            if (session.writing) this.marks.set(session.session_id, 'writing');
            else if (this.marks.get(session.session_id) === 'writing' && session.session_id !== this.page.state.sessionId) this.marks.delete(session.session_id);
        }
    }

    async #further() {
        if (this.results !== null || this.isLoading || !this.isLoaded) return;
        if (this.drawn < this.sessions.size) {
            this.drawn += pageSize;
            return this.draw();
        }
        if (this.next === null) return;
        this.isLoading = true;
        try {
            const told = await this.page.api.json('GET', 'api/v1/chat/sessions', { query: { limit: pageSize, before: this.next } });
            this.#take(told.sessions ?? []);
            const next = cursorOf(told);
            this.next = next === this.next ? null : next;
            this.drawn += pageSize;
        } catch {
            // The next scroll asks again.
        }
        this.isLoading = false;
        this.draw();
    }

    /** @param {string} query */
    async find(query) {
        let told = [];
        try {
            told = (await this.page.api.json('POST', 'api/v1/chat/search', { body: { query, limit: 50 } })).results ?? [];
        } catch (problem) {
            sayProblem(this.page, problem);
        }
        if (query !== this.query) return;
        const words = searchedWords(query);
        const titleHas = (/** @type {string} */ title) => words.length > 0 && words.every((word) => highlighted(title, word).some(({ hit }) => hit));
        this.results = found([...this.sessions.values()], told, titleHas);
        this.draw();
        this.said.textContent = this.results.length === 0 ? t('Nothing with “{query}”. Fewer letters find more.', { query }) : tn('list.found', this.results.length);
    }

    draw() {
        const { page, rows } = this;
        const focused = /** @type {any} */ (document.activeElement);
        const focusedId = rows.contains(focused) ? focused.dataset.session ?? focused.closest('.row')?.querySelector('a')?.dataset.session : undefined;
        const order = [...rows.querySelectorAll('a')].map((/** @type {any} */ each) => each.dataset.session);
        const top = rows.scrollTop;
        if (this.renamed !== null && rows.querySelector('.renaming') !== null) return; // nothing moves under the hands of who writes
        const isGone = (/** @type {any} */ { session_id }) => this.going.has(session_id);
        const rowFor = (/** @type {any} */ session, /** @type {any} */ hit = null) => (this.renamed === session.session_id ? this.#renaming(session) : rowOf(session, {
            agent: page.agentOf(session), isCurrent: session.session_id === page.state.sessionId, mark: this.marks.get(session.session_id) ?? '', query: this.results === null ? '' : this.query, hit,
            href: addressOf(page, session),
            open: (event) => this.#open(event, session, hit), menu: (anchor) => this.#menu(anchor, session),
        }));
        /** @type {any[]} */ let shown;
        if (this.results !== null) {
            const hits = this.results.filter(({ session }) => !isGone(session));
            shown = hits.length === 0 ? [element('p', { class: 'none' }, t('Nothing with “{query}”. Fewer letters find more.', { query: this.query }))]
                : [element('h2', {}, tn('list.found', hits.length)), element('ul', {}, ...hits.map(({ session, hit }) => rowFor(session, hit ?? { excerpt: '' })))];
        } else {
            const all = [...this.sessions.values()].filter((each) => !isGone(each));
            const groups = this.isUnderPointer ? held(grouped(all), order) : grouped(all);
            let left = this.drawn;
            shown = groups.flatMap(({ group, sessions }) => {
                const some = sessions.slice(0, Math.max(0, left));
                left -= some.length;
                return some.length === 0 ? [] : [element('h2', {}, groupName(group)), element('ul', {}, ...some.map((session) => rowFor(session)))];
            });
            if (shown.length === 0) shown = [this.failure !== null ? this.#failed() : this.isLoaded ? element('p', { class: 'none' }, t('Your conversations will be listed here'))
                : element('div', { class: 'bars', 'aria-hidden': 'true' }, ...Array.from({ length: 6 }, () => element('i')))];
            else shown.push(this.end);
        }
        rows.replaceChildren(...shown);
        rows.scrollTop = top;
        const links = [...rows.querySelectorAll('a')];
        const stop = links.find((each) => each.dataset.session === focusedId) ?? links.find((each) => each.getAttribute('aria-current')) ?? links[0];
        if (stop !== undefined) stop.tabIndex = 0;
        if (focusedId !== undefined) stop?.focus({ preventScroll: true });
    }

    #failed() {
        return element('p', { class: 'none', role: 'status' }, problemInWords(this.page, this.failure), ' ', element('button', { type: 'button', class: 'edge', onclick: () => void this.load() }, t('Try again')));
    }

    /** @param {any} event @param {any} session @param {any} hit */
    #open(event, session, hit) {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return; // the browser's own: a new tab
        event.preventDefault();
        this.marks.get(session.session_id) === 'answered' && this.marks.delete(session.session_id);
        void this.page.open({ agent: this.page.agentOf(session)?.key, sessionId: session.session_id, title: session.title, ...(hit?.message_id ? { messageId: hit.message_id } : {}) });
    }

    /**
     * The menu of a conversation, from elsewhere on the page.
     * @param {any} anchor
     * @param {string} id
     */
    menuOf(anchor, id) {
        this.#menu(anchor, this.#session(id) ?? { session_id: id, title: this.page.state.conversation?.title });
    }

    /** @param {any} anchor @param {any} session */
    #menu(anchor, session) {
        this.page.menu(anchor, [
            { label: t('Rename'), icon: 'pencil', key: 'F2', run: () => this.rename(session) },
            { label: session.pinned ? t('Unpin') : t('Pin'), icon: 'pin', run: () => void this.pin(session) },
            { label: t('Copy link'), icon: 'link', run: () => void this.copyLink(session) },
            { label: t('Export'), icon: 'download', run: () => void this.export(session) },
            { label: t('Delete'), icon: 'trash', key: 'Del', tone: 'bad', run: () => this.remove(session) },
        ]);
    }

    /** @param {number} index */
    #focus(index) {
        const links = /** @type {any[]} */ ([...this.rows.querySelectorAll('a')]);
        const link = links[Math.max(0, Math.min(links.length - 1, index))];
        for (const each of links) each.tabIndex = each === link ? 0 : -1;
        link?.focus();
        link?.scrollIntoView({ block: 'nearest' });
    }

    /** @param {KeyboardEvent} event */
    #onKey(event) {
        const target = /** @type {any} */ (event.target);
        const link = target.closest('.row')?.querySelector('a');
        if (!link || target.matches('input')) return;
        const links = [...this.rows.querySelectorAll('a')];
        const at = links.indexOf(link);
        const session = this.#session(link.dataset.session);
        const more = link.parentElement.querySelector('.more');
        const isRight = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
        const isLeft = isRight === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight';
        if (event.key === 'ArrowDown') this.#focus(at + 1);
        else if (event.key === 'ArrowUp') at === 0 ? this.search.focus() : this.#focus(at - 1);
        else if (event.key === 'Home') this.#focus(0);
        else if (event.key === 'End') this.#focus(links.length - 1);
        else if (event.key === isRight) more.focus();
        else if (event.key === isLeft) link.focus();
        else if (event.key === 'F2') this.rename(session);
        else if (event.key === 'Delete') this.remove(session);
        else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) this.#menu(more, session);
        else return;
        event.preventDefault();
    }

    /** @param {string} id @returns {any} */
    #session(id) {
        return this.sessions.get(id) ?? this.results?.find(({ session }) => session.session_id === id)?.session;
    }

    /** @param {any} session */
    rename(session) {
        this.renamed = session.session_id;
        this.draw();
        const field = /** @type {any} */ (this.rows.querySelector('.renaming input'));
        field?.focus();
        field?.select();
    }

    /** @param {any} session */
    #renaming(session) {
        const { node } = renaming(session, this.page.agentOf(session), (title) => {
            this.renamed = null;
            node.remove();
            if (title !== null && title !== '' && title !== session.title) void this.#change(session, { title });
            this.draw();
            this.#focus([...this.rows.querySelectorAll('a')].findIndex((/** @type {any} */ each) => each.dataset.session === session.session_id));
        });
        return node;
    }

    /**
     * Shown at once, and as it was where the server refuses.
     * @param {any} session @param {{title?: string, pinned?: boolean}} fields
     */
    async #change(session, fields) {
        const id = session.session_id;
        const before = this.#session(id);
        const put = (/** @type {any} */ value) => {
            this.sessions.set(id, value);
            this.results = this.results?.map((each) => (each.session.session_id === id ? { ...each, session: value } : each)) ?? null;
            this.draw();
            this.page.emit('session', { sessionId: id, change: 'renamed', title: value.title });
        };
        put({ ...before, ...fields });
        try {
            await this.page.api.json('PATCH', `api/v1/chat/sessions/${encodeURIComponent(id)}`, { body: fields });
        } catch (problem) {
            put(before);
            sayProblem(this.page, problem);
        }
    }

    /** @param {any} session */
    pin(session) {
        return this.#change(session, { pinned: !session.pinned });
    }

    /** @param {any} session */
    async copyLink(session) {
        try {
            await navigator.clipboard.writeText(new URL(addressOf(this.page, session), location.href).href);
            this.page.toast({ tone: 'ink', text: t('Link copied. It works for you alone.'), actions: [], seconds: 4 });
        } catch {
            this.page.toast({ tone: 'bad', text: t('The browser does not let this page copy.'), actions: [] });
        }
    }

    /** @param {any} session */
    async export(session) {
        try {
            const { exportConversation } = await import('./export.js');
            await exportConversation(this.page, session, t(`agent.${this.page.agentOf(session)?.id ?? 'noah'}`));
        } catch (problem) {
            sayProblem(this.page, problem);
        }
    }

    /**
     * Gone at once; the server hears of it when the time to undo is over.
     * @param {any} session
     */
    remove(session) {
        const id = session.session_id;
        const links = [...this.rows.querySelectorAll('a')];
        const at = links.findIndex((/** @type {any} */ each) => each.dataset.session === id);
        const hadFocus = this.rows.contains(document.activeElement) || document.activeElement === document.body;
        const path = `api/v1/chat/sessions/${encodeURIComponent(id)}`;
        // For a page that is closing: it cannot wait for the answer.
        const now = () => void fetch(new URL(path, this.page.client.base), { method: 'DELETE', keepalive: true, headers: this.page.client.identity.headers }).catch(() => {});
        const finish = async () => {
            clearTimeout(this.going.get(id)?.timer);
            try {
                await this.page.api.json('DELETE', path);
                this.sessions.delete(id);
                this.going.delete(id);
            } catch (problem) {
                this.going.delete(id);
                if (/** @type {any} */ (problem).status === 404) this.sessions.delete(id);
                else sayProblem(this.page, problem);
                this.draw();
            }
        };
        // The notice stays while it is looked at, and another may take its place before the time is over.
        const open = new Set(['toast', 'time']);
        const ended = (/** @type {string} */ what) => {
            open.delete(what);
            if (open.size === 0 && this.going.has(id)) void finish();
        };
        this.going.set(id, { now, timer: setTimeout(() => ended('time'), undoSeconds * 1000) });
        const isCurrent = id === this.page.state.sessionId;
        this.draw();
        if (hadFocus) this.#focus(at);
        if (isCurrent) this.page.open({ agent: this.page.state.agent.key, sessionId: null });
        this.page.toast({
            tone: 'ink', text: t('“{title}” deleted', { title: titleOf(session) }), seconds: undoSeconds, onclose: () => ended('toast'),
            actions: [{ label: t('Undo'), run: () => {
                clearTimeout(this.going.get(id)?.timer);
                this.going.delete(id);
                this.draw();
                if (isCurrent && this.page.state.sessionId === null) this.page.open({ agent: this.page.agentOf(session)?.key, sessionId: id });
            } }],
        });
    }

    /**
     * What happened in a conversation of this tab.
     * @param {any} detail
     */
    #onSession({ sessionId, change, title }) {
        const { state } = this.page;
        if (sessionId === null || sessionId === undefined) return;
        const now = new Date().toISOString();
        const before = this.sessions.get(sessionId);
        if (['asked', 'created', 'answering'].includes(change)) {
            const conversation = state.sessionId === sessionId ? state.conversation : null;
            const { agent } = state;
            // Until the server tells: the title is what was asked first.
            const fallback = conversation === null ? {} : { title: title || conversation.title || conversation.turns?.[0]?.question?.text?.slice(0, 80),
                agent: agent.id === 'model' ? 'relay' : agent.mode ?? agent.id, assistant: agent.assistant, requested_model: agent.model };
            this.sessions.set(sessionId, { session_id: sessionId, created_at: now, ...fallback, ...before, updated_at: change === 'answering' ? before?.updated_at ?? now : now });
        }
        if (change === 'answering') this.marks.set(sessionId, 'writing');
        else if (change === 'cut') this.marks.set(sessionId, 'cut');
        else if (change === 'waits') this.marks.set(sessionId, 'waits');
        else if (change === 'answered') {
            if (sessionId === state.sessionId) this.marks.delete(sessionId);
            else this.marks.set(sessionId, 'answered');
            void this.load();
        }
        this.draw();
    }

    /**
     * What happened elsewhere.
     * @param {any} event
     */
    #onRemote(event) {
        if (event.type === 'preferences_changed') return this.page.emit('taste');
        if (event.type === 'events_started') {
            // At first the list has just been read; after that something may have happened while nobody listened.
            if (this.hasHeard) void this.load();
            this.hasHeard = true;
            return;
        }
        if (event.type !== 'conversation_changed') return;
        const { session_id: id, change } = event;
        if (change === 'deleted') {
            this.sessions.delete(id);
            this.marks.delete(id);
            if (id === this.page.state.sessionId && !this.going.has(id)) {
                this.page.open({ agent: this.page.state.agent.key, sessionId: null });
                this.page.toast({ tone: 'ink', text: t('This conversation was deleted elsewhere.'), actions: [], seconds: 8 });
            }
        } else {
            if (change === 'question') this.marks.set(id, 'writing');
            if (change === 'reply_ended') {
                if (id === this.page.state.sessionId) this.marks.delete(id);
                else this.marks.set(id, 'answered');
            }
            // What this tab asked itself, or follows already, comes by its own stream.
            const isFollowed = (this.page.state.conversation?.turns ?? []).some((/** @type {any} */ { replies }) => replies.some((/** @type {any} */ { messageId }) => messageId === event.reply_id));
            if (!isFollowed && (change === 'question' || change === 'reply_ended')) void this.page.reload(id).then(() => this.page.leaf.refresh());
            void this.load();
        }
        this.draw();
    }
}

/** @param {any} page @param {any} session */
const addressOf = (page, session) => writeRoute({ agent: page.agentOf(session), sessionId: session.session_id });

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
