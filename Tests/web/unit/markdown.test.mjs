// An answer's Markdown as a tree: nothing of it is lost, nothing of it becomes HTML, and growing gives what the whole gives.

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { blocksOf, GrowingBlocks } from '../../../web/js/conversation/markdown-blocks.js';
import { createParser } from '../../../web/js/conversation/markdown-parser.js';
import { coloured, languageOf, loadColours, piecesOf } from '../../../web/js/conversation/code-colours.js';

const library = await import('../../../web/vendor/markdown-it.js').catch(() => null);
const skip = library === null ? 'web/vendor is empty: scripts/web.sh' : false;
const parser = skip ? null : createParser(library.default);
const blocks = (text, hasSources = false) => blocksOf(parser, text, {}, hasSources).map(({ node }) => node);

/** The tree's text, and its elements as `p(a em(b))`. */
const textOf = (node) => typeof node === 'string' ? node : 'code' in node ? node.code : 'cite' in node ? `[${node.cite}]` : node.children.map(textOf).join('');
const shape = (node) => typeof node === 'string' ? JSON.stringify(node) : 'code' in node ? `pre.${node.language}(${JSON.stringify(node.code)})`
    : 'cite' in node ? `cite(${node.cite})` : `${node.tag}(${node.children.map(shape).join(' ')})`;
const shapes = (text, hasSources) => blocks(text, hasSources).map(shape).join(' ');

test('stars between digits and inside words stay what they are', { skip }, () => {
    for (const text of ['2*3*4', 'x**2 + y**2', '2**3**4', 'a*b*c and snake_case_name', '5 * 3 * 2', '**/*.py', '2 * 3*4 and 5*6']) {
        assert.equal(shapes(text), `p(${JSON.stringify(text)})`);
    }
    assert.equal(shapes('**Haus**tür'), 'p(strong("Haus") "tür")');
    assert.equal(shapes('Donau**dampf**schiff'), 'p("Donau" strong("dampf") "schiff")');
    assert.equal(shapes('**foo*bar*baz** and *foo **bar** baz*'), 'p(strong("foo*bar*baz") " and " em("foo " strong("bar") " baz"))');
    assert.equal(shapes('这是**重点**内容'), 'p("这是" strong("重点") "内容")');
});

test('tags, scripts and dangerous addresses are text', { skip }, () => {
    assert.equal(shapes('<script>alert(1)</script>'), 'p("<script>alert(1)</script>")');
    assert.equal(shapes('a <img src=x onerror=alert(1)> b'), 'p("a <img src=x onerror=alert(1)> b")');
    for (const address of ['javascript:alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd', 'foo/bar', '//host/x']) {
        for (const node of blocks(`[x](${address})`)) assert.equal(JSON.stringify(node).includes('"href"'), false, address);
    }
    const [link] = blocks('[x](https://example.org "t")')[0].children;
    assert.deepEqual(link.attributes, { href: 'https://example.org', target: '_blank', rel: 'noopener noreferrer nofollow', title: 't', 'data-host': 'example.org' });
    assert.equal(shapes('![a picture](https://example.org/i.png)'), 'p(a("a picture"))');
});

test('a link whose text does not begin with where it leads has that beside it', { skip }, () => {
    const host = (text) => {
        const find = (nodes) => nodes.flatMap((node) => typeof node === 'string' ? [] : node.attributes?.href ? [node] : find(node.children ?? []));
        const links = find(blocks(text));
        assert.equal(links.length, 1, text);
        return links[0].attributes['data-host'];
    };
    for (const text of ['<https://example.org/a?b>', 'https://example.org', '[example.org](https://example.org/login)', '[HTTPS://Example.ORG/x](https://example.org/y)',
        '[**example.org**:443](https://example.org/)', '<ann@example.org>', '[mailto:ann@example.org](mailto:ann@example.org?subject=x)']) {
        assert.equal(host(text), undefined, text);
    }
    const punycode = 'xn--pypal-4ve.com';
    for (const [text, expected] of [['[press](https://example.org/a)', 'example.org'], ['[paypal.com](https://p\u0430ypal.com/)', punycode], ['https://p\u0430ypal.com/login', punycode],
        ['[https://example.org](https://elsewhere.invalid/)', 'elsewhere.invalid'], ['[example.org](https://example.org.evil.invalid)', 'example.org.evil.invalid'],
        ['[example.org.evil](https://example.org)', 'example.org'], ['[example.org@evil.invalid](https://example.org)', 'example.org'],
        ['<https://example.org@elsewhere.invalid/>', 'elsewhere.invalid'], ['[example.org](https://example.org:8443/)', 'example.org:8443'], ['[\u202Egro.elpmaxe](https://evil.invalid)', 'evil.invalid'],
        ['[`example.org`](https://evil.invalid)', 'evil.invalid'], ['![example.org](https://evil.invalid/i.png)', 'evil.invalid'], ['[ann@example.org](mailto:eve@evil.invalid)', 'eve@evil.invalid'],
        ['[press](https://evil.invalid "https://example.org")', 'evil.invalid'], ['[example\u3002org](https://evil.invalid)', 'evil.invalid'],
        ['[ex\u200Bample.org](https://example.org)', 'example.org'], ['[a][1]\n\n[1]: https://evil.invalid', 'evil.invalid']]) {
        assert.equal(host(text), expected, text);
    }
});

