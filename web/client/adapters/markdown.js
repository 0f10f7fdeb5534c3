// An answer's Markdown as elements of any framework, by the page's own parser where it lies beside the client (js/, vendor/). Where it
// does not, an answer is the text as it came.

/** @typedef {import('../../js/conversation/markdown-tree.js').Node} Node */

/** @type {{parser: any, GrowingBlocks: typeof import('../../js/conversation/markdown-blocks.js').GrowingBlocks} | null} */
let library = null;
/** @type {Promise<void> | null} */
let loading = null;
/** @type {Set<() => void>} */
const listeners = new Set();

export const hasParser = () => library !== null;

/**
 * Loads the parser, with the first who wants it.
 * @param {() => void} listener told when it is there
 * @returns {() => void} takes the listener off
 */
export function onParser(listener) {
    listeners.add(listener);
    loading ??= Promise.all([import('../../vendor/markdown-it.js'), import('../../js/conversation/markdown-parser.js'), import('../../js/conversation/markdown-blocks.js')])
        .then(([{ default: MarkdownIt }, { createParser }, { GrowingBlocks }]) => {
            library = { parser: createParser(MarkdownIt), GrowingBlocks };
            for (const each of listeners) each();
        }).catch(() => {});
    return () => void listeners.delete(listener);
}

/** One answer's text while it grows: only its last block is parsed again. */
export class MarkdownText {
    /** @type {any} */
    #growing = null;

    /**
     * @param {string} text
     * @param {boolean} isFinal
     * @returns {Node[] | null} null: there is no parser
     */
    nodesOf(text, isFinal) {
        if (library === null) return null;
        this.#growing ??= new library.GrowingBlocks();
        this.#growing.update(library.parser, text, isFinal, false);
        return this.#growing.blocks.map((/** @type {{node: Node}} */ { node }) => node);
    }
}

/**
 * @param {Node[]} nodes
 * @param {(tag: string, attributes: Record<string, any>, children: any[]) => any} create an element of the framework
 * @returns {any[]}
 */
export const elementsOf = (nodes, create) => nodes.map((node, key) => {
    if (typeof node === 'string') return node;
    if ('code' in node) return create('pre', { key, dir: 'ltr' }, [create('code', { key: 0 }, [node.code])]);
    if ('cite' in node) return `[${node.cite}]`;
    return create(node.tag, { key, ...node.attributes, ...(node.style && { style: node.style }) }, elementsOf(node.children, create));
});
