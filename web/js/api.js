// The requests of dialect 1, one function each. What is refused is thrown as a Problem.

import { Problem, problemFrom } from './problem.js';

/** @typedef {{body?: object, headers?: Record<string, string>, signal?: AbortSignal}} Options */

/** A random (version 4) UUID; crypto.randomUUID is missing where the page is served without TLS. */
export function randomUUID() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export class API {
    /** @param {URL} base ends in `api/v1/` @param {import('./identity.js').Identity} identity @param {typeof fetch} [fetcher] */
    constructor(base, identity, fetcher = (...call) => fetch(...call)) {
        this.base = base;
        this.identity = identity;
        this.fetcher = fetcher;
    }

    /** @param {string} message @param {string | null} sessionId @param {string} key @param {AbortSignal} signal */
    openStream(message, sessionId, key, signal) {
        const body = sessionId === null ? { message } : { message, session_id: sessionId };
        return this.#stream('POST', 'chat/stream', { body, headers: { 'Idempotency-Key': key }, signal });
    }

    /** @param {string} replyId @param {number} after the last event id seen @param {AbortSignal} signal */
    resumeStream(replyId, after, signal) {
        const headers = { 'Last-Event-ID': String(after) };
        return this.#stream('GET', `chat/stream/${encodeURIComponent(replyId)}`, { headers, signal });
    }

    /** @param {string} replyId */
    stop(replyId) {
        return this.#send('POST', 'chat/stop', { body: { message_id: replyId } });
    }

    /** @param {string} sessionId @param {string | null} [before] */
    history(sessionId, before = null) {
        const body = { session_id: sessionId, limit: 50, ...(before === null ? {} : { before }) };
        return this.#json('POST', 'chat/history', { body });
    }

    /** @returns {Promise<any[]>} */
    async sessions() {
        const { sessions } = await this.#json('GET', 'chat/sessions', {});
        return Array.isArray(sessions) ? sessions : [];
    }

    preferences() {
        return this.#json('GET', 'chat/preferences', {});
    }

    /** @param {string} type @param {{value: string, weight?: number, remove?: boolean}} override */
    updatePreference(type, override) {
        const body = { type, override, timestamp: new Date().toISOString() };
        return this.#json('POST', 'chat/preferences/update', { body });
    }

    /** @param {string} method @param {string} path @param {Options} options @returns {Promise<any>} */
    async #json(method, path, options) {
        const response = await this.#send(method, path, options);
        const body = await response.json().catch(() => null);
        if (body === null || typeof body !== 'object') throw new Problem(502, { code: 'not_json' });
        return body;
    }

    /** @param {string} method @param {string} path @param {Options} options */
    async #stream(method, path, options) {
        const headers = { ...options.headers, Accept: 'text/event-stream' };
        const response = await this.#send(method, path, { ...options, headers });
        const type = response.headers.get('Content-Type') ?? '';
        if (!type.startsWith('text/event-stream') || response.body === null) {
            throw new Problem(502, { code: 'not_a_stream' });
        }
        return response.body;
    }

    /** @param {string} method @param {string} path @param {Options} options */
    async #send(method, path, { body, headers, signal }) {
        const { identity } = this;
        const user = identity.user;
        const send = () => {
            // What this page shows is this user's. Where the cookie is somebody else's by now, the server refuses the request.
            const claim = identity.user === null ? {} : { user_id: identity.user };
            /** @type {RequestInit} */
            const init = { method, headers: { ...headers }, signal, cache: 'no-store' };
            if (body !== undefined) {
                init.body = JSON.stringify({ ...body, ...claim });
                init.headers = { ...headers, 'Content-Type': 'application/json' };
            }
            return this.fetcher(new URL(path, this.base), init);
        };
        // What was asked for is the conversation of the one before.
        const refuseAnother = () => {
            const isAnother = user !== null && identity.user !== null && identity.user !== user;
            if (isAnother) throw new Problem(401, { code: 'identity_changed' });
        };
        try {
            await identity.ensure();
            refuseAnother();
            const generation = identity.generation;
            let response = await send();
            if (response.status === 401 || (response.status === 403 && identity.user !== null)) {
                await identity.renew(generation);
                refuseAnother();
                response = await send();
            }
            if (!response.ok) throw await problemFrom(response);
            return response;
        } catch (error) {
            if (error instanceof Problem || signal?.aborted) throw error;
            throw new Problem(0, { code: 'network' }); // fetch says no more than "TypeError"
        }
    }
}
