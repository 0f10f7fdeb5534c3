import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import englishAnswer from '../../../web/js/texts/en-answer.js';
import englishFirst from '../../../web/js/texts/en.js';
import englishParts from '../../../web/js/texts/en-parts.js';
import germanParts from '../../../web/js/texts/de-parts.js';

const english = { ...englishFirst, ...englishAnswer };
const web = new URL('../../../web/', import.meta.url);
const sources = ['js/list/', 'js/parts/', 'js/settings/', 'js/demo/'].flatMap((folder) =>
    readdirSync(new URL(folder, web)).filter((name) => name.endsWith('.js')).map((name) => readFileSync(new URL(folder + name, web), 'utf8')));
const used = (pattern) => [...new Set(sources.flatMap((source) => [...source.matchAll(pattern)].map((match) => match[1])))];
const blanks = (text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

test('all words of the list, the leaves, the parts and the settings are there in German, with the same blanks', () => {
    const keys = [...used(/\bt\('((?:[^'\\]|\\.)*)'/g).filter((key) => !(key in english)), ...Object.keys(englishParts)];
    assert.ok(keys.length > 150);
    assert.deepEqual(keys.filter((key) => !(key in germanParts)), []);
    for (const key of keys) assert.deepEqual(blanks(germanParts[key]), blanks(englishParts[key] ?? key), key);
});

test('words that count have both their numbers in both languages', () => {
    for (const key of used(/\btn\('([^']+)'/g)) {
        for (const texts of [{ ...english, ...englishParts }, germanParts]) for (const number of ['one', 'other']) assert.ok(texts[`${key}.${number}`], `${key}.${number}`);
    }
});

test('no word is kept that nothing says', () => {
    const said = new Set(used(/\btn?\((?:[^()]*? \? )?'((?:[^'\\]|\\.)*)'/g));
    const all = sources.join('\n');
    const stale = Object.keys(germanParts).filter((key) => !said.has(key) && !all.includes(`'${key}'`) && !/^(focus\.|[\w.]+\.(one|other)$)/.test(key));
    assert.deepEqual(stale, []);
});
