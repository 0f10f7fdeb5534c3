export { ChatClient, randomUUID } from './client.js';
export { isOpen } from './reply.js';
export { backoffMs, ChatError, dialects, EventStreamParser, retryAfterMs } from './wire.js';
