// The leaf beside the conversation: the agent's own side. At most one; on a phone a sheet from below.

import { t } from './i18n.js';
import { button, element } from './dom.js';
import { loadStyles } from './styles.js';

/**
 * Leaves do not open by themselves while an answer is written: a dot tells that one has something new.
 * @type {Record<string, string[]>}
 */
const newsOf = { focus: ['focus'], sources: ['sources'] };

export class LeafHost {
    /** @type {any} the leaf that is open */
    current = null;
    /** @type {any} */
    #made = null;

    /**
     * @param {HTMLElement} place
     * @param {HTMLElement} buttons in the bar
     * @param {import('./page.js').Page} page
     * @param {any[]} leaves
     */
    constructor(place, buttons, page, leaves) {
        this.place = place;
        this.buttons = buttons;
        this.page = page;
        this.leaves = leaves;
    }

    get #offered() {
        return this.leaves.filter((leaf) => leaf.agents.includes(this.page.state.agent.id) && leaf.label(this.page) !== null);
    }

    /**
     * Draws the buttons, and what is open anew.
     * @param {{event?: string}} [options] type of an event that came
     */
    refresh(options = {}) {
        const offered = this.#offered;
        if (this.current && !offered.includes(this.current)) this.close(false);
        const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.leaf;
        const news = new Set([...this.buttons.children].filter((each) => each.classList.contains('news')).map((each) => /** @type {HTMLElement} */ (each).dataset.leaf));
        this.buttons.replaceChildren(...offered.map((leaf) => {
            const isOpen = leaf === this.current;
            const node = button(leaf.label(this.page), () => this.toggle(leaf.id), { icon: leaf.icon ?? 'panel', class: isOpen ? 'wash' : '',
                'aria-expanded': isOpen, 'aria-controls': 'leaf', 'data-leaf': leaf.id, title: leaf.label(this.page) });
            node.classList.toggle('news', !isOpen && (newsOf[leaf.id]?.includes(options.event ?? '') || news.has(leaf.id)));
            return node;
        }));
        if (focused) /** @type {any} */ (this.buttons.querySelector(`[data-leaf="${CSS.escape(focused)}"]`))?.focus();
        this.#made?.update?.();
    }

    /** @param {string} id */
    open(id) {
        const leaf = this.#offered.find((each) => each.id === id);
        if (leaf === undefined) return;
        if (leaf === this.current) return this.#made?.update?.();
        this.current = leaf;
        this.#made = leaf.create(this.page);
        this.place.replaceChildren(element('div', { class: 'leaf-head' }, element('h2', { tabIndex: -1 }, this.#made.title),
            button(t('leaf.close'), () => this.close(), { icon: 'cross', hideLabel: true })), element('div', { class: 'leaf-body' }, this.#made.element));
        this.place.setAttribute('aria-label', this.#made.title);
        this.place.classList.toggle('wide', leaf.wide === true);
        document.body.classList.add('leaf-open');
        document.body.classList.toggle('leaf-wide', leaf.wide === true);
        this.refresh();
        this.page.emit('leaf', { id });
        return Promise.all(['leaf', 'parts'].map(loadStyles)).then(() => { this.place.hidden = this.current === null; });
    }

    close(givesBack = true) {
        const id = this.current?.id;
        if (id === undefined) return;
        const hadFocus = this.place.contains(document.activeElement);
        this.#made.close?.();
        this.current = null;
        this.#made = null;
        this.place.hidden = true;
        this.place.replaceChildren();
        document.body.classList.remove('leaf-open', 'leaf-wide');
        this.refresh();
        if (givesBack && hadFocus) /** @type {any} */ (this.buttons.querySelector(`[data-leaf="${CSS.escape(id)}"]`) ?? document.querySelector('#message'))?.focus();
        this.page.emit('leaf', { id: null });
    }

    /** @param {string} [id] the agent's first one when not given */
    toggle(id = this.current?.id ?? this.#offered[0]?.id) {
        if (id === undefined) return;
        if (this.current?.id === id) return this.close();
        void this.open(id)?.then(() => /** @type {any} */ (this.place.querySelector('h2'))?.focus());
    }
}

