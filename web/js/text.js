// A reply's text as DOM nodes: paragraphs, line breaks, *emphasis* and **strong**. Never HTML.

/**
 * @param {string} tag
 * @param {Record<string, any>} [properties] DOM properties; `aria-…`, `role` and `data-…` become attributes
 * @param {...(Node | string)} children
 * @returns {any} the element
 */
export function element(tag, properties = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
        if (/^(aria-|data-|role$)/.test(name)) node.setAttribute(name, String(value));
        else /** @type {any} */ (node)[name] = value;
    }
    node.append(...children);
    return node;
}

/** @param {string} line @returns {(Node | string)[]} */
function inline(line) {
    const nodes = [];
    let end = 0;
    for (const match of line.matchAll(/\*\*([^\s*](?:[^*]*[^\s*])?)\*\*|\*([^\s*](?:[^*]*[^\s*])?)\*/g)) {
        const [whole, strong, emphasis] = match;
        const start = match.index ?? 0;
        nodes.push(line.slice(end, start), element(strong ? 'strong' : 'em', {}, strong ?? emphasis));
        end = start + whole.length;
    }
    nodes.push(line.slice(end));
    return nodes;
}

/** The source of each paragraph shown, so that a growing text rebuilds only its last one. */
const sources = new WeakMap();

/** @param {Element} container @param {string} text */
export function renderText(container, text) {
    const paragraphs = text.split(/(?:\r?\n){2,}/).filter((paragraph) => paragraph.trim() !== '');
    while (container.children.length > paragraphs.length) container.lastElementChild?.remove();
    paragraphs.forEach((source, index) => {
        const shown = container.children[index] ?? container.appendChild(element('p'));
        if (sources.get(shown) === source) return;
        sources.set(shown, source);
        const lines = source.split(/\r?\n/).map(inline);
        shown.replaceChildren(...lines.flatMap((line, number) => (number === 0 ? line : [element('br'), ...line])));
    });
}
