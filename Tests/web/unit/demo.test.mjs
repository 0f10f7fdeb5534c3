import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blockOf, figuresOf, isEnd, Lines, placeOf, replyIdOf, takesBack, textOf, timeline } from '../../../web/js/demo/model.js';

const stream = ': ping\n\nid: 1\ndata: {"type":"start","messageId":"r1"}\n\nid: 2\r\ndata: {"type":"content","content":"né 😀"}\r\n\r\ndata: [DONE]\n\n';

test('a stream cut in two anywhere gives the same blocks', () => {
    const whole = new Lines().push(stream);
    assert.equal(whole.length, 4);
    for (let at = 0; at <= stream.length; at += 1) {
        const lines = new Lines();
        assert.deepEqual([...lines.push(stream.slice(0, at)), ...lines.push(stream.slice(at))], whole, `cut at ${at}`);
    }
    assert.deepEqual(whole.map(blockOf).map((block) => block.comment ?? block.id ?? block.data), [': ping', 1, 2, '[DONE]']);
});

test('text, ends and the reply\'s id are found in the words of every dialect', () => {
    assert.deepEqual([{ type: 'content_chunk', content: 'a' }, { type: 'content', content: 'b' }, { type: 'token', content: 'c' }, { choices: [{ delta: { content: 'd' } }] }, { type: 'focus' }, null].map(textOf), ['a', 'b', 'c', 'd', '', '']);
    for (const type of ['complete', 'done', 'chat_completed', 'error']) assert.ok(isEnd({ type }, '{}'));
    assert.ok(isEnd(null, '[DONE]') && isEnd({ error: { message: 'x' } }, '{}'));
    assert.ok(!isEnd({ type: 'content_chunk', is_final: true }, '{}'));
    assert.deepEqual([{ type: 'user_message_received', reply_id: 'r' }, { type: 'start', messageId: 's' }, { type: 'chat_started', messageId: 't' }, { type: 'token', messageId: 'u' }].map(replyIdOf), ['r', 's', 't', null]);
    assert.ok(takesBack({ type: 'provider_switch', reset: true }) && takesBack({ type: 'reset' }) && !takesBack({ type: 'provider_switch', reset: false }));
});

const event = (atMs, text = '') => ({ kind: 'event', atMs, text, id: 1, data: '', event: {}, from: 0 });

test('the line of time shows what was cut, also while it still is', () => {
    const records = [event(0), event(100, 'a'), { kind: 'cut', atMs: 200, text: '' }, { kind: 'back', atMs: 600, text: '' }, event(1000, 'b')];
    const { ticks, gaps } = timeline(records, 108);
    assert.deepEqual(ticks.map(({ x }) => x), [4, 14, 104]);
    assert.deepEqual(gaps, [{ from: 24, to: 64 }]);
    assert.deepEqual(timeline(records.slice(0, 3), 108).gaps, [{ from: 104, to: 108 }]);
    assert.deepEqual(figuresOf(records, 9), { firstEventMs: 0, firstWordMs: 100, events: 3, bytes: 9, resumed: 1 });
});

test('a piece is found in the rendered text near its own part, without its marks', () => {
    const shown = 'the sea and the hill and the sea';
    assert.deepEqual(placeOf(shown, '**the sea**', 0.8), [25, 32]);
    assert.deepEqual(placeOf(shown, 'the sea', 0), [0, 7]);
    assert.equal(placeOf(shown, 'a lake', 0), null);
    assert.equal(placeOf(shown, ' \n', 0), null);
});
