// What stands around the turns: the start of a new conversation, the way to earlier turns, the bar.

import { button, element } from '../shell/dom.js';
import { t } from '../shell/i18n.js';
import { chooser } from './start.js';

export class Frame {
    /** @type {any} */
    #modelChooser = null;

    /**
     * @param {import('../shell/page.js').Page} page
     * @param {import('./screen.js').Screen} screen
     * @param {{start: HTMLElement, earlier: HTMLElement, later: HTMLElement}} elements
     * @param {{bar: import('../shell/bar.js').Bar, further(which: 'before' | 'after'): void}} options
     */
    constructor(page, screen, { start, earlier, later }, { bar, further }) {
        this.page = page;
        this.screen = screen;
        this.start = start;
        this.earlier = earlier;
        this.later = later;
        this.bar = bar;
        this.further = further;
        /** Conversations with a plain model are kept only where one wants it. */
        this.keepBox = element('label', { class: 'keep' }, element('input', { type: 'checkbox', checked: page.settings.get('keep-model') === 'on',
            onchange: (/** @type {any} */ event) => page.settings.set('keep-model', event.target.checked ? 'on' : 'off') }), t('model.keep'));
        page.composer.tools.before(this.keepBox);
        page.on('providers', () => this.draw());
        // Turns come when the reader is near; earlier ones that are not known when they are asked for.
        this.near = new IntersectionObserver((entries) => {
            const { view } = screen;
            for (const { isIntersecting, target } of entries) {
                if (!isIntersecting || view === null) continue;
                if (target === later) this.#showLater();
                if (target === earlier && view.hasEarlier) view.showEarlier();
            }
        }, { root: screen.place.scroller, rootMargin: '600px' });
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
            // The choice of models is loaded when it is shown first; the templates' texts come with the view.
            if (agent.id === 'model' && this.#modelChooser === null) {
                return void Promise.all([import('./model-chooser.js'), screen.load()]).then(([{ modelChooser }]) => {
                    this.#modelChooser = modelChooser;
                    this.draw();
                });
            }
            start.replaceChildren(agent.id === 'model' ? this.#modelChooser?.(page) : chooser(page));
            if (focused) /** @type {any} */ ([...start.querySelectorAll('button, input')].find((each) => each.textContent === focused))?.focus();
        } else start.replaceChildren();
        this.bar.update(isStart);
        this.keepBox.hidden = agent.id !== 'model' || current.isLoaded;
        this.drawEdges();
    }

    #showLater() {
        const { current, view } = this.screen;
        if (view !== null && !view.isAtEnd) view.showLater();
        else if (current.nextAfter !== null) this.further('after');
    }

    /** The ways to turns that are not on the screen. */
    drawEdges() {
        const { current, view } = this.screen;
        const put = (/** @type {HTMLElement} */ edge, /** @type {boolean} */ isThere, /** @type {string} */ label, /** @type {() => void} */ run) => {
            if (isThere !== (edge.childElementCount > 0)) edge.replaceChildren(...(isThere ? [button(t(label), run, { class: 'edge' })] : []));
        };
        put(this.earlier, view?.hasEarlier || current.nextBefore !== null, 'earlier', () => (view?.hasEarlier ? view.showEarlier() : this.further('before')));
        put(this.later, (view !== null && !view.isAtEnd) || current.nextAfter !== null, 'later', () => this.#showLater());
        // Told anew whether they are near: what came may not have filled the screen.
        for (const edge of [this.earlier, this.later]) {
            this.near.unobserve(edge);
            this.near.observe(edge);
        }
    }
}

/**
 * The menu of agents under its button.
 * @param {import('../shell/page.js').Page} page
 * @param {HTMLElement} anchor
 */
export async function chooseAgent(page, anchor) {
    const { agentMenu } = await import('./agent-menu.js');
    /** @type {any} */
    const menu = page.menu(anchor, [{ content: agentMenu(page, () => menu.close()) }], t('bar.switch'));
}
