// The tutor's front end in React: hook and demo component.

import { Bubble, Composer, ErrorToast, h, useCallback, useConversation, useEffect, useRef, useState } from './react.js';

export { configureChat } from './conversation.js';

/**
 * `onMessage` gets each answer when it has ended, also what came of one that broke off (`status`); then `onComplete` the same, or
 * `onError` a ChatError. `streamingMessage` is the text so far, '' while nothing is written.
 * @param {{sessionId?: string, onMessage?: (message: any) => void, onError?: (error: import('../index.js').ChatError) => void,
 *   onComplete?: (message: any) => void}} options
 * @returns {{sendMessage(text: string, userId?: string): Promise<void>, isStreaming: boolean, streamingMessage: string, abort(): void, stop(): void,
 *   focus: any, sources: any[]}}
 */
export function useHttpTutorStream({ sessionId, onMessage, onError, onComplete }) {
    const [conversation, { isStreaming, state }] = useConversation('tutor', sessionId);
    const callbacks = useRef({});
    useEffect(() => { callbacks.current = { onMessage, onError, onComplete }; });
    const sendMessage = useCallback(async (/** @type {string} */ text, /** @type {string | undefined} */ userId) => {
        const reply = conversation.send(text, userId ? { body: { userId } } : {});
        const end = await reply.done;
        /** @type {any} */
        const { onMessage: tell, onError: fail, onComplete: complete } = callbacks.current;
        const { replyId: id, text: content, focus, sources, usage, provider, model, status } = end;
        const message = {
            id: id ?? reply.key, role: 'assistant', content, focus, sources, usage, provider, model, status, sessionId: end.sessionId, timestamp: new Date(),
        };
        const isGood = status === 'complete' || status === 'stopped';
        if (isGood || content !== '') tell?.(message);
        if (isGood) complete?.(message);
        else if (end.error && status !== 'withdrawn') fail?.(end.error);
    }, [conversation]);
    const abort = useCallback(() => conversation.stop(), [conversation]);
    return {
        sendMessage, isStreaming, abort, stop: abort, streamingMessage: isStreaming ? (state?.text ?? '') : '',
        focus: state?.focus ?? null, sources: state?.sources ?? [],
    };
}

/**
 * A chat with the tutor: words as they come, errors, send and stop.
 * @param {{sessionId?: string, userId?: string}} props
 */
export function HttpStreamingDemo({ sessionId, userId }) {
    const [messages, setMessages] = useState(/** @type {any[]} */ ([]));
    const [error, setError] = useState(/** @type {any} */ (null));
    const add = (/** @type {any} */ message) => setMessages((/** @type {any[]} */ before) => [...before, message]);
    const { sendMessage, isStreaming, streamingMessage, abort, focus } = useHttpTutorStream({ sessionId, onMessage: add, onError: setError });
    const send = (/** @type {string} */ content) => {
        setError(null);
        add({ id: `question-${messages.length}`, role: 'user', content });
        void sendMessage(content, userId);
    };
    return h('section', { className: 'chat-view' },
        focus ? h('p', { className: 'chat-focus' }, `${focus.topic}: ${focus.objective}`) : null,
        h('div', { className: 'chat-log', role: 'log', tabIndex: 0, 'aria-label': 'Conversation', 'aria-busy': isStreaming },
            messages.map((/** @type {any} */ message) => h(Bubble, { key: message.id, message })),
            isStreaming ? h(Bubble, { message: { role: 'assistant', status: 'streaming', content: streamingMessage || 'The tutor is planning …' } }) : null),
        h(ErrorToast, { error, onDismiss: () => setError(null) }),
        h(Composer, { onSend: send, onStop: abort, isStreaming, placeholder: 'What shall we learn?' }));
}

export default HttpStreamingDemo;
