// What the parts of the page share: one state, events between them, and the settings of this browser.

import { localStorageOrMemory } from '../../client/client.js';
import { agentOf } from './agents.js';

/** @typedef {(detail: any) => void} Handler */

export class Settings {
    /**
     * @param {any} storage
     * @param {(name: string, value: string) => void} onchange
     */
    constructor(storage, onchange) {
        this.storage = storage;
        this.onchange = onchange;
    }

    /**
     * @param {string} name
     * @returns {string} '' when nothing was chosen
     */
    get(name) {
        return this.storage.getItem(`chat-fcgi.setting.${name}`) ?? '';
    }

    /**
     * @param {string} name
     * @param {string} value
     */
    set(name, value) {
        this.storage.setItem(`chat-fcgi.setting.${name}`, value);
        this.onchange(name, value);
    }
}

export class Page {
    /** @type {Map<string, Set<Handler>>} */
    #handlers = new Map();
    /**
     * @type {{agent: import('./agents.js').Agent, sessionId: string | null, conversation: any, line: any, user: string | null, providers: any[],
     *   name?: string, models: import('./providers.js').Model[], modes: string[] | null}} `modes`: of the plain agent; null while they are not known
     */
    state = {
        agent: /** @type {any} */ (agentOf('noah')), sessionId: null, conversation: null, line: { state: 'connected' },
        user: null, providers: [], models: [], modes: null,
    };
    storage = localStorageOrMemory();
    settings = new Settings(this.storage, (name, value) => this.emit('setting', { name, value }));

    // Set by main.js and by the modules of their names.
    /** @type {any} */
    api;
    /** @type {any} */
    client;
    /** @type {any} */
    leaf;
    /** @type {any} */
    composer;
    /** @type {any} */
    open;
    /** @type {any} */
    ask;
    /** @type {any} */
    compose;
    /** @type {any} */
    reload;
    /** @type {any} */
    toast;
    /** @type {any} */
    announce;
    /** @type {any} */
    menu;
    /** @type {any} */
    openSettings;
    /** @type {any} */
    agentOf;
    /** @type {any} */
    toggleList;
    /** @type {any} */
    showKeys;
    /** @type {any} */
    rowMenu;

    /**
     * @param {string} type
     * @param {Handler} handler
     * @returns {() => void} removes it again
     */
    on(type, handler) {
        const handlers = this.#handlers.get(type) ?? new Set();
        this.#handlers.set(type, handlers.add(handler));
        return () => void handlers.delete(handler);
    }

    /**
     * @param {string} type
     * @param {any} [detail]
     */
    emit(type, detail) {
        for (const handler of this.#handlers.get(type) ?? []) handler(detail);
    }
}
