import { webcrypto } from 'node:crypto';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { API, randomUUID } from '../../../web/js/api.js';
import { Identity } from '../../../web/js/identity.js';

// A browser has it; Node 18, Debian 12's own, has it only under a name.
globalThis.crypto ??= webcrypto;

const base = new URL('https://books.example/chat/api/v1/');
const json = (body, status = 200) => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });

/** A server whose guests are known after they asked `auth/guest`; `forget` makes it forget them. */
function server({ guest = () => json({ expires_at: '2099-01-01T00:00:00Z' }) } = {}) {
    const kept = new Map();
    const it = { known: false, paths: [], store: { getItem: (k) => kept.get(k) ?? null, setItem: (k, v) => kept.set(k, v) } };
    it.fetch = async (url) => {
        const path = new URL(url).pathname;
        it.paths.push(path);
        if (path.endsWith('auth/guest')) { const answer = guest(); it.known ||= answer.ok; return answer; }
        return it.known ? json({ sessions: [] }) : json({ code: 'unauthorized' }, 401);
    };
    it.api = () => new API(base, new Identity(base, it.store, it.fetch), it.fetch);
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
    const identity = new Identity(base, it.store, it.fetch);
    await identity.renew(0);
    await identity.renew(0);
    assert.equal(asked(it), 1);
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
