// Help with a prompt while it is written: by the server's rules, a moment after the last key. Nothing is stored.

import { copyText } from '../shell/clipboard.js';
import { button, element, icon } from '../shell/dom.js';
import { t, tn } from '../shell/i18n.js';
import { allApplied, applied, changeOf, insightKey, markedPieces, suggestionKey } from './prompt-model.js';

/** @typedef {import('./prompt-model.js').Analysis} Analysis @typedef {import('./prompt-model.js').Suggestion} Suggestion */

const pauseMs = 400;
const maximumBytes = 32_768;

/** @param {string} name of a property, as docs/api.md has them */
const propertyName = (name) => /** @type {Record<string, string>} */ ({
    task: t('the task'), context: t('the situation'), audience: t('the reader'), format: t('form of the answer'), constraints: t('the limits'),
    examples: t('an example'), clarity: t('clear words'), completeness: t('everything it speaks of'), safety: t('safe to send'),
})[name] ?? name;

class PromptHelp {
    /** @type {Analysis | null} */ analysis = null;
    /** What `analysis` is about. */ text = '';
    /** @type {Set<string>} */ dismissed = new Set();
    /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
    /** @type {AbortController | null} */ #asked = null;
    isMissing = false;

    /** @param {any} page */
    constructor(page) {
        this.page = page;
        this.count = button('', () => page.leaf.toggle('prompt'), { icon: 'bulb', class: 'remarks' });
        // On a phone the leaf lies over the page: one goes on writing below it.
        new ResizeObserver(([{ target }]) => document.body.style.setProperty('--foot', `${/** @type {HTMLElement} */ (target).offsetHeight}px`))
            .observe(page.composer.field.closest('#foot'));
        page.on('input', (/** @type {any} */ { text }) => this.#later(text));
        page.on('conversation', () => this.#place());
        this.#place();
    }

    get isOn() {
        return this.page.state.agent.id === 'model' && !this.isMissing;
    }

    /**
     * Those that still stand.
     * @returns {Suggestion[]}
     */
    get suggestions() {
        return (this.analysis?.suggestions ?? []).filter((suggestion) => !this.dismissed.has(suggestionKey(suggestion, this.text)));
    }

    /** What no suggestion answers, and was not dismissed. */
    get remarks() {
        const answered = new Set((this.analysis?.suggestions ?? []).flatMap(({ insights }) => insights));
        return (this.analysis?.insights ?? []).filter((insight) => !answered.has(insight.id) && !this.dismissed.has(insightKey(insight, this.text)));
    }

    /** @param {string} key of a suggestion or a remark, until the field is empty */
    dismiss(key) {
        this.dismissed.add(key);
        this.#show();
    }

    #place() {
        if (this.isOn) {
            this.page.composer.tools.append(this.count);
            this.#later(this.page.composer.text);
        } else {
            this.count.remove();
            this.#forget();
        }
        this.#show();
    }

    #forget() {
        clearTimeout(this.#timer);
        this.#asked?.abort();
        this.analysis = null;
    }

    /** @param {string} text */
    #later(text) {
        if (!this.isOn) return;
        clearTimeout(this.#timer);
        if (text !== this.text) this.page.composer.marks.replaceChildren();
        if (text.trim() === '' || new TextEncoder().encode(text).length > maximumBytes) {
            this.#forget();
            this.text = text;
            if (text.trim() === '') this.dismissed.clear();
            return this.#show();
        }
        this.#timer = setTimeout(() => void this.#ask(text), pauseMs);
    }

    /** @param {string} text */
    async #ask(text) {
        this.#asked?.abort();
        const asked = this.#asked = new AbortController();
        try {
            const analysis = await this.page.api.json('POST', 'api/v2/prompts/analyze', { body: { prompt: text }, signal: asked.signal });
            // What was typed meanwhile has its own question under way.
            if (asked.signal.aborted || this.page.composer.text !== text) return;
            this.analysis = analysis;
            this.text = text;
        } catch (problem) {
            if (asked.signal.aborted) return;
            const { status } = /** @type {any} */ (problem);
            this.isMissing = status === 404 || status === 405;
            this.analysis = null;
        }
        this.#show();
    }

    #show() {
        const { analysis, suggestions } = this;
        this.count.hidden = analysis === null;
        this.count.lastElementChild.textContent = analysis === null ? '' : `${analysis.score}, ${tn('prompt.remarks', suggestions.length + this.remarks.length)}`;
        const { marks } = this.page.composer;
        const pieces = analysis === null || this.page.composer.text !== this.text ? [] : markedPieces(this.text, suggestions, analysis.insights ?? []);
        // The line's end is given to the last piece, or the field's own last empty line would be one more.
        marks.replaceChildren(...pieces.map(({ text, number, severity }) => number === null ? text
            : element('mark', { class: severity ?? '' }, text, element('sup', {}, String(number)))));
        if (this.page.leaf.current?.id === 'prompt') this.page.leaf.refresh();
    }

    /** @param {string} text @param {string} told what is said, with a way back */
    replace(text, told) {
        const before = this.page.composer.text;
        this.page.compose(text);
        this.page.toast({ tone: 'ink', text: told, seconds: 8, actions: [{ label: t('Undo'), run: () => this.page.compose(before) }] });
    }
}

