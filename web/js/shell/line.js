// How the line to the server is, always in the bar; and a banner while there is none.

import { t, tn } from './i18n.js';
import { button, element, icon } from './dom.js';

export class LineView {
    /**
     * @param {HTMLElement} place @param {HTMLElement} banner
     * @param {any} client @param {{now(): void, signIn(): void}} actions
     */
    constructor(place, banner, client, actions) {
        this.place = place;
        this.banner = banner;
        this.client = client;
        this.actions = actions;
        this.state = '';
        client.on('line', () => this.update());
        client.on('queue', () => this.update());
        setInterval(() => this.update(), 500);
        this.update();
    }

    update() {
        const { line, queued } = this.client;
        const seconds = line.retryAt ? Math.max(0, Math.ceil((line.retryAt - Date.now()) / 1000)) : 0;
        const name = line.state === 'retrying' && seconds === 0 ? 'connected' : line.state === 'connected' && line.whole ? 'whole' : line.state;
        const waiting = queued.filter((/** @type {any} */ reply) => reply.state.status === 'queued').length;
        const state = JSON.stringify([name, seconds, waiting, document.documentElement.lang]);
        if (state === this.state) return;
        this.state = state;
        const about = name === 'quiet' || name === 'whole' ? t(`line.${name}.about`) : waiting > 0 ? tn('line.waiting', waiting) : '';
        const nodes = [element('span', { class: `dot ${name}`, 'aria-hidden': 'true' }), element('span', { class: 'line-word', title: about }, t(`line.${name}`, { seconds }))];
        if (name === 'retrying') nodes.push(button(t('line.now'), this.actions.now, { class: 'edge' }));
        if (name === 'signed_out') nodes.push(button(t('error.sign-in'), this.actions.signIn, { class: 'edge' }));
        const hadFocus = this.place.contains(document.activeElement);
        this.place.replaceChildren(...nodes);
        if (hadFocus) this.place.querySelector('button')?.focus();
        this.#updateBanner(name === 'offline', waiting);
    }

    #updateBanner(/** @type {boolean} */ isOffline, /** @type {number} */ waiting) {
        void waiting;
        if (isOffline === (this.banner.childElementCount > 0)) return;
        this.banner.replaceChildren(...(isOffline ? [icon('offline'), element('p', {}, element('strong', {}, t('offline.title')), ' ', t('offline.text')),
            button(t('offline.now'), this.actions.now, { class: 'edge' })] : []));
    }
}
