// The tutor's leaf: what this conversation is about, how far it is, and what comes next.

import { button, element, icon } from '../shell/dom.js';
import { t } from '../shell/i18n.js';
import { latestWith, partsOf } from './index.js';
import { pathOf } from './focus-model.js';
import { entries } from './sources.js';

const levels = () => ({ beginner: t('Beginner'), intermediate: t('Intermediate'), advanced: t('Advanced') });

/**
 * What is asked to get there; the tutor's rules know these words.
 * @param {string} from @param {string} to
 */
const wordsFor = (from, to) => t(to === 'intermediate' && from === 'advanced' ? 'focus.simpler' : `focus.level.${to}`);

/** @param {any} page */
export function create(page) {
    const node = element('div');
    let open = 0;
    const update = () => {
        const focus = latestWith(page, 'focus')?.focus;
        if (focus === undefined) return void node.replaceChildren(element('p', { class: 'soft' }, t('The tutor plans with the first answer.')));
        const { done, left } = pathOf(partsOf(page, 'focus').map((each) => each.focus));
        const count = done.length + left.length;
        const step = (/** @type {string} */ text, /** @type {number} */ index, /** @type {'done' | 'here' | 'ahead'} */ state) => element('li', { class: state, ...(state === 'here' ? { 'aria-current': 'step' } : {}) },
            element('span', { class: 'mark', 'aria-hidden': 'true' }, state === 'done' ? icon('check') : String(index + 1)),
            element('span', {}, element('span', { dir: 'auto' }, text), state === 'here' ? element('small', {}, t('You are here')) : null,
                state === 'done' ? element('span', { class: 'unseen' }, `, ${t('done')}`) : null));
        const level = element('div', { class: 'segments', role: 'group', 'aria-label': t('Level') }, ...Object.entries(levels()).map(([name, word]) => element('button', {
            type: 'button', 'aria-pressed': String(focus.level === name), onclick: () => { if (focus.level !== name) page.ask(wordsFor(focus.level, name)); } }, word)));
        const cited = page.cited;
        if (cited) open = cited.number;
        const sources = latestWith(page, 'sources')?.sources ?? [];
        node.replaceChildren(
            element('p', { class: 'lead' }, t('Planned before each answer. Say “next”, “simpler” or “quiz me”.')),
            element('section', {}, element('h3', { class: 'small' }, t('Topic')), element('p', { class: 'topic', dir: 'auto' }, capital(focus.topic ?? '')), element('p', { dir: 'auto' }, focus.objective ?? '')),
            element('section', {}, element('h3', { class: 'small' }, t('Level')), level),
            element('section', {}, element('h3', { class: 'small' }, t('Steps'), done.length === 0 ? null : element('span', {}, t('{done} of {count} done', { done: done.length, count }))),
                element('ol', { class: 'path' }, ...done.map((text, index) => step(text, index, 'done')), ...left.map((text, index) => step(text, done.length + index, index === 0 ? 'here' : 'ahead'))),
                element('div', { class: 'row' }, button(t('Next step'), () => page.ask(t('focus.next')), { class: 'wash' }),
                    button(t('Simpler'), () => page.ask(t('focus.simpler')), { class: 'edge' }), button(t('Quiz me'), () => page.ask(t('focus.quiz')), { class: 'edge' }))),
            ...(sources.length === 0 ? [] : [element('section', {}, element('h3', { class: 'small' }, t('From your tutor’s documents')), entries(page, sources, open, (number) => {
                page.cited = null;
                open = number;
                update();
            }))]));
    };
    return { element: node, update };
}

/** @param {string} text */
const capital = (text) => text.charAt(0).toLocaleUpperCase() + text.slice(1);
