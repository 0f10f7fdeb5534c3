// The book companion's front end in Vue 3: composable, preference service and store, chat view. `vue` is the page's (import map).

import { computed, defineComponent, h, nextTick, onScopeDispose, onMounted, reactive, ref, shallowRef, toRef, unref, watch } from 'vue';
import { isOpen } from '../index.js';
import { chatClient, Conversation } from './conversation.js';
import { elementsOf, hasParser, MarkdownText, onParser } from './markdown.js';

export { configureChat } from './conversation.js';

/**
 * @param {{sessionId?: any, userId?: any}} options values or refs
 * @returns {{messages: any, isStreaming: any, error: any, problem: any, status: any, isConnected: any, sendMessage(text: string): Promise<any>,
 *   stop(): void, retry(): void, load(): Promise<void>, sessionId: string}}
 */
export function useHttpStreaming({ sessionId, userId } = {}) {
    /** @type {Conversation} */
    let conversation;
    /** @type {() => void} */
    let off;
    const snapshot = shallowRef(/** @type {any} */ (null));
    const begin = () => {
        conversation = new Conversation({ dialect: 'companion', sessionId: unref(sessionId) });
        snapshot.value = conversation.snapshot;
        off = conversation.subscribe(() => (snapshot.value = conversation.snapshot));
    };
    const end = () => { off(); conversation.leave(); };
    begin();
    // Another session is another conversation; what is sent next goes there.
    watch(() => unref(sessionId), () => { end(); begin(); }, { flush: 'sync' });
    onScopeDispose(end);
    const of = (/** @type {(it: import('./conversation.js').Snapshot) => any} */ read) => computed(() => read(snapshot.value));
    return {
        messages: of(({ messages }) => messages),
        isStreaming: of(({ isStreaming }) => isStreaming),
        error: of(({ error }) => error?.message ?? null),
        problem: of(({ error }) => error),
        status: of(({ state }) => state?.status ?? null),
        isConnected: of(({ isConnected }) => isConnected),
        async sendMessage(text) {
            const user = unref(userId);
            const reply = conversation.send(text, user ? { body: { user_id: user } } : {});
            return reply.done;
        },
        stop: () => conversation.stop(),
        retry: () => conversation.retry(),
        load: () => conversation.load(),
        get sessionId() { return conversation.sessionId; },
    };
}

export const preferenceUpdateService = {
    /**
     * @param {{type: string, override: {value: string, weight?: number, remove?: boolean}, timestamp?: string, userId?: string}} change
     * @returns {Promise<{transparency: any, recommendations?: any[], applied: boolean, significant_change: boolean}>}
     */
    updatePreference: ({ type, override, timestamp = new Date().toISOString(), userId }) => chatClient().request(
        'POST', 'api/v1/chat/preferences/update', { body: { type, override, timestamp }, query: userId ? { user_id: userId } : {} }),
    /** @returns {Promise<any>} the `transparency` object */
    getPreferences: () => chatClient().request('GET', 'api/v1/chat/preferences'),
};

/** @type {any} */
let preferences = null;

/** The `preferences` store, as a Pinia store is used; Pinia itself is not needed. */
export function usePreferencesStore() {
    // Refs within, as Pinia's own: its storeToRefs() takes them out.
    preferences ??= reactive({
        preferences: ref([]),
        transparency: ref(null),
        recommendations: ref([]),
        isLoading: ref(false),
        error: ref(null),
        async load() {
            await run(async () => take({ transparency: await preferenceUpdateService.getPreferences() }));
        },
        /** @param {string} type @param {string} value @param {number} weight */
        async update(type, value, weight) {
            await run(async () => take(await preferenceUpdateService.updatePreference({ type, override: { value, weight } })));
        },
        /** @param {string} type @param {string} value */
        async remove(type, value) {
            await run(async () => take(await preferenceUpdateService.updatePreference({ type, override: { value, remove: true } })));
        },
    });
    const take = (/** @type {any} */ { transparency, recommendations }) => {
        Object.assign(preferences, { transparency, preferences: transparency?.preferences ?? [] });
        if (recommendations) preferences.recommendations = recommendations;
    };
    const run = async (/** @type {() => Promise<void>} */ action) => {
        Object.assign(preferences, { isLoading: true, error: null });
        try {
            await action();
        } catch (error) {
            preferences.error = /** @type {Error} */ (error).message;
        }
        preferences.isLoading = false;
    };
    return preferences;
}

