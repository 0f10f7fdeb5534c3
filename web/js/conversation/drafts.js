// What was typed and not sent, for each conversation; kept over a reload.

const limit = 50;

export class Drafts {
    /**
     * @param {any} storage
     * @param {string} base of the server, since several may share an origin
     */
    constructor(storage, base) {
        this.storage = storage;
        this.key = `chat-fcgi.drafts:${base}`;
    }

    /** @returns {Record<string, string>} */
    #all() {
        try {
            const kept = JSON.parse(this.storage.getItem(this.key) ?? '{}');
            return kept !== null && typeof kept === 'object' ? kept : {};
        } catch {
            return {};
        }
    }

    /** @param {string} name of the conversation: its id, or the agent's key for a new one */
    get(name) {
        const text = this.#all()[name];
        return typeof text === 'string' ? text : '';
    }

    /**
     * @param {string} name
     * @param {string} text '' removes it
     */
    set(name, text) {
        const { [name]: _, ...others } = this.#all();
        const entries = Object.entries(text === '' ? others : { ...others, [name]: text }).slice(-limit);
        try {
            this.storage.setItem(this.key, JSON.stringify(Object.fromEntries(entries)));
        } catch {
            // a full storage loses the draft over a reload, not before
        }
    }
}

/** Keeps what stands in the field as the draft of the conversation on the screen. */
export class DraftKeeper {
    /** @type {any} */
    #timer = null;
    /** Before the first conversation is shown, the empty field is nobody's draft. */
    #hasBegun = false;

    /**
     * @param {import('../shell/page.js').Page} page
     * @param {Drafts} drafts
     */
    constructor(page, drafts) {
        this.page = page;
        this.drafts = drafts;
        page.on('input', () => { clearTimeout(this.#timer); this.#timer = setTimeout(() => this.save(), 300); });
        addEventListener('pagehide', () => this.save());
    }

    get #name() {
        const { agent, conversation } = this.page.state;
        return conversation.sessionId ?? agent.key;
    }

    save() {
        clearTimeout(this.#timer);
        if (this.#hasBegun) this.drafts.set(this.#name, this.page.composer.text);
    }

    restore() {
        // What was typed while the page was put together stays.
        const typed = this.#hasBegun ? '' : this.page.composer.text;
        this.#hasBegun = true;
        this.page.composer.text = typed || this.drafts.get(this.#name);
    }
}
