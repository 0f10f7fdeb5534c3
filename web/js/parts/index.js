// What answers have beside their text, and the leaf beside the conversation. See page.js for what each gets.
//
// Here stands what is needed while a reply comes in; what draws it is loaded when the first reply has something to draw.

import { element } from '../shell/dom.js';
import { t, tn } from '../shell/i18n.js';
import { endedCount, workflowAfter, workflowFrom } from './workflow-model.js';

/**
 * A part's `create` whose module is loaded by then: the element stands at once, and is filled when the module is there.
 * @param {string} name @param {() => Promise<{create(page: any, reply: any): {element: any, update(data: any, reply: any): void}}>} load
 */
const loaded = (name, load) => (/** @type {any} */ page, /** @type {any} */ reply) => {
    const slot = element('div', { class: `part ${name}-part` });
    /** @type {any} */ let view = null;
    /** @type {any[] | null} */ let latest = null;
    void load().then((module) => {
        view = module.create(page, reply);
        slot.append(view.element);
        if (latest !== null) view.update(...latest);
    });
    return {
        element: slot,
        update(/** @type {any} */ data, /** @type {any} */ now) {
            latest = [data, now];
            view?.update(data, now);
        },
    };
};

/** @param {unknown} list */
const some = (list) => Array.isArray(list) && list.length > 0;

const workflow = {
    name: 'workflow',
    place: 'above',
    reduce(/** @type {any} */ data, /** @type {any} */ event) {
        const before = data?.workflow ?? null;
        const after = workflowAfter(before, event, performance.now());
        if (after === before) return undefined;
        const figures = event.type === 'workflow_detected' ? [] : event.figures ? [...(data?.figures ?? []), { agent: event.agent, ...event.figures }] : data?.figures ?? [];
        return { workflow: after, figures };
    },
    fromHistory(/** @type {any} */ message) {
        if (!some(message.workflow?.agents)) return undefined;
        const figures = (message.workflow.updates ?? []).filter((/** @type {any} */ update) => update.figures)
            .map((/** @type {any} */ update) => ({ agent: update.agent, ...update.figures }));
        return { workflow: workflowFrom(message.workflow), figures };
    },
    create: loaded('workflow', () => import('./desk.js').then(({ createWorkflow }) => ({ create: createWorkflow }))),
    summary: (/** @type {any} */ data) => t('{done} of {count} done', { done: endedCount(data.workflow), count: data.workflow.members.length }),
};

const figures = {
    name: 'figures',
    place: 'above',
    reduce: (/** @type {any} */ data, /** @type {any} */ event) => (event.type === 'figures' && event.figures ? { figures: event.figures } : undefined),
    fromHistory: (/** @type {any} */ message) => (message.figures && !some(message.workflow?.agents) ? { figures: message.figures } : undefined),
    create: loaded('figures', () => import('./desk.js').then(({ createFigures }) => ({ create: createFigures }))),
};

const days = {
    name: 'days',
    place: 'above',
    reduce: (/** @type {any} */ data, /** @type {any} */ event) => (event.type === 'days' && event.days ? { days: event.days } : undefined),
    fromHistory: (/** @type {any} */ message) => (message.days ? { days: message.days } : undefined),
    create: loaded('days', () => import('./days.js')),
};

const books = {
    name: 'books',
    place: 'flow',
    reduce: (/** @type {any} */ data, /** @type {any} */ event) => (event.type === 'recommendations' && some(event.recommendations) ? { books: event.recommendations } : undefined),
    fromHistory: (/** @type {any} */ message) => (some(message.recommendations) ? { books: message.recommendations } : undefined),
    create: loaded('books', () => import('./books.js')),
    summary: (/** @type {any} */ data) => tn('books.count', data.books.length),
};

