// "What Noah knows of my taste": shows the preferences with where they come from, and lets one overrule them.

import { inWords, Problem } from './problem.js';
import { bookCard } from './render.js';
import { element } from './text.js';

/** @param {number} weight -1 to 1 */
export function weightInWords(weight) {
    if (weight <= -0.9) return 'never';
    if (weight < -0.1) return 'rather not';
    if (weight <= 0.1) return 'no matter';
    return weight < 0.9 ? 'gladly' : 'always';
}

export class TastePanel {
    /** @param {any} dialog @param {import('./api.js').API} api */
    constructor(dialog, api) {
        this.dialog = dialog;
        this.api = api;
        this.find = (/** @type {string} */ selector) => dialog.querySelector(selector);
        this.form = this.find('form');
        this.weight = this.form.elements.namedItem('weight');
        this.form.addEventListener('submit', (/** @type {Event} */ event) => {
            event.preventDefault();
            const { type, value, weight } = this.form.elements;
            if (value.value.trim() === '') return void value.focus();
            void this.#update(type.value, { value: value.value.trim(), weight: Number(weight.value) });
        });
        this.weight.addEventListener('input', () => this.#showWeight());
        this.find('.close').addEventListener('click', () => dialog.close());
    }

    async open() {
        this.#say('Looking…');
        this.find('.books').replaceChildren();
        this.dialog.showModal();
        try {
            this.#show(await this.api.preferences());
        } catch (error) {
            this.#say(error instanceof Problem ? inWords(error).text : 'This cannot be shown now.');
        }
    }

    #say(/** @type {string} */ text) {
        this.find('[role=status]').textContent = text;
    }

    #showWeight() {
        this.find('output').textContent = weightInWords(Number(this.weight.value));
    }

    /** @param {string} type @param {{value: string, weight?: number, remove?: boolean}} override */
    async #update(type, override) {
        this.#say('Saving…');
        try {
            const answer = await this.api.updatePreference(type, override);
            if (answer.transparency) this.#show(answer.transparency);
            this.#say(answer.applied === false ? 'A later change was already stored; it stays.'
                : override.remove ? `Withdrawn: ${override.value}.` : `Noah will remember: ${override.value}.`);
            const books = answer.recommendations ?? [];
            this.find('.books').replaceChildren(...books.map((/** @type {any} */ book) => bookCard(book)));
            this.find('.changed').hidden = books.length === 0;
            if (!override.remove) this.form.elements.value.value = '';
        } catch (error) {
            this.#say(error instanceof Problem ? inWords(error).text : 'This could not be saved.');
        }
    }

    #show(/** @type {any} */ transparency) {
        const preferences = Array.isArray(transparency.preferences) ? transparency.preferences : [];
        this.#say(transparency.explanation || (preferences.length === 0 ? 'Nothing yet. Talk with Noah, or say it below.' : ''));
        this.find('.preferences').replaceChildren(...preferences.map((/** @type {any} */ each) => this.#row(each)));
        this.find('.changed').hidden = true;
    }

    #row(/** @type {any} */ { type, value, weight = 0, source, confidence, evidence }) {
        const sure = typeof confidence === 'number' ? `, ${Math.round(confidence * 100)} % sure` : '';
        const from = source === 'override' ? 'you said so' : `Noah’s guess${sure}`;
        const row = element('li', {}, element('strong', {}, value), ' ',
            element('span', { className: 'facts' }, `${type} · ${weightInWords(weight)} · ${from}`));
        const excerpts = (Array.isArray(evidence) ? evidence : []).filter((each) => each?.excerpt);
        if (excerpts.length > 0) {
            const quotes = excerpts.map((each) => element('blockquote', {}, each.excerpt));
            row.append(element('details', {}, element('summary', {}, 'From what you said'), ...quotes));
        }
        const act = (/** @type {string} */ label, /** @type {() => void} */ action) => element('button',
            { type: 'button', className: 'link', 'aria-label': `${label} ${value}`, onclick: action }, label);
        const actions = element('div', {}, act('Change', () => {
            this.form.elements.type.value = type;
            this.form.elements.value.value = value;
            this.weight.value = String(weight);
            this.#showWeight();
            this.weight.focus();
        }));
        if (source === 'override') actions.append(act('Withdraw', () => void this.#update(type, { value, remove: true })));
        row.append(actions);
        return row;
    }
}
