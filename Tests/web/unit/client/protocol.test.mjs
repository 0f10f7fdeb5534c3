import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backoffMs, dialects, EventStreamParser, retryAfterMs } from '../../../../web/client/index.js';
import { changesBy } from '../../../../web/client/wire.js';

const encoder = new TextEncoder();
const recorded = '\uFEFF: ping\r\n\r\nid: 1\r\nevent: note\r\ndata: {"a":"é 時 🦊"}\r\n\r\ndata:two\rdata: lines\r\rid: 3\nid: bad\0id\nretry: 10\nunknown\ndata\n\ndata: no blank line';
const expected = [
    { id: '1', type: 'note', data: '{"a":"é 時 🦊"}', isNumbered: true },
    { id: '1', type: 'message', data: 'two\nlines', isNumbered: false }, { id: '3', type: 'message', data: '', isNumbered: true },
];

test('the parser gives the same events however the bytes are cut', () => {
    const bytes = encoder.encode(recorded);
    for (let cut = 0; cut <= bytes.length; cut += 1) {
        const parser = new EventStreamParser();
        assert.deepEqual([...parser.push(bytes.subarray(0, cut)), ...parser.push(bytes.subarray(cut))], expected, `cut at byte ${cut}`);
    }
    const parser = new EventStreamParser();
    assert.deepEqual([...bytes].flatMap((byte) => parser.push(Uint8Array.of(byte))), expected);
});

test('an event without an end is refused before it fills the memory', () => {
    const parser = new EventStreamParser();
    const mebibyte = encoder.encode('a'.repeat(1 << 20));
    assert.throws(() => { for (let n = 0; n < 6; n += 1) parser.push(mebibyte); }, RangeError);
    const byLines = new EventStreamParser();
    assert.throws(() => { for (let n = 0; n < 6; n += 1) byLines.push(encoder.encode(`data: ${'a'.repeat(1 << 20)}\n`)); }, RangeError);
});

test('backoff doubles to its longest, half of it by chance', () => {
    const timing = { baseMs: 100, maxMs: 1_000 };
    assert.deepEqual([1, 2, 3, 4, 5, 50, 5_000].map((attempt) => backoffMs(attempt, timing, () => 1)), [100, 200, 400, 800, 1_000, 1_000, 1_000]);
    assert.deepEqual([1, 2, 5].map((attempt) => backoffMs(attempt, timing, () => 0)), [50, 100, 500]);
});

test('Retry-After is read as seconds and as a date', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    const read = (value) => retryAfterMs(value, now);
    assert.deepEqual([read('2'), read(' 0 '), read('Thu, 01 Jan 2026 00:00:05 GMT'), read('Wed, 31 Dec 2025 23:59:59 GMT')], [2_000, 0, 5_000, 0]);
    assert.deepEqual([read(null), read(''), read('soon'), read('9'.repeat(40))], [null, null, null, 86_400_000]);
});

const types = (events) => events.map(({ type }) => type);
const readAll = (name, raws) => { const read = dialects[name].reader(); return raws.flatMap((raw) => read(raw)); };

test('the tutor: focus, sources, text, reset, end', () => {
    const events = readAll('tutor', [{ type: 'start', sessionId: 's', userMessageId: 'm', messageId: 'r' }, { type: 'focus', focus: { topic: 't' } },
        { type: 'sources', sources: [1] }, { type: 'content', content: 'a' }, { type: 'reset', reason: 'x' }, { type: 'done', status: 'stopped', finishReason: 'stopped' }]);
    assert.deepEqual(types(events), ['started', 'focus', 'sources', 'text', 'reset', 'ended']);
    assert.deepEqual([events[0].replyId, events[0].userMessageId, events.at(-1).status, events.at(-1).finishReason], ['r', 'm', 'stopped', 'stopped']);
});

test('the desk: the workflow and its updates, the words once', () => {
    const events = readAll('desk', [{ type: 'chat_started', messageId: 'r', userMessageId: 'm', sessionId: 's' },
        { type: 'workflow_detected', workflowId: 'wf', name: 'n', agents: ['a'] }, { type: 'workflow_update', agent: 'a', status: 'started', progress: 0 },
        { type: 'token', content: 'x' }, { type: 'chat_completed', content: 'x', status: 'complete', finishReason: 'stop' }]);
    assert.deepEqual(types(events), ['started', 'workflow', 'workflow_update', 'text', 'ended']);
});

test('an error event ends a reply in every typed dialect', () => {
    for (const name of ['companion', 'tutor', 'desk']) {
        const [event] = readAll(name, [{ type: 'error', code: 'provider_timeout', message: 'm', retryable: true, partial: true, retry_after_ms: 5 }]);
        assert.deepEqual([event.status, event.error.code, event.error.partial, event.error.retryAfterMs], ['failed', 'provider_timeout', true, 5]);
        assert.equal(readAll(name, [{ type: 'error', code: 'interrupted', message: 'm' }])[0].status, 'interrupted');
    }
});

