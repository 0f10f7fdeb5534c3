import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventStreamParser, readEvents } from '../../../web/js/event-stream.js';

const bytes = (text) => new TextEncoder().encode(text);
const parse = (...pieces) => {
    const parser = new EventStreamParser();
    return pieces.flatMap((piece) => parser.push(piece));
};
const event = (id, data, type = 'message') => ({ id, type, data });

const stream = '\uFEFF: hello\r\n\r\nid: 1\r\ndata: {"a":"né 時 😀"}\r\n\r\n' +
    'id: 2\ndata: one\ndata: two\n\nevent: many\r\ndata: three\r\ndata: four\r\n\r\nevent: odd\rid: 3\rdata:  kept space\r\r' +
    'data\n\nid: bad\0id\ndata:x\n\nunknown: field\nretry: 10\n: comment\n\n\nid\ndata: reset\n\ndata: never ended\n';
const expected = [
    event('1', '{"a":"né 時 😀"}'), event('2', 'one\ntwo'), event('2', 'three\nfour', 'many'), event('3', ' kept space', 'odd'),
    event('3', ''), event('3', 'x'), event('', 'reset'),
];

test('a stream read whole gives its events', () => {
    assert.deepEqual(parse(bytes(stream)), expected);
});

test('a stream cut in two at any byte gives the same events', () => {
    const all = bytes(stream);
    for (let at = 0; at <= all.length; at += 1) {
        assert.deepEqual(parse(all.subarray(0, at), all.subarray(at)), expected, `cut at ${at}`);
    }
});

test('a stream read byte by byte, with empty reads between, gives the same events', () => {
    assert.deepEqual(parse(...Array.from(bytes(stream), (byte) => [Uint8Array.of(byte), new Uint8Array()]).flat()), expected);
});

test('an event goes out with its blank line, before the next byte comes', () => {
    const parser = new EventStreamParser();
    assert.deepEqual(parser.push(bytes('data: a\r\n\r')), [event('', 'a')]);
    assert.deepEqual(parser.push(bytes('\ndata: b\n\n')), [event('', 'b')]);
});

test('an event without its blank line is not given out', () => {
    assert.deepEqual(parse(bytes('data: a\n')), []);
});

test('an event that never ends is refused, whether in one line or in many', () => {
    const long = bytes('data: ' + 'x'.repeat(1024 * 1024));
    const oneLine = new EventStreamParser();
    assert.throws(() => { for (let n = 0; n < 5; n += 1) oneLine.push(long); }, RangeError);
    const lines = new EventStreamParser();
    assert.throws(() => { for (let n = 0; n < 5; n += 1) { lines.push(long); lines.push(bytes('\n')); } }, RangeError);
});

test('a silent line ends the reading', async () => {
    let cancelled = false;
    const body = new ReadableStream({
        start: (controller) => controller.enqueue(bytes('data: a\n\n')), cancel: () => { cancelled = true; },
    });
    const events = [];
    for await (const each of readEvents(body, 10)) events.push(each);
    assert.deepEqual(events, [event('', 'a')]);
    assert.ok(cancelled);
});
