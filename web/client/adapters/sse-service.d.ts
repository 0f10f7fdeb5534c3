// Made by tsc --declaration of sse-service.js.
export { configureChat } from "./conversation.js";
export class SSEService {
    /** @param {{client?: import('../index.js').ChatClient}} options */
    constructor({ client }?: {
        client?: import('../index.js').ChatClient;
    });
    client: import("../index.js").ChatClient;
    offLine: () => void;
    /**
     * `chat_started`, `workflow_detected`, `workflow_update`, `token`, `chat_completed`, `error`, `provider_switch`; `message` for every one of
     * them; `reconnecting` while the line is broken; `line`.
     * @param {string} type @param {(event: any) => void} listener @returns {() => void} takes the listener off
     */
    on(type: string, listener: (event: any) => void): () => void;
    /** @param {string} type @param {(event: any) => void} listener */
    off(type: string, listener: (event: any) => void): void;
    /** @param {DeskRequest} request @returns {Promise<import('../index.js').ReplyState>} the reply's state at its end; never rejects */
    send({ message, sessionId, ...body }: DeskRequest): Promise<import('../index.js').ReplyState>;
    /** Ends the replies that are being written. */
    stop(): void;
    /** Listens no more; the service can send again afterwards. */
    close(): void;
    #private;
}
export type DeskRequest = {
    message: string;
    assistantType?: string;
    userId?: string;
    sessionId?: string;
    context?: object;
};
export default SSEService;
