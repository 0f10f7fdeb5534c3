// The prompt workshop's front end in React: hook, bubbles, toasts, status, insights and suggestions, over dialect 3.

import { Conversation, chatClient } from './conversation.js';
import { Bubble, Composer, ErrorToast, Fragment, h, useEffect, useMemo, useRef, useState, useSyncExternalStore } from './react.js';

export { configureChat } from './conversation.js';
export { ErrorToast } from './react.js';

/** After the last key, before the prompt is looked at. */
const analysisDelayMs = 400;

/**
 * @typedef {{enableOptimization?: boolean, enableAnalytics?: boolean, model?: string, temperature?: number}} ChatConfig
 * @typedef {{onToken?: (token: string, content: string) => void, onComplete?: (message: any) => void, onError?: (error: any) => void,
 *   onInsights?: (insights: any[]) => void, onSuggestions?: (suggestions: any[]) => void, config?: ChatConfig}} ChatCallbacks
 */

/** Sends, cancels, tells by callbacks; one conversation, which goes along with each request. */
export class ChatService {
    /** @param {{debug?: boolean, model?: string}} options */
    constructor({ debug = false, model = 'any' } = {}) {
        this.debug = debug;
        this.model = model;
        this.conversation = new Conversation({ dialect: 'openai' });
    }

    /** @param {string} text @param {ChatCallbacks} callbacks @returns {Promise<import('../index.js').ReplyState>} */
    async sendMessage(text, { onToken, onComplete, onError, onInsights, onSuggestions, config = {} } = {}) {
        const messages = this.conversation.snapshot.messages.filter(({ content }) => content !== '').map(({ role, content }) => ({ role, content }));
        const { temperature, model = this.model, enableOptimization = false } = config;
        const body = { model, ...(temperature === undefined ? {} : { temperature }), ...(enableOptimization ? { enable_insights: true } : {}) };
        const reply = this.conversation.send(text, {
            messages, body,
            onEvent: (event, { state }) => {
                if (event.type === 'text') onToken?.(event.text, state.text);
                if (event.type === 'analysis') {
                    onInsights?.(event.analysis.insights ?? []);
                    onSuggestions?.(event.analysis.suggestions ?? []);
                }
                if (event.type !== 'other' && event.type !== 'text') this.#log(state);
            },
        });
        const state = await reply.done;
        this.#log(state);
        if (state.status === 'complete' || state.status === 'stopped') {
            onComplete?.({ id: reply.key, role: 'assistant', content: state.text, model: state.model, usage: state.usage, metrics: state.metrics });
        } else if (state.error) {
            onError?.(state.error);
        }
        return state;
    }

    cancel() {
        this.conversation.stop();
    }

    /**
     * The prompt's insights and suggestions, by rules.
     * @param {string} prompt @returns {Promise<any>}
     */
    analyze(prompt) {
        return chatClient().request('POST', 'api/v2/prompts/analyze', { body: { prompt } });
    }

    /** @param {import('../index.js').ReplyState} state */
    #log(state) {
        if (!this.debug) return;
        const { isConnected, isStreaming, error, messages } = this.conversation.snapshot;
        console.debug('chat', { isConnected, isStreaming, error, lastMessage: messages.at(-1), status: state.status });
    }
}

/**
 * @param {{debug?: boolean, model?: string}} [options] read once
 * @returns {import('./conversation.js').Snapshot & {service: ChatService}}
 */
export function useSSEChat(options) {
    const service = useMemo(() => new ChatService(options), []);
    const { conversation } = service;
    return { service, ...useSyncExternalStore(conversation.subscribe, () => conversation.snapshot) };
}

/** For thinking that takes long. */
export const EgyptianLoadingAnimation = ({ label = 'Thinking' }) =>
    h('span', { className: 'chat-thinking', role: 'status', 'aria-label': label },
        ['𓂀', '𓋹', '𓆣', '𓅓'].map((sign) => h('span', { key: sign, 'aria-hidden': true }, sign)));

