// Made by tsc --declaration of conversation.js.
/**
 * Says where the server is and who asks, once, before the first use.
 * @param {import('../index.js').ClientOptions} more
 */
export function configureChat(more: import('../index.js').ClientOptions): void;
/** The client of this page. */
export function chatClient(): ChatClient;
export class Conversation {
    /** @param {{dialect: import('../index.js').DialectName, sessionId?: string, client?: ChatClient}} options */
    constructor({ dialect, sessionId, client: own }: {
        dialect: import('../index.js').DialectName;
        sessionId?: string;
        client?: ChatClient;
    });
    client: ChatClient;
    dialect: import("../index.js").DialectName;
    sessionId: string;
    /** @type {Snapshot} */
    snapshot: Snapshot;
    /** @param {() => void} listener */
    subscribe: (listener: () => void) => () => undefined;
    /** @param {string} text @param {import('../index.js').SendOptions} [more] */
    send(text: string, more?: import("../index.js").SendOptions | undefined): import("../index.js").Reply;
    /** The messages of before: those of the history, and those that wait since a reload. */
    load(limit?: number): Promise<void>;
    stop(): void;
    /** Sends the last message again: under its key where it was refused, as a new one where its answer failed. */
    retry(): void;
    dismissError(): void;
    /** Listens no more; the replies go on at the server for a while. */
    leave(): void;
    #private;
}
/**
 * as front ends show it
 */
export type Message = {
    id: string;
    role: 'user' | 'assistant';
    content: string;
    /**
     * of a reply: see docs/client.md
     */
    status: string;
    timestamp: string;
    recommendations?: any[] | undefined;
    sources?: any[] | undefined;
    focus?: any;
    workflow?: any;
    usage?: any;
    metrics?: any;
    provider?: string | undefined;
    model?: string | undefined;
};
export type Snapshot = {
    messages: Message[];
    isStreaming: boolean;
    error: import('../index.js').ChatError | null;
    /**
     * of the last reply
     */
    state: import('../index.js').ReplyState | null;
    isConnected: boolean;
    isConnecting: boolean;
};
import { ChatClient } from "../index.js";
/** @type {ChatClient | null} */
declare let client: ChatClient | null;
export {};
