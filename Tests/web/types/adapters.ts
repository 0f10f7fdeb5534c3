// Compiled by run.sh, never run: pages in TypeScript take the adapters by another import path alone.

import { useHttpTutorStream } from '../../../web/client/adapters/react-tutor.js';
import { ChatInterface, useSSEChat as useDesk } from '../../../web/client/adapters/react-desk.js';
import { EnhancedChatInterface, useSSEChat as usePrompts } from '../../../web/client/adapters/react-prompts.js';
import { SSEService } from '../../../web/client/adapters/sse-service.js';
import { preferenceUpdateService, useHttpStreaming } from '../../../web/client/adapters/vue.js';

export async function page(): Promise<void> {
    const tutor = useHttpTutorStream({ sessionId: 's', onMessage: ({ content }) => console.log(content), onError: ({ status }) => console.log(status) });
    await tutor.sendMessage('Hello', 'usr_1');
    const { messages, sendMessage, workflowStatus } = useDesk();
    await sendMessage('Hello', 'analyst', 'usr_1');
    console.log(messages[0]?.content, workflowStatus?.agents[0]?.status, tutor.streamingMessage.length, ChatInterface({}));
    const { service, isConnected } = usePrompts();
    await service.sendMessage('Hello', { onToken: (token) => console.log(token, isConnected) });
    EnhancedChatInterface({ className: 'x', placeholder: 'y', config: { enableOptimization: true, temperature: 0.5 }, onMessageSent: (text) => console.log(text) });
    const off = new SSEService().on('token', ({ content }) => console.log(content));
    off();
    const { isStreaming, stop } = useHttpStreaming({ sessionId: 's', userId: 'u' });
    if (isStreaming.value) stop();
    const { transparency } = await preferenceUpdateService.updatePreference({ type: 'topic', override: { value: 'x', weight: 1 }, timestamp: '' });
    console.log(transparency);
}
