// Made by tsc --declaration of react-tutor.js.
/**
 * `onMessage` gets each answer when it has ended, also what came of one that broke off (`status`); then `onComplete` the same, or
 * `onError` a ChatError. `streamingMessage` is the text so far, '' while nothing is written.
 * @param {{sessionId?: string, onMessage?: (message: any) => void, onError?: (error: import('../index.js').ChatError) => void,
 *   onComplete?: (message: any) => void}} options
 * @returns {{sendMessage(text: string, userId?: string): Promise<void>, isStreaming: boolean, streamingMessage: string, abort(): void, stop(): void,
 *   focus: any, sources: any[]}}
 */
export function useHttpTutorStream({ sessionId, onMessage, onError, onComplete }: {
    sessionId?: string | undefined;
    onMessage?: ((message: any) => void) | undefined;
    onError?: ((error: import('../index.js').ChatError) => void) | undefined;
    onComplete?: ((message: any) => void) | undefined;
}): {
    sendMessage(text: string, userId?: string): Promise<void>;
    isStreaming: boolean;
    streamingMessage: string;
    abort(): void;
    stop(): void;
    focus: any;
    sources: any[];
};
/**
 * A chat with the tutor: words as they come, errors, send and stop.
 * @param {{sessionId?: string, userId?: string}} props
 */
export function HttpStreamingDemo({ sessionId, userId }: {
    sessionId?: string;
    userId?: string;
}): any;
export { configureChat } from "./conversation.js";
export default HttpStreamingDemo;
