import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyConversation, noteFor, reduce, replyOf } from '../../../web/js/conversation.js';
import { Problem } from '../../../web/js/problem.js';

const turn = 'k1';
const play = (actions, state = emptyConversation()) => actions.reduce(reduce, state);
const sent = { type: 'sent', turn, text: 'Hello' };
const event = (id, fields) => ({ type: 'event', turn, id: String(id), event: fields });
const received = event(1, { type: 'user_message_received', message_id: 'm1', reply_id: 'r1', session_id: 's1' });
const chunk = (id, content) => event(id, { type: 'content_chunk', message_id: 'r1', content });
const complete = (id, more = {}) => event(id, { type: 'complete', status: 'complete', finish_reason: 'stop', ...more });
const reply = (state) => replyOf(state, turn);

test('the user\'s message is there at once and delivered only when the server says so', () => {
    const before = play([sent]);
    assert.deepEqual(before.entries.map((e) => [e.role, e.text, e.status]), [['user', 'Hello', 'sending'], ['assistant', '', 'waiting']]);
    const after = play([received], before);
    assert.deepEqual([after.entries[0].status, after.entries[0].messageId, after.sessionId], ['delivered', 'm1', 's1']);
    assert.equal(reply(after).messageId, 'r1');
});

test('text grows by its chunks and ends with complete', () => {
    const books = [{ title: 'Dune' }];
    const state = play([sent, received, chunk(2, 'If '), chunk(3, 'Arrakis'),
        event(4, { type: 'recommendations', recommendations: books }), chunk(5, ''), complete(6, { model: 'librarian' })]);
    assert.deepEqual([reply(state).text, reply(state).status, reply(state).books], ['If Arrakis', 'complete', books]);
    assert.equal(noteFor(reply(state)).text, 'Answered by librarian');
});

test('events sent again after a reconnection count once', () => {
    const first = play([sent, received, chunk(2, 'a'), chunk(3, 'b'), { type: 'resuming', turn, attempt: 1 }]);
    assert.match(noteFor(reply(first)).text, /attempt 1/);
    const state = play([received, chunk(2, 'a'), chunk(3, 'b'), chunk(4, 'c'), complete(5), complete(5)], first);
    assert.deepEqual([reply(state).text, reply(state).status, reply(state).lastEventId], ['abc', 'complete', 5]);
});

test('nothing changes a reply after its terminal event', () => {
    const ended = play([sent, received, complete(2)]);
    assert.equal(play([chunk(3, 'late')], ended), ended);
});

test('a provider switch with reset drops the text, one without keeps it', () => {
    const kept = play([sent, received, chunk(2, 'old'), event(3, { type: 'provider_switch', reset: false })]);
    assert.equal(reply(kept).text, 'old');
    const dropped = play([event(4, { type: 'provider_switch', reset: true }), chunk(5, 'new')], kept);
    assert.equal(reply(dropped).text, 'new');
});

test('stopped, failed and interrupted are told apart, and a part is called a part', () => {
    const begun = play([sent, received, chunk(2, 'part')]);
    assert.equal(reply(play([complete(3, { status: 'stopped' })], begun)).status, 'stopped');
    const error = (code, more) => play([event(3, { type: 'error', code, message: 'The model hung up', partial: true, ...more })], begun);
    assert.deepEqual(noteFor(reply(error('upstream', { retryable: true }))),
        { text: 'The answer failed. The model hung up. What you see is only part of it.', tone: 'warning', action: 'ask' });
    assert.equal(noteFor(reply(error('upstream', { retryable: false }))).action, null);
    assert.equal(reply(error('interrupted')).status, 'interrupted');
    const lost = noteFor(reply(play([{ type: 'lost', turn }], begun)));
    assert.deepEqual([lost.action, lost.tone], ['reconnect', 'warning']);
    assert.match(lost.text, /interrupted.*only part/);
});

test('an answer cut by its length limit does not pass for a whole one', () => {
    assert.match(noteFor(reply(play([sent, received, complete(2, { finish_reason: 'length' })]))).text, /length limit/);
});

test('a refused message keeps its text and says when to try again; trying again shows it once', () => {
    const problem = new Problem(429, { retryAfterS: 3 });
    const refused = play([sent, { type: 'refused', turn, problem, atMs: 1000 }]);
    assert.deepEqual(refused.entries.map((e) => [e.role, e.text, e.status, e.retryAt]), [['user', 'Hello', 'refused', 4000]]);
    assert.deepEqual(play([sent], refused).entries.map((e) => e.status), ['sending', 'waiting']);
    assert.deepEqual(play([{ type: 'withdrawn', turn }], refused).entries, []);
});

test('the history gives the same messages, oldest first, with what became of them', () => {
    const messages = [
        { message_id: 'm1', role: 'user', content: 'Hi', status: 'complete' },
        { message_id: 'r1', role: 'assistant', content: 'Yes', status: 'complete', recommendations: [{ title: 'Emma' }] },
        { message_id: 'r2', role: 'assistant', content: 'pa', status: 'interrupted' },
        { message_id: 'r3', role: 'assistant', content: '', status: 'failed', error: { message: 'No model' } },
        { message_id: 'r4', role: 'assistant', content: 'so far', status: 'streaming' },
    ];
    const state = play([{ type: 'history', page: { session_id: 's1', messages, has_more: true, next_before: 'm1' }, earlier: false }]);
    assert.deepEqual(state.entries.map((e) => e.status), ['delivered', 'complete', 'interrupted', 'failed', 'streaming']);
    assert.deepEqual([state.sessionId, state.nextBefore, state.entries[1].books[0].title], ['s1', 'm1', 'Emma']);
    const older = play([{ type: 'history', page: { messages: [{ message_id: 'm0', role: 'user', content: 'First' }] }, earlier: true }], state);
    assert.deepEqual([older.entries[0].text, older.entries.length, older.nextBefore], ['First', 6, null]);
});

test('a reply found streaming is replayed from its first event without doubling its text', () => {
    const message = { message_id: turn, role: 'assistant', content: 'so far', status: 'streaming' };
    const found = play([{ type: 'history', page: { session_id: 's1', messages: [message] }, earlier: false }, { type: 'replaying', turn }]);
    assert.equal(reply(found).text, 'so far');
    const state = play([event(1, { type: 'user_message_received', reply_id: turn }), chunk(2, 'so far'), chunk(3, ' and on'), complete(4)], found);
    assert.deepEqual([reply(state).text, reply(state).status], ['so far and on', 'complete']);
});

test('an event of a later version changes nothing that is shown', () => {
    const state = play([sent, received, chunk(2, 'a'), event(3, { type: 'novelty', content: 'x' })]);
    assert.deepEqual([reply(state).text, reply(state).status], ['a', 'streaming']);
});
