export { ChatClient, randomUUID } from './client.js';
export { backoffMs, ChatError, dialects, EventStreamParser, isOpen, retryAfterMs } from './wire.js';
