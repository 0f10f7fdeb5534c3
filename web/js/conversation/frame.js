// What stands around the turns: the start of a new conversation, the way to earlier turns, the bar.

import { button, element } from '../shell/dom.js';
import { t } from '../shell/i18n.js';
import { agentMenu, chooser, modelChooser } from './start.js';

export class Frame {
    /**
     * @param {import('../shell/page.js').Page} page
     * @param {import('./screen.js').Screen} screen
     * @param {{start: HTMLElement, earlier: HTMLElement}} elements
     * @param {{bar: import('../shell/bar.js').Bar, loadEarlier(): void}} options
     */
    constructor(page, screen, { start, earlier }, { bar, loadEarlier }) {
        this.page = page;
        this.screen = screen;
        this.start = start;
        this.earlier = earlier;
        this.bar = bar;
        this.loadEarlier = loadEarlier;
        /** Conversations with a plain model are kept only where one wants it. */
        this.keepBox = element('label', { class: 'keep' }, element('input', { type: 'checkbox', checked: page.settings.get('keep-model') === 'on',
            onchange: (/** @type {any} */ event) => page.settings.set('keep-model', event.target.checked ? 'on' : 'off') }), t('model.keep'));
        page.composer.tools.before(this.keepBox);
        page.on('providers', () => this.draw());
    }

    /** @returns {void} */
    draw() {
        const { page, screen, start } = this;
        const { agent } = page.state;
        const { current } = screen;
        document.body.dataset.agent = agent.id;
        const isStart = current.isEmpty && (current.sessionId === null || current.isLoaded);
        document.body.classList.toggle('empty', isStart);
        start.hidden = !isStart;
        if (isStart) {
            const focused = start.contains(document.activeElement) ? document.activeElement?.textContent : null;
            // The templates' texts come with the view.
            if (agent.id === 'model' && screen.view === null) return void screen.load().then(() => this.draw());
            start.replaceChildren(agent.id === 'model' ? modelChooser(page) : chooser(page));
            if (focused) /** @type {any} */ ([...start.querySelectorAll('button, input')].find((each) => each.textContent === focused))?.focus();
        } else start.replaceChildren();
        this.bar.update(isStart);
        this.keepBox.hidden = agent.id !== 'model' || current.isLoaded;
        if ((current.nextBefore === null) === (this.earlier.childElementCount > 0)) {
            this.earlier.replaceChildren(...(current.nextBefore === null ? [] : [button(t('earlier'), this.loadEarlier, { class: 'edge' })]));
        }
    }
}

/**
 * The menu of agents under its button.
 * @param {import('../shell/page.js').Page} page
 * @param {HTMLElement} anchor
 */
export function chooseAgent(page, anchor) {
    /** @type {any} */
    const menu = page.menu(anchor, [{ content: agentMenu(page, () => menu.close()) }], t('bar.switch'));
}
