// The menu of agents, over the field or under the bar.

import { agentIds, agentOf, assistants } from '../shell/agents.js';
import { element, icon } from '../shell/dom.js';
import { t } from '../shell/i18n.js';
import { unavailable } from './start.js';

/**
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
