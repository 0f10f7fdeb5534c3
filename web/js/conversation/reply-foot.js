// The line under an answer: copy, another reply, the pager between replies, who answered and when, and the figures on demand.

import { copyText } from '../shell/clipboard.js';
import { button, element } from '../shell/dom.js';
import { clock, number, t } from '../shell/i18n.js';
import { pager } from './pager.js';

/** @typedef {import('./conversation.js').ReplyEntry} ReplyEntry */

export class ReplyFoot {
    #drawn = '';

    /**
     * @param {import('./view.js').ConversationView} owner
     * @param {import('./conversation.js').Turn} turn
     * @param {ReplyEntry} reply
     */
    constructor(owner, turn, reply) {
        this.owner = owner;
        this.turn = turn;
        this.reply = reply;
        this.element = element('div', { class: 'foot' });
    }

    update(/** @type {boolean} */ open) {
        const { reply, turn } = this;
        const { actions } = this.owner;
        const index = turn.replies.indexOf(reply);
        const count = turn.replies.length;
        const drawn = JSON.stringify([open, reply.status, index, count, reply.model, reply.provider, reply.createdAt, reply.text === '']);
        if (drawn === this.#drawn) return;
        this.#drawn = drawn;
        if (open && count === 1) return this.element.replaceChildren();
        const nodes = [];
        if (!open && reply.text !== '') nodes.push(button(t('reply.copy'), () => void copyText(reply.text), { icon: 'copy' }));
        // What nobody keeps is asked anew.
        if (!open && reply.status === 'complete' && (reply.messageId !== null || turn.question !== null)) {
            nodes.push(button(t('reply.another'), () => actions.another(turn), { icon: 'again' }));
        }
        if (count > 1) {
            nodes.push(pager('pager', index, count, (to) => {
                turn.shown = to;
                this.owner.page.emit('leafed', { turn });
            }));
        }
        if (!open) nodes.push(detailsOf(reply));
        this.element.replaceChildren(...nodes);
    }
}

/** @param {ReplyEntry} reply */
function detailsOf(reply) {
    const time = clock(reply.createdAt);
    const metrics = reply.metrics ?? {};
    const figures = /** @type {[string, string][]} */ ([
        ['details.model', reply.model], ['details.provider', reply.provider], ['details.time', time],
        ['details.first', seconds(metrics.ttft_ms ?? reply.firstTextMs)], ['details.duration', seconds(metrics.duration_ms)],
        ['details.rate', metrics.tokens_per_second ? number(metrics.tokens_per_second, { maximumFractionDigits: 1 }) : ''],
        ['details.tokens', reply.usage?.total_tokens ? `${number(reply.usage.total_tokens)}${reply.usage.estimated ? ` (${t('details.estimated')})` : ''}` : ''],
        ['details.attempts', metrics.attempts > 1 ? number(metrics.attempts) : ''],
        ['details.cached', metrics.cached === 'similar' ? t('details.similar', { question: metrics.cached_question ?? '' }) : metrics.cached ? t('details.yes') : ''],
    ]).filter(([, value]) => value !== '');
    const label = [reply.model || reply.provider, time].filter(Boolean).join(', ');
    const list = element('dl', {}, ...figures.flatMap(([key, value]) => [element('dt', {}, t(key)), element('dd', {}, element('bdi', {}, value))]));
    return element('details', { class: 'details' }, element('summary', { title: t('reply.details') }, label || t('reply.details')), list);
}

/**
 * @param {unknown} ms
 * @returns {string} '' for what is no number
 */
const seconds = (ms) => (typeof ms !== 'number' ? '' : ms < 1000 ? t('milliseconds', { value: Math.round(ms) })
    : t('seconds', { value: number(ms / 1000, { maximumFractionDigits: 1 }) }));
