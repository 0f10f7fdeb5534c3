import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dialects } from '../../../../web/client/wire.js';
import { breaking, json, lines, memory, setup, silent, stream } from './server.mjs';

const events = [
    { type: 'user_message_received', message_id: 'm1', reply_id: 'r1', session_id: 's1', created_at: '2026-01-01T00:00:00.000Z' },
    { type: 'content_chunk', message_id: 'r1', content: 'one ' }, { type: 'content_chunk', message_id: 'r1', content: 'two ' },
    { type: 'content_chunk', message_id: 'r1', content: 'three' },
    { type: 'complete', message_id: 'r1', status: 'complete', finish_reason: 'stop', provider: 'p', model: 'm', usage: { total_tokens: 3 } },
];
const all = () => stream(lines(events));
const post = 'POST api/v1/chat/stream';
const get = 'GET api/v1/chat/stream/r1';
const ask = (client, options = {}) => client.send('Hello', { sessionId: 's1', key: 'k1', ...options });

test('a message is sent with its key and its conversation, and the events become one state', async () => {
    const { client, requests } = setup({ [post]: [all] });
    const seen = [];
    const reply = ask(client, { body: { metadata: { a: 1 } }, onEvent: (event) => seen.push(event.type) });
    const state = await reply.done;
    assert.deepEqual(requests[0].body, { message: 'Hello', session_id: 's1', metadata: { a: 1 }, user_id: 'usr_1' });
    assert.equal(requests[0].headers.get('Idempotency-Key'), 'k1');
    assert.deepEqual(seen, ['started', 'text', 'text', 'text', 'ended']);
    assert.deepEqual([state.status, state.text, state.replyId, state.userMessageId, state.model, state.lastEventId],
        ['complete', 'one two three', 'r1', 'm1', 'm', 5]);
});

for (const [how, cut] of [['ends early, cleanly,', stream], ['breaks', breaking]]) {
    test(`a stream that ${how} is taken up where it ended, each token once`, async () => {
        const { client, requests, names } = setup({ [post]: [() => cut(lines(events.slice(0, 3)))], [get]: [() => stream(lines(events.slice(2), 3))] });
        const state = await ask(client).done;
        assert.deepEqual(names(), [post, get]);
        assert.equal(requests[1].headers.get('Last-Event-ID'), '3');
        assert.deepEqual([state.text, state.status], ['one two three', 'complete']);
    });
}

test('a line that goes silent is left after two heartbeats and taken up', async () => {
    const { client, names } = setup({
        [post]: [({ signal }) => silent(lines(events.slice(0, 2)), signal)], [get]: [() => stream(lines(events.slice(2), 3))],
    });
    const lineStates = [];
    client.on('line', ({ state }) => lineStates.push(state));
    assert.equal((await ask(client).done).text, 'one two three');
    assert.deepEqual(names(), [post, get]);
    assert.ok(lineStates.includes('quiet'), `the line was ${lineStates}`);
});

test('heartbeats alone keep a line', async () => {
    let controller;
    const { client, names } = setup({ [post]: [() => new Response(new ReadableStream({ start: (it) => void (controller = it) }),
        { headers: { 'Content-Type': 'text/event-stream' } })] });
    const reply = ask(client);
    const encoder = new TextEncoder();
    for (let beat = 0; beat < 6; beat += 1) {
        await new Promise((resolve) => setTimeout(resolve, 20)); // half a heartbeat
        controller?.enqueue(encoder.encode(': ping\n\n'));
    }
    controller.enqueue(encoder.encode(lines(events)));
    assert.equal((await reply.done).text, 'one two three');
    assert.deepEqual(names(), [post]);
});

