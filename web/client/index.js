// The client library for pages of one's own; docs/client.md tells how to use it.

export { ChatClient, randomUUID } from './client.js';
export { dialects } from './dialects.js';
export { backoffMs, ChatError, retryAfterMs } from './errors.js';
export { EventStreamParser } from './event-stream.js';
export { isOpen } from './reply.js';
