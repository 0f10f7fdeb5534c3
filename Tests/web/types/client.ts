// Compiled by run.sh, never run: the implementation has what index.d.ts promises, and a page's code in TypeScript compiles.

import * as declared from '../../../web/client/index.js'; // resolves to index.d.ts
import { ChatClient, randomUUID } from '../../../web/client/client.js';
import { backoffMs, ChatError, dialects, EventStreamParser, isOpen, retryAfterMs } from '../../../web/client/wire.js';
import { Reply } from '../../../web/client/reply.js';

type Public<Class> = { [Member in keyof Class]: Class[Member] };
export const client: Omit<declared.ChatClient, 'send' | 'regenerate' | 'resume' | 'restore' | 'queued' | 'on'> = new ChatClient();
export const functions: Pick<typeof declared, 'backoffMs' | 'retryAfterMs' | 'randomUUID' | 'isOpen'> = { backoffMs, retryAfterMs, randomUUID, isOpen };
export const reply = (real: Reply): Public<declared.Reply> => real;
export const sent = (real: ChatClient): Public<declared.Reply> => real.send('', {} as declared.SendOptions);
export const resumed = (real: ChatClient): Public<declared.Reply> => real.resume('', {} as declared.ResumeOptions);
export const error: declared.ChatError = new ChatError(0, { code: 'network' });
export const parser: declared.EventStreamParser = new EventStreamParser();
export const table: Record<string, declared.Dialect> = dialects;

export async function page(root: HTMLElement) {
    const chat = new declared.ChatClient({ base: '/', dialect: 'desk', timing: { heartbeatMs: 15_000 } });
    chat.on('line', ({ state, retryAt }) => console.log(state, retryAt));
    const answer = chat.send('Hello', {
        body: { assistantType: 'analyst' },
        onEvent: (event) => { if (event.type === 'text') root.append(event.text); },
    });
    const { status, error: problem } = await answer.done;
    if (status === 'refused' && problem?.retryable) answer.retry();
}
