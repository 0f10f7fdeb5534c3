// What a new conversation shows: whom one can ask, each with an example that fills the field.

import { agentIds, agentOf, assistants } from '../shell/agents.js';
import { t } from '../shell/i18n.js';
import { button, element, icon } from '../shell/dom.js';

/** @param {{isAvailable: boolean}} model */
export const dot = (model) => element('span', { class: model.isAvailable ? 'dot good' : 'dot', 'aria-hidden': 'true' });

/**
 * @param {string} reason of the server
 * @returns {string}
 */
export const reasonInWords = (reason) => {
    const known = { available: 'model.available', 'resting after failures': 'model.resting', 'resting as its provider asked': 'model.asked', 'not configured': 'model.not-configured', '': 'model.unknown' }[reason];
    return known ? t(known) : reason;
};

/**
 * @param {import('../shell/page.js').Page} page
 * @param {string} id of an agent
 * @returns {string} why it cannot be asked, '' when it can
 */
export function unavailable({ state: { modes } }, id) {
    return id === 'visa' && modes !== null && !modes.includes('visa_expert') ? t('model.unknown') : '';
}

/** @param {import('../shell/page.js').Page} page */
export function chooser(page) {
    const { agent: current, models } = page.state;
    const cards = agentIds.map((id) => {
        const agent = /** @type {import('../shell/agents.js').Agent} */ (agentOf(id === 'model' ? `model.${models[0]?.name ?? ''}` : id));
        const isCurrent = current.id === id;
        const why = unavailable(page, id);
        const about = element('div', { class: 'about' });
        const name = button(t(`agent.${id}`), () => page.open({ agent: agent.key }), { class: 'name', 'aria-pressed': isCurrent, disabled: why !== '' });
        about.append(element('h2', {}, name, element('span', { class: 'subject' }, t(`subject.${id}`))),
            element('p', { class: 'long' }, t(`about.${id}`)), element('p', { class: 'short' }, t(`short.${id}`)));
        if (why !== '') about.append(element('p', { class: 'why-not' }, t('choose.unavailable', { reason: why })));
        else if (id === 'desk') {
            about.append(element('div', { class: 'chips' }, ...assistants.map((assistant) => button(t(`assistant.${assistant}`),
                () => page.open({ agent: `desk.${assistant}` }), { class: 'chip', 'aria-pressed': current.assistant === assistant }))));
        } else if (id === 'model') {
            about.append(element('div', { class: 'chips' }, ...models.slice(0, 8).map((model) => {
                const chip = button(model.isAvailable ? model.name : `${model.name}, ${reasonInWords(model.reason)}`, () => page.open({ agent: `model.${model.name}` }),
                    { class: 'chip', 'aria-pressed': current.model === model.name });
                chip.prepend(dot(model));
                return chip;
            })));
        } else {
            const example = t(`example.${id}`);
            about.append(button(t('quoted', { text: example }), () => { page.open({ agent: agent.key }); page.compose(example); },
                { class: 'example', 'aria-label': t('choose.example', { text: example }) }));
        }
        const card = element('li', { class: `card${isCurrent ? ' current' : ''}${why === '' ? '' : ' off'}`, 'data-agent': id },
            element('span', { class: 'sign', 'aria-hidden': 'true' }, icon(agent.sign)), about,
            element('span', { class: 'go', 'aria-hidden': 'true' }, icon(isCurrent ? 'check' : 'right')));
        // The whole card is as good as its name.
        if (why === '') card.addEventListener('click', (/** @type {any} */ event) => { if (!event.target.closest('button')) name.click(); });
        return card;
    });
    return element('div', { class: 'choose' }, element('h2', { class: 'title' }, t('choose.title')), element('ul', { class: 'cards', 'aria-label': t('choose.label') }, ...cards));
}
