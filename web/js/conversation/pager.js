// Leafing: ‹ 2 of 3 ›, between the replies to a question, or the versions of one that was edited.

import { button, element } from '../shell/dom.js';
import { t } from '../shell/i18n.js';

/**
 * @param {'pager' | 'versions'} what its words in the texts
 * @param {number} index
 * @param {number} count
 * @param {(to: number) => void} show
 */
export function pager(what, index, count, show) {
    const go = (/** @type {number} */ to) => { if (to >= 0 && to < count) show(to); };
    return element('div', { class: 'pager', role: 'group', 'aria-label': t(what), onkeydown: (/** @type {KeyboardEvent} */ event) => {
        const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (step) { event.preventDefault(); go(index + (document.dir === 'rtl' ? -step : step)); }
    } }, button(t(`${what}.before`), () => go(index - 1), { icon: 'left', hideLabel: true, 'data-act': 'before', disabled: index === 0 }),
    element('span', {}, t('pager.of', { index: index + 1, count })),
    button(t(`${what}.next`), () => go(index + 1), { icon: 'right', hideLabel: true, 'data-act': 'next', disabled: index === count - 1 }));
}