/** @param {any} book */
const bookCard = (book) => h('li', { class: 'chat-book', key: book.book_id }, [
    h('strong', book.title), ' ', h('span', [book.authors?.join(', '), book.year].filter(Boolean).join(', ')),
    h('ul', (book.reasons ?? []).map((/** @type {any} */ reason) => h('li', reason.text))),
]);

const Answer = defineComponent({
    props: { text: { type: String, default: '' }, isFinal: Boolean },
    setup(/** @type {any} */ props) {
        const markdown = new MarkdownText();
        const isThere = ref(hasParser());
        onScopeDispose(onParser(() => { isThere.value = true; }));
        return () => {
            const nodes = isThere.value ? markdown.nodesOf(props.text, props.isFinal) : null;
            return nodes === null ? h('p', { class: 'chat-text' }, props.text) : h('div', { class: 'chat-text' }, elementsOf(nodes, h));
        };
    },
});

/** @param {any} message the user's own words are shown as typed */
const bubble = (message) => h('article', { class: `chat-bubble ${message.role}`, key: message.id, 'data-status': message.status, dir: 'auto' }, [
    message.role === 'user' ? h('p', { class: 'chat-text' }, message.content) : h(Answer, { text: message.content, isFinal: !isOpen(message) }),
    message.recommendations?.length ? h('ul', { class: 'chat-books' }, message.recommendations.map(bookCard)) : null,
]);

let fields = 0;

export const ChatView = defineComponent({
    name: 'ChatView',
    props: { sessionId: String, userId: String, placeholder: { type: String, default: 'Write a message' } },
    setup(/** @type {any} */ props) {
        const { messages, isStreaming, error, sendMessage, stop, retry, load } = useHttpStreaming({ sessionId: toRef(props, 'sessionId'), userId: toRef(props, 'userId') });
        const store = usePreferencesStore();
        const draft = ref('');
        const field = `chat-${(fields += 1)}`;
        /** @type {any} */
        const log = ref(null);
        onMounted(() => { if (props.sessionId) void load(); void store.load(); });
        watch(() => props.sessionId, (/** @type {string | undefined} */ id) => { if (id) void load(); });
        watch(messages, () => void nextTick(() => log.value?.scrollTo?.(0, log.value.scrollHeight)));
        watch(isStreaming, (/** @type {boolean} */ now) => { if (!now) void store.load(); });
        const submit = (/** @type {Event} */ event) => {
            event.preventDefault();
            if (draft.value.trim() === '') return;
            void sendMessage(draft.value);
            draft.value = '';
        };
        return () => h('section', { class: 'chat-view' }, [
            h('div', { class: 'chat-log', ref: log, role: 'log', tabindex: 0, 'aria-label': 'Conversation', 'aria-busy': isStreaming.value },
                messages.value.map(bubble)),
            error.value ? h('p', { class: 'chat-error', role: 'alert' }, [
                error.value, ' ', h('button', { type: 'button', onClick: retry }, 'Try again'),
            ]) : null,
            h('form', { class: 'chat-form', onSubmit: submit }, [
                h('label', { for: field }, 'Your message'),
                h('input', { id: field, value: draft.value, placeholder: props.placeholder, autocomplete: 'off',
                    onInput: (/** @type {any} */ event) => { draft.value = event.target.value; } }),
                isStreaming.value ? h('button', { type: 'button', onClick: stop }, 'Stop') : h('button', { type: 'submit' }, 'Send'),
            ]),
            h('details', { class: 'chat-preferences' }, [
                h('summary', 'Your preferences'),
                h('ul', store.preferences.map((/** @type {any} */ { type, value, source, weight }) => h('li', { key: `${type}:${value}` }, [
                    `${type}: ${value} (${source === 'override' ? 'you said so' : 'guessed'}, ${weight}) `,
                    h('button', { type: 'button', onClick: () => store.remove(type, value) }, `Forget ${value}`),
                ]))),
            ]),
        ]);
    },
});

export default ChatView;