test('events of a later version, and data that is no object, are handed on and harm nothing', () => {
    for (const raw of [{ type: 'steps' }, {}, null, 5, [], 'x', { type: 'token' }]) {
        for (const name of ['companion', 'tutor', 'desk', 'openai']) assert.ok(types(readAll(name, [raw])).every((type) => type === 'other'), name);
    }
});

const chunk = (delta, more = {}) => ({ model: 'm', choices: [{ index: 0, delta, finish_reason: null }], ...more });

test('OpenAI’s chunks: reasoning, text, a tool’s call in pieces, usage, [DONE]', () => {
    const events = readAll('openai', [chunk({ role: 'assistant' }), chunk({ reasoning_content: 'hm' }), chunk({ content: 'a' }),
        chunk({ tool_calls: [{ index: 0, id: 'c1', type: 'function', function: { name: 'f', arguments: '{"x"' } }] }),
        chunk({ tool_calls: [{ index: 0, function: { arguments: ':1}' } }] }),
        { choices: [{ delta: {}, finish_reason: 'tool_calls' }] },
        { choices: [], usage: { total_tokens: 3 }, chat_fcgi: { provider: 'p', attempts: 1 } }, '[DONE]']);
    const known = events.filter(({ type }) => type !== 'other');
    assert.deepEqual(types(known), ['reasoning', 'text', 'tool_calls', 'tool_calls', 'ended']);
    assert.deepEqual(known[2].toolCalls[0].function.arguments, '{"x"');
    assert.deepEqual(known[3].toolCalls, [{ index: 0, id: 'c1', type: 'function', function: { name: 'f', arguments: '{"x":1}' } }]);
    assert.deepEqual(known[4], { type: 'ended', status: 'complete', model: 'm', finishReason: 'tool_calls', usage: { total_tokens: 3 },
        provider: 'p', metrics: { provider: 'p', attempts: 1 } });
});

test('OpenAI’s stream without [DONE] is an end only where a finish reason came', () => {
    assert.deepEqual(readAll('openai', [chunk({ content: 'a' }), null]).map(({ type }) => type), ['text']);
    assert.deepEqual(types(readAll('openai', [{ choices: [{ delta: { content: 'a' }, finish_reason: 'stop' }] }, null])), ['text', 'ended']);
    assert.equal(readAll('openai', [{ error: { message: 'm', code: 'provider_interrupted', retry_after_ms: 7 } }])[0].error.retryAfterMs, 7);
});

test("a tool's call is a step, and the later word of it replaces the earlier", () => {
    const read = dialects.desk.reader();
    const call = { id: 2, name: 'search_books', status: 'finished', summary: 'Looked for dark: 3 of 9 books fit' };
    assert.deepEqual(read({ type: 'tool_call', messageId: 'msg_B', tool_call: call }), [{ type: 'step', step: call }]);
    const state = changesBy({ steps: [{ id: 1 }, { id: 2, status: 'started' }] }, { type: 'step', step: call });
    assert.deepEqual(state.steps, [{ id: 1 }, call]);
});

test('whole answers tell what streams tell', () => {
    assert.deepEqual(types(dialects.companion.whole({ message_id: 'r', user_message_id: 'm', content: 'a', recommendations: [1], status: 'complete' })),
        ['started', 'text', 'books', 'ended']);
    assert.deepEqual(types(dialects.agent.whole({ response: 'a', message_id: 'r', sources: [], status: 'complete' })), ['started', 'sources', 'text', 'ended']);
    assert.deepEqual(types(dialects.desk.whole({ messageId: 'r', content: 'a', status: 'failed', error: { code: 'c' }, workflow: { agents: [], updates: [1] } })),
        ['started', 'workflow', 'text', 'ended']);
    assert.deepEqual(types(dialects.tutor.whole({ messageId: 'r', content: 'a', focus: {}, sources: [], status: 'stopped' })), ['started', 'focus', 'sources', 'text', 'ended']);
    const completion = { model: 'm', choices: [{ message: { content: 'a', reasoning_content: 'b' }, finish_reason: 'stop' }], usage: {} };
    assert.deepEqual(types(dialects.openai.whole(completion)), ['reasoning', 'text', 'ended']);
});

test('a stored completion names its conversation, others do not', () => {
    const entry = { key: 'k', dialect: 'openai', text: 'hi', sessionId: 's', messages: [{ role: 'user', content: 'x' }, { role: 'assistant', content: 'y' }], createdAt: 0 };
    assert.deepEqual(dialects.openai.body({ ...entry, body: { model: 'm', store: true } }, false), {
        model: 'm', store: true, messages: [...entry.messages, { role: 'user', content: 'hi' }], metadata: { session_id: 's' },
        stream: true, stream_options: { include_usage: true },
    });
    assert.deepEqual(dialects.openai.body({ ...entry, body: { model: 'm' } }, true), { model: 'm', messages: [...entry.messages, { role: 'user', content: 'hi' }], stream: false });
});
