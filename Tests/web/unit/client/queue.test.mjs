import assert from 'node:assert/strict';
import { test } from 'node:test';
import { json, lines, memory, setup, stream } from './server.mjs';

const post = 'POST api/v1/chat/stream';
const answer = ({ body }) => stream(lines([
    { type: 'user_message_received', message_id: `m-${body.message}`, reply_id: `r-${body.message}`, session_id: body.session_id },
    { type: 'content_chunk', content: `You said ${body.message}` }, { type: 'complete', status: 'complete' },
]));
const down = () => new TypeError('down');
const online = () => globalThis.dispatchEvent?.(new Event('online'));
const turns = (n = 20) => new Promise((resolve) => setTimeout(resolve, n));

test('messages typed without a line are kept and sent in their order when it is back', async () => {
    let isUp = false;
    const { client, requests } = setup({ [post]: (request) => (isUp ? answer(request) : down()) });
    const replies = ['a', 'b', 'c'].map((text) => client.send(text, { sessionId: 's1' }));
    while (requests.length < 3) await turns(1); // the first of them is tried again and again
    assert.deepEqual(client.queued.map(({ text }) => text), ['a', 'b', 'c']);
    assert.deepEqual(replies.map(({ state }) => state.status !== 'complete'), [true, true, true]);
    assert.ok(requests.every(({ body }) => body.message === 'a'));
    isUp = true;
    online();
    const states = await Promise.all(replies.map(({ done }) => done));
    assert.deepEqual(states.map(({ text }) => text), ['You said a', 'You said b', 'You said c']);
    assert.deepEqual(requests.slice(-2).map(({ body }) => body.message), ['b', 'c']);
    assert.deepEqual(client.queued, []);
});

test('what waits survives a reload and is sent once, under its key', async () => {
    const storage = memory();
    const before = setup({ [post]: [down] }, { storage, timing: { baseMs: 60_000, maxMs: 60_000 } });
    before.client.send('a', { sessionId: 's1', key: 'key-a', body: { metadata: { x: 1 } } });
    before.client.send('b', { sessionId: 's1', key: 'key-b' });
    while (before.requests.length < 1) await turns(1);
    before.client.close(); // the page goes away
    const after = setup({ [post]: answer }, { storage });
    const replies = after.client.restore();
    assert.deepEqual(replies.map(({ text, state }) => [text, state.status, state.sessionId]), [['a', 'queued', 's1'], ['b', 'queued', 's1']]);
    await Promise.all(replies.map(({ done }) => done));
    assert.deepEqual(after.requests.map(({ headers, body }) => [headers.get('Idempotency-Key'), body.message, body.metadata?.x]),
        [['key-a', 'a', 1], ['key-b', 'b', undefined]]);
    assert.deepEqual(setup({}, { storage }).client.restore(), []);
});

test('a message that is refused does not hold up the next', async () => {
    const { client } = setup({ [post]: (request) => (request.body.message === 'bad' ? json({ code: 'invalid' }, 400) : answer(request)) });
    const [bad, good] = ['bad', 'good'].map((text) => client.send(text, { sessionId: 's1' }));
    assert.equal((await good.done).status, 'complete');
    assert.equal(bad.state.status, 'refused');
});

test('conversations do not wait for one another', async () => {
    const { client } = setup({ [post]: (request) => (request.body.session_id === 'stuck' ? down() : answer(request)) });
    client.send('a', { sessionId: 'stuck' });
    assert.equal((await client.send('b', { sessionId: 'free' }).done).status, 'complete');
    client.close();
});

test('a waiting message can be taken back, and the next one goes', async () => {
    let isUp = false;
    const storage = memory();
    const { client, requests } = setup({ [post]: (request) => (isUp ? answer(request) : down()) }, { storage, timing: { baseMs: 60_000, maxMs: 60_000 } });
    const [first, second] = ['a', 'b'].map((text) => client.send(text, { sessionId: 's1' }));
    while (first.state.retryAt === null) await turns(1);
    isUp = true;
    await first.stop();
    assert.equal(first.state.status, 'withdrawn');
    assert.equal((await second.done).status, 'complete');
    assert.deepEqual(requests.map(({ body }) => body.message), ['a', 'b']);
});

