// Elements and icons. Nothing on this page is built from a string of HTML.

import { shapes } from './icons.js';

/**
 * @param {string} tag
 * @param {Record<string, any>} [properties] DOM properties; `class`, `aria-…`, `role`, `data-…` and the like become attributes
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {any} the element
 */
export function element(tag, properties = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
        if (value === undefined || value === null) continue;
        if (/^(class|role|dir|for|href|list)$|-/.test(name)) node.setAttribute(name, String(value));
        else /** @type {any} */ (node)[name] = value;
    }
    node.append(.../** @type {(Node | string)[]} */ (children.filter((child) => child !== null && child !== undefined && child !== false)));
    return node;
}

const svg = 'http://www.w3.org/2000/svg';

/**
 * An SVG element.
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(Node | string)} children
 * @returns {any}
 */
export function vector(tag, attributes = {}, ...children) {
    const node = document.createElementNS(svg, tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
    node.append(...children);
    return node;
}

/** @param {string} name of a shape in icons.js; decoration, so hidden from screen readers */
export function icon(name) {
    const node = vector('svg', { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' });
    for (const d of shapes[name] ?? shapes.dot) node.append(vector('path', { d }));
    return node;
}

/**
 * @param {string} label
 * @param {() => void} run
 * @param {{icon?: string, class?: string, hideLabel?: boolean, title?: string, disabled?: boolean} & Record<string, any>} [options]
 */
export function button(label, run, options = {}) {
    const { icon: name, hideLabel, ...properties } = options;
    const node = element('button', { type: 'button', onclick: run, ...properties }, name ? icon(name) : null,
        hideLabel ? null : element('span', {}, label));
    if (hideLabel) {
        if (!node.hasAttribute('aria-label')) node.setAttribute('aria-label', label);
        node.title = label;
    }
    return node;
}
