// What is asked for ahead is what is imported, and all of it: a missing module costs a round trip, a needless one its bytes.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const web = new URL('../../../web/', import.meta.url);
const textOf = (path) => readFileSync(fileURLToPath(new URL(path, web)), 'utf8');
const pathOf = (url) => url.href.slice(web.href.length);

/** The modules that these import, those of these imports too, and so on. */
function imported(...entries) {
    const found = new Set();
    const read = (path) => {
        for (const [, name] of textOf(path).matchAll(/^(?:import|export) (?:[^;'()]*? from )?'(\.[^']+)';/gm)) {
            const module = pathOf(new URL(name, new URL(path, web)));
            if (!found.has(module)) { found.add(module); read(module); }
        }
    };
    entries.forEach(read);
    return found;
}

test('the page asks at once for every module that its start imports, and for no other', () => {
    const asked = [...textOf('index.html').matchAll(/<link rel="modulepreload" href="([^"]+)">/g)].map(([, path]) => path);
    assert.deepEqual([...asked].sort(), [...imported('js/main.js')].sort());
});

test('the view of turns asks at once for what its modules import', () => {
    const [list, screen] = ['view-modules', 'screen'].map((name) => textOf(`js/conversation/${name}.js`));
    const base = new URL('js/conversation/screen.js', web);
    const asked = [.../const modules = \[([^\]]+)\]/.exec(list)[1].matchAll(/'([^']+)'/g)].map(([, name]) => pathOf(new URL(`${name}.js`, base)));
    const begun = [...screen.matchAll(/import\('([^']+)'\)/g)].map(([, name]) => pathOf(new URL(name, base)));
    const known = imported('js/main.js');
    const needed = [...begun, ...imported(...begun)].filter((path) => !known.has(path));
    assert.deepEqual([...asked].sort(), [...new Set([...needed, 'js/texts/en-answer.js', 'vendor/markdown-it.js'])].sort());
});

test('all that the page ever loads is under 400 KB as a web server sends it', () => {
    const sizeOf = (folder) => readdirSync(new URL(folder, web), { withFileTypes: true }).map((each) => {
        // Adapters are for other pages; fonts are compressed already.
        if (each.isDirectory()) return each.name === 'adapters' ? 0 : sizeOf(`${folder}${each.name}/`);
        if (!/\.(js|css|html|svg|woff2)$/.test(each.name)) return 0;
        const bytes = readFileSync(new URL(`${folder}${each.name}`, web));
        return each.name.endsWith('.woff2') ? bytes.length : gzipSync(bytes, { level: 6 }).length;
    }).reduce((sum, size) => sum + size, 0);
    const size = sizeOf('./');
    assert.ok(size < 400_000, `${size} bytes`);
});
