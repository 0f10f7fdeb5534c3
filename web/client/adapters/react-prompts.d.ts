// Made by tsc --declaration of react-prompts.js.
/**
 * @param {{debug?: boolean, model?: string}} [options] read once
 * @returns {import('./conversation.js').Snapshot & {service: ChatService}}
 */
export function useSSEChat(options?: {
    debug?: boolean | undefined;
    model?: string | undefined;
} | undefined): import("./conversation.js").Snapshot & {
    service: ChatService;
};
/** @param {{message: any, isStreaming?: boolean, streamingContent?: string, showEgyptianLoader?: boolean}} props */
export function StreamingMessageBubble({ message, isStreaming, streamingContent, showEgyptianLoader }: {
    message: any;
    isStreaming?: boolean;
    streamingContent?: string;
    showEgyptianLoader?: boolean;
}): any;
/** @param {{isConnected: boolean, isConnecting: boolean, error?: any}} props */
export function ConnectionStatus({ isConnected, isConnecting, error }: {
    isConnected: boolean;
    isConnecting: boolean;
    error?: any;
}): any;
/**
 * Spans count code points.
 * @param {string} prompt @param {{span: [number, number], replacement: string}} suggestion
 */
export function applySuggestion(prompt: string, { span: [start, end], replacement }: {
    span: [number, number];
    replacement: string;
}): string;
/** @param {{className?: string, placeholder?: string, config?: ChatConfig, onMessageSent?: (text: string) => void, debug?: boolean}} props */
export function EnhancedChatInterface({ className, placeholder, config, onMessageSent, debug }: {
    className?: string | undefined;
    placeholder?: string | undefined;
    config?: ChatConfig | undefined;
    onMessageSent?: ((text: string) => void) | undefined;
    debug?: boolean | undefined;
}): any;
export { configureChat } from "./conversation.js";
export { ErrorToast } from "./react.js";
/**
 * @typedef {{enableOptimization?: boolean, enableAnalytics?: boolean, model?: string, temperature?: number}} ChatConfig
 * @typedef {{onToken?: (token: string, content: string) => void, onComplete?: (message: any) => void, onError?: (error: any) => void,
 *   onInsights?: (insights: any[]) => void, onSuggestions?: (suggestions: any[]) => void, config?: ChatConfig}} ChatCallbacks
 */
/** Sends, cancels, tells by callbacks; one conversation, which goes along with each request. */
export class ChatService {
    /** @param {{debug?: boolean, model?: string}} options */
    constructor({ debug, model }?: {
        debug?: boolean;
        model?: string;
    });
    debug: boolean;
    model: string;
    conversation: Conversation;
    /** @param {string} text @param {ChatCallbacks} callbacks @returns {Promise<import('../index.js').ReplyState>} */
    sendMessage(text: string, { onToken, onComplete, onError, onInsights, onSuggestions, config }?: ChatCallbacks): Promise<import('../index.js').ReplyState>;
    cancel(): void;
    /**
     * The prompt's insights and suggestions, by rules.
     * @param {string} prompt @returns {Promise<any>}
     */
    analyze(prompt: string): Promise<any>;
    #private;
}
export function EgyptianLoadingAnimation({ label }: {
    label?: string | undefined;
}): any;
export function SkeletonLoader({ lines }: {
    lines?: number | undefined;
}): any;
export function AIInsightCard({ insight, onApply, onDismiss }: {
    insight: any;
    onApply?: ((insight: any) => void) | undefined;
    onDismiss?: ((insight: any) => void) | undefined;
}): any;
export function AIInsightsPanel({ insights, onApply, onDismiss }: {
    insights: any[];
    onApply?: ((insight: any) => void) | undefined;
    onDismiss?: ((insight: any) => void) | undefined;
}): any;
export function AISuggestionCard({ suggestion, onApply, onCopy, onDismiss }: {
    suggestion: any;
    onApply?: ((suggestion: any) => void) | undefined;
    onCopy?: ((suggestion: any) => void) | undefined;
    onDismiss?: ((suggestion: any) => void) | undefined;
}): any;
export function AISuggestionsPanel({ suggestions, onApply, onCopy, onDismiss }: {
    suggestions: any[];
    onApply?: ((suggestion: any) => void) | undefined;
    onCopy?: ((suggestion: any) => void) | undefined;
    onDismiss?: ((suggestion: any) => void) | undefined;
}): any;
export type ChatConfig = {
    enableOptimization?: boolean;
    enableAnalytics?: boolean;
    model?: string;
    temperature?: number;
};
export type ChatCallbacks = {
    onToken?: ((token: string, content: string) => void) | undefined;
    onComplete?: ((message: any) => void) | undefined;
    onError?: ((error: any) => void) | undefined;
    onInsights?: ((insights: any[]) => void) | undefined;
    onSuggestions?: ((suggestions: any[]) => void) | undefined;
    config?: ChatConfig | undefined;
};
import { Conversation } from "./conversation.js";
export default EnhancedChatInterface;
