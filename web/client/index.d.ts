// Types of the client library. docs/client.md tells how to use it.

export type DialectName = 'companion' | 'tutor' | 'openai' | 'agent' | 'desk';

/** An event of a stream as it came: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export interface StreamEvent {
    /** The last one that was sent, also where this event has none of its own. */
    id: string;
    type: string;
    data: string;
    /** The event has an `id:` line of its own. */
    isNumbered: boolean;
}

export interface KeyValueStore { getItem(key: string): string | null; setItem(key: string, value: string): void }

export interface Timing {
    /** The server's `stream.heartbeat_ms`. A line silent for one is `quiet`, for two it is dead and taken up again. */
    heartbeatMs: number;
    /** A first event later than this, though the server is up: streams are held back, and the whole answer is asked for. */
    firstEventMs: number;
    /** Backoff: the first wait, and the longest. */
    baseMs: number;
    maxMs: number;
    /** Attempts in a row before a message is refused, and before a reply is `lost`. Any progress begins anew. */
    sendAttempts: number;
    resumeAttempts: number;
    /** How long a stop may take before the client stops listening. */
    stopMs: number;
}

export interface ClientOptions {
    /** The server's root, relative to the page; `.` if absent. */
    base?: string | URL;
    /** Of `send`, where that names none; `companion` if absent. */
    dialect?: DialectName;
    /** A bearer token of this server; renewed by itself, see the event `token`. */
    token?: string;
    /** Gives a bearer token of somebody else's making; asked again with `expired` when the server refuses it. */
    getToken?: (reason: { expired: boolean }) => Promise<string>;
    /** localStorage, or memory where that is forbidden. */
    storage?: KeyValueStore;
    fetch?: typeof fetch;
    /** false: a message that cannot be sent is refused after a few attempts, and nothing is stored. */
    queue?: boolean;
    /** true: the console; `panel`: a panel in the page too (adapters/debug.js has it by itself). */
    debug?: boolean | 'panel';
    timing?: Partial<Timing>;
}

export interface ReplyOptions {
    dialect?: DialectName;
    sessionId?: string;
    /** After the event has changed the state. */
    onEvent?: (event: ReplyEvent, reply: Reply) => void;
    onChange?: (state: ReplyState, reply: Reply) => void;
    /** Ends the listening, as `leave()` does. */
    signal?: AbortSignal;
}

export interface SendOptions extends ReplyOptions {
    /** The Idempotency-Key; random if absent. */
    key?: string;
    /** Further members of the request: `metadata`, `mode`, `provider`, `model`, `assistantType`, `context`, `store`, … */
    body?: Record<string, any>;
    /** Goes with the request and with coming back to its reply, such as `events: 'all'`. */
    query?: Record<string, string>;
    /** The conversation before this message, for `openai`. */
    messages?: { role: string; content: any }[];
}

export interface ResumeOptions extends ReplyOptions {
    query?: Record<string, string>;
    /** The last event that was seen, and the text until then. */
    after?: number;
    text?: string;
}

export interface RequestOptions {
    body?: object;
    query?: Record<string, string | number>;
    headers?: Record<string, string>;
    signal?: AbortSignal;
}

export interface Line {
    state: 'connected' | 'writing' | 'quiet' | 'retrying' | 'offline' | 'signed_out';
    /** Whole answers are asked for, since streams are held back on the way. */
    whole: boolean;
    /** Milliseconds since 1970. */
    retryAt: number | null;
}

export interface IdentityChange { userId: string; previousUserId: string | null; changed: boolean }

export interface DebugEntry { at: number; kind: string; [field: string]: any }

export interface QueueEntry {
    key: string;
    dialect: DialectName;
    path?: string;
    text: string;
    sessionId?: string;
    userId?: string;
    body?: Record<string, any>;
    query?: Record<string, string>;
    messages?: { role: string; content: any }[];
    createdAt: number;
}

export interface ClientEvents {
    line: Line;
    identity: IdentityChange;
    queue: Reply[];
    token: string;
    debug: DebugEntry;
}

export class ChatClient {
    constructor(options?: ClientOptions);
    readonly base: URL;
    readonly line: Line;
    readonly identity: {
        readonly userId: string | null;
        /** The bearer token, where there is one: a cookie is not the page's to see. */
        readonly token: string | undefined;
        /** For requests of the page's own. */
        readonly headers: Record<string, string>;
        check(): void;
        renew(): Promise<void>;
    };
    /** Messages that wait or are being sent, in order. */
    readonly queued: Reply[];
    readonly debugEntries: DebugEntry[];
    on<Type extends keyof ClientEvents>(type: Type, listener: (value: ClientEvents[Type]) => void): () => void;
    /** Sends at once, or after the earlier messages of the conversation. Waits while there is no line, also over a reload. */
    send(text: string, options?: SendOptions): Reply;
    /** A further reply to the same message, in dialect 1's words. */
    regenerate(messageId: string, options?: SendOptions): Reply;
    /** A further reply that goes on from a stopped one's text (dialect 1). */
    continue(messageId: string, options?: SendOptions): Reply;
    /** Whatever waits for its next attempt makes it now. */
    wake(): void;
    /** Listens to a reply that is being written, found in the history. */
    resume(replyId: string, options?: ResumeOptions): Reply;
    /** The messages of before a reload that still wait, of all conversations or of one; they are sent in their order. */
    restore(options?: SendOptions): Reply[];
    /** The JSON of any endpoint; null for an answer without a body. Throws a `ChatError`. */
    request(method: string, path: string, options?: RequestOptions): Promise<any>;
    close(): void;
}

