// The desk's front end in React: hook and chat with the workflow as a picture.

import { Bubble, Composer, ErrorToast, h, useCallback, useConversation, useState } from './react.js';

export { configureChat } from './conversation.js';
export { SSEService } from './sse-service.js';

/**
 * Each agent's last update.
 * @param {any} workflow @returns {{name: string, agents: any[], progress: number} | null}
 */
export function statusOf(workflow) {
    if (!workflow) return null;
    const agents = (workflow.agents ?? []).map((/** @type {string} */ agent) => {
        const { status = 'waiting', summary } = workflow.updates.filter((/** @type {any} */ each) => each.agent === agent).at(-1) ?? {};
        return { agent, status, summary };
    });
    return { name: workflow.name, agents, progress: workflow.updates.at(-1)?.progress ?? 0 };
}

/**
 * @param {{sessionId?: string}} options
 * @returns {{messages: import('./conversation.js').Message[], isStreaming: boolean, error: import('../index.js').ChatError | null, isConnected: boolean,
 *   isConnecting: boolean, workflowStatus: {name: string, agents: {agent: string, status: string, summary?: string}[], progress: number} | null,
 *   sendMessage(text: string, assistantType?: string, userId?: string, context?: object): Promise<import('../index.js').ReplyState>,
 *   stop(): void, retry(): void, dismissError(): void}}
 */
export function useSSEChat({ sessionId } = {}) {
    const [conversation, { messages, isStreaming, error, state, isConnected, isConnecting }] = useConversation('desk', sessionId);
    const sendMessage = useCallback(
        (/** @type {string} */ text, assistantType = 'general', /** @type {string | undefined} */ userId = undefined, /** @type {any} */ context = undefined) =>
            conversation.send(text, { body: { assistantType, ...(userId ? { userId } : {}), ...(context ? { context } : {}) } }).done,
        [conversation]);
    return {
        messages, sendMessage, isStreaming, error, isConnected, isConnecting,
        workflowStatus: statusOf(state?.workflow),
        stop: useCallback(() => conversation.stop(), [conversation]),
        retry: useCallback(() => conversation.retry(), [conversation]),
        dismissError: useCallback(() => conversation.dismissError(), [conversation]),
    };
}

const signs = /** @type {Record<string, string>} */ ({ waiting: '○', started: '◐', completed: '●', failed: '✕' });

/**
 * The agents from left to right, filled as they finish, and as a list for screen readers.
 * @param {{status: ReturnType<typeof statusOf>}} props
 */
export function WorkflowPicture({ status }) {
    if (!status) return null;
    const { agents, name, progress } = status;
    const step = 110;
    return h('figure', { className: 'chat-workflow' },
        h('svg', { viewBox: `0 0 ${Math.max(agents.length, 1) * step} 64`, 'aria-hidden': true },
            agents.map(({ agent, status: now }, at) => h('g', { key: agent, 'data-status': now, transform: `translate(${at * step + step / 2} 20)` },
                at > 0 ? h('line', { x1: 12 - step, x2: -12, y1: 0, y2: 0 }) : null,
                h('circle', { r: 12 }),
                h('text', { className: 'sign', y: 5 }, signs[now] ?? '○'),
                h('text', { y: 36 }, agent)))),
        h('figcaption', null, `${name}, ${Math.round(progress * 100)} %`),
        h('ol', { className: 'chat-unseen' }, agents.map(({ agent, status: now, summary }) =>
            h('li', { key: agent }, [agent, now, summary].filter(Boolean).join(': ')))));
}

const assistants = { general: 'General', analyst: 'Analyst', trader: 'Trader', advisor: 'Advisor', riskManager: 'Risk manager', economist: 'Economist' };

/** @param {{sessionId?: string, userId?: string}} props */
export function ChatInterface({ sessionId, userId }) {
    const { messages, sendMessage, isStreaming, error, workflowStatus, stop, retry, dismissError } = useSSEChat({ sessionId });
    const [assistantType, setAssistantType] = useState('general');
    const send = (/** @type {string} */ text) => void sendMessage(text, assistantType, userId);
    return h('section', { className: 'chat-view' },
        h('div', { className: 'chat-log', role: 'log', tabIndex: 0, 'aria-label': 'Conversation', 'aria-busy': isStreaming },
            messages.map((/** @type {any} */ message) => h(Bubble, { key: message.id, message }))),
        h(WorkflowPicture, { status: workflowStatus }),
        h(ErrorToast, { error, onRetry: retry, onDismiss: dismissError }),
        h(Composer, { onSend: send, onStop: stop, isStreaming, placeholder: 'Analyze DEMO1 and DEMO2' },
            h('label', null, 'Assistant ', h('select', { value: assistantType, onChange: (/** @type {any} */ event) => setAssistantType(event.target.value) },
                Object.entries(assistants).map(([value, name]) => h('option', { key: value, value }, name))))));
}

export default ChatInterface;
