// The bar over the conversation: whose it is and what it is about, and what can be done with it; the window's title with it.

import { agentLabel } from '../conversation/composer.js';
import { button, element, icon } from './dom.js';
import { t } from './i18n.js';

/** @param {import('./agents.js').Agent} agent */
const agentName = (agent) => t(`agent.${agent.id === 'model' ? 'model.one' : agent.id}`);

export class Bar {
    /**
     * @param {import('./page.js').Page} page
     * @param {{who: HTMLElement, more: HTMLElement}} elements
     * @param {(anchor: HTMLElement) => void} choose another agent
     */
    constructor(page, { who, more }, choose) {
        this.page = page;
        this.who = who;
        this.more = more;
        this.choose = choose;
        page.on('titled', () => this.update(this.isStart));
        this.isStart = false;
        more.append(icon('more'));
        more.setAttribute('aria-label', t('bar.more'));
        more.addEventListener('click', () => {
            const { sessionId } = page.state.conversation;
            if (page.rowMenu && sessionId !== null) return page.rowMenu(more, sessionId);
            page.menu(more, [{ label: t('bar.copy-link'), icon: 'link', run: () => void import('./clipboard.js').then(({ copyText }) => copyText(location.href)) }]);
        });
    }

    /** @param {boolean} isStart the start of a new conversation is shown */
    update(isStart) {
        this.isStart = isStart;
        const { agent, conversation } = this.page.state;
        const first = conversation.turns[0]?.question?.text ?? '';
        document.title = [conversation.title || first.slice(0, 60), isStart ? '' : agentName(agent), t('page.name')].filter(Boolean).join(' · ');
        this.more.hidden = conversation.isEmpty;
        // Where agents are offered, the bar names none.
        const isChoice = isStart && agent.id !== 'model';
        const title = conversation.title || first.replace(/\s+/g, ' ').slice(0, 80) || t('bar.new');
        const drawn = JSON.stringify([isChoice, agent.key, title, conversation.isEmpty]);
        if (this.who.dataset.drawn === drawn) return;
        this.who.dataset.drawn = drawn;
        if (isChoice) return this.who.replaceChildren(element('span', { class: 'page-name' }, t('page.name')));
        const about = agent.id === 'desk' && conversation.isEmpty ? agentLabel(agent) : title;
        const change = button('', () => this.choose(change), { 'aria-haspopup': 'menu', 'aria-expanded': 'false' });
        change.replaceChildren(element('span', { class: 'sign', 'aria-hidden': 'true' }, icon(agent.sign)), element('span', { class: 'who-name' }, agentName(agent)),
            agent.id === 'desk' && !conversation.isEmpty ? element('span', { class: 'who-assistant' }, agentLabel(agent)) : '', element('bdi', { class: 'who-title' }, about), icon('down'));
        this.who.replaceChildren(change);
    }
}
