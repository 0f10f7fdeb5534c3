// The line above an answer: what the agent did before it wrote, and what the model thought, folded away.

import { dateTime, language, number, t } from '../shell/i18n.js';
import { element, icon } from '../shell/dom.js';
import { isOpen } from './conversation.js';

/** A step is `completed`, a tool's call `finished`. */
const hasEnded = (/** @type {any} */ { status }) => status === 'completed' || status === 'finished';

/**
 * @param {any} step
 * @returns {(Node | string)[]}
 */
function sentence(step) {
    const strong = (/** @type {string[] | undefined} */ words) => (words ?? []).flatMap((word, index) =>
        [index > 0 ? ', ' : '', element('strong', {}, element('bdi', {}, word))]);
    const withWords = (/** @type {string} */ key, /** @type {string[]} */ words) => {
        const [before, after] = t(key, { what: '\u0000' }).split('\u0000');
        return [before, ...strong(words), after ?? ''];
    };
    const isDone = hasEnded(step);
    switch (step.name) {
        case 'search_books': {
            if (!step.looked_for?.length) break;
            const said = withWords(isDone ? 'step.search_books.done' : 'step.search_books', step.looked_for);
            if (!isDone) return said;
            const more = [];
            if (step.searched !== undefined) more.push(t('step.books.fit', { searched: step.searched, fit: step.fit ?? 0 }));
            if (step.chosen) more.push(t('step.books.chosen', { chosen: step.chosen }));
            return [...said, ...more.flatMap((text) => [element('span', { class: 'between', 'aria-hidden': 'true' }, ' › '), text])];
        }
        case 'search_documents':
            if (!isDone) return [t('step.search_documents')];
            return [step.read === 0 ? t('step.search_documents.none') : step.read === 1 ? t('step.search_documents.one')
                : t('step.search_documents.done', { read: step.read ?? 0 })];
        case 'schengen_days': {
            if (!isDone) return [t('step.schengen_days')];
            const on = dateTime(`${step.on}T12:00:00`, { day: 'numeric', month: 'long', year: 'numeric' }) || step.on || '';
            return [step.stays === 1 ? t('step.schengen_days.one', { on }) : t('step.schengen_days.done', { stays: step.stays ?? 0, on })];
        }
        case 'plan_focus':
            return [isDone && step.topic ? t('step.plan_focus.done', { topic: step.topic }) : t('step.plan_focus')];
        case 'price_figures':
            return [isDone && step.symbols?.length ? t('step.price_figures.done', { symbols: step.symbols.join(', ') }) : t('step.price_figures')];
    }
    return summaryOf(step);
}

const tools = ['search_books', 'book_details', 'similar_books', 'reader_preferences', 'set_preference', 'search_documents', 'schengen_days', 'price_figures',
    'compare_prices', 'set_focus', 'search_history'];

/**
 * The server's own line, which is English; in another language the tool's name stands before it.
 * @param {any} step
 * @returns {(Node | string)[]}
 */
function summaryOf({ name, summary }) {
    const line = element('bdi', { lang: 'en' }, summary || name);
    return language !== 'en' && tools.includes(name) ? [`${t(`tool.${name}`)}: `, line] : [line];
}

const icons = /** @type {Record<string, string>} */ ({
    search_books: 'search', similar_books: 'search', search_history: 'search', schengen_days: 'calculator', price_figures: 'bars', compare_prices: 'bars',
    book_details: 'book', set_preference: 'heart', reader_preferences: 'heart',
});

export const steps = {
    name: 'steps',
    place: 'above',

    /**
     * @param {any} data
     * @param {any} event
     */
    reduce(data, event) {
        const step = event.type === 'step' ? event.step : event.type === 'tool_call' ? event.tool_call : null;
        if (!step) return undefined;
        const others = (data?.steps ?? []).filter((/** @type {any} */ { id }) => id !== step.id);
        return { steps: [...others, step].sort((a, b) => a.id - b.id) };
    },

    /** @param {any} message */
    fromHistory(message) {
        return message.steps?.length ? { steps: message.steps } : undefined;
    },

    create() {
        const node = element('ul', { class: 'steps', 'aria-label': t('steps') });
        return {
            element: node,
            update(/** @type {any} */ data, /** @type {any} */ reply) {
                const isWriting = isOpen(reply);
                node.classList.toggle('done', data.steps.every(hasEnded));
                node.replaceChildren(...data.steps.map((/** @type {any} */ step) => {
                    const isCut = step.status === 'started' && !isWriting;
                    const sign = step.status === 'started' && isWriting ? element('span', { class: 'ring', 'aria-hidden': 'true' })
                        : icon(step.status === 'failed' ? 'warning' : isCut ? 'stop' : icons[step.name] ?? 'check');
                    const said = step.status === 'failed' ? t('step.failed').split('{summary}').flatMap((text, index) => (index === 0 ? [text] : [...summaryOf(step), text])) : sentence(step);
                    return element('li', { class: step.status }, sign, element('span', {}, ...said, isCut ? `, ${t('step.cut')}` : ''));
                }));
            },
        };
    },
};

export const thinking = {
    name: 'thinking',
    place: 'above',

    /**
     * @param {any} data
     * @param {any} event
     */
    reduce(data, event) {
        if (event.type === 'reset') return data ? { ...data, text: '' } : undefined;
        const piece = event.type === 'thinking' ? event.content : event.choices?.[0]?.delta?.reasoning_content;
        if (typeof piece === 'string' && piece !== '') {
            return { text: (data?.text ?? '') + piece, since: data?.since ?? Date.now(), ms: null };
        }
        const hasBegun = ['content_chunk', 'content', 'token', 'complete', 'done', 'chat_completed'].includes(event.type) || event.choices?.[0]?.delta?.content;
        if (data && data.ms === null && hasBegun) return { ...data, ms: Date.now() - data.since };
        return undefined;
    },

    /** @param {any} message */
    fromHistory(message) {
        const ms = message.metrics?.thinking_ms;
        return typeof ms === 'number' && ms > 0 ? { text: '', ms } : undefined;
    },

    create() {
        const label = element('span');
        const text = element('div', { class: 'thoughts', dir: 'auto' });
        const node = element('details', { class: 'thinking' }, element('summary', {}, icon('lines'), label, icon('right')), text);
        return {
            element: node,
            update(/** @type {any} */ data, /** @type {any} */ reply) {
                const ms = reply.metrics?.thinking_ms ?? data.ms;
                label.textContent = ms === null ? t('thinking') : t('thought', { seconds: number(Math.max(1, Math.round(ms / 1000))) });
                node.classList.toggle('empty', data.text === '');
                const shown = text.firstChild;
                if (shown && data.text.startsWith(shown.data)) shown.appendData(data.text.slice(shown.data.length));
                else text.textContent = data.text;
            },
        };
    },
};