test('code comes as it was written, indentation and all, and an open fence is code from its first line', { skip }, () => {
    const code = 'def f(x):\n\tif x:\n        return  2*3*4   # <b>\n\n\n    pass\n';
    assert.deepEqual(blocks('```python\n' + code + '```'), [{ code, language: 'python', isOpen: false }]);
    assert.deepEqual(blocks('~~~\n' + code), [{ code, language: '', isOpen: true }]);
    assert.deepEqual(blocks('```js'), [{ code: '', language: 'js', isOpen: true }]);
    assert.deepEqual(blocks('````\n```\ninner\n```\n'), [{ code: '```\ninner\n```\n', language: '', isOpen: true }]);
    assert.deepEqual(blocks('    two\n      four'), [{ code: 'two\n  four', language: '', isOpen: false }]);
    assert.equal(shapes('- item\n\n  ```\n  x\n  ```'), 'ul(li(p("item") pre.("x\\n")))');
});

test('headings, lists, quotes, tables and line ends have their elements', { skip }, () => {
    assert.equal(shapes('# T\n\none\ntwo  \nthree'), 'h1("T") p("one" "\\n" "two" br() "three")');
    assert.equal(shapes('3. a\n4. b\n   - c'), 'ol(li("a") li("b" ul(li("c"))))');
    assert.equal(blocks('3. a')[0].attributes.start, '3');
    assert.equal(shapes('> q\n\n---\n\n~~gone~~'), 'blockquote(p("q")) hr() p(s("gone"))');
    assert.equal(shapes('|a|b|\n|-|-:|\n|1|2|'), 'table(thead(tr(th("a") th("b"))) tbody(tr(td("1") td("2"))))');
    assert.equal(blocks('|a|\n|-:|\n|1|')[0].children[0].children[0].children[0].style.textAlign, 'right');
});

test('numbers in brackets are sources only where there are sources', { skip }, () => {
    assert.equal(shapes('So it is. [1] And a[0].', true), 'p("So it is." cite(1) " And a" cite(0) ".")'.replace('cite(0)', 'cite(0)'));
    assert.equal(shapes('So it is. [1]'), 'p("So it is. [1]")');
});

test('a text that grows by a character at a time ends as the whole does, and blocks above the last one stay the same objects', { skip }, () => {
    const text = '# T\n\nA [link][r] and **bold\nover lines** `co*de*`.\n\n- a\n- b\n\n  more of b\n\n1. one\n2. two\n\n> quote\nlazy\n\n'
        + '```js\nlet a = 1;\n\nlet b;\n```\nafter\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nSetext\n===\n\n    indented\n\nend [r]\n\n[r]: https://example.org\n';
    const growing = new GrowingBlocks();
    for (let length = 1; length <= text.length; length += 1) {
        const before = [...growing.blocks];
        const from = growing.update(parser, text.slice(0, length), false, false);
        assert.ok(from >= before.length - 1 || from === 0);
        for (let index = 0; index < from; index += 1) assert.equal(growing.blocks[index], before[index]);
    }
    growing.update(parser, text, true, false);
    assert.deepEqual(growing.blocks, blocksOf(parser, text, {}, false));
});

test('a text that begins anew is parsed anew', { skip }, () => {
    const growing = new GrowingBlocks();
    growing.update(parser, 'one\n\ntwo', false, false);
    growing.update(parser, 'uno', false, false);
    assert.equal(growing.blocks.map(({ node }) => textOf(node)).join('|'), 'uno');
});

test('the work on a long text grows with its length, not with its square', { skip }, () => {
    const growing = new GrowingBlocks();
    let parsed = 0;
    const counting = { parse: (text, environment) => { parsed += text.length; return parser.parse(text, environment); } };
    let text = '';
    for (let paragraph = 0; paragraph < 200; paragraph += 1) {
        for (let word = 0; word < 20; word += 1) growing.update(counting, (text += 'word '), false, false);
        text += '\n\n';
    }
    assert.ok(parsed < text.length * 25, `${parsed} characters parsed for ${text.length}`);
});

