// The leaf beside the conversation: the agent's own side. What an answer has beside its text is in parts.js.

import { element } from '../shell/dom.js';
import { t } from '../shell/i18n.js';

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
    const turns = page.state.conversation?.shown ?? [];
    return turns.flatMap((/** @type {any} */ { replies, shown }) => (replies[shown]?.parts ?? []).filter((/** @type {any} */ part) => part.name === name && part.data)
        .map((/** @type {any} */ part) => part.data));
}

/**
 * A leaf whose module is loaded when it is opened first.
 * @param {{id: string, agents: string[], icon: string, wide?: boolean, label(page: any): string | null, title(): string,
 *          load(): Promise<{create(page: any): {element: any, update(): void, close?(): void}}>}} leaf
 */
const leafOf = ({ id, agents, icon, wide = false, label, title, load }) => ({
    id, agents, icon, wide, label,
    create(/** @type {any} */ page) {
        const slot = element('div', { class: `leaf-${id}` });
        /** @type {any} */ let view = null;
        let isClosed = false;
        void load().then((module) => {
            if (isClosed) return;
            view = module.create(page);
            slot.append(view.element);
            view.update();
        });
        return { title: title(), element: slot, update: () => view?.update(), close: () => { isClosed = true; view?.close?.(); } };
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
    const off = page.on('providers', (/** @type {any[]} */ providers) => {
        if (providers.length < 2) return;
        off();
        void import('../conversation/provider-choice.js').then(({ offerProviders }) => offerProviders(page));
    });
}
