// /chat/sse-demo: message types and error conditions, with the parts of the chat one by one.

import { createElement as h, useState } from 'react';
import { createRoot } from 'react-dom/client';
import {
    AIInsightsPanel, AISuggestionsPanel, ConnectionStatus, ErrorToast, SkeletonLoader, StreamingMessageBubble, useSSEChat,
} from '/client/adapters/react-prompts.js';

const cases = {
    'A short question': { text: 'What can you do?' },
    'A prompt with insights': { text: 'Write something good about dogs etc.', config: { enableOptimization: true } },
    'A model that is not there': { text: 'Hello', config: { model: '' } },
    'A message that is too long': { text: 'a'.repeat(40_000) },
};

function SSEDemo() {
    const { service, isConnected, isConnecting, error } = useSSEChat({ debug: true, model: 'general' });
    const [content, setContent] = useState('');
    const [isStreaming, setIsStreaming] = useState(false);
    const [shown, setShown] = useState(null);
    const [insights, setInsights] = useState([]);
    const [suggestions, setSuggestions] = useState([]);
    const [log, setLog] = useState([]);
    const add = (line) => setLog((lines) => [...lines, line]);
    const run = async (name) => {
        const { text, config } = cases[name];
        setContent('');
        setShown(null);
        setIsStreaming(true);
        await service.sendMessage(text, {
            config,
            onToken: (token, all) => setContent(all),
            onInsights: setInsights,
            onSuggestions: setSuggestions,
            onComplete: (message) => add(`complete: ${message.content.length} characters`),
            onError: (problem) => { setShown(problem); add(`error: ${problem.status} ${problem.code}`); },
        });
        setIsStreaming(false);
    };
    const without = (list, one) => list.filter((each) => each !== one);
    return h('section', { className: 'chat-view' },
        h(ConnectionStatus, { isConnected, isConnecting, error }),
        h('p', null, Object.keys(cases).map((name) => h('button', { key: name, disabled: isStreaming, onClick: () => run(name) }, name)),
            h('button', { disabled: !isStreaming, onClick: () => service.cancel() }, 'Cancel')),
        h(StreamingMessageBubble, { message: { role: 'assistant', content }, isStreaming, streamingContent: content, showEgyptianLoader: true }),
        h(ErrorToast, { error: shown, onDismiss: () => setShown(null) }),
        h(AIInsightsPanel, { insights, onDismiss: (one) => setInsights(without(insights, one)) }),
        h(AISuggestionsPanel, { suggestions, onDismiss: (one) => setSuggestions(without(suggestions, one)), onCopy: () => {} }),
        h('h2', null, 'The skeleton'), h(SkeletonLoader),
        h('ol', { id: 'log' }, log.map((line, at) => h('li', { key: at }, line))));
}

createRoot(document.getElementById('app')).render(h(SSEDemo));
