// The public examples of CommonMark: answers have the elements that these say, but for the classes that docs/page.md names.
// run.sh gets the examples from PyPI's commonmark; without them this is skipped.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { blocksOf } from '../../../web/js/conversation/markdown-blocks.js';
import { createParser } from '../../../web/js/conversation/markdown-parser.js';

const read = (path) => { try { return readFileSync(new URL(path, import.meta.url), 'utf8'); } catch { return null; } };
const spec = read('../../../.build/commonmark/spec.txt');
const library = await import('../../../web/vendor/markdown-it.js').catch(() => null);
const skip = spec === null ? 'no .build/commonmark/spec.txt: Tests/web/run.sh gets it' : library === null ? 'web/vendor is empty: scripts/web.sh' : false;

/** @returns {{number: number, section: string, markdown: string, html: string}[]} */
function examples() {
    const found = [];
    let section = '';
    for (const [, heading, markdown, html] of spec.matchAll(/^#+ (.*)$|^`{32} example\n([^]*?)^\.\n([^]*?)^`{32}$/gm)) {
        if (heading !== undefined) section = heading;
        else found.push({ number: found.length + 1, section, markdown: markdown.replaceAll('→', '\t'), html: html.replaceAll('→', '\t') });
    }
    return found;
}

const entities = { amp: '&', lt: '<', gt: '>', quot: '"' };
const unescaped = (text) => text.replace(/&(amp|lt|gt|quot);/g, (_, name) => entities[name]);
const containers = new Set(['', 'ul', 'ol', 'li', 'blockquote']);

/** The elements of an example's HTML: `[tag, attributes, ...children]`. */
function elementsOf(html) {
    const stack = [['', {}]];
    for (const [whole, close, tag, attributes] of html.replaceAll('<br />\n', '<br />').matchAll(/<(\/?)([a-z][a-z0-9]*)((?:\s[^<>]*)?)>|[^<]+|</g)) {
        const top = stack.at(-1);
        if (tag === undefined) {
            const text = unescaped(whole);
            if (!containers.has(top[0]) || text.trim() !== '') top.push(containers.has(top[0]) ? text.trim() : text);
        } else if (close) {
            if (stack.length > 1) stack.pop();
        } else {
            const values = Object.fromEntries([...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, unescaped(value)]));
            const node = [tag, values];
            top.push(node);
            if (!['br', 'hr', 'img'].includes(tag)) stack.push(node);
        }
    }
    return stack[0].slice(2);
}

/** Texts that follow one another are one, and of code the last line end is nobody's. */
function joined(children) {
    const nodes = [];
    for (const child of children) {
        if (typeof child === 'string' && typeof nodes.at(-1) === 'string') nodes.push(nodes.pop() + child);
        else if (child !== '') nodes.push(child);
    }
    return nodes;
}

const addressed = (address, title, children) => (/^(?:https?:|mailto:)/i.test(address)
    ? ['a', { href: address, ...(title ? { title } : {}) }, ...children] : ['span', title || address ? { title: title || address } : {}, ...children]);

/** What the example says in the page's elements: pictures are links, and addresses of no site are texts with a title. */
function expected(node) {
    if (typeof node === 'string') return node;
    const [tag, attributes, ...children] = node;
    if (tag === 'pre') {
        const [, { class: language = '' }, ...text] = children[0] ?? ['code', {}];
        return ['pre', language.replace('language-', ''), text.join('').replace(/\n$/, '')];
    }
    if (tag === 'img') return addressed(attributes.src, attributes.title, joined([attributes.alt || attributes.src]));
    const inner = joined(children.map(expected));
    if (tag === 'a') return addressed(attributes.href, attributes.title, inner);
    return [tag, attributes.start ? { start: attributes.start } : {}, ...inner];
}

/** The page's tree in the same form. */
function shown(node) {
    if (typeof node === 'string') return node;
    if ('code' in node) return ['pre', node.language, node.code.replace(/\n$/, '')];
    const { href, title, start } = node.attributes;
    const inner = joined(node.children.map(shown)).map((child) => (containers.has(node.tag) && typeof child === 'string' ? child.trim() : child));
    if (node.tag === 'a' || node.tag === 'span') return [node.tag, { ...(href ? { href } : {}), ...(title ? { title } : {}) }, ...inner];
    return [node.tag, start ? { start } : {}, ...inner];
}

/** Why an example may differ; the first that holds. */
const classes = {
    'tags are text': ({ section, markdown }) => ['HTML blocks', 'Raw HTML'].includes(section) || /<[a-z/!?][^<>\n]*(?:>|\n)/i.test(markdown.replace(/<[a-z][a-z0-9+.-]+:[^<>\s]*>|<[^\s<>]+@[^\s<>]+>/gi, '')),
    'a star inside a word is a star': ({ markdown }) => /[\w]\*+[\w]/.test(markdown),
    'bare addresses are links': ({ markdown }) => /https?:\/\//.test(markdown),
};

test('the examples of CommonMark have their elements, but for the classes that the documents name', { skip }, () => {
    const parser = createParser(library.default);
    const all = examples();
    const left = Object.fromEntries(Object.keys(classes).map((name) => [name, 0]));
    for (const example of all) {
        const ours = blocksOf(parser, example.markdown).map(({ node }) => shown(node));
        const theirs = elementsOf(example.html).map(expected);
        if (JSON.stringify(ours) === JSON.stringify(theirs)) continue;
        const name = Object.keys(classes).find((each) => classes[each](example));
        if (name === undefined) assert.deepEqual(ours, theirs, `example ${example.number}, ${example.section}:\n${example.markdown}`);
        left[name] += 1;
    }
    // docs/page.md has these figures.
    assert.equal(all.length, 649);
    assert.deepEqual(left, { 'tags are text': 65, 'a star inside a word is a star': 4, 'bare addresses are links': 2 });
});
