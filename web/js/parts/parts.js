// What answers have beside their text: the data that each part takes from the events of a reply and from the history. Loaded with
// the first answer; what draws a part is loaded when the first reply has something to draw.

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
