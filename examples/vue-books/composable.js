import { createApp, h, ref } from 'vue';
import { preferenceUpdateService, useHttpStreaming, usePreferencesStore } from '/client/adapters/vue.js'; // was: '@/composables/…', '@/services/…', '@/stores/…'

const App = {
    setup() {
        const sessionId = ref(`demo-${Date.now()}`);
        const userId = ref(null);
        const { messages, isStreaming, error, sendMessage, stop } = useHttpStreaming({ sessionId, userId });
        const preferences = usePreferencesStore();
        const draft = ref('I loved The Time Machine. What next?');
        const like = async () => {
            const { transparency, recommendations } = await preferenceUpdateService.updatePreference({
                type: 'topic', override: { value: 'science fiction', weight: 0.9 }, timestamp: new Date().toISOString(),
            });
            told.value = `${transparency.preferences.length} preferences, ${recommendations?.length ?? 0} recommendations`;
            await preferences.load();
        };
        const told = ref('');
        return () => h('div', [
            h('input', { value: draft.value, 'aria-label': 'Message', onInput: (event) => { draft.value = event.target.value; } }),
            h('button', { disabled: isStreaming.value, onClick: () => sendMessage(draft.value) }, 'Send'),
            h('button', { disabled: !isStreaming.value, onClick: stop }, 'Stop'),
            h('button', { onClick: like }, 'I like science fiction'),
            h('p', { id: 'told' }, told.value),
            h('p', { id: 'error' }, error.value ?? ''),
            h('ul', { id: 'preferences' }, preferences.preferences.map(({ type, value }) => h('li', `${type}: ${value}`))),
            messages.value.map((message) => h('article', { key: message.id, class: message.role, 'data-status': message.status }, [
                h('p', message.content),
                h('ul', (message.recommendations ?? []).map((book) => h('li', { key: book.book_id, class: 'book' }, book.title))),
            ])),
        ]);
    },
};

createApp(App).mount('#app');
