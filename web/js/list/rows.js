// The rows of the list: by groups, or as a search found them, and the keyboard in them. A row that shows what it did stays the
// element it was.

import { element } from '../shell/dom.js';
import { t, tn } from '../shell/i18n.js';
import { writeRoute } from '../shell/routes.js';
import { grouped, held } from './groups.js';
import { rename, renamingRow } from './rename.js';
import { rowOf } from './row.js';

const groupName = (/** @type {string} */ group) => /** @type {Record<string, string>} */ ({
    pinned: t('Pinned'), today: t('Today'), week: t('This week'), earlier: t('Earlier'),
})[group];

/** @param {any} page @param {any} session */
export const addressOf = (page, session) => writeRoute({ agent: page.agentOf(session), sessionId: session.session_id });

/**
 * Puts children into their places; those that are there already stay.
 * @param {any} parent @param {any[]} children
 */
function put(parent, children) {
    const kept = new Set(children);
    for (const child of [...parent.children]) if (!kept.has(child)) child.remove();
    children.forEach((child, index) => { if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null); });
    return parent;
}

export class Rows {
    /** The row of each conversation, with what it shows. @type {Map<string, {shows: string, node: any}>} */
    #kept = new Map();
    /** The heading and the list of each group. @type {Map<string, any[]>} */
    #groups = new Map();
    /** Where the next page begins. */
    end = element('div', { class: 'end', 'aria-hidden': 'true' });

    /** @param {import('./list.js').ConversationList} list */
    constructor(list) {
        this.list = list;
        this.nav = list.rows;
        this.nav.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => this.#onKey(event));
    }

    /** @returns {any[]} */
    get links() {
        return [...this.nav.querySelectorAll('a')];
    }

    draw() {
        const { list, nav } = this;
        const focused = /** @type {any} */ (document.activeElement);
        const focusedId = nav.contains(focused) ? focused.dataset.session ?? focused.closest('.row')?.querySelector('a')?.dataset.session : undefined;
        if (list.renamed !== null && nav.querySelector('.renaming') !== null) return; // nothing moves under the hands of who writes
        const top = nav.scrollTop;
        const before = this.#kept;
        this.#kept = new Map();
        const shown = list.results === null ? this.#inGroups(before) : this.#asFound(before, list.results);
        put(nav, shown);
        nav.scrollTop = top;
        const { links } = this;
        const stop = links.find((each) => each.dataset.session === focusedId) ?? links.find((each) => each.getAttribute('aria-current')) ?? links[0];
        for (const each of links) if (each.tabIndex === 0 && each !== stop) each.tabIndex = -1;
        if (stop !== undefined) stop.tabIndex = 0;
        if (focusedId !== undefined && !nav.contains(document.activeElement)) stop?.focus({ preventScroll: true });
    }

    /** @param {Map<string, {shows: string, node: any}>} before */
    #inGroups(before) {
        const { list } = this;
        const all = [...list.sessions.values()].filter(({ session_id }) => !list.going.has(session_id));
        const groups = list.isUnderPointer ? held(grouped(all), this.links.map((each) => each.dataset.session)) : grouped(all);
        let left = list.drawn;
        const shown = groups.flatMap(({ group, sessions }) => {
            const some = sessions.slice(0, Math.max(0, left));
            left -= some.length;
            return some.length === 0 ? [] : this.#section(group, groupName(group), some.map((session) => this.#row(before, session)));
        });
        if (shown.length > 0) return [...shown, this.end];
        if (list.failure !== null) return [list.failed()];
        return [list.isLoaded ? element('p', { class: 'none' }, t('Your conversations will be listed here'))
            : element('div', { class: 'bars', 'aria-hidden': 'true' }, ...Array.from({ length: 6 }, () => element('i')))];
    }

    /** @param {Map<string, {shows: string, node: any}>} before @param {any[]} results */
    #asFound(before, results) {
        const { list } = this;
        const hits = results.filter(({ session }) => !list.going.has(session.session_id));
        if (hits.length === 0) return [element('p', { class: 'none' }, t('Nothing with “{query}”. Fewer letters find more.', { query: list.query }))];
        return this.#section('found', tn('list.found', hits.length), hits.map(({ session, hit }) => this.#row(before, session, hit ?? { excerpt: '' })));
    }

    /** @param {string} name @param {string} title @param {any[]} rows */
    #section(name, title, rows) {
        const section = this.#groups.get(name) ?? [element('h2'), element('ul')];
        this.#groups.set(name, section);
        if (section[0].textContent !== title) section[0].textContent = title;
        put(section[1], rows);
        return section;
    }

    /** @param {Map<string, {shows: string, node: any}>} before @param {any} session @param {any} [hit] of the search */
    #row(before, session, hit = null) {
        const { list } = this;
        const { page } = list;
        const id = session.session_id;
        if (list.renamed === id) return renamingRow(list, session);
        const shown = rowOf(session, { agent: page.agentOf(session), isCurrent: id === page.state.sessionId, mark: list.marks.get(id) ?? '', hit,
            query: list.results === null ? '' : list.query, marked: list.marked, href: addressOf(page, session),
            // The row may outlive what is known of its conversation.
            open: (/** @type {any} */ event) => {
                if (event.ctrlKey || event.metaKey || event.shiftKey) return; // the browser's own: a new tab
                event.preventDefault();
                list.open(list.session(id) ?? session, hit);
            },
            menu: (anchor) => list.menu(anchor, list.session(id) ?? session) });
        const known = before.get(id);
        const kept = known?.shows === shown.shows ? known : { shows: shown.shows, node: shown.create() };
        this.#kept.set(id, kept);
        return kept.node;
    }

    /** @param {number} index of a row; the nearest there is */
    focus(index) {
        const { links } = this;
        const link = links[Math.max(0, Math.min(links.length - 1, index))];
        for (const each of links) each.tabIndex = each === link ? 0 : -1;
        link?.focus();
        link?.scrollIntoView({ block: 'nearest' });
    }

    /** @param {KeyboardEvent} event */
    #onKey(event) {
        const { list } = this;
        const target = /** @type {any} */ (event.target);
        const link = target.closest('.row')?.querySelector('a');
        if (!link || target.matches('input')) return;
        const { links } = this;
        const at = links.indexOf(link);
        const session = list.session(link.dataset.session);
        const more = link.parentElement.querySelector('.more');
        const isRight = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
        const isLeft = isRight === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight';
        if (event.key === 'ArrowDown') this.focus(at + 1);
        else if (event.key === 'ArrowUp') at === 0 ? list.search.focus() : this.focus(at - 1);
        else if (event.key === 'Home') this.focus(0);
        else if (event.key === 'End') this.focus(links.length - 1);
        else if (event.key === isRight) more.focus();
        else if (event.key === isLeft) link.focus();
        else if (event.key === 'F2') rename(list, session);
        else if (event.key === 'Delete') void list.act('remove', session);
        else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) list.menu(more, session);
        else return;
        event.preventDefault();
    }
}
