import { webcrypto } from 'node:crypto';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { API, randomUUID } from '../../../web/js/api.js';
import { Identity } from '../../../web/js/identity.js';

// A browser has it; Node 18, Debian 12's own, has it only under a name.
globalThis.crypto ??= webcrypto;

const base = new URL('https://books.example/chat/api/v1/');
const json = (body, status = 200) => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });

const later = '2099-01-01T00:00:00Z';
const told = (user, more = {}) => json({ user_id: user, renew_after: later, identity_changed: false, ...more });

/** A server whose guests are known after they asked `auth/guest`, and whose cookie is `user`'s. */
function server({ guest = (it) => told(it.user) } = {}) {
    const kept = new Map();
    const it = { known: false, user: 'usr_1', paths: [], bodies: [], changes: 0 };
    it.store = { getItem: (k) => kept.get(k) ?? null, setItem: (k, v) => kept.set(k, v) };
    it.fetch = async (url, { body } = {}) => {
        const path = new URL(url).pathname;
        it.paths.push(path);
        it.bodies.push(body === undefined ? {} : JSON.parse(body));
        if (path.endsWith('auth/guest')) { const answer = guest(it); it.known ||= answer.ok; return answer; }
        if (!it.known) return json({ code: 'unauthorized' }, 401);
        const claim = it.bodies.at(-1).user_id;
        return claim === undefined || claim === it.user ? json({ sessions: [], messages: [] }) : json({ code: 'forbidden' }, 403);
    };
    it.identity = () => {
        const identity = new Identity(base, it.store, it.fetch);
        identity.onchange = () => { it.changes += 1; };
        return identity;
    };
    it.api = (identity = it.identity()) => new API(base, identity, it.fetch);
    it.keep = (user, renewAfter) => it.store.setItem('chat-fcgi.guest:/chat/api/v1/', JSON.stringify({ user_id: user, renew_after: renewAfter }));
    return it;
}
const asked = (it) => it.paths.filter((path) => path === '/chat/api/v1/auth/guest').length;

test('a first visit asks for an identity once, a later one does not', async () => {
    const it = server();
    const api = it.api();
    await Promise.all([api.sessions(), api.sessions()]);
    await it.api().sessions();
    assert.equal(asked(it), 1);
});

test('requests refused together ask for one new identity and are sent again', async () => {
    const it = server();
    const api = it.api();
    await api.sessions();
    it.known = false;
    await Promise.all([api.sessions(), api.sessions(), api.sessions()]);
    assert.equal(asked(it), 2);
});

test('a refusal that comes late, after somebody renewed the identity, does not renew it again', async () => {
    const it = server();
    const identity = it.identity();
    await identity.renew(0);
    await identity.renew(0);
    assert.equal(asked(it), 1);
});

test('past half of its life the token is renewed, before that it is not', async () => {
    const it = server();
    it.known = true;
    it.keep('usr_1', new Date(Date.now() + 60_000).toISOString());
    await it.api().sessions();
    assert.equal(asked(it), 0);
    it.keep('usr_1', new Date(Date.now() - 60_000).toISOString());
    const api = it.api();
    await Promise.all([api.sessions(), api.sessions()]);
    await api.sessions();
    assert.equal(asked(it), 1);
    assert.equal(JSON.parse(it.store.getItem('chat-fcgi.guest:/chat/api/v1/')).renew_after, later);
    assert.equal(it.changes, 0);
});

test('a clock that is years ahead does not make the page ask before every request', async () => {
    const it = server({ guest: () => json({ user_id: 'usr_1', renew_after: '2001-01-01T00:00:00Z' }) });
    const api = it.api();
    await api.sessions();
    await api.sessions();
    assert.equal(asked(it), 1);
});

test('a renewal that fails is not in the way of a token that still holds', async () => {
    const it = server({ guest: () => json({ code: 'rate_limited' }, 429) });
    it.known = true;
    it.keep('usr_1', '2001-01-01T00:00:00Z');
    await it.api().sessions();
    assert.equal(asked(it), 1);
    await assert.rejects(server({ guest: () => json({}, 429) }).api().sessions(), { status: 429 });
});

test('every request that writes says whose it is', async () => {
    const it = server();
    await it.api().history('s1');
    assert.equal(it.bodies.at(-1).user_id, 'usr_1');
});

test('who comes back expired as the same user goes on without a word', async () => {
    const it = server();
    it.keep('usr_1', later);
    await it.api().history('s1'); // 401, renewed, sent again
    assert.deepEqual([asked(it), it.changes], [1, 0]);
    assert.equal(it.paths.filter((path) => path.endsWith('history')).length, 2);
});

for (const [what, renewAfter, known] of [
    ['the token has gone', later, false], ['its time was over', '2001-01-01T00:00:00Z', false],
    ['another tab has become somebody else', later, true],
]) {
    test(`nothing goes on in the old name when ${what}, and the page is told once`, async () => {
        const it = server();
        it.keep('usr_1', renewAfter);
        it.user = 'usr_2';
        it.known = known;
        const api = it.api();
        await assert.rejects(api.history('s1'), { status: 401, code: 'identity_changed' });
        assert.equal(it.changes, 1);
        assert.equal(it.bodies.filter((body) => body.session_id === 's1' && body.user_id !== 'usr_1').length, 0);
        await api.sessions(); // as the new one
        assert.equal(it.changes, 1);
        await api.history('s2');
        assert.equal(it.bodies.at(-1).user_id, 'usr_2');
    });
}

test('a server that says so is believed, though nothing was kept here', async () => {
    const it = server({ guest: () => told('usr_2', { identity_changed: true, previous_user_id: 'usr_1' }) });
    await it.api().sessions();
    assert.equal(it.changes, 1);
});

test('what another tab stored is taken over', async () => {
    const it = server();
    it.keep('usr_1', later);
    const identity = it.identity();
    identity.look();
    assert.equal(it.changes, 0);
    it.keep('usr_2', later);
    identity.look();
    assert.deepEqual([it.changes, identity.user], [1, 'usr_2']);
});

test('where the web server came to say who somebody is, no guest is named any more', async () => {
    const it = server({ guest: () => json({}, 404) });
    it.known = true;
    it.user = 'ann';
    it.keep('usr_1', later);
    const api = it.api();
    await api.history('s1');
    assert.equal(it.bodies.at(-1).user_id, undefined);
    assert.deepEqual([asked(it), it.changes], [1, 0]);
    await it.api().history('s1');
    assert.equal(asked(it), 2);
});

test('a server that goes on refusing is asked once more and no further', async () => {
    const it = server({ guest: () => json({}, 404) }); // identities come from elsewhere
    const api = it.api();
    await assert.rejects(api.sessions(), { status: 401 });
    assert.equal(it.paths.filter((path) => path.endsWith('sessions')).length, 2);
});

test('no answer at all is a problem with status 0', async () => {
    const fetcher = async () => { throw new TypeError('Failed to fetch'); };
    const api = new API(base, new Identity(base, server().store, fetcher), fetcher);
    await assert.rejects(api.sessions(), { status: 0, code: 'network' });
});

test('an answer that is no stream is refused', async () => {
    const it = server();
    it.known = true;
    await assert.rejects(it.api().resumeStream('r1', 0, new AbortController().signal), { status: 502, code: 'not_a_stream' });
});

test('a random UUID is well-formed and new each time', () => {
    const made = new Set(Array.from({ length: 100 }, randomUUID));
    assert.equal(made.size, 100);
    for (const each of made) assert.match(each, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
