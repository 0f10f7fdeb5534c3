// Questions that wait behind one another, and what each goes out with.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Conversation } from '../../../web/js/conversation/conversation.js';
import { ask } from '../../../web/js/conversation/following.js';

const agent = { id: 'noah', key: 'noah' };

/** The client's reply, as far as a conversation listens to it. */
function wireOf(key, entry) {
    const listeners = { event: [], change: [] };
    return {
        key, entry, state: { status: 'queued', text: '', attempt: 0 },
        on(type, listener) { listeners[type].push(listener); },
        become(state) {
            this.state = { ...this.state, ...state };
            for (const listener of listeners.change) listener(this.state);
        },
    };
}

function waiting(entryOf, ...places) {
    const conversation = new Conversation(agent, 's1', []);
    const wires = places.map((place, n) => wireOf(`key-${n}`, entryOf(place)));
    wires.forEach((wire, n) => ask(conversation, wire, `question ${n}`, agent, places[n]));
    return { conversation, wires };
}

test('a question after one that waits goes out after its id, or after what that one came after', () => {
    const entryOf = ({ after }) => ({ body: { after } });
    const known = waiting(entryOf, { after: 'msg_before' }, { after: 'key-0' });
    known.wires[0].become({ status: 'waiting', userMessageId: 'msg_0' });
    assert.equal(known.wires[1].entry.body.after, 'msg_0');
    for (const status of ['refused', 'withdrawn']) {
        const { conversation, wires } = waiting(entryOf, { after: 'msg_before' }, { after: 'key-0' });
        wires[0].become({ status });
        assert.equal(wires[1].entry.body.after, 'msg_before', status);
        assert.equal(conversation.turns.at(-1).after, 'msg_before', status);
    }
});

test('a kept conversation with a model has the place among its metadata', () => {
    const { wires } = waiting(({ after }) => ({ body: { store: true, metadata: { after } }, messages: [] }), {}, { after: 'key-0' });
    wires[0].become({ status: 'waiting', userMessageId: 'msg_0' });
    assert.deepEqual(wires[1].entry.body, { store: true, metadata: { after: 'msg_0' } });
});

test('a model is told what was said by then, and nothing that was taken back', () => {
    const { wires: [first, second, third] } = waiting(() => ({ body: {}, messages: [] }), {}, {}, {});
    first.become({ status: 'complete', text: 'answer 0' });
    assert.deepEqual(second.entry.messages, [{ role: 'user', content: 'question 0' }, { role: 'assistant', content: 'answer 0' }]);
    second.become({ status: 'withdrawn' });
    assert.deepEqual(third.entry.messages, [{ role: 'user', content: 'question 0' }, { role: 'assistant', content: 'answer 0' }]);
});

test('what was tried already goes out again as it was', () => {
    const { wires: [first, second] } = waiting(({ after }) => ({ body: { after } }), {}, { after: 'key-0' });
    second.become({ attempt: 1 });
    first.become({ status: 'waiting', userMessageId: 'msg_0' });
    assert.equal(second.entry.body.after, 'key-0');
});