export const SkeletonLoader = ({ lines = 3 }) =>
    h('div', { className: 'chat-skeleton', 'aria-hidden': true }, Array.from({ length: lines }, (_, line) => h('span', { key: line })));

/** @param {{message: any, isStreaming?: boolean, streamingContent?: string, showEgyptianLoader?: boolean}} props */
export function StreamingMessageBubble({ message, isStreaming = false, streamingContent = '', showEgyptianLoader = false }) {
    const content = isStreaming ? streamingContent : message.content;
    const waits = isStreaming && content === '';
    return h(Bubble, { message: { ...message, content, status: isStreaming ? 'streaming' : (message.status ?? 'complete') } },
        waits ? (showEgyptianLoader ? h(EgyptianLoadingAnimation) : h(SkeletonLoader)) : null);
}

/** @param {{isConnected: boolean, isConnecting: boolean, error?: any}} props */
export function ConnectionStatus({ isConnected, isConnecting, error }) {
    const state = isConnecting ? 'connecting' : isConnected ? 'connected' : 'offline';
    const words = {
        connecting: 'Connecting again …', connected: error ? 'Connected, but the last message failed' : 'Connected',
        offline: 'Offline. What you send waits here',
    };
    return h('p', { className: 'chat-status', role: 'status', 'data-state': state }, words[state]);
}

/** @param {{insight: any, onApply?: (insight: any) => void, onDismiss?: (insight: any) => void}} props */
export const AIInsightCard = ({ insight, onApply, onDismiss }) => h('li', { className: 'chat-card', 'data-severity': insight.severity },
    h('p', null, insight.message),
    onApply && insight.canApply !== false ? h('button', { type: 'button', onClick: () => onApply(insight) }, 'Apply') : null, ' ',
    onDismiss ? h('button', { type: 'button', onClick: () => onDismiss(insight) }, 'Dismiss') : null);

/** @param {{insights: any[], onApply?: (insight: any) => void, onDismiss?: (insight: any) => void}} props */
export const AIInsightsPanel = ({ insights, onApply, onDismiss }) => (insights.length === 0 ? null
    : h('section', { className: 'chat-panel', 'aria-label': 'Insights' }, h('h2', null, 'Insights'),
        h('ul', null, insights.map((insight) => h(AIInsightCard, { key: insight.id, insight, onApply, onDismiss })))));

/** @param {{suggestion: any, onApply?: (suggestion: any) => void, onCopy?: (suggestion: any) => void, onDismiss?: (suggestion: any) => void}} props */
export const AISuggestionCard = ({ suggestion, onApply, onCopy, onDismiss }) => h('li', { className: 'chat-card' },
    h('p', null, h('strong', null, suggestion.title), ' ', suggestion.rationale),
    h('code', null, suggestion.replacement), ' ',
    onApply ? h('button', { type: 'button', onClick: () => onApply(suggestion) }, 'Apply') : null, ' ',
    onCopy ? h('button', { type: 'button', onClick: () => onCopy(suggestion) }, 'Copy') : null, ' ',
    onDismiss ? h('button', { type: 'button', onClick: () => onDismiss(suggestion) }, 'Dismiss') : null);

/** @param {{suggestions: any[], onApply?: (suggestion: any) => void, onCopy?: (suggestion: any) => void, onDismiss?: (suggestion: any) => void}} props */
export const AISuggestionsPanel = ({ suggestions, onApply, onCopy, onDismiss }) => (suggestions.length === 0 ? null
    : h('section', { className: 'chat-panel', 'aria-label': 'Suggestions' }, h('h2', null, 'Suggestions'),
        h('ul', null, suggestions.map((suggestion) => h(AISuggestionCard, { key: suggestion.id, suggestion, onApply, onCopy, onDismiss })))));

/**
 * Spans count code points.
 * @param {string} prompt @param {{span: [number, number], replacement: string}} suggestion
 */
export function applySuggestion(prompt, { span: [start, end], replacement }) {
    const points = Array.from(prompt);
    return [...points.slice(0, start), replacement, ...points.slice(end)].join('');
}