/** `queued` waits for the line or its turn; the last seven are ends. */
export type ReplyStatus = 'queued' | 'sending' | 'waiting' | 'streaming' | 'resuming'
    | 'complete' | 'stopped' | 'interrupted' | 'failed' | 'refused' | 'withdrawn' | 'lost';

export interface ReplyState {
    readonly status: ReplyStatus;
    readonly sessionId: string | null;
    readonly userMessageId: string | null;
    readonly replyId: string | null;
    readonly text: string;
    readonly reasoning: string;
    readonly books: any[];
    readonly sources: { title: string; section: string; excerpt: string }[];
    readonly focus: any;
    readonly workflow: { workflowId: string; name: string; agents: string[]; updates: any[] } | null;
    /** What the agent does for the answer, its tools' calls among it, with `query: { events: 'all' }`; so are `days` and `figures`. */
    readonly steps: any[];
    readonly days: any;
    readonly figures: any;
    readonly toolCalls: any[];
    readonly analysis: any;
    readonly provider: string;
    readonly model: string;
    readonly finishReason: string;
    readonly usage: any;
    readonly metrics: any;
    /** Why it waits, or why it ended. */
    readonly error: ChatError | null;
    readonly lastEventId: number;
    /** Attempts in a row without progress. */
    readonly attempt: number;
    /** When the next attempt is made, in milliseconds since 1970. */
    readonly retryAt: number | null;
    readonly stopping: boolean;
    /** The answer comes whole, not as it is written. */
    readonly whole: boolean;
    readonly createdAt: string | null;
    /** From sending to the first text. */
    readonly firstTextMs: number | null;
}

export class Reply {
    private constructor();
    readonly key: string;
    /** The question. */
    readonly text: string;
    readonly dialect: DialectName;
    readonly entry: QueueEntry;
    /** A new object with every change. */
    readonly state: ReplyState;
    /** Never rejects. */
    readonly done: Promise<ReplyState>;
    on(type: 'event', listener: (event: ReplyEvent, reply: Reply) => void): () => void;
    on(type: 'change', listener: (state: ReplyState, reply: Reply) => void): () => void;
    /** Takes a waiting message back; ends a reply that is being written, whose text so far stays. Twice is harmless. */
    stop(): Promise<void>;
    /** Sends a refused message again under the same key; listens again to a lost reply. */
    retry(): void;
    /** Listens no more, and says nothing to the server. */
    leave(): void;
}

/** One form for all dialects; `raw` is the dialect's own event, `id` its number. */
export type ReplyEvent = { id: number | null; raw: any } & (
    | { type: 'started'; sessionId?: string; userMessageId?: string; replyId?: string; createdAt?: string }
    | { type: 'text'; text: string }
    | { type: 'reasoning'; text: string }
    /** The text so far is void. */
    | { type: 'reset'; reason?: string; from?: string; to?: string }
    | { type: 'switched'; reason?: string; from?: string; to?: string }
    | { type: 'books'; books: any[] }
    | { type: 'sources'; sources: any[] }
    | { type: 'focus'; focus: any }
    | { type: 'workflow'; workflow: any }
    | { type: 'workflow_update'; update: any }
    | { type: 'step'; step: any }
    | { type: 'days'; days: any }
    | { type: 'figures'; figures: any }
    | { type: 'analysis'; analysis: any }
    | { type: 'tool_calls'; toolCalls: any[] }
    | { type: 'ended'; status: ReplyStatus; finishReason?: string; provider?: string; model?: string; usage?: any; metrics?: any; error?: ChatError }
    /** One that this version does not know: see `raw`. */
    | { type: 'other' });

export interface ChatErrorFields {
    code: string;
    message: string;
    errors: { field: string; detail: string }[];
    retryAfterMs: number | null;
    requestId: string;
    retryable: boolean;
    partial: boolean;
}

/** What was refused, or did not come through. `code` is the server's word, or `network`, `stream_cut`, `identity_changed`, `queue_full`. */
export class ChatError extends Error implements ChatErrorFields {
    constructor(status: number, fields?: Partial<ChatErrorFields>);
    /** The HTTP status; 0 when no answer came. */
    status: number;
    code: string;
    errors: { field: string; detail: string }[];
    retryAfterMs: number | null;
    requestId: string;
    /** Whether asking again can help. */
    retryable: boolean;
    /** Part of the reply had come. */
    partial: boolean;
}

export interface Dialect {
    path: string;
    stopPath: string;
    stopField: string;
    /** The member of the body that names the user. */
    user: string;
    /** Where a reply is followed; `path` if absent. */
    resumePath?: string;
    /** The server may answer with a whole reply whatever was asked for. */
    mayBeWhole?: boolean;
    body(entry: QueueEntry, whole: boolean): object;
    /** Makes a function that turns one event's data into events of the one form; null stands for the stream's end. */
    reader(): (raw: any) => any[];
    whole(raw: any): any[];
}

export const dialects: Record<DialectName, Dialect>;

/** Incremental: bytes may be cut anywhere. Throws a RangeError for an event above 4 Mi characters. */
export class EventStreamParser {
    push(bytes: Uint8Array): StreamEvent[];
}

export function backoffMs(attempt: number, timing?: { baseMs?: number; maxMs?: number }, random?: () => number): number;
export function retryAfterMs(value: string | null, nowMs?: number): number | null;
export function randomUUID(): string;
export function isOpen(state: { status: ReplyStatus }): boolean;