test('a stream that never comes back is given up and can be taken up again', async () => {
    let isBack = false;
    const { client, names } = setup({
        [post]: [() => stream(lines(events.slice(0, 2)))],
        [get]: [() => (isBack ? stream(lines(events.slice(2), 3)) : new TypeError('down'))],
    }, { timing: { resumeAttempts: 3 } });
    const reply = ask(client);
    const state = await reply.done;
    assert.deepEqual([state.status, state.text, names().length], ['lost', 'one ', 4 - 1]);
    isBack = true;
    reply.retry();
    assert.deepEqual([(await reply.done).status, reply.state.text], ['complete', 'one two three']);
});

test('progress begins the attempts anew', async () => {
    const pieces = [...events.slice(0, -1), ...Array.from({ length: 8 }, () => ({ type: 'content_chunk', content: '.' })), events.at(-1)];
    let next = 1;
    const { client } = setup({
        [post]: [() => stream(lines(pieces.slice(0, 1)))],
        [get]: [() => { next += 1; return stream(lines(pieces.slice(next - 1, next), next)); }],
    }, { timing: { resumeAttempts: 2 } });
    assert.equal((await ask(client).done).text, 'one two three........');
});

test('a reset drops the text, also after coming back', async () => {
    const lost = { type: 'provider_switch', from: 'a', to: 'a', reason: 'text_lost', attempt: 1, reset: true };
    const { client } = setup({
        [post]: [() => stream(lines(events.slice(0, 3)))],
        [get]: [() => stream(lines([lost, { type: 'content_chunk', content: 'again' }, events.at(-1)], 4))],
    });
    assert.equal((await ask(client).done).text, 'again');
});

test('without an answer the same message is sent again, under the same key', async () => {
    const { client, requests } = setup({ [post]: [new TypeError('down'), () => json({}, 502), all] });
    assert.equal((await ask(client).done).status, 'complete');
    assert.equal(new Set(requests.map(({ text, headers }) => text + headers.get('Idempotency-Key'))).size, 1);
    assert.equal(requests.length, 3);
});

test('a refusal in words is not tried again by itself, and can be retried', async () => {
    const problem = { code: 'invalid', detail: 'too long', errors: [{ field: 'message', detail: 'must be 1 to 32768 bytes' }], instance: 'req_1' };
    const { client, requests } = setup({ [post]: [() => json(problem, 400), all] });
    const reply = ask(client);
    const { status, error } = await reply.done;
    assert.deepEqual([status, error.status, error.code, error.message, error.errors[0].field, error.requestId, error.retryable],
        ['refused', 400, 'invalid', 'too long', 'message', 'req_1', false]);
    reply.retry();
    assert.equal((await reply.done).status, 'complete');
    assert.equal(requests[0].headers.get('Idempotency-Key'), requests[1].headers.get('Idempotency-Key'));
});

test('too many requests: the server says when, and the message waits until then', async () => {
    const { client } = setup({ [post]: [() => json({ code: 'rate_limited' }, 429, { 'Retry-After': '0' }), all] });
    const waits = [];
    const reply = ask(client, { onChange: (state) => state.status === 'queued' && waits.push(state.error.code) });
    assert.equal((await reply.done).status, 'complete');
    assert.deepEqual(waits, ['rate_limited']);
});

for (const [what, answer] of [['a wait of more than a minute', () => json({ code: 'rate_limited' }, 429, { 'Retry-After': '3600' })],
    ['a used up day', () => json({ code: 'token_limit_reached' }, 429, { 'Retry-After': '1' })],
    ['x-should-retry: false', () => json({ code: 'whatever' }, 503, { 'X-Should-Retry': 'false' })]]) {
    test(`${what} is told at once`, async () => {
        const { client, requests } = setup({ [post]: [answer] });
        assert.equal((await ask(client).done).status, 'refused');
        assert.equal(requests.length, 1);
    });
}

test('a proxy that turns the answer into something else is an error after some attempts', async () => {
    const { client, requests } = setup({ [post]: [() => new Response('<h1>Hello</h1>', { headers: { 'Content-Type': 'text/html' } })] }, { timing: { sendAttempts: 3 } });
    const { status, error } = await ask(client).done;
    assert.deepEqual([status, error.code, requests.length], ['refused', 'not_a_stream', 3]);
});

