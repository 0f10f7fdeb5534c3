import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyConversation, reduce, replyOf } from '../../../web/js/conversation.js';
import { Problem } from '../../../web/js/problem.js';
import { Turn } from '../../../web/js/turn.js';

const key = 'k1';
const events = [
    { type: 'user_message_received', message_id: 'm1', reply_id: 'r1', session_id: 's1' },
    { type: 'content_chunk', content: 'one ' }, { type: 'content_chunk', content: 'two ' },
    { type: 'content_chunk', content: 'three' }, { type: 'complete', status: 'complete' },
];
const lines = (from, to) => events.slice(from, to).map((event, n) => `id: ${from + n + 1}\ndata: ${JSON.stringify(event)}\n\n`).join('');
const body = (text) => new Response(text).body;

/** An API that answers each call with the next of its script, and a turn on it whose waits take no time. */
function setup(script) {
    const calls = [];
    const api = Object.fromEntries(Object.entries(script).map(([name, answers]) => [name, async (...args) => {
        calls.push([name, ...args.filter((each) => !(each instanceof AbortSignal))]);
        const answer = answers.length > 1 ? answers.shift() : answers[0];
        if (answer instanceof Error) throw answer;
        return typeof answer === 'function' ? answer(args.at(-1)) : answer;
    }]));
    const conversation = { state: emptyConversation(), dispatch(action) { conversation.state = reduce(conversation.state, action); } };
    const turn = new Turn(api, conversation, key, async () => {});
    return { calls, turn, conversation, reply: () => replyOf(conversation.state, key) };
}

test('a stream that ends early is taken up where it ended, each token once', async () => {
    const { turn, calls, reply } = setup({ openStream: [body(lines(0, 3))], resumeStream: [body(lines(2, 5))] });
    await turn.send('Hello');
    assert.deepEqual(calls, [['openStream', 'Hello', null, key], ['resumeStream', 'r1', 3]]);
    assert.deepEqual([reply().text, reply().status], ['one two three', 'complete']);
});

test('a line that breaks with an error is the same as one that ends early', async () => {
    const text = lines(0, 2);
    let pulls = 0;
    const breaking = new ReadableStream({ pull(controller) {
        if ((pulls += 1) === 1) controller.enqueue(new TextEncoder().encode(text));
        else controller.error(new TypeError('network error'));
    } });
    const { turn, calls, reply } = setup({ openStream: [breaking], resumeStream: [body(lines(2, 5))] });
    await turn.send('Hello');
    assert.deepEqual(calls[1], ['resumeStream', 'r1', 2]);
    assert.equal(reply().text, 'one two three');
});

test('without an answer the message is sent again under the same key', async () => {
    const { turn, calls, reply } = setup({ openStream: [new Problem(0), body(''), body(lines(0, 5))] });
    await turn.send('Hello');
    assert.deepEqual(calls.map((call) => call[3]), [key, key, key]);
    assert.equal(reply().text, 'one two three');
});

test('a refusal is not tried again by itself', async () => {
    const { turn, calls, conversation } = setup({ openStream: [new Problem(429, { retryAfterS: 2 })] });
    await turn.send('Hello');
    assert.equal(calls.length, 1);
    assert.deepEqual(conversation.state.entries.map((e) => e.status), ['refused']);
});

test('where reconnecting is not offered, the history is asked until the reply has ended', async () => {
    const page = (content, status) => ({ messages: [{ message_id: 'r1', role: 'assistant', content, status }] });
    const { turn, calls, reply } = setup({
        openStream: [body(lines(0, 2))], resumeStream: [new Problem(404)],
        history: [page('one two ', 'streaming'), page('one two three', 'complete')],
    });
    await turn.send('Hello');
    assert.deepEqual(calls.map(([name]) => name), ['openStream', 'resumeStream', 'history', 'history']);
    assert.deepEqual([reply().text, reply().status], ['one two three', 'complete']);
});

test('when reconnecting never helps, the reply is shown as interrupted, and can be taken up later', async () => {
    const resumeStream = [...Array.from({ length: 6 }, () => new Problem(0)), body(lines(2, 5))];
    const { turn, calls, reply } = setup({ openStream: [body(lines(0, 2))], resumeStream });
    await turn.send('Hello');
    assert.deepEqual([calls.length, reply().text, reply().status], [7, 'one ', 'lost']);
    await turn.follow();
    assert.deepEqual([reply().text, reply().status], ['one two three', 'complete']);
});

test('a line that breaks again and again, but brings something each time, is not given up', async () => {
    const pieces = Array.from({ length: 20 }, (_, n) => body(`id: ${n + 3}\ndata: {"type":"content_chunk","content":"${n} "}\n\n`));
    const end = body('id: 23\ndata: {"type":"complete","status":"complete"}\n\n');
    const { turn, reply } = setup({ openStream: [body(lines(0, 2))], resumeStream: [...pieces, end] });
    await turn.send('Hello');
    assert.equal(reply().status, 'complete');
    assert.equal(reply().text, `one ${Array.from({ length: 20 }, (_, n) => `${n} `).join('')}`);
});

test('stop asks the server and lets the stream end by itself', async () => {
    let end;
    const streaming = new ReadableStream({ start(controller) {
        controller.enqueue(new TextEncoder().encode(lines(0, 2)));
        end = () => { controller.enqueue(new TextEncoder().encode('id: 3\ndata: {"type":"complete","status":"stopped"}\n\n')); controller.close(); };
    } });
    const { turn, calls, reply, conversation } = setup({ openStream: [streaming], stop: [() => end()] });
    let seen;
    const text = new Promise((resolve) => { seen = resolve; });
    const { dispatch } = conversation;
    conversation.dispatch = (action) => { dispatch(action); if (action.event?.type === 'content_chunk') seen(); };
    turn.wait = async () => done; // patience: until the stream ends
    const done = turn.send('Hello');
    await text;
    await Promise.all([turn.stop(), turn.stop()]);
    await done;
    assert.deepEqual(calls.filter(([name]) => name === 'stop'), [['stop', 'r1']]);
    assert.deepEqual([reply().text, reply().status], ['one ', 'stopped']);
});

test('a server that cannot stop is left, and nothing reconnects', async () => {
    const { turn, calls, reply, conversation } = setup({
        openStream: [(signal) => new ReadableStream({ start(controller) {
            controller.enqueue(new TextEncoder().encode(lines(0, 2)));
            signal.addEventListener('abort', () => controller.error(signal.reason));
        } })], stop: [new Problem(501)],
    });
    let seen;
    const text = new Promise((resolve) => { seen = resolve; });
    const { dispatch } = conversation;
    conversation.dispatch = (action) => { dispatch(action); if (action.event?.type === 'content_chunk') seen(); };
    const done = turn.send('Hello');
    await text;
    await turn.stop();
    await done;
    assert.deepEqual(calls.map(([name]) => name), ['openStream', 'stop']);
    assert.equal(reply().status, 'stopped');
});
