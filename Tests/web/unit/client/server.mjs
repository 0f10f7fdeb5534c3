// A server in memory: `fetch` for the client, with a script of answers for each request.

import { ChatClient } from '../../../../web/client/index.js';

export const memory = (kept = new Map()) => ({ getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value), kept });

/** Event lines with ids from `first` on. */
export const lines = (events, first = 1) => events.map((event, n) => `id: ${first + n}\ndata: ${JSON.stringify(event)}\n\n`).join('');

export const stream = (text) => new Response(text, { headers: { 'Content-Type': 'text/event-stream' } });
export const json = (body, status = 200, headers = {}) =>
    new Response(JSON.stringify(body), { status, headers: { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json', ...headers } });

/** A body that gives its text and then says nothing more, until it is cancelled. */
export const silent = (text, signal) => new Response(new ReadableStream({
    start(controller) {
        if (text) controller.enqueue(new TextEncoder().encode(text));
        signal?.addEventListener('abort', () => controller.error(signal.reason));
    },
}), { headers: { 'Content-Type': 'text/event-stream' } });

/** A line that breaks after its text. */
export const breaking = (text) => {
    let pulls = 0;
    return new Response(new ReadableStream({ pull(controller) {
        if ((pulls += 1) === 1) controller.enqueue(new TextEncoder().encode(text));
        else controller.error(new TypeError('network error'));
    } }), { headers: { 'Content-Type': 'text/event-stream' } });
};

export const guest = { user_id: 'usr_1', token: 'token-1', renew_after: '2099-01-01T00:00:00Z', expires_at: '2099-01-01T00:00:00Z', identity_changed: false };

/**
 * @param {Record<string, any[] | Function>} script `POST api/v1/chat/stream`: answers in turn, the last one for good; a function gets
 *   the request; an Error is thrown
 */
export function setup(script, options = {}) {
    const requests = [];
    const answers = { 'POST api/v1/auth/guest': [() => json(guest)], 'GET api/v1/auth/me': [() => json(guest)], 'GET healthz': [() => json({})], ...script };
    const fetch = async (url, init = {}) => {
        const { pathname, search } = new URL(url);
        const name = `${init.method ?? 'GET'} ${pathname.slice(1)}`;
        const headers = new Headers(init.headers);
        const request = { name, search, headers, body: init.body ? JSON.parse(init.body) : undefined, text: init.body, signal: init.signal };
        if (!name.includes('auth/') && name !== 'GET healthz') requests.push(request);
        const list = answers[name];
        if (list === undefined) throw new Error(`no answer for ${name}`);
        const answer = typeof list === 'function' ? list : list.length > 1 ? list.shift() : list[0];
        const response = typeof answer === 'function' ? await answer(request) : answer;
        if (response instanceof Error) throw response;
        return response;
    };
    const client = new ChatClient({
        base: 'http://chat.test/', fetch, storage: memory(), ...options,
        timing: { heartbeatMs: 40, firstEventMs: 60_000, baseMs: 1, maxMs: 2, stopMs: 20, ...options.timing },
    });
    return { client, requests, names: () => requests.map(({ name }) => name) };
}
