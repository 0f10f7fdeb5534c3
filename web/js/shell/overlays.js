// What floats over the page: toasts, menus, dialogs.

import { t } from './i18n.js';
import { button, element, icon } from './dom.js';

/** Milliseconds that a notice stays; an error stays until it is closed. */
const toastMs = 8_000;

export class Toasts {
    /** @type {{close(): void, tone: string, node: any} | null} */
    #shown = null;

    /** @param {HTMLElement} place */
    constructor(place) {
        this.place = place;
    }

    /**
     * One at a time; a notice does not take an error's place.
     * @param {{tone?: 'ink' | 'bad', title?: string, text?: string, seconds?: number,
     *   actions?: {label: string, run(): void, countdown?: number}[], onclose?(): void}} options onclose: gone without one of the actions
     */
    show({ tone = 'ink', title = '', text = '', actions = [], seconds, onclose }) {
        let isOver = false;
        const close = (isByAction = false) => {
            if (isOver) return;
            isOver = true;
            clearTimeout(timer);
            clearInterval(ticking);
            if (node.contains(document.activeElement)) /** @type {any} */ (document.querySelector('#message'))?.focus({ preventScroll: true });
            node.remove();
            if (this.#shown?.node === node) this.#shown = null;
            if (!isByAction) onclose?.();
        };
        const buttons = actions.map((action) => {
            const node = button(action.label, () => { close(true); action.run(); }, { class: 'edge' });
            if (action.countdown) node.dataset.until = String(Date.now() + action.countdown * 1000);
            return node;
        });
        const node = element('div', { class: `toast ${tone}`, role: tone === 'bad' ? 'alert' : 'status' },
            tone === 'bad' ? icon('warning') : null,
            element('div', {}, title ? element('strong', {}, title) : null, text ? element('p', {}, text) : null,
                buttons.length > 0 && tone === 'bad' ? element('div', { class: 'actions' }, ...buttons) : null),
            ...(tone === 'bad' ? [button(t('close'), () => close(), { icon: 'cross', hideLabel: true, class: 'close' })] : buttons));
        const stays = tone === 'bad' && seconds === undefined;
        /** @type {any} */
        let timer;
        const wait = () => { timer = setTimeout(() => (node.matches(':hover, :focus-within') ? wait() : close()), (seconds ?? toastMs / 1000) * 1000); };
        if (!stays) wait();
        const ticking = setInterval(() => {
            for (const each of buttons) {
                if (each.dataset.until === undefined) continue;
                const left = Math.ceil((Number(each.dataset.until) - Date.now()) / 1000);
                if (left <= 0) return each.click();
                each.lastElementChild.textContent = `${each.title || actions[buttons.indexOf(each)].label} (${left})`;
            }
        }, 500);
        if (!(tone === 'ink' && this.#shown?.tone === 'bad' && actions.length === 0)) this.#shown?.close();
        this.#shown = { close, tone, node };
        this.place.append(node);
        return { close };
    }
}

/** @type {(() => void) | null} closes the menu that is open */
export let closeMenu = null;

/**
 * A menu under its button: arrows, Home, End, Esc.
 * @param {HTMLElement} anchor
 * @param {({label: string, icon?: string, key?: string, tone?: string, run(): void} | {content: HTMLElement})[]} items
 * @param {string} [label]
 */
export function showMenu(anchor, items, label) {
    closeMenu?.();
    const menu = element('div', { class: 'menu', role: 'menu', 'aria-label': label ?? anchor.getAttribute('aria-label') ?? '' });
    const close = (/** @type {boolean} */ givesBack) => {
        menu.remove();
        removeEventListener('pointerdown', outside, true);
        anchor.setAttribute('aria-expanded', 'false');
        closeMenu = null;
        if (givesBack && anchor.isConnected) anchor.focus();
    };
    const outside = (/** @type {Event} */ event) => {
        if (!menu.contains(/** @type {any} */ (event.target)) && !anchor.contains(/** @type {any} */ (event.target))) close(false);
    };
    closeMenu = () => close(false);
    for (const item of items) {
        if ('content' in item) { menu.append(item.content); continue; }
        const node = button(item.label, () => { close(true); item.run(); }, { icon: item.icon, role: 'menuitem', tabIndex: -1, class: item.tone ?? '' });
        if (item.key) node.append(element('kbd', {}, item.key));
        menu.append(node);
    }
    menu.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
        const choices = [...menu.querySelectorAll('button:not(:disabled)')];
        const at = choices.indexOf(/** @type {any} */ (document.activeElement));
        const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: choices.length - 1 }[event.key];
        if (event.key === 'Escape') { event.preventDefault(); event.stopPropagation(); close(true); }
        else if (event.key === 'Tab') close(false);
        else if (to !== undefined) { event.preventDefault(); choices.at(to % choices.length)?.focus(); }
    });
    (document.querySelector('main') ?? document.body).append(menu);
    const box = anchor.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = menu;
    const isBelow = box.bottom + height + 8 < innerHeight || box.top - height < 8;
    menu.style.top = `${Math.max(8, isBelow ? Math.min(box.bottom + 4, innerHeight - height - 8) : box.top - height - 4)}px`;
    menu.style.left = `${Math.min(Math.max(8, document.dir === 'rtl' ? box.right - width : box.left), Math.max(8, innerWidth - width - 8))}px`;
    addEventListener('pointerdown', outside, true);
    anchor.setAttribute('aria-expanded', 'true');
    menu.querySelector(/** @type {any} */ ('[aria-selected="true"], button'))?.focus();
    return { close: () => close(true) };
}
