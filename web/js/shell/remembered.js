// What this browser remembers of conversations: the one that was open last, and whose each is, where the server's list
// does not tell.

/** Conversations whose agent is remembered. */
const limit = 500;

export class Remembered {
    /**
     * @param {any} storage
     * @param {string} base of the server, since several may share an origin
     */
    constructor(storage, base) {
        this.storage = storage;
        this.lastKey = `chat-fcgi.last:${base}`;
        this.agentsKey = `chat-fcgi.agents:${base}`;
    }

    /** @param {string} key */
    #read(key) {
        try { return JSON.parse(this.storage.getItem(key) ?? '') ?? {}; } catch { return {}; }
    }

    /** @returns {{agent?: string | null, sessionId?: string | null}} */
    get last() {
        return this.#read(this.lastKey);
    }

    set last(value) {
        this.storage.setItem(this.lastKey, JSON.stringify(value));
    }

    /**
     * @param {string | null | undefined} sessionId
     * @returns {string | undefined} the agent's key
     */
    agentOf(sessionId) {
        return this.#read(this.agentsKey)[sessionId ?? ''];
    }

    /** @param {string} sessionId @param {string} key */
    setAgent(sessionId, key) {
        const agents = this.#read(this.agentsKey);
        if (agents[sessionId] === key) return;
        delete agents[sessionId];
        this.storage.setItem(this.agentsKey, JSON.stringify(Object.fromEntries([...Object.entries(agents), [sessionId, key]].slice(-limit))));
    }
}
