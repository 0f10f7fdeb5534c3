// What the drawn parts share: sizes and figures.

import { number } from '../shell/i18n.js';

/** @param {number} value */
export const rounded = (value) => Math.round(value * 10) / 10;

/**
 * A number with as many decimals, and a true minus sign.
 * @param {number} value @param {number} decimals
 */
export const fixed = (value, decimals) =>
    number(value, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).replace(/^-/, '−');

/**
 * Calls when the element's width has changed, and once at first.
 * @param {Element} node @param {(width: number) => void} tell
 */
export function onWidth(node, tell) {
    let last = -1;
    new ResizeObserver(([entry]) => {
        const width = Math.floor(entry.contentRect.width);
        if (width === 0 || width === last) return;
        last = width;
        tell(width);
    }).observe(node);
}
