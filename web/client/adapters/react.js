// What the React adapters share. `react` is the page's (import map): 18 or later, as a module with named exports or a default one.

import * as module from 'react';
import { isOpen } from '../index.js';
import { Conversation } from './conversation.js';
import { elementsOf, hasParser, MarkdownText, onParser } from './markdown.js';

/** @type {any} */
export const React = /** @type {any} */ (module).createElement ? module : /** @type {any} */ (module).default;
export const { createElement: h, Fragment, useCallback, useEffect, useId, useMemo, useRef, useState, useSyncExternalStore } = React;

/**
 * One conversation for the component's life. A reply that is being written when the component goes is listened to no more.
 * @param {import('../index.js').DialectName} dialect @param {string} [sessionId]
 * @returns {[Conversation, import('./conversation.js').Snapshot]}
 */
export function useConversation(dialect, sessionId) {
    const conversation = useMemo(() => new Conversation({ dialect, sessionId }), [dialect, sessionId]);
    const snapshot = useSyncExternalStore(conversation.subscribe, () => conversation.snapshot);
    // Strict mode takes every component away once and puts it back: only one that stays away is left.
    const mounts = useRef(0);
    useEffect(() => {
        mounts.current += 1;
        return () => {
            mounts.current -= 1;
            setTimeout(() => { if (mounts.current === 0) conversation.leave(); });
        };
    }, [conversation]);
    return [conversation, snapshot];
}

/**
 * A field with Send, which is Stop while an answer is written.
 * @param {any} props
 */
export function Composer({ onSend, onStop, isStreaming, placeholder, children, value, onChange }) {
    const [own, setOwn] = useState('');
    const draft = value ?? own;
    const change = onChange ?? setOwn;
    const field = useId();
    const submit = (/** @type {any} */ event) => {
        event.preventDefault();
        if (draft.trim() === '') return;
        onSend(draft);
        change('');
    };
    return h('form', { className: 'chat-form', onSubmit: submit },
        children,
        h('label', { htmlFor: field }, 'Your message'),
        h('input', { id: field, value: draft, placeholder, autoComplete: 'off', onChange: (/** @type {any} */ event) => change(event.target.value) }),
        isStreaming ? h('button', { type: 'button', onClick: onStop }, 'Stop') : h('button', { type: 'submit' }, 'Send'));
}

/** @param {{text: string, isFinal: boolean}} props */
function Answer({ text, isFinal }) {
    const markdown = useMemo(() => new MarkdownText(), []);
    useSyncExternalStore(onParser, hasParser);
    const nodes = markdown.nodesOf(text, isFinal);
    return nodes === null ? h('p', { className: 'chat-text' }, text)
        : h('div', { className: 'chat-text' }, ...elementsOf(nodes, (tag, attributes, children) => h(tag, attributes, ...children)));
}

/**
 * The user's own words are shown as typed.
 * @param {{message: import('./conversation.js').Message, children?: any}} props
 */
export const Bubble = ({ message, children }) =>
    h('article', { className: `chat-bubble ${message.role}`, 'data-status': message.status, dir: 'auto' },
        message.role === 'user' ? h('p', { className: 'chat-text' }, message.content) : h(Answer, { text: message.content, isFinal: !isOpen(/** @type {any} */ (message)) }), children);

/** @param {{error: any, onRetry?: () => void, onDismiss?: () => void}} props */
export function ErrorToast({ error, onRetry, onDismiss }) {
    if (!error) return null;
    return h('div', { className: 'chat-error', role: 'alert' },
        h('span', null, inWords(error)), ' ',
        onRetry && error.retryable !== false ? h('button', { type: 'button', onClick: onRetry }, 'Try again') : null, ' ',
        onDismiss ? h('button', { type: 'button', onClick: onDismiss }, 'Dismiss') : null);
}

/**
 * What happened, and what to do, for people.
 * @param {any} error a ChatError, an Error or a text @returns {string}
 */
export function inWords(error) {
    if (typeof error === 'string') return error;
    const { status, message, retryAfterMs, code } = error;
    if (code === 'network' || code === 'stream_cut') return 'The line is broken. What you sent is kept and goes out when it is back.';
    if (status === 401) return 'You have been signed out: your token is invalid or has expired. Your message is kept.';
    if (status === 429) {
        const wait = retryAfterMs ? ` Try again in ${Math.ceil(retryAfterMs / 1000)} seconds.` : ' Try again in a moment.';
        return `That was a lot at once.${wait}`;
    }
    if (status >= 500) return `The server could not answer. Try again in a moment. (${message})`;
    return message ?? String(error);
}