test('a message that another tab has sent or taken back is not sent again', async () => {
    const storage = memory();
    const { client, requests } = setup({ [post]: [down, answer] }, { storage, timing: { baseMs: 30, maxMs: 30 } });
    const reply = client.send('a', { sessionId: 's1' });
    while (reply.state.retryAt === null) await turns(1);
    storage.setItem(client.queueKey, '[]');
    assert.equal((await reply.done).status, 'withdrawn');
    assert.equal(requests.length, 1);
});

test('without a queue a message is refused after some attempts, and nothing is stored', async () => {
    const storage = memory();
    const { client, requests } = setup({ [post]: [down] }, { storage, queue: false, timing: { sendAttempts: 3 } });
    const { status, error } = await client.send('a').done;
    assert.deepEqual([status, error.code, requests.length], ['refused', 'network', 3]);
    assert.equal(storage.kept.has(client.queueKey), false);
});

test('a hundred messages wait at most; the next one is refused in words', async () => {
    const { client } = setup({ [post]: [down] }, { timing: { baseMs: 60_000, maxMs: 60_000 } });
    for (let n = 0; n < 100; n += 1) client.send(`${n}`, { sessionId: 's1' });
    const { status, error } = await client.send('one more', { sessionId: 's2' }).done;
    assert.deepEqual([status, error.code], ['refused', 'queue_full']);
    client.close();
});

test('storage that is full or broken keeps nobody from sending', async () => {
    const storage = { getItem: () => 'not json', setItem() { throw new DOMException('full', 'QuotaExceededError'); } };
    const { client } = setup({ [post]: answer }, { storage, token: 't' });
    const reply = client.send('a');
    assert.equal((await reply.done).status, 'complete');
});

test('what one user has written is not sent for another', async () => {
    const storage = memory();
    const { client } = setup({ [post]: [down] }, { storage, timing: { baseMs: 60_000, maxMs: 60_000 } });
    const first = client.send('who am I', { sessionId: 's1' });
    while (first.state.retryAt === null) await turns(1);
    client.send('a', { sessionId: 's1' });
    client.close();
    const entries = JSON.parse(storage.getItem(client.queueKey));
    assert.equal(entries[1].userId, 'usr_1');
    const another = { user_id: 'usr_2', renew_after: '2099-01-01T00:00:00Z', token: 'token-2' };
    storage.setItem(client.identity.key, JSON.stringify(another));
    const after = setup({ [post]: answer }, { storage });
    const states = await Promise.all(after.client.restore().map(({ done }) => done));
    assert.deepEqual([states[1].status, states[1].error.code], ['refused', 'identity_changed']);
    assert.ok(after.requests.every(({ body }) => body.message !== 'a'));
});

test('a model that is told everything is asked the next question when it has answered, and told of the answer', async () => {
    let end;
    const isToldToEnd = new Promise((resolve) => { end = resolve; });
    const events = [{ choices: [{ delta: { content: 'An answer' } }] }, { choices: [{ delta: {}, finish_reason: 'stop' }] }].map((event) => `data: ${JSON.stringify(event)}\n\n`);
    const encoder = new TextEncoder();
    const body = () => new ReadableStream({ async start(controller) {
        controller.enqueue(encoder.encode(events[0]));
        await isToldToEnd;
        controller.enqueue(encoder.encode(`${events[1]}data: [DONE]\n\n`));
        controller.close();
    } });
    const { client, requests } = setup({ 'POST v1/chat/completions': () => new Response(body(), { headers: { 'Content-Type': 'text/event-stream' } }) });
    const options = { dialect: 'openai', sessionId: 's1' };
    const first = client.send('a', options);
    const second = client.send('b', { ...options, messages: [{ role: 'user', content: 'a' }] });
    first.on('change', ({ status, text }) => { if (status === 'complete') second.entry.messages = [...second.entry.messages, { role: 'assistant', content: text }]; });
    while (first.state.text === '') await turns(1);
    await turns();
    assert.equal(second.state.status, 'queued');
    end();
    assert.equal((await second.done).status, 'complete');
    assert.deepEqual(requests.map(({ body: { messages } }) => messages.map(({ content }) => content)), [['a'], ['a', 'An answer', 'b']]);
});
