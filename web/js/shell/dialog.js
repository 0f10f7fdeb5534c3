// Dialogs. Loaded with what is shown in the first one.

import { button, element } from './dom.js';
import { t } from './i18n.js';
import { closeMenu } from './overlays.js';

/**
 * A dialog over the page; it holds the focus and gives it back.
 * @param {{title: string, body: Node, wide?: boolean, onclose?(): void}} options
 */
export function showDialog({ title, body, wide = false, onclose }) {
    closeMenu?.();
    const before = /** @type {HTMLElement | null} */ (document.activeElement);
    const close = () => node.close();
    const node = element('dialog', { class: wide ? 'dialog wide' : 'dialog', 'aria-label': title },
        element('div', { class: 'dialog-head' }, element('h2', {}, title), button(t('close'), close, { icon: 'cross', hideLabel: true })), body);
    node.addEventListener('close', () => {
        node.remove();
        onclose?.();
        if (before?.isConnected) before.focus({ preventScroll: true });
    });
    node.addEventListener('click', (/** @type {Event} */ event) => { if (event.target === node) close(); });
    document.body.append(node);
    node.showModal();
    return { element: node, close };
}