/** How often the parser looks at a character, cuts or searches while it reads a text. */
function looksAt(text) {
    let looks = 0;
    const { charCodeAt, slice, indexOf } = String.prototype;
    const { exec } = RegExp.prototype;
    Object.assign(String.prototype, {
        charCodeAt(at) { looks += 1; return charCodeAt.call(this, at); },
        slice(start, end) { looks += 1; return slice.call(this, start, end); },
        indexOf(part, start = 0) { const at = indexOf.call(this, part, start); looks += (at < 0 ? this.length : at) - start; return at; },
    });
    RegExp.prototype.exec = function counted(of) { const match = exec.call(this, of); looks += match === null ? 1 : match[0].length; return match; };
    try {
        blocks(text, true);
        return looks;
    } finally {
        Object.assign(String.prototype, { charCodeAt, slice, indexOf });
        RegExp.prototype.exec = exec;
    }
}

test('signs of Markdown without end are read in work that grows with their number, counted', { skip }, () => {
    const hostile = [
        'a ', '*', '**a ', '***', '*_', '_a ', 'a**b', '~~', '`', '`` ', '[', '![', '[[a]](', '](', '](<', '[a](', '[a](b', '[a](b(', '[a](<',
        '[a](b "', "[a](b '", '[a](b (', '![a](', '[a]()', '[a]: b\n', '[a]:\n', '[a]: <', '[a]: b "', '[a][', '[1]', '<', '<a', '<a@', '<a@b.c', '<http:',
        '<!--', '<?', '<![CDATA[', '&', '&amp', '&#', '\\', '> ', '- ', '- a\n', '1. a\n', '# ', '|', '|a', '| a |\n', '|-|\n', '```\n', '~~~', '===\n', '---\n',
        '    a\n', '\n', 'http://', 'e\u0301', '\u6771', '\u202e',
    ];
    for (const piece of hostile) {
        const [once, twice] = [2_048, 4_096].map((size) => looksAt(piece.repeat(size / piece.length)));
        assert.ok(twice <= once * 2.3 + 100, `${JSON.stringify(piece)}: ${once} and ${twice}`);
    }
});

test('what bounds the work takes nothing from what is usual', { skip }, () => {
    assert.equal(shapes('[a](b(c(d)e)f) [g](<h i> (j)) <https://example.org> <me@example.org>'),
        'p(span("a") " " span("g") " " a("https://example.org") " " a("me@example.org"))');
    assert.equal(blocks(`[x][r]\n\n[r]: ${'('.repeat(30)}a${')'.repeat(30)}\n`)[0].children[0].attributes.title, `${'('.repeat(30)}a${')'.repeat(30)}`);
    assert.equal(shapes('1 < 2 and <b'), 'p("1 < 2 and <b")');
});

test('colours are taken from highlight.js as classes of spans, never as HTML', { skip }, async () => {
    const code = 'for x in range(10):  # "<b>" & \'q\'\n    print(x)';
    const flat = (pieces) => pieces.map((piece) => typeof piece === 'string' ? piece : flat(piece.children)).join('');
    const { pieces } = coloured(await loadColours('python'), code, 'python');
    assert.equal(flat(pieces), code);
    assert.ok(pieces.some((piece) => piece.class === 'hljs-comment'));
    assert.deepEqual(piecesOf('<img src=x>a</span>&lt;i&gt;'), ['<', 'img src=x>a', '<i>']);
});

test('lines are coloured as they would be with those before them', { skip }, async () => {
    const library = await loadColours('javascript');
    const flat = (pieces) => pieces.map((piece) => typeof piece === 'string' ? [piece, ''] : [flat(piece.children).map(([text]) => text).join(''), piece.class]);
    const { state } = coloured(library, 'let a = `one\n', 'javascript');
    assert.deepEqual(flat(coloured(library, 'two` + 1;\n', 'javascript', state).pieces)[0], ['two`', 'hljs-string']);
});

test('each language that fences name has its module, and what is not known has none', { skip }, async () => {
    assert.deepEqual(['py', 'TS', 'c++', 'html', 'console', 'yml'].map(languageOf), ['python', 'typescript', 'cpp', 'xml', 'shell', 'yaml']);
    assert.equal(languageOf('no-such-language'), null);
    assert.equal(languageOf(''), null);
    for (const file of readdirSync(new URL('../../../web/vendor/languages/', import.meta.url))) {
        const name = file.replace('.js', '');
        assert.equal(languageOf(name), name);
        assert.ok((await loadColours(name)).getLanguage(name), name);
    }
});

test('a text with definitions that is parsed a part at a time ends as the whole does', { skip }, () => {
    const text = `${'A [link][one], [two] and [none].\n\n'.repeat(20)}> [one]: https://example.org/1 "t"\n\n[two]:\nhttps://example.org/2\n`;
    const growing = new GrowingBlocks();
    growing.define(parser, text);
    for (let end = 100; end < text.length; end += 100) growing.update(parser, text.slice(0, end), false, false);
    growing.update(parser, text, true, false);
    assert.deepEqual(growing.blocks, blocksOf(parser, text));
});
