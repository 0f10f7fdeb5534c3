import { createElement, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { EnhancedChatInterface } from '/client/adapters/react-prompts.js'; // was: '@/components/chat/EnhancedChatInterface'

const config = { enableOptimization: true, enableAnalytics: true, model: 'general', temperature: 0.7 };

createRoot(document.getElementById('app')).render(createElement(StrictMode, null,
    createElement(EnhancedChatInterface, {
        className: 'workshop', placeholder: 'Write a prompt', config,
        onMessageSent: (text) => { document.title = `Sent: ${text}`; },
    })));
