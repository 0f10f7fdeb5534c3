// What is said under an answer that did not end as it should, or whose line broke, and what can be done.

import { button, element, icon } from '../shell/dom.js';
import { t } from '../shell/i18n.js';

/** @typedef {import('./conversation.js').ReplyEntry} ReplyEntry */

/**
 * @param {import('./conversation.js').Turn} turn
 * @param {ReplyEntry} reply
 * @param {import('./view.js').Actions} actions
 * @returns {{tone: '' | 'warn', icon: string, text: string, buttons: any[]} | null} null: there is nothing to say
 */
function noticeOf(turn, reply, actions) {
    const isEmpty = reply.text === '';
    const warning = (/** @type {string} */ text, /** @type {any[]} */ buttons = []) => ({ tone: /** @type {'warn'} */ ('warn'), icon: 'warning', text, buttons });
    const another = (label = 'reply.again') => button(t(label), () => actions.another(turn), { icon: 'again', class: 'edge' });
    const goOn = () => (isEmpty || reply.messageId === null ? null : button(t('reply.go-on'), () => actions.goOn(turn, reply), { class: 'edge' }));
    const fetchNow = () => button(t('reply.fetch'), () => actions.fetchNow(reply), { icon: 'again', class: 'edge' });
    switch (reply.status) {
        case 'stopped':
            return { tone: '', icon: 'stop', text: t(isEmpty ? 'state.stopped.empty' : 'state.stopped'), buttons: [goOn(), another('reply.another')] };
        case 'interrupted':
            return warning(t(isEmpty ? 'state.interrupted.empty' : 'state.interrupted'), [goOn(), another()]);
        case 'resuming': {
            if (!((reply.attempt ?? 0) > 0)) return null;
            const words = reply.text.split(/\s+/).filter(Boolean).length;
            return warning(isEmpty ? t('state.resuming.empty') : t('state.resuming', { words }), [fetchNow()]);
        }
        case 'lost':
            return warning(t('state.lost'), [fetchNow()]);
        case 'failed': {
            const why = t(isEmpty ? 'state.failed' : 'state.failed.partial');
            return warning(reply.error?.message ? `${why} ${reply.error.message}` : why, reply.error?.retryable === false ? [] : [goOn(), another()]);
        }
        case 'complete':
            if (reply.finishReason === 'length') return warning(t('state.length'));
            if (reply.finishReason === 'content_filter') return warning(t('state.filter'));
    }
    return null;
}

export class ReplyNotice {
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
        this.element = element('div', { class: 'reply-notice' });
    }

    update() {
        const notice = noticeOf(this.turn, this.reply, this.owner.actions);
        const drawn = notice === null ? '' : `${this.reply.status} ${notice.text}`;
        if (drawn === this.#drawn) return;
        this.#drawn = drawn;
        this.element.replaceChildren(...(notice === null ? [] : [element('div', { class: `notice ${notice.tone}` }, icon(notice.icon),
            element('p', {}, notice.text), ...notice.buttons)]));
    }
}
