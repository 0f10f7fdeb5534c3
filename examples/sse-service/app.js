import { SSEService } from '/client/adapters/sse-service.js'; // was: './services/sse-service.js'

const [form, status, workflow, answer] = ['form', 'status', 'workflow', 'answer'].map((id) => document.getElementById(id));
const service = new SSEService();

service.on('chat_started', ({ assistantType }) => { status.textContent = `${assistantType} is at work`; answer.textContent = ''; });
service.on('workflow_detected', ({ agents }) => {
    workflow.replaceChildren(...agents.map((agent) => Object.assign(document.createElement('li'), { id: agent, textContent: agent })));
});
service.on('workflow_update', ({ agent, status: now }) => { document.getElementById(agent).textContent = `${agent}: ${now}`; });
service.on('token', ({ content }) => { answer.textContent += content; });
service.on('chat_completed', ({ status: end, content }) => { status.textContent = end; answer.textContent = content; });
service.on('error', ({ message }) => { status.textContent = message; });
service.on('reconnecting', ({ attempt }) => { status.textContent = `Connecting again, attempt ${attempt}`; });

form.addEventListener('submit', (event) => {
    event.preventDefault();
    void service.send({ message: form.elements.message.value, assistantType: 'analyst' });
});