test('a stop ends the reply on the server and keeps the text', async () => {
    let controller;
    const body = () => new Response(new ReadableStream({ start(it) { controller = it; it.enqueue(new TextEncoder().encode(lines(events.slice(0, 2)))); } }),
        { headers: { 'Content-Type': 'text/event-stream' } });
    const { client, requests } = setup({ [post]: [body], 'POST api/v1/chat/stop': [() => {
        controller.enqueue(new TextEncoder().encode(lines([{ type: 'complete', status: 'stopped', finish_reason: 'stopped' }], 3)));
        return json({ message_id: 'r1' });
    }] }, { timing: { stopMs: 60_000, heartbeatMs: 60_000 } });
    const reply = ask(client, { onEvent: (event) => event.type === 'text' && void reply.stop() });
    const state = await reply.done;
    assert.deepEqual([state.status, state.text], ['stopped', 'one ']);
    await reply.stop();
    assert.deepEqual(requests.filter(({ name }) => name.endsWith('stop')).map(({ body: sent }) => sent), [{ message_id: 'r1', user_id: 'usr_1' }]);
});

test('a stop before the server has answered is sent as soon as it has', async () => {
    let answer;
    const { client, names } = setup({
        [post]: [() => new Promise((resolve) => (answer = resolve))],
        'POST api/v1/chat/stop': [() => json({ message_id: 'r1' })],
    }, { timing: { stopMs: 200 } });
    const reply = ask(client, { onChange: ({ status }) => status === 'sending' && queueMicrotask(() => void reply.stop()) });
    while (answer === undefined || !reply.state.stopping) await new Promise(setImmediate);
    answer(silent(lines(events.slice(0, 2))));
    assert.equal((await reply.done).status, 'stopped');
    assert.deepEqual(names(), [post, 'POST api/v1/chat/stop']);
});

test('a server that cannot stop does not keep the page listening', async () => {
    const { client } = setup({ [post]: [({ signal }) => silent(lines(events.slice(0, 2)), signal)], 'POST api/v1/chat/stop': [() => json({}, 501)] });
    const reply = ask(client, { onEvent: (event) => event.type === 'text' && void reply.stop() });
    assert.equal((await reply.done).status, 'stopped');
});

test('a stream that is held back on the way is asked for as a whole answer under the same key, and so are the next', async () => {
    const whole = { message_id: 'r1', user_message_id: 'm1', session_id: 's1', content: 'one two three', status: 'complete', finish_reason: 'stop' };
    const { client, requests } = setup({
        [post]: [({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))), () => json(whole)],
    }, { timing: { firstEventMs: 10 } });
    const state = await ask(client).done;
    assert.deepEqual([state.status, state.text, state.whole, client.line.whole], ['complete', 'one two three', true, true]);
    assert.deepEqual(requests.map(({ headers }) => headers.get('Accept')), ['text/event-stream', 'application/json']);
    assert.equal(requests[0].text, requests[1].text);
    await ask(client, { key: 'k2' }).done;
    assert.equal(requests[2].headers.get('Accept'), 'application/json');
});

test('a server that is down is not taken for a line that holds streams back', async () => {
    const { client, requests } = setup({
        [post]: [({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))), all],
        'GET healthz': [() => new TypeError('down')],
    }, { timing: { firstEventMs: 10 } });
    assert.equal((await ask(client).done).whole, false);
    assert.deepEqual(requests.map(({ headers }) => headers.get('Accept')), ['text/event-stream', 'text/event-stream']);
});

test('where streams are held back, a reply under way is followed in the history', async () => {
    const message = (content, status) => () => json({ messages: [{ message_id: 'r1', role: 'assistant', content, status, created_at: 'x' }] });
    const { client } = setup({ 'POST api/v1/chat/history': [message('one two three', 'complete')] });
    client.holdBack();
    const state = await client.resume('r1', { sessionId: 's1' }).done;
    assert.deepEqual([state.status, state.text], ['complete', 'one two three']);
});

