// What a new conversation shows: whom one can ask, or for plain models who answers, each with examples that fill the field.

import { agentIds, agentOf, assistants } from '../shell/agents.js';
import { t } from '../shell/i18n.js';
import { button, element, icon } from '../shell/dom.js';

/** @typedef {import('../shell/providers.js').Model} Model */

/** @param {Model} model */
const dot = (model) => element('span', { class: model.isAvailable ? 'dot good' : 'dot', 'aria-hidden': 'true' });

/**
 * @param {string} reason of the server
 * @returns {string}
 */
export const reasonInWords = (reason) => (reason === 'available' ? t('model.available') : /^resting/.test(reason) ? t('model.resting') : reason || t('model.unknown'));

/**
 * @param {import('../shell/page.js').Page} page
 * @param {string} id of an agent
 * @returns {string} why it cannot be asked, '' when it can
 */
function unavailable({ state: { modes } }, id) {
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
            about.append(button(`“${example}”`, () => { page.open({ agent: agent.key }); page.compose(example); },
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

/**
 * The menu of agents over the field or under the bar.
 * @param {import('../shell/page.js').Page} page
 * @param {() => void} close
 */
export function agentMenu(page, close) {
    const { agent: current, models } = page.state;
    const choose = (/** @type {string} */ key) => { close(); page.open({ agent: key }); page.composer.field.focus(); };
    const rows = agentIds.flatMap((id, index) => {
        const agent = /** @type {any} */ (agentOf(id === 'model' ? `model.${models[0]?.name ?? ''}` : id));
        const why = unavailable(page, id);
        const row = element('button', { type: 'button', class: 'agent-row', role: 'menuitemradio', 'aria-checked': current.id === id, tabIndex: -1, disabled: why !== '',
            'data-agent': id, onclick: () => choose(agent.key) },
        element('span', { class: 'sign', 'aria-hidden': 'true' }, icon(agent.sign)),
        element('span', {}, element('span', { class: 'row-name' }, t(`agent.${id}`)), element('span', { class: 'row-about' }, why || t(`switch.${id}`))),
        element('kbd', { 'aria-hidden': 'true' }, String(index + 1)));
        const chips = id === 'desk' ? assistants.map((name) => ({ label: t(`assistant.${name}`), key: `desk.${name}`, on: current.assistant === name }))
            : id === 'model' && models.length > 1 ? models.map(({ name }) => ({ label: name, key: `model.${name}`, on: current.model === name })) : [];
        if (chips.length === 0) return [row];
        return [row, element('div', { class: 'chips', role: 'group', 'aria-label': t(`agent.${id}`), 'data-agent': id }, ...chips.map(({ label, key, on }) =>
            element('button', { type: 'button', class: 'chip', role: 'menuitemradio', 'aria-checked': on, tabIndex: -1, onclick: () => choose(key) }, label)))];
    });
    return element('div', { class: 'agent-menu', onkeydown: (/** @type {KeyboardEvent} */ event) => {
        const id = agentIds[Number(event.key) - 1];
        if (id && !event.ctrlKey && !event.metaKey && unavailable(page, id) === '') {
            event.preventDefault();
            choose(id === 'model' ? `model.${models[0]?.name ?? ''}` : id);
        }
    } }, ...rows, page.state.conversation?.isEmpty === false ? element('p', { class: 'note', role: 'none' }, t('choose.switch', { agent: t(`agent.${current.id === 'model' ? 'model.one' : current.id}`) })) : '');
}
