import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { ChatInterface, useSSEChat } from '/client/adapters/react-desk.js'; // was: './components/ChatInterface', './hooks/useSSEChat'

function Briefing() {
    const { messages, sendMessage, isStreaming, workflowStatus } = useSSEChat();
    return createElement('div', null,
        createElement('button', { disabled: isStreaming, onClick: () => sendMessage('What was the close of DEMO1?', 'analyst', undefined) }, 'Ask by the hook'),
        createElement('p', { id: 'workflow' }, workflowStatus?.name ?? ''),
        createElement('ul', { id: 'messages' }, messages.map((message) => createElement('li', { key: message.id }, message.content))));
}

createRoot(document.getElementById('app')).render(createElement('div', null,
    createElement(ChatInterface), createElement('h2', null, 'The hook by itself'), createElement(Briefing)));