/**
 * Insights of a draft, shortly after the last key.
 * @param {ChatService} service @param {string} draft @param {boolean} isOn
 */
function useAnalysis(service, draft, isOn) {
    const [analysis, setAnalysis] = useState(/** @type {any} */ (null));
    useEffect(() => {
        if (!isOn || draft.trim() === '') return setAnalysis(null);
        let isCurrent = true;
        const timer = setTimeout(() => {
            // Without insights one can write as well.
            service.analyze(draft).then((found) => isCurrent && setAnalysis(found), () => isCurrent && setAnalysis(null));
        }, analysisDelayMs);
        return () => { isCurrent = false; clearTimeout(timer); };
    }, [service, draft, isOn]);
    return analysis;
}

/** @param {{className?: string, placeholder?: string, config?: ChatConfig, onMessageSent?: (text: string) => void, debug?: boolean}} props */
export function EnhancedChatInterface({ className = '', placeholder = 'Write a message', config = {}, onMessageSent, debug = false }) {
    const { service, isConnected, isConnecting, error, isStreaming, messages, state } = useSSEChat({ debug, model: config.model });
    const [draft, setDraft] = useState('');
    const [dismissed, setDismissed] = useState(/** @type {string[]} */ ([]));
    const analysis = useAnalysis(service, draft, config.enableOptimization === true);
    const last = useRef('');
    const keyOf = (/** @type {any} */ { kind, title, message, replacement }) => [kind, title, message, replacement].join('|');
    const left = (/** @type {any[]} */ cards) => cards.filter((card) => !dismissed.includes(keyOf(card)));
    const dismiss = (/** @type {any} */ card) => setDismissed([...dismissed, keyOf(card)]);
    const suggestions = left(analysis?.suggestions ?? []);
    const send = (/** @type {string} */ text) => {
        last.current = text;
        onMessageSent?.(text);
        void service.sendMessage(text, { config });
    };
    const apply = (/** @type {any} */ suggestion) => setDraft(applySuggestion(draft, suggestion));
    const suggestionFor = (/** @type {any} */ insight) => suggestions.find((/** @type {any} */ each) => each.insights?.includes(insight.id));
    const insights = left(analysis?.insights ?? []).map((insight) => ({ ...insight, canApply: suggestionFor(insight) !== undefined }));
    const { usage, metrics, firstTextMs } = state ?? {};
    const bubble = (/** @type {any} */ message, /** @type {number} */ at) => h(StreamingMessageBubble, {
        key: message.id, message, streamingContent: message.content, showEgyptianLoader: true,
        isStreaming: isStreaming && at === messages.length - 1 && message.role === 'assistant',
    });
    const figures = [`${usage?.total_tokens} tokens`, `first word after ${firstTextMs ?? '–'} ms`, `${metrics?.attempts ?? 1} attempt(s)`].join(', ');
    return h('section', { className: `chat-view ${className}` },
        h(ConnectionStatus, { isConnected, isConnecting, error }),
        h('div', { className: 'chat-log', role: 'log', tabIndex: 0, 'aria-label': 'Conversation', 'aria-busy': isStreaming }, messages.map(bubble)),
        config.enableAnalytics && usage && !isStreaming ? h('p', { className: 'chat-figures' }, figures) : null,
        h(ErrorToast, { error, onRetry: () => service.conversation.retry(), onDismiss: () => service.conversation.dismissError() }),
        config.enableOptimization ? h(Fragment, null,
            h(AIInsightsPanel, { insights, onApply: (/** @type {any} */ insight) => apply(suggestionFor(insight)), onDismiss: dismiss }),
            h(AISuggestionsPanel, { suggestions, onApply: apply, onDismiss: dismiss,
                onCopy: (/** @type {any} */ { replacement }) => void navigator.clipboard?.writeText(replacement).catch(() => {}) })) : null,
        h(Composer, { onSend: send, onStop: () => service.cancel(), isStreaming, placeholder, value: draft, onChange: setDraft }));
}

export default EnhancedChatInterface;
