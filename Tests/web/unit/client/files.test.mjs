import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

const folder = new URL('../../../../web/client/', import.meta.url);
const read = (name) => readFileSync(new URL(name, folder), 'utf8');
const scripts = (name) => readdirSync(new URL(name, folder)).filter((file) => file.endsWith('.js'));

test('the client is under 14 KB as a web server compresses it, comments and all, and needs nothing else', () => {
    const bytes = scripts('.').map((name) => gzipSync(read(name), { level: 6 }).length).reduce((sum, size) => sum + size);
    assert.ok(bytes < 14 * 1024, `${bytes} bytes`);
    for (const name of scripts('.')) {
        for (const [, source] of read(name).matchAll(/(?:from |import\()'([^']+)'/g)) assert.match(source, /^\.\/([a-z-]+|adapters\/debug)\.js$/, name);
    }
});

/** Names that a module exports, as its text says. */
const names = (text) => [...text.matchAll(/^export (?:declare )?(?:async )?(?:function|class|const|let|namespace) (\w+)/gm)].map(([, name]) => name)
    .concat([...text.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, list]) => list.split(',').map((name) => name.trim()).filter(Boolean)))
    .concat([...text.matchAll(/^export const \{([^}]*)\}/gm)].flatMap(([, list]) => list.split(',').map((name) => name.replace(/.*:/, '').trim())));

test('the types of each adapter name what it exports', () => {
    for (const name of scripts('adapters/')) {
        const [code, types] = [`adapters/${name}`, `adapters/${name.replace('.js', '.d.ts')}`].map((file) => new Set(names(read(file))));
        assert.deepEqual([...types].sort(), [...code].sort(), name);
    }
});
