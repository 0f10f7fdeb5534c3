import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grouped, held } from '../../../web/js/list/groups.js';
import { found } from '../../../web/js/list/search.js';
import { highlighted, searchedWords } from '../../../web/js/list/highlight.js';

const now = new Date(2026, 10, 21, 14, 30);
const at = (day, hour = 9, month = 10, year = 2026) => new Date(year, month, day, hour).toISOString();
const session = (id, time, more = {}) => ({ session_id: id, title: id, updated_at: time, ...more });

test('conversations stand in groups, the newest first, and pinned ones by themselves', () => {
    const found = grouped([
        session('old', at(12)), session('today', at(21)), session('later', at(21, 12)), session('friday', at(20)),
        session('sixth', at(15, 0)), session('seventh', at(14, 23)), session('pin', at(1), { pinned: true }),
    ], now);
    assert.deepEqual(found.map(({ group, sessions }) => [group, ...sessions.map((each) => each.session_id)]),
        [['pinned', 'pin'], ['today', 'later', 'today'], ['week', 'friday', 'sixth'], ['earlier', 'seventh', 'old']]);
    assert.deepEqual(grouped([], now), []);
});

test('a conversation without a time is the last, not the first', () => {
    assert.equal(grouped([{ session_id: 'none' }, session('old', at(1))], now)[0].sessions[1].session_id, 'none');
});

test('a list under the pointer keeps its order; what is new comes first in its group', () => {
    const groups = grouped([session('a', at(21, 8)), session('b', at(21, 12)), session('new', at(21, 13))], now);
    assert.deepEqual(held(groups, ['a', 'b'])[0].sessions.map((each) => each.session_id), ['new', 'a', 'b']);
});

test('a conversation is found once, by its title before its words', () => {
    const sessions = [session('one', at(1)), session('two', at(2)), session('three', at(3))];
    const results = [{ session_id: 'two', title: 'two', excerpt: 'x' }, { session_id: 'two', title: 'two', excerpt: 'y' }, { session_id: 'gone', title: 'Old', created_at: at(4) }];
    assert.deepEqual(found(sessions, results, (title) => title === 'three').map(({ session: each, hit }) => [each.session_id, hit?.excerpt ?? null]),
        [['three', null], ['two', 'x'], ['gone', null]]);
});

const hits = (text, query) => highlighted(text, query).filter(({ hit }) => hit).map((piece) => piece.text);

test('hits are marked at the beginning of words, whatever their case and marks, and the text stays whole', () => {
    assert.deepEqual(hits('Books on Survival, and how to survive', 'surviv'), ['Surviv', 'surviv']);
    assert.deepEqual(hits('a revival', 'viv'), []);
    assert.deepEqual(hits('Čapek, CAPEK and Čapkova', '"capek" *'), ['Čapek', 'CAPEK']);
    assert.deepEqual(hits('Grüße aus der Straße', 'straße grusse'), ['Straße']);
    assert.deepEqual(hits('時間の旅人', '旅'), ['旅']);
    for (const text of ['ab <b>ab</b> 😀 ab', '', 'é e\u0301 É']) {
        assert.equal(highlighted(text, 'ab e').map((piece) => piece.text).join(''), text);
    }
});

test('a query without a word marks nothing', () => {
    assert.deepEqual(searchedWords(' * "" - '), []);
    assert.deepEqual(hits('anything', '*'), []);
});
