import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inWords, Problem, problemFrom, retryAfterSeconds } from '../../../web/js/problem.js';

test('Retry-After is read as seconds or as a date, and nonsense is no time', () => {
    const at = Date.parse('2024-01-01T00:00:00Z');
    assert.equal(retryAfterSeconds('7', at), 7);
    assert.equal(retryAfterSeconds('Mon, 01 Jan 2024 00:00:30 GMT', at), 30);
    assert.equal(retryAfterSeconds('Sun, 31 Dec 2023 00:00:00 GMT', at), 0);
    assert.equal(retryAfterSeconds('999999999', at), 86_400);
    for (const value of [null, '', 'soon']) assert.equal(retryAfterSeconds(value, at), null);
});

test('problem details are read; a field that is wrong is named with what to do', async () => {
    const body = { code: 'invalid', detail: 'bad', instance: 'req_1', errors: [{ field: 'message', detail: 'must be 1 to 32768 bytes' }] };
    const problem = await problemFrom(new Response(JSON.stringify(body), { status: 400, headers: { 'Content-Type': 'application/problem+json' } }));
    assert.deepEqual([problem.status, problem.code, problem.reference], [400, 'invalid', 'req_1']);
    assert.equal(inWords(problem).text, 'The server cannot take this (message: must be 1 to 32768 bytes). Change it and send it again.');
    assert.equal(inWords(problem).edit, true);
});

test('a web server\'s own HTML page is not shown', async () => {
    const problem = await problemFrom(new Response('<h1>502 nginx</h1>', { status: 502, headers: { 'Content-Type': 'text/html' } }));
    assert.doesNotMatch(inWords(problem).text, /nginx|</);
});

test('problem details that are no object, or broken, still give words', async () => {
    for (const body of ['null', '{', '[]', '{"detail":5,"errors":"x"}']) {
        const problem = await problemFrom(new Response(body, { status: 429, headers: { 'Content-Type': 'application/json', 'Retry-After': '2' } }));
        assert.equal(problem.retryAfterS, 2);
        assert.match(inWords(problem).text, /Wait a little/);
    }
});

test('every status has words and at least one thing to do', () => {
    for (const status of [0, 400, 401, 403, 404, 405, 409, 413, 415, 429, 500, 502, 503, 504]) {
        const { text, retry, edit } = inWords(new Problem(status));
        assert.ok(text.length > 20 && (retry || edit), String(status));
    }
});