test('an expired token is renewed and the message goes out once', async () => {
    const { client, requests } = setup({ [post]: [() => json({ code: 'unauthorized' }, 401), all] });
    assert.equal((await ask(client).done).status, 'complete');
    assert.equal(requests.length, 2);
});

test('a bearer token is sent, renewed when it is due, and told', async () => {
    const tokens = [];
    const { client, requests } = setup({
        [post]: [all], 'GET api/v1/auth/me': [() => json({ user_id: 'usr_1', renew_after: '2099-01-01T00:00:00Z', token: 'token-2' })],
    }, { token: 'token-1' });
    client.on('token', (token) => tokens.push(token));
    await ask(client).done;
    assert.deepEqual([requests[0].headers.get('Authorization'), tokens], ['Bearer token-2', ['token-2']]);
});

test('a token of somebody else’s making is asked for again when it has expired', async () => {
    const asked = [];
    const { client, requests } = setup({ [post]: [() => json({}, 401), all] },
        { getToken: async ({ expired }) => { asked.push(expired); return `jwt-${asked.length}`; } });
    await ask(client).done;
    assert.deepEqual(asked, [false, true]);
    assert.deepEqual(requests.map(({ headers }) => headers.get('Authorization')), ['Bearer jwt-1', 'Bearer jwt-2']);
});

test('when the server takes the page for somebody else, nothing goes on', async () => {
    const changes = [];
    let isAnother = false;
    const { client } = setup({
        [post]: [({ signal }) => silent(lines(events.slice(0, 2)), signal)], 'GET api/v1/chat/sessions': [() => json({}, 401)],
        'POST api/v1/auth/guest': [() => json({ user_id: isAnother ? 'usr_2' : 'usr_1', renew_after: '2099-01-01T00:00:00Z', identity_changed: isAnother })],
    }, { timing: { heartbeatMs: 60_000 } });
    client.on('identity', (change) => changes.push(change));
    const reply = ask(client, { onEvent: (event) => {
        if (event.type !== 'text') return;
        isAnother = true;
        client.request('GET', 'api/v1/chat/sessions').catch(() => {});
    } });
    const { status, error } = await reply.done;
    assert.deepEqual([status, error.code], ['lost', 'identity_changed']);
    assert.deepEqual(changes.at(-1), { userId: 'usr_2', previousUserId: 'usr_1', changed: true });
});

test('a reply found in the history is told from its beginning', async () => {
    const { client, requests } = setup({ [get]: [all] });
    const state = await client.resume('r1', { sessionId: 's1' }).done;
    assert.deepEqual([state.text, state.status, requests[0].headers.get('Last-Event-ID')], ['one two three', 'complete', '0']);
});

test('a reply that is gone is not asked for again and again', async () => {
    const { client, requests } = setup({ [get]: [() => json({ code: 'not_found' }, 404)] });
    assert.equal((await client.resume('r1').done).status, 'lost');
    assert.equal(requests.length, 1);
});

test('debug mode records each request, event and end with its time', async () => {
    const { client } = setup({ [post]: [all] }, { storage: memory() });
    client.debug = true;
    await ask(client).done;
    const kinds = client.debugEntries.map(({ kind }) => kind);
    for (const kind of ['request', 'response', 'event', 'line']) assert.ok(kinds.includes(kind), kind);
    assert.ok(client.debugEntries.every(({ at }) => at > 0));
});

test('a server that fails at streaming is asked for the whole answer in the end', async () => {
    const whole = { message_id: 'r1', content: 'whole', status: 'complete' };
    const { client, requests } = setup({ [post]: ({ headers }) => (headers.get('Accept') === 'application/json' ? json(whole) : json({}, 500)) });
    const { status, text } = await ask(client).done;
    assert.deepEqual([status, text, requests.length], ['complete', 'whole', 5]);
});

