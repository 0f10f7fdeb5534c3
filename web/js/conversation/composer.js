// The field where one writes, with whom one writes to, and Send, in whose place Stop stands while an answer is written.

import { t } from '../shell/i18n.js';
import { button, element, icon } from '../shell/dom.js';

/** The server's limit on a message, in bytes of UTF-8. */
export const maximumMessageBytes = 32_768;
export const bytesOf = (/** @type {string} */ text) => new TextEncoder().encode(text).length;

/**
 * "Analyst", "fast", "Noah": what the button beside the field says.
 * @param {import('../shell/agents.js').Agent} agent
 */
export function agentLabel(agent) {
    if (agent.id === 'desk') return t(`assistant.${agent.assistant}`);
    if (agent.id === 'model') return agent.model || t('agent.model.one');
    return t(`agent.${agent.id}`);
}

/** @param {import('../shell/agents.js').Agent} agent */
function placeholder(agent) {
    if (agent.id === 'desk') return t('ask.desk', { assistant: t(`assistant.ask.${agent.assistant}`) });
    if (agent.id === 'model') return agent.model ? t('ask.model', { model: agent.model }) : t('ask.model.none');
    return t(`ask.${agent.id}`);
}

export class Composer {
    /**
     * Fields that go into the body of every message of an agent.
     * @type {Map<string, () => object>}
     */
    extras = new Map();
    #isRunning = false;

    /**
     * @param {HTMLFormElement} form
     * @param {import('../shell/page.js').Page} page
     * @param {{send(text: string): boolean, stop(): void, choose(anchor: HTMLElement): void, editLast(): void}} actions
     */
    constructor(form, page, actions) {
        this.page = page;
        this.actions = actions;
        this.field = element('textarea', { id: 'message', rows: 1, enterKeyHint: 'send', autocomplete: 'off', 'aria-describedby': 'keys field-note', dir: 'auto' });
        this.marks = element('div', { class: 'marks', 'aria-hidden': 'true' });
        this.agent = button('', () => actions.choose(this.agent), { class: 'wash agent-button', 'aria-haspopup': 'menu', 'aria-expanded': 'false' });
        this.tools = element('div', { class: 'tools' });
        this.note = element('p', { id: 'field-note', class: 'field-note' });
        this.keys = element('p', { id: 'keys', class: 'keys' });
        this.send = element('button', { type: 'submit', class: 'main', id: 'send' });
        form.append(element('div', { class: 'field' }, this.marks, this.field),
            element('div', { class: 'composer-foot' }, this.agent, this.tools, this.note, this.keys, this.send));
        form.addEventListener('submit', (event) => {
            event.preventDefault();
            if (this.#isRunning) actions.stop();
            else this.#submit();
        });
        this.field.addEventListener('input', () => this.#changed());
        addEventListener('resize', () => this.resize());
        this.field.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => this.#key(event));
        form.addEventListener('click', (event) => { if (event.target === form) this.field.focus(); });
        this.refresh();
    }

    get text() {
        return this.field.value;
    }

    set text(value) {
        this.field.value = value;
        this.#changed();
    }

    /** The agent, the language or what runs has changed. */
    refresh() {
        const { agent } = this.page.state;
        this.field.placeholder = placeholder(agent);
        this.field.setAttribute('aria-label', t('field', { agent: agentLabel(agent) }));
        this.agent.replaceChildren(icon(agent.sign), element('span', {}, agentLabel(agent)), icon('down'));
        this.agent.setAttribute('aria-label', `${agentLabel(agent)}: ${t('bar.switch')}`);
        this.#isRunning = !this.#isRunning;
        this.setRunning(!this.#isRunning);
    }

    /** @param {boolean} isRunning whether an answer is being written, so that Stop stands where Send stood */
    setRunning(isRunning) {
        if (isRunning === this.#isRunning) return;
        this.#isRunning = isRunning;
        this.send.classList.toggle('running', isRunning);
        this.send.replaceChildren(icon(isRunning ? 'stop' : 'up'), element('span', {}, t(isRunning ? 'stop' : 'send')));
        this.keys.replaceChildren(...(isRunning ? [element('kbd', {}, 'Esc'), ` ${t('keys.stops')}`]
            : [element('kbd', {}, 'Enter'), ` ${t('keys.sends')} `, element('kbd', {}, 'Shift Enter'), ` ${t('keys.line')}`]));
    }

    /** @param {string} text a few words beside the keys, in whose place they stand */
    say(text) {
        this.note.textContent = text;
        this.keys.hidden = text !== '';
    }

    /** As high as the text, to a third of the window. */
    resize() {
        this.field.style.blockSize = 'auto';
        this.field.style.blockSize = `${Math.min(this.field.scrollHeight + 2, Math.max(96, innerHeight * 0.36))}px`;
    }

    #changed() {
        this.resize();
        const over = this.text.length * 3 > maximumMessageBytes ? bytesOf(this.text) - maximumMessageBytes : 0;
        this.field.setAttribute('aria-invalid', String(over > 0));
        this.say(over > 0 ? t('field.long', { over }) : '');
        this.page.emit('input', { text: this.text });
    }

    #submit() {
        const text = this.text;
        if (text.trim() === '') return this.field.focus();
        if (this.actions.send(text)) this.text = '';
    }

    /** @param {KeyboardEvent} event */
    #key(event) {
        if (event.isComposing) return;
        if (event.key === 'Enter' && !event.shiftKey) {
            event.preventDefault();
            // While an answer is written, a further question waits behind it.
            this.#submit();
        } else if (event.key === 'ArrowUp' && this.text === '') {
            event.preventDefault();
            this.actions.editLast();
        }
    }
}