const focus = {
    name: 'focus',
    place: 'above',
    reduce: (/** @type {any} */ data, /** @type {any} */ event) => (event.type === 'focus' && event.focus ? { focus: event.focus } : undefined),
    fromHistory: (/** @type {any} */ message) => (message.focus ? { focus: message.focus } : undefined),
    // It stands in the leaf; here there is nothing to see.
    create: () => ({ element: element('span', { hidden: true }), update() {} }),
};

const sources = {
    name: 'sources',
    place: 'below',
    reduce: (/** @type {any} */ data, /** @type {any} */ event) => (event.type === 'sources' && some(event.sources) ? { sources: event.sources } : undefined),
    fromHistory: (/** @type {any} */ message) => (some(message.sources) ? { sources: message.sources } : undefined),
    create: loaded('sources', () => import('./sources.js')),
    summary: (/** @type {any} */ data) => tn('sources.count', data.sources.length),
};

export const parts = [workflow, figures, days, books, focus, sources];

/**
 * The newest reply of the conversation that has such a part.
 * @param {any} page @param {string} name
 */
export function latestWith(page, name) {
    return partsOf(page, name).at(-1) ?? null;
}

/**
 * Those of the replies that are shown, in order.
 * @param {any} page @param {string} name @returns {any[]}
 */
export function partsOf(page, name) {
    const turns = page.state.conversation?.turns ?? [];
    return turns.flatMap((/** @type {any} */ { replies, shown }) => (replies[shown]?.parts ?? []).filter((/** @type {any} */ part) => part.name === name && part.data)
        .map((/** @type {any} */ part) => part.data));
}

/**
 * A leaf whose module is loaded when it is opened first.
 * @param {{id: string, agents: string[], icon: string, wide?: boolean, label(page: any): string | null, title(): string,
 *          load(): Promise<{create(page: any): {element: any, update(): void}}>}} leaf
 */
const leafOf = ({ id, agents, icon, wide = false, label, title, load }) => ({
    id, agents, icon, wide, label,
    create(/** @type {any} */ page) {
        const slot = element('div', { class: `leaf-${id}` });
        /** @type {any} */ let view = null;
        void load().then((module) => {
            view = module.create(page);
            slot.append(view.element);
            view.update();
        });
        return { title: title(), element: slot, update: () => view?.update() };
    },
});

export const leaves = [
    leafOf({ id: 'taste', agents: ['noah'], icon: 'heart', wide: true, label: () => t('Your taste'), title: () => t('What Noah knows of you'), load: () => import('./taste.js') }),
    leafOf({ id: 'focus', agents: ['tutor'], icon: 'panel', label: (page) => (latestWith(page, 'focus') === null ? null : t('Focus')), title: () => t('Focus'), load: () => import('./focus.js') }),
    leafOf({ id: 'sources', agents: ['visa', 'general'], icon: 'panel',
        label: (page) => { const found = latestWith(page, 'sources'); return found === null ? null : t('Sources, {count}', { count: found.sources.length }); },
        title: () => t('Sources'), load: () => import('./sources-leaf.js') }),
    leafOf({ id: 'context', agents: ['desk'], icon: 'panel', label: () => t('Context'), title: () => t('What the desk looks at'), load: () => import('./context.js') }),
    leafOf({ id: 'prompt', agents: ['model'], icon: 'bulb', label: () => t('Prompt'), title: () => t('Your prompt'), load: () => import('./prompt.js') }),
];

/** @param {any} page */
export function start(page) {
    // A number in the text opens its source beside it.
    page.on('cite', (/** @type {any} */ { reply, number }) => {
        page.cited = { reply, number };
        const leaf = page.state.agent.id === 'tutor' ? 'focus' : 'sources';
        if (page.leaf.current?.id === leaf) page.leaf.refresh();
        else page.leaf.open(leaf);
    });
    page.on('conversation', () => {
        page.cited = null;
        const { id } = page.state.agent;
        if (id === 'desk') void import('./context.js').then(({ prepare }) => prepare(page));
        if (id === 'model') void import('./prompt.js').then(({ prepare }) => prepare(page));
    });
    page.on('reply', () => page.leaf.refresh());
}
