// The desk's two parts: several at work, with the figures of those who are done; and the figures of one who answers alone.

import { element, icon } from '../shell/dom.js';
import { t } from '../shell/i18n.js';
import { figuresCard, figuresSkeleton } from './figures.js';
import { isFinished } from './workflow-model.js';
import { WorkflowView } from './workflow.js';

/** Whose figures are drawn; the words have those of the others. */
const drawn = ['analyst', 'riskManager', 'trader', 'economist', 'advisor'];

/** @param {any} page @param {any} reply */
export function createWorkflow(page, reply) {
    void page;
    const view = new WorkflowView();
    const cards = element('div', { class: 'cards' });
    const note = element('p', { class: 'workflow-note' }, icon('bars'), t('The answer is written when all have finished. You can leave; it goes on.'));
    const node = element('div', {}, view.node, cards, note);
    /** @type {Map<string, any>} */
    const made = new Map();
    return {
        element: node,
        update(/** @type {any} */ { workflow, figures = [] }, now = reply) {
            const hasEnded = !['waiting', 'streaming', 'resuming'].includes(now.status);
            view.update(workflow, now.status === 'complete' || (isFinished(workflow) && now.text !== ''), hasEnded);
            note.hidden = hasEnded || now.text !== '';
            const told = new Map(figures.map((/** @type {any} */ each) => [each.agent, each]));
            const wanted = [];
            for (const agent of drawn) {
                const member = workflow.members.find((/** @type {any} */ each) => each.agent === agent);
                const has = told.get(agent);
                if (has !== undefined) {
                    if (made.get(agent)?.figures !== has) made.set(agent, { figures: has, card: figuresCard(has) });
                    if (made.get(agent).card !== null) wanted.push(made.get(agent).card);
                } else if (member?.progress === 'working' && !hasEnded && figures.length > 0 && wanted.length < 2) {
                    // A place is held only where the server sends figures at all.
                    if (!made.get(agent)?.skeleton) made.set(agent, { skeleton: figuresSkeleton(agent) });
                    wanted.push(made.get(agent).skeleton);
                }
            }
            const isSame = wanted.length === cards.childElementCount && wanted.every((card, index) => cards.children[index] === card);
            if (!isSame) cards.replaceChildren(...wanted);
            const last = told.get(drawn.find((agent) => told.has(agent)) ?? '');
            remark(node, last);
        },
    };
}

/** @param {any} node @param {any} figures */
function remark(node, figures) {
    const text = [figures?.note, figures?.missing?.length ? t('No prices: {symbols}.', { symbols: figures.missing.join(', ') }) : ''].filter(Boolean).join(' ');
    let shown = node.querySelector('.figures-note');
    if (text === '') return void shown?.remove();
    if (shown === null) node.append(shown = element('p', { class: 'figures-note', dir: 'auto' }));
    shown.textContent = text;
}

/** @param {any} page */
export function createFigures(page) {
    void page;
    const cards = element('div', { class: 'cards alone' });
    const node = element('div', {}, cards);
    return {
        element: node,
        update(/** @type {any} */ { figures }) {
            const card = figuresCard(figures);
            cards.replaceChildren(...(card === null ? [] : [card]));
            remark(node, figures);
        },
    };
}
