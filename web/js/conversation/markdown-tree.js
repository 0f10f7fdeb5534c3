// A reply's Markdown as a tree of plain objects, from markdown-it's tokens. No HTML is made and none is taken: tags in an
// answer are text.

/**
 * @typedef {{tag: string, attributes: Record<string, string>, children: Node[], style?: Record<string, string>}} Branch
 * @typedef {{code: string, language: string, isOpen: boolean}} Code
 * @typedef {{cite: number}} Citation
 * @typedef {string | Branch | Code | Citation} Node
 */

const blockTags = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'li', 'blockquote', 'td', 'th']);
const outside = /^(?:https?:|mailto:)/i;

/**
 * @param {string} text
 * @param {Node[]} into
 * @param {boolean} hasSources
 */
function addText(text, into, hasSources) {
    let end = 0;
    if (hasSources) {
        for (const match of text.matchAll(/\s?\[(\d{1,2})\]/g)) {
            if ((match.index ?? 0) > end) into.push(text.slice(end, match.index));
            into.push({ cite: Number(match[1]) });
            end = (match.index ?? 0) + match[0].length;
        }
    }
    if (end < text.length) into.push(text.slice(end));
}

/**
 * @param {any} token
 * @returns {Branch}
 */
function branchOf(token) {
    /** @type {Branch} */
    const branch = { tag: token.tag, attributes: {}, children: [] };
    const heading = /^h([1-6])$/.exec(token.tag);
    // The page has the first two levels itself.
    if (heading) branch.attributes['aria-level'] = String(Math.min(Number(heading[1]) + 2, 9));
    if (blockTags.has(token.tag)) branch.attributes.dir = 'auto';
    if (token.hidden) branch.tag = '';
    for (const [name, value] of token.attrs ?? []) {
        if (name === 'href') setAddress(branch, value);
        else if (name === 'style') branch.style = { textAlign: value.replace(/^text-align:/, '') };
        else if (name === 'start' || name === 'title') branch.attributes[name] = String(value);
    }
    return branch;
}

/** Only addresses of the web and of mail become links; what leads elsewhere is text, with the address as its title. */
function setAddress(/** @type {Branch} */ branch, /** @type {string} */ address) {
    if (outside.test(address)) {
        Object.assign(branch.attributes, { href: address, target: '_blank', rel: 'noopener noreferrer nofollow' });
    } else {
        branch.tag = 'span';
        branch.attributes.title = address;
    }
}

/** @type {(node: Node) => string} */
const textOf = (node) => typeof node === 'string' ? node : 'children' in node ? node.children.map(textOf).join('') : '';

/**
 * A link whose text does not begin with where it leads has that shown beside it: the host as browsers ask for it, of a mail the
 * address. Any text may look like another address.
 * @param {Branch} link
 */
function tellHost({ attributes, children }) {
    if (!attributes.href) return;
    let target = attributes.href;
    try {
        const { host, pathname } = new URL(target);
        target = host || pathname;
    } catch {
        // One that no browser opens is shown whole.
    }
    const text = children.map(textOf).join('').trim().toLowerCase().replace(/^(https?:\/\/|mailto:)/, '');
    if (!text.startsWith(target.toLowerCase()) || !/^([/:?#]|$)/.test(text.slice(target.length))) attributes['data-host'] = target;
}

/**
 * @param {any[]} tokens
 * @param {boolean} hasSources
 * @returns {Node[]}
 */
export function nodesOf(tokens, hasSources) {
    /** @type {Branch} */
    const root = { tag: '', attributes: {}, children: [] };
    const stack = [root];
    for (const token of tokens) {
        const parent = stack[stack.length - 1];
        if (token.nesting === 1) {
            const branch = branchOf(token);
            // The paragraphs of a tight list are none.
            if (branch.tag !== '') parent.children.push(branch);
            stack.push(branch.tag === '' ? { ...branch, children: parent.children } : branch);
        } else if (token.nesting === -1) {
            const closed = stack.pop();
            if (closed) tellHost(closed);
        } else {
            addLeaf(token, parent.children, hasSources);
        }
    }
    return root.children;
}

/**
 * @param {any} token
 * @param {Node[]} into
 * @param {boolean} hasSources
 */
function addLeaf(token, into, hasSources) {
    switch (token.type) {
        case 'inline':
            into.push(...nodesOf(token.children ?? [], hasSources));
            break;
        case 'softbreak':
            into.push('\n');
            break;
        case 'hardbreak':
            into.push({ tag: 'br', attributes: {}, children: [] });
            break;
        case 'code_inline':
            into.push({ tag: 'code', attributes: { dir: 'ltr' }, children: [token.content] });
            break;
        case 'fence':
        case 'code_block':
            into.push({ code: token.content, language: (token.info ?? '').trim().split(/\s+/)[0].slice(0, 40), isOpen: false });
            break;
        case 'hr':
            into.push({ tag: 'hr', attributes: {}, children: [] });
            break;
        case 'image': {
            // A picture from elsewhere would tell its host that it is looked at: a link to it.
            /** @type {Branch} */
            const branch = { tag: 'a', attributes: {}, children: [plainText(token.children) || token.attrGet('src')] };
            setAddress(branch, token.attrGet('src') ?? '');
            tellHost(branch);
            if (token.attrGet('title')) branch.attributes.title = token.attrGet('title');
            into.push(branch);
            break;
        }
        default:
            addText(token.content, into, hasSources);
    }
}

/**
 * What a picture shows, in words.
 * @param {any[] | null} tokens
 * @returns {string}
 */
const plainText = (tokens) => (tokens ?? []).map(({ content, children }) => (children?.length ? plainText(children) : content)).join('');
