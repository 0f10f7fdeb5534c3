// What a new conversation with a plain model shows: which one answers, and how a prompt may begin.

import { button, element } from '../shell/dom.js';
import { t } from '../shell/i18n.js';
import { dot, reasonInWords } from './start.js';

/** @param {import('../shell/page.js').Page} page */
export function modelChooser(page) {
    const { agent, models } = page.state;
    const rows = models.map((model) => {
        const input = element('input', { type: 'radio', name: 'model', checked: agent.model === model.name, onchange: () => page.open({ agent: `model.${model.name}` }) });
        return element('label', { class: 'model' }, input, element('span', { class: 'model-name' }, model.name), element('span', { class: 'model-by' }, model.by),
            element('span', { class: 'model-state' }, dot(model), reasonInWords(model.reason)));
    });
    const templates = ['letter', 'compare', 'code', 'shorten'].map((name) => element('li', {},
        button(t(`template.${name}`), () => {
            page.compose(t(`template.${name}.text`));
            const at = page.composer.text.indexOf('[');
            if (at >= 0) page.composer.field.setSelectionRange(at, page.composer.text.indexOf(']', at) + 1);
        }, { class: 'template' }), element('p', {}, t(`template.${name}.about`))));
    return element('div', { class: 'choose-model' }, element('h2', { class: 'title' }, t('model.title')),
        rows.length > 0 ? element('fieldset', { class: 'models' }, element('legend', { class: 'unseen' }, t('model.title')), ...rows) : element('p', {}, t('choose.none')),
        element('p', { class: 'note' }, t('model.note')), element('h3', { class: 'hint' }, t('model.begin')), element('ul', { class: 'templates' }, ...templates));
}