test('events without a number of their own are taken wherever they stand, and a step replaces itself', async () => {
    const step = (status) => `data: ${JSON.stringify({ type: 'step', step: { id: 1, status } })}\n\n`;
    const { client, requests } = setup({
        [post]: [() => stream(lines(events.slice(0, 1)) + step('started') + lines(events.slice(1, 2), 2))],
        [get]: [() => stream(step('completed') + lines(events.slice(1), 2))],
    });
    const state = await ask(client, { query: { events: 'all' } }).done;
    assert.deepEqual([state.text, state.steps], ['one two three', [{ id: 1, status: 'completed' }]]);
    assert.deepEqual(requests.map(({ search }) => search), ['?events=all', '?events=all']);
});

test('the plain agent streams, or answers whole, as the server does', async () => {
    const agent = 'POST api/agent/chat';
    const whole = { response: 'whole', message_id: 'r1', user_message_id: 'm1', session_id: 's1', sources: [{ title: 't' }], status: 'complete' };
    const { client, requests } = setup({ [agent]: [() => stream(lines(events.slice(0, 2))), () => json(whole)], [get]: [() => stream(lines(events.slice(2), 3))] });
    assert.equal((await ask(client, { dialect: 'agent', body: { mode: 'visa_expert' } }).done).text, 'one two three');
    assert.equal(requests[0].body.mode, 'visa_expert');
    const state = await ask(client, { dialect: 'agent', key: 'k2' }).done;
    assert.deepEqual([state.text, state.sources.length, state.replyId], ['whole', 1, 'r1']);
});

test('the plain agent’s answer that failed is not asked for again', async () => {
    const { client, requests } = setup({ 'POST api/agent/chat': [() => json({ code: 'provider_unavailable', detail: 'd' }, 503, { 'Retry-After': '0' })] });
    const { status, error } = await ask(client, { dialect: 'agent' }).done;
    assert.deepEqual([status, error.code, requests.length], ['failed', 'provider_unavailable', 1]);
});

test('a completion that breaks off is interrupted and keeps its text; one that never began is asked for again', async () => {
    const chunk = (content, reason = null) => `data: ${JSON.stringify({ choices: [{ delta: { content }, finish_reason: reason }] })}\n\n`;
    const { client, requests } = setup({ 'POST v1/chat/completions': [new TypeError('down'), () => stream(chunk('one ')), () => stream(`${chunk('one', 'stop')}data: [DONE]\n\n`)] });
    const { status, text, error } = await ask(client, { dialect: 'openai', body: { model: 'm' } }).done;
    assert.deepEqual([status, text, error.code, requests.length], ['interrupted', 'one ', 'stream_cut', 2]);
    assert.equal((await ask(client, { dialect: 'openai', body: { model: 'm' } }).done).status, 'complete');
});

test('a completion that is kept knows its messages from the first chunk on, and is stopped on the server', async () => {
    const place = { session_id: 's1', user_message_id: 'm1', message_id: 'r1' };
    const chunk = (fields) => `data: ${JSON.stringify({ choices: [{ delta: { content: 'one ' }, finish_reason: null }], ...fields })}\n\n`;
    const stop = 'POST api/v1/chat/stop';
    const { client, requests } = setup({ 'POST v1/chat/completions': [({ signal }) => silent(chunk({ chat_fcgi: place }), signal)], [stop]: [() => json({})] });
    const reply = ask(client, { dialect: 'openai', body: { model: 'm', store: true }, onEvent: (event) => event.type === 'text' && void reply.stop() });
    const { status, text, replyId, userMessageId, sessionId } = await reply.done;
    assert.deepEqual([status, text, replyId, userMessageId, sessionId], ['stopped', 'one ', 'r1', 'm1', 's1']);
    assert.equal(requests.find(({ name }) => name === stop).body.message_id, 'r1');
    const whole = { choices: [{ message: { content: 'a' }, finish_reason: 'stop' }], chat_fcgi: { provider: 'p', ...place } };
    assert.deepEqual(dialects.openai.whole(whole).map(({ type, replyId: id }) => [type, id]), [['started', 'r1'], ['text', undefined], ['ended', undefined]]);
});

