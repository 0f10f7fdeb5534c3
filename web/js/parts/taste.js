// "What Noah knows of you": stated and guessed apart, each with what it comes from, to be moved, confirmed and forgotten.

import { button, element, icon } from '../shell/dom.js';
import { dateTime, t } from '../shell/i18n.js';
import { download } from './download.js';
import { groundsInWords, parted, typeName, weightInWords } from './taste-model.js';
import { sayProblem } from './tell.js';

/** @typedef {import('./taste-model.js').Preference} Preference */

const types = ['topic', 'author', 'era', 'length', 'language'];

/** @param {any} page */
export function create(page) {
    const node = element('div', { class: 'taste' });
    /** @type {any} */ let known = null;
    let isTelling = false;
    let isAsking = false;
    let hasForget = true;

    /** Changes that the server has not answered. @type {Set<Promise<any>>} */
    const pending = new Set();
    /** How many began: what was asked for before is not shown. */
    let changes = 0;
    const fail = (/** @type {any} */ problem) => {
        if (problem.status === 404 || problem.status === 405) hasForget = false;
        sayProblem(page, problem);
    };
    /**
     * Shows what the server knows after each change; what it refused is shown as it was.
     * @param {Promise<any>} change @param {string} [told]
     */
    const after = async (change, told) => {
        changes += 1;
        pending.add(change);
        try {
            const answer = await change;
            known = answer.transparency ?? answer;
            if (answer.applied === false) page.toast({ tone: 'ink', text: t('A later change was already stored; it stays.'), actions: [] });
            else if (told) page.announce(told);
        } catch (problem) {
            fail(problem);
        } finally {
            pending.delete(change);
        }
        show();
    };
    const state = (/** @type {Preference} */ { type, value }, /** @type {number} */ weight) => after(page.api.json('POST', 'api/v1/chat/preferences/update',
        { body: { type, override: { value, weight }, timestamp: new Date().toISOString() } }), t('Noah will remember: {value}, {weight}', { value, weight: weightInWords(weight) }));
    const forget = (/** @type {Preference} */ preference) => {
        const { type, value, source } = preference;
        const answer = page.api.json('POST', 'api/v1/chat/preferences/forget', { body: { type, value } }).catch((/** @type {any} */ problem) => {
            // A server from before can take back what was stated, and no more.
            if (![404, 405].includes(problem.status) || source !== 'override') throw problem;
            return page.api.json('POST', 'api/v1/chat/preferences/update', { body: { type, override: { value, remove: true }, timestamp: new Date().toISOString() } });
        });
        return after(answer, t('Forgotten: {value}', { value }));
    };

    /** @param {Preference} preference @param {boolean} isStated */
    const row = (preference, isStated) => {
        const { type, value, weight = 0, evidence = [], updated_at } = preference;
        const scale = element('input', { type: 'range', min: '-1', max: '1', step: '0.1', value: String(weight), 'aria-label': t('How gladly: {value}', { value }) });
        const span = element('i', { class: 'span' });
        const word = element('b');
        const draw = () => {
            const now = Number(scale.value);
            span.style.insetInlineStart = `${now < 0 ? 50 + now * 50 : 50}%`;
            span.style.inlineSize = `${Math.abs(now) * 50}%`;
            word.textContent = weightInWords(now);
            scale.setAttribute('aria-valuetext', weightInWords(now));
        };
        draw();
        scale.addEventListener('input', draw);
        scale.addEventListener('change', () => void state(preference, Number(scale.value)));
        const [first, ...more] = evidence.filter(({ excerpt }) => excerpt);
        const quote = (/** @type {any} */ each) => element('q', { dir: 'auto' }, each.excerpt);
        const on = updated_at ? dateTime(updated_at, { day: 'numeric', month: 'long' }) : '';
        const from = first === undefined ? (isStated ? t('set by you on {day}', { day: on }) : '') : isStated ? '' : `${t('from')} `;
        return element('li', { class: isStated ? 'stated' : 'guessed' },
            element('div', { class: 'what' }, element('h4', { class: type }, element('bdi', {}, value), ' ', element('small', {}, typeName(type))),
                element('p', { class: 'soft' }, from, first === undefined ? null : quote(first), first !== undefined && isStated && on !== '' ? `, ${on}` : null),
                more.length === 0 ? null : element('details', {}, element('summary', {}, t('and {count} more', { count: more.length })), ...more.map((each) => element('p', {}, quote(each)))),
                element('div', { class: 'row' }, isStated ? null : button(t('That is right'), () => void state(preference, weight), { icon: 'check', 'aria-label': t('That is right: {value}', { value }) }),
                    isStated || hasForget ? button(t('Forget'), () => void forget(preference), { icon: 'trash', 'aria-label': t('Forget: {value}', { value }) }) : null)),
            element('div', { class: 'scale' }, element('div', { class: 'track' }, element('i', { class: 'middle' }), span, scale),
                element('div', { class: 'ends', 'aria-hidden': 'true' }, element('span', {}, t('never')), element('span', {}, t('always'))),
                element('p', { class: 'soft' }, word, `, ${isStated ? t('counts before any guess') : groundsInWords(preference)}`)));
    };

    const tell = () => {
        const type = element('select', { name: 'type', 'aria-label': t('Kind') }, ...types.map((each) => element('option', { value: each }, typeName(each))));
        const value = element('input', { name: 'value', maxLength: 200, autocomplete: 'off', 'aria-label': t('What'), placeholder: t('science fiction') });
        const weight = element('input', { type: 'range', name: 'weight', min: '-1', max: '1', step: '0.1', value: '0.8', 'aria-label': t('How gladly') });
        const word = element('output', {}, weightInWords(0.8));
        weight.addEventListener('input', () => { word.textContent = weightInWords(Number(weight.value)); });
        return element('form', { class: 'tell', onsubmit: (/** @type {Event} */ event) => {
            event.preventDefault();
            if (value.value.trim() === '') return void value.focus();
            isTelling = false;
            void state({ type: type.value, value: value.value.trim() }, Number(weight.value)).then(() => node.querySelector('.tell-noah')?.focus());
        } }, type, value, weight, word, element('button', { type: 'submit', class: 'main' }, t('Remember')));
    };

    const show = () => {
        if (known === null) return;
        const focused = /** @type {any} */ (document.activeElement);
        const place = node.contains(focused) ? [...node.querySelectorAll('button, input, select')].indexOf(focused) : -1;
        const { stated, guessed } = parted(Array.isArray(known.preferences) ? known.preferences : []);
        const total = stated.length + guessed.length;
        const learning = typeof known.learning !== 'boolean' ? null : element('button', { type: 'button', class: 'onoff', role: 'switch', 'aria-checked': String(known.learning),
            onclick: () => void after(page.api.json('PATCH', 'api/v1/chat/preferences', { body: { learning: !known.learning } })) }, element('span', {}, t('Learn from what I say')), element('i'));
        const group = (/** @type {string} */ title, /** @type {Preference[]} */ members, /** @type {boolean} */ isStated) => members.length === 0 ? null
            : element('section', {}, element('h3', { class: 'small' }, title), element('ul', {}, ...members.map((each) => row(each, isStated))));
        const all = isAsking ? [element('p', { role: 'alert' }, t('Noah forgets all {count}, at once and for good.', { count: total })),
            button(t('Keep them'), () => { isAsking = false; show(); node.querySelector('.forget-all')?.focus(); }, { class: 'edge keep' }),
            button(t('Forget all'), () => {
                isAsking = false;
                void after(page.api.json('POST', 'api/v1/chat/preferences/forget', { body: { all: true } }), t('All forgotten.'));
            }, { icon: 'trash', class: 'danger' })]
            : [button(t('Tell Noah something'), () => { isTelling = true; show(); node.querySelector('.tell [name=value]')?.focus(); }, { icon: 'plus', class: 'wash tell-noah' }), element('span', { class: 'fill' }),
                total === 0 ? null : button(t('Download'), () => download('noah-taste.json', 'application/json', JSON.stringify(known, null, 2)), { icon: 'download' }),
                total === 0 || !hasForget ? null : button(t('Forget all'), () => { isAsking = true; show(); node.querySelector('.keep')?.focus(); }, { icon: 'trash', class: 'danger forget-all' })];
        node.replaceChildren(...[element('div', { class: 'lead' }, element('p', {}, t('Move a point to correct it. Forgetting is at once and for good.')), learning),
            total === 0 ? element('p', { class: 'soft none' }, t('Nothing yet. Talk with Noah, or tell it here.')) : null,
            group(t('You said so'), stated, true), group(t('Noah guesses'), guessed, false), isTelling ? tell() : null, element('div', { class: 'row leaf-foot' }, ...all.filter((each) => each !== null))].filter((each) => each !== null));
        if (place >= 0) /** @type {any} */ ([...node.querySelectorAll('button, input, select')][place])?.focus();
    };

    /** @returns {Promise<void>} */
    const load = async () => {
        await Promise.allSettled(pending);
        const before = changes;
        try {
            const told = await page.api.json('GET', 'api/v1/chat/preferences');
            if (changes !== before) return await load();
            known = told;
        } catch (problem) {
            fail(problem);
        }
        show();
    };
    node.append(element('p', { class: 'soft' }, icon('clock'), ' ', t('Looking')));
    void load();
    const off = ['taste', 'reply', 'identity'].map((event) => page.on(event, () => void load()));
    return { element: node, update: show, close: () => { for (const each of off) each(); } };
}
