// The leaf of the visa expert and of every other who answers from documents.

import { element } from '../shell/dom.js';
import { t } from '../shell/i18n.js';
import { entries } from './sources.js';

/** @param {any} page */
export function create(page) {
    const node = element('div');
    let open = 1;
    /** @type {any} */ let seen = null;
    const update = () => {
        // What was cited may belong to an earlier answer than the last.
        const cited = page.cited;
        const turns = page.state.conversation?.shown ?? [];
        const replies = turns.map((/** @type {any} */ { replies: all, shown }) => all[shown]).filter(Boolean);
        const has = (/** @type {any} */ reply, /** @type {string} */ name) => reply?.parts?.find((/** @type {any} */ part) => part.name === name)?.data;
        const reply = cited?.reply ?? replies.filter((/** @type {any} */ each) => has(each, 'sources')).at(-1);
        const data = has(reply, 'sources') ?? null;
        if (cited) open = cited.number;
        else if (data !== seen) open = 1;
        seen = data;
        if (data === null) return void node.replaceChildren(element('p', { class: 'soft' }, t('This answer states nothing from a document.')));
        const focused = document.activeElement?.closest('.sources [data-number]')?.getAttribute('data-number');
        const list = entries(page, data.sources, open, (number) => {
            page.cited = null;
            open = number;
            update();
        });
        const counted = has(reply, 'days')?.days;
        node.replaceChildren(element('p', { class: 'lead' }, t('What this answer rests on, best first.')), list,
            ...(counted ? [element('p', { class: 'leaf-foot' }, t('The days were counted by the program, by {rule}. No model worked them out.', { rule: counted.rule ?? 'Regulation (EU) 2016/399, Article 6' }))] : []));
        if (focused) node.querySelector(`[data-number="${focused}"]`)?.focus();
        else if (cited) node.querySelector('.open')?.scrollIntoView({ block: 'nearest' });
    };
    return { element: node, update };
}
