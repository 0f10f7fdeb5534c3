// Made by tsc --declaration of react.js.
/**
 * One conversation for the component's life. A reply that is being written when the component goes is listened to no more.
 * @param {import('../index.js').DialectName} dialect @param {string} [sessionId]
 * @returns {[Conversation, import('./conversation.js').Snapshot]}
 */
export function useConversation(dialect: import('../index.js').DialectName, sessionId?: string | undefined): [Conversation, import('./conversation.js').Snapshot];
/**
 * A field with Send, which is Stop while an answer is written.
 * @param {any} props
 */
export function Composer({ onSend, onStop, isStreaming, placeholder, children, value, onChange }: any): any;
/** @param {{error: any, onRetry?: () => void, onDismiss?: () => void}} props */
export function ErrorToast({ error, onRetry, onDismiss }: {
    error: any;
    onRetry?: () => void;
    onDismiss?: () => void;
}): any;
/**
 * What happened, and what to do, for people.
 * @param {any} error a ChatError, an Error or a text @returns {string}
 */
export function inWords(error: any): string;
/** @type {any} */
export const React: any;
export const h: any;
export const Fragment: any;
export const useCallback: any;
export const useEffect: any;
export const useId: any;
export const useMemo: any;
export const useRef: any;
export const useState: any;
export const useSyncExternalStore: any;
export function Bubble({ message, children }: {
    message: import('./conversation.js').Message;
    children?: any;
}): any;
import { Conversation } from "./conversation.js";