/** @type {PromptHelp | null} */
let help = null;

/**
 * Once.
 * @param {any} page
 */
export function prepare(page) {
    help ??= new PromptHelp(page);
}

/** @param {any} page */
export function create(page) {
    prepare(page);
    const mine = /** @type {PromptHelp} */ (help);
    const node = element('div');
    const update = () => {
        const { analysis, remarks, suggestions, text } = mine;
        if (mine.isMissing) return void node.replaceChildren(element('p', { class: 'soft' }, t('This server does not judge prompts.')));
        if (analysis === null) return void node.replaceChildren(element('p', { class: 'soft' }, t('Write a prompt, and what a model would have to guess is named here.')));
        const focused = /** @type {any} */ (document.activeElement);
        const place = node.contains(focused) ? [...node.querySelectorAll('button')].indexOf(focused) : -1;
        const meter = element('div', { class: 'points', role: 'img', 'aria-label': analysis.properties.map(({ name, points, of }) => `${propertyName(name)} ${points}/${of}`).join(', ') },
            ...analysis.properties.map(({ points, of }) => {
                const fill = element('i');
                fill.style.inlineSize = `${of > 0 ? 100 * points / of : 100}%`;
                const box = element('span', {}, fill);
                box.style.flexGrow = String(of);
                return box;
            }));
        const absent = analysis.properties.filter(({ state }) => state === 'absent').map(({ name }) => propertyName(name));
        const present = analysis.properties.filter(({ state, name }) => state === 'present' && !['clarity', 'completeness', 'safety'].includes(name)).map(({ name }) => propertyName(name));
        const join = (/** @type {string[]} */ words) => new Intl.ListFormat(document.documentElement.lang || 'en', { type: 'conjunction' }).format(words);
        const items = suggestions.map((suggestion, index) => {
            const { removed, added } = changeOf(text, suggestion);
            return element('li', {}, element('span', { class: 'number' }, String(index + 1)), element('div', {}, element('b', {}, suggestion.title), element('p', { class: 'soft' }, suggestion.rationale),
                element('p', { class: 'change', dir: 'auto' }, removed.trim() === '' ? null : element('del', {}, removed), ' ', element('ins', {}, added.trim() === '' ? t('(taken out)') : added.trim())),
                element('div', { class: 'row' },
                    button(t('Apply'), () => mine.replace(applied(text, suggestion), t('Applied: {title}', { title: suggestion.title })), { icon: 'check', 'aria-label': t('Apply: {title}', { title: suggestion.title }) }),
                    button(t('Copy'), () => void copyText(added.trim()), { icon: 'copy', 'aria-label': t('Copy: {title}', { title: suggestion.title }) }),
                    button(t('Dismiss'), () => mine.dismiss(suggestionKey(suggestion, text)), { icon: 'cross', class: 'soft', 'aria-label': t('Dismiss: {title}', { title: suggestion.title }) }))));
        });
        node.replaceChildren(
            element('p', { class: 'score' }, element('b', {}, String(analysis.score)), ' ', t('of 100, judged by rules as you write')), meter,
            element('p', { class: 'soft' }, absent.length === 0 ? t('Nothing is missing.') : t('Missing: {what}.', { what: join(absent) }), ' ', present.length === 0 ? '' : t('There: {what}.', { what: join(present) })),
            element('section', {}, element('h3', { class: 'small' }, t('Suggestions'), suggestions.length < 2 ? null : button(t('Apply all {count}', { count: suggestions.length }),
                () => mine.replace(allApplied(text, suggestions), t('All applied.')), { icon: 'check', class: 'wash' })),
            suggestions.length === 0 ? element('p', { class: 'soft' }, t('None.')) : element('ol', { class: 'suggestions' }, ...items)),
            ...(remarks.length === 0 ? [] : [element('section', {}, element('h3', { class: 'small' }, t('Remarks')), element('ul', { class: 'insights' }, ...remarks.map((remark) => {
                const { message, severity } = remark;
                return element('li', { class: severity }, icon(severity === 'info' ? 'bulb' : 'warning'), element('span', { dir: 'auto' }, message),
                    button(t('Dismiss'), () => mine.dismiss(insightKey(remark, text)), { icon: 'cross', class: 'soft', hideLabel: true, 'aria-label': t('Dismiss: {title}', { title: message }) }));
            })))]));
        if (place >= 0) /** @type {any} */ (node.querySelectorAll('button')[Math.min(place, node.querySelectorAll('button').length - 1)])?.focus();
    };
    return { element: node, update };
}
