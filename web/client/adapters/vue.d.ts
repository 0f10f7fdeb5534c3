// Made by tsc --declaration of vue.js.
/**
 * @param {{sessionId?: any, userId?: any}} options values or refs
 * @returns {{messages: any, isStreaming: any, error: any, problem: any, status: any, isConnected: any, sendMessage(text: string): Promise<any>,
 *   stop(): void, retry(): void, load(): Promise<void>, sessionId: string}}
 */
export function useHttpStreaming({ sessionId, userId }?: {
    sessionId?: any;
    userId?: any;
}): {
    messages: any;
    isStreaming: any;
    error: any;
    problem: any;
    status: any;
    isConnected: any;
    sendMessage(text: string): Promise<any>;
    stop(): void;
    retry(): void;
    load(): Promise<void>;
    sessionId: string;
};
/** The `preferences` store, as a Pinia store is used; Pinia itself is not needed. */
export function usePreferencesStore(): any;
export { configureChat } from "./conversation.js";
export namespace preferenceUpdateService {
    function updatePreference({ type, override, timestamp, userId }: {
        type: string;
        override: {
            value: string;
            weight?: number | undefined;
            remove?: boolean | undefined;
        };
        timestamp?: string | undefined;
        userId?: string | undefined;
    }): Promise<{
        transparency: any;
        recommendations?: any[] | undefined;
        applied: boolean;
        significant_change: boolean;
    }>;
    function getPreferences(): Promise<any>;
}
export const ChatView: any;
export default ChatView;
