// Made by tsc --declaration of react-desk.js.
/**
 * Each agent's last update.
 * @param {any} workflow @returns {{name: string, agents: any[], progress: number} | null}
 */
export function statusOf(workflow: any): {
    name: string;
    agents: any[];
    progress: number;
} | null;
/**
 * @param {{sessionId?: string}} options
 * @returns {{messages: import('./conversation.js').Message[], isStreaming: boolean, error: import('../index.js').ChatError | null, isConnected: boolean,
 *   isConnecting: boolean, workflowStatus: {name: string, agents: {agent: string, status: string, summary?: string}[], progress: number} | null,
 *   sendMessage(text: string, assistantType?: string, userId?: string, context?: object): Promise<import('../index.js').ReplyState>,
 *   stop(): void, retry(): void, dismissError(): void}}
 */
export function useSSEChat({ sessionId }?: {
    sessionId?: string;
}): {
    messages: import('./conversation.js').Message[];
    isStreaming: boolean;
    error: import('../index.js').ChatError | null;
    isConnected: boolean;
    isConnecting: boolean;
    workflowStatus: {
        name: string;
        agents: {
            agent: string;
            status: string;
            summary?: string;
        }[];
        progress: number;
    } | null;
    sendMessage(text: string, assistantType?: string, userId?: string, context?: object): Promise<import('../index.js').ReplyState>;
    stop(): void;
    retry(): void;
    dismissError(): void;
};
/**
 * The agents from left to right, filled as they finish, and as a list for screen readers.
 * @param {{status: ReturnType<typeof statusOf>}} props
 */
export function WorkflowPicture({ status }: {
    status: ReturnType<typeof statusOf>;
}): any;
/** @param {{sessionId?: string, userId?: string}} props */
export function ChatInterface({ sessionId, userId }: {
    sessionId?: string;
    userId?: string;
}): any;
export { configureChat } from "./conversation.js";
export { SSEService } from "./sse-service.js";
export default ChatInterface;
