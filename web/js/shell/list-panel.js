// The panel of conversations: beside the column it folds to a strip of signs; on a phone it is a drawer over the page.

import { icon } from './dom.js';
import { t } from './i18n.js';

export class ListPanel {
    /**
     * @param {import('./page.js').Page} page
     * @param {{panel: HTMLElement, opener: HTMLElement, shade: HTMLElement}} elements
     */
    constructor(page, { panel, opener, shade }) {
        this.page = page;
        this.panel = panel;
        this.opener = opener;
        this.shade = shade;
        const chosen = page.settings.get('list');
        document.body.classList.toggle('list-folded', chosen === 'folded' || (chosen === '' && !matchMedia('(min-width: 75rem)').matches));
        panel.setAttribute('aria-label', t('list'));
        opener.append(icon('menu'));
        opener.setAttribute('aria-label', t('bar.list'));
        opener.addEventListener('click', () => this.toggle());
        shade.addEventListener('click', () => this.leave());
        page.toggleList = () => this.toggle();
    }

    /** Whether it lies over the page. */
    get isOpen() {
        return document.body.classList.contains('list-open');
    }

    toggle() {
        if (matchMedia('(min-width: 50rem)').matches) {
            const isFolded = document.body.classList.toggle('list-folded');
            this.page.settings.set('list', isFolded ? 'folded' : 'open');
            return;
        }
        this.#setOpen(!this.isOpen);
        if (this.isOpen) this.panel.querySelector(/** @type {any} */ ('button, input'))?.focus();
    }

    close() {
        this.#setOpen(false);
    }

    /** Closes it, with the focus where it was opened. */
    leave() {
        this.close();
        this.opener.focus();
    }

    #setOpen(/** @type {boolean} */ isOpen) {
        document.body.classList.toggle('list-open', isOpen);
        this.shade.hidden = !isOpen;
        this.opener.setAttribute('aria-expanded', String(isOpen));
    }
}
