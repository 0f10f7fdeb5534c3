import { createApp, h } from 'vue';
import ChatView from '/client/adapters/vue.js'; // was: '@/views/ChatView.vue'

const sessionId = new URLSearchParams(location.search).get('session') ?? undefined;
createApp({ render: () => h(ChatView, { sessionId }) }).mount('#app');