test('another reply, and one that goes on, are asked for under keys of their own', async () => {
    const { client, requests } = setup({ 'POST api/v1/chat/regenerate': [all], 'POST api/v1/chat/continue': [all] });
    assert.equal((await client.regenerate('m1', { sessionId: 's1' }).done).text, 'one two three');
    assert.equal((await client.continue('r1', { sessionId: 's1' }).done).status, 'complete');
    assert.deepEqual(requests.map(({ name, body }) => [name, body.message_id]), [['POST api/v1/chat/regenerate', 'm1'], ['POST api/v1/chat/continue', 'r1']]);
});

test('whoever waits can be woken', async () => {
    const { client } = setup({ [post]: [new TypeError('down'), all] }, { timing: { baseMs: 60_000, maxMs: 60_000 } });
    const reply = ask(client, { onChange: ({ retryAt }) => retryAt && queueMicrotask(() => client.wake()) });
    assert.equal((await reply.done).status, 'complete');
});

test('a listener that throws is the page’s own fault: the reply goes on, and the others are told', async () => {
    const thrown = [];
    const { queueMicrotask: later } = globalThis;
    globalThis.queueMicrotask = (report) => { try { report(); } catch (error) { thrown.push(error.message); } };
    const { client, names } = setup({ [post]: [all] });
    const seen = [];
    const reply = ask(client, { onEvent: () => { throw new Error('a mistake of the page'); } });
    reply.on('event', ({ type }) => seen.push(type));
    assert.equal((await reply.done).text, 'one two three');
    globalThis.queueMicrotask = later;
    assert.deepEqual([names().length, seen.length, thrown.length], [1, 5, 5]);
});

test('an event without an end is not asked for again and again', async () => {
    const { client, requests } = setup({ [post]: [() => stream(`data: ${'a'.repeat(5 << 20)}`)] });
    const { status, error } = await ask(client).done;
    assert.deepEqual([status, error.code, requests.length], ['refused', 'event_too_long', 1]);
});

test('what the storage has of one server is not shown to another, and a token of the page’s is not stored', async () => {
    const storage = memory();
    const one = setup({ [post]: [all] }, { storage });
    await ask(one.client).done;
    const other = setup({ [post]: [all] }, { storage, base: 'http://other.test/' });
    assert.equal(other.client.identity.userId, null);
    const stored = [...storage.kept].filter(([key]) => key.startsWith('chat-fcgi.guest')).map(([key, value]) => [key, JSON.parse(value).token]);
    assert.deepEqual(stored, [['chat-fcgi.guest:http://chat.test/api/v1/', 'token-1']]);
    await ask(setup({ [post]: [all] }, { storage, token: 'secret' }).client).done;
    assert.ok(![...storage.kept.values()].some((value) => value.includes('secret')));
    assert.equal(setup({}, { storage }).client.identity.userId, 'usr_1');
});

test('a stream that begins while the client looks whether the server is up is not cut', async () => {
    let begin;
    const { client, names } = setup({
        [post]: [() => new Promise((resolve) => (begin = () => resolve(stream(lines(events)))))],
        'GET healthz': [() => { begin(); return new Promise((resolve) => setTimeout(() => resolve(json({})), 5)); }],
    }, { timing: { firstEventMs: 5 } });
    const state = await ask(client).done;
    assert.deepEqual([state.text, state.whole, names().length], ['one two three', false, 1]);
});

test('a server that tells the same step with every connection and then cuts it is given up', async () => {
    const step = `data: ${JSON.stringify({ type: 'step', step: { id: 1, status: 'started' } })}\n\n`;
    const { client, requests } = setup({ [post]: [() => stream(lines(events.slice(0, 1)))], [get]: [() => stream(step)] }, { timing: { resumeAttempts: 4 } });
    assert.equal((await ask(client).done).status, 'lost');
    assert.equal(requests.length, 4);
});
