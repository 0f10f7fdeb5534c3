import { createElement, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { HttpStreamingDemo, useHttpTutorStream } from '/client/adapters/react-tutor.js'; // was: '@/hooks/…', '@/components/…'

const sessionId = `demo-${Date.now()}`;

function Lesson() {
    const [log, setLog] = useState([]);
    const add = (line) => setLog((lines) => [...lines, line]);
    const { sendMessage, isStreaming, streamingMessage } = useHttpTutorStream({
        sessionId: `${sessionId}-hook`,
        onMessage: (message) => add(`message: ${message.content}`),
        onError: (error) => add(`error: ${error.message}`),
        onComplete: () => add('complete'),
    });
    return createElement('div', null,
        createElement('button', { disabled: isStreaming, onClick: () => sendMessage('Help me prepare for my exam on photosynthesis') }, 'Ask by the hook'),
        createElement('p', { id: 'streaming' }, streamingMessage),
        createElement('ul', { id: 'log' }, log.map((line, at) => createElement('li', { key: at }, line))));
}

createRoot(document.getElementById('app')).render(createElement('div', null,
    createElement(HttpStreamingDemo, { sessionId, userId: undefined }),
    createElement('h2', null, 'The hook by itself'),
    createElement(Lesson)));
