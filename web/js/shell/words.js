// What a refusal means, in words: what happened, what is kept, what to do.

import { bytesOf, maximumMessageBytes } from '../conversation/composer.js';
import { clock, t } from './i18n.js';


/**
 * "5 min", "10 h 28 min"
 * @param {number} ms
 */
function span(ms) {
    const minutes = Math.max(1, Math.round(ms / 60_000));
    return minutes < 60 ? t('wait.minutes', { minutes }) : t('wait.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

/**
 * @param {any} error a ChatError
 * @returns {string} the fields that are wrong, or the server's detail; without the final stop
 */
function detailOf(error) {
    const fields = (error?.errors ?? []).map((/** @type {any} */ each) => `${each.field}: ${each.detail}`).join('; ');
    return (fields || error?.message || '').replace(/\.$/, '');
}

/**
 * @param {any} error a ChatError
 * @param {{agent: string, text?: string, now?: number}} about who was asked, by the name that begins a sentence
 * @returns {{title: string, text: string, again: boolean, signIn?: boolean}}
 */
export function inWords(error, { agent, text = '', now = Date.now() }) {
    const { status = 0, code = '', retryAfterMs = null, requestId = '' } = error ?? {};
    const detail = detailOf(error);
    if (code === 'identity_changed') return { title: t('error.changed'), text: t('error.changed.text'), again: false };
    if (code === 'token_limit_reached') {
        const values = retryAfterMs === null ? null : { time: clock(now + retryAfterMs), wait: span(retryAfterMs) };
        return { title: t('error.tokens'), text: values ? t('error.tokens.text', values) : t('error.tokens.plain'), again: false };
    }
    if (code === 'conversation_busy') return { title: t('error.busy'), text: t('error.busy.text'), again: true };
    if (status === 0) return { title: t('error.0'), text: t('error.0.text'), again: true };
    if (status === 401) return { title: t('error.401'), text: t('error.401.text'), again: true, signIn: true };
    if (status === 403) return { title: t('error.403'), text: t('error.403.text'), again: false };
    if (status === 404) return { title: t('error.404'), text: detail ? `${detail}.` : t('error.404.text'), again: false };
    const bytes = bytesOf(text);
    if (status === 413 || (status === 400 && bytes > maximumMessageBytes)) {
        const isKnown = bytes > maximumMessageBytes;
        return { title: t('error.413'), text: isKnown ? t('error.413.text', { limit: maximumMessageBytes, bytes }) : t('error.413.plain'), again: false };
    }
    if (status === 429) {
        const seconds = retryAfterMs === null ? null : Math.ceil(retryAfterMs / 1000);
        return { title: t('error.429', { agent }), text: seconds === null ? t('error.429.plain') : t('error.429.text', { seconds }), again: true };
    }
    if (status === 409) return { title: t('error.409'), text: detail ? `${detail}.` : '', again: false };
    if (status === 400 || status === 422) return { title: t('error.400'), text: t('error.400.text', { detail }), again: false };
    if (status < 500) return { title: t('error.other'), text: detail ? `${detail}.` : '', again: true };
    if (status === 503 && (code === 'agent_unavailable' || code === 'language_model_required')) {
        return { title: t('error.503', { agent }), text: `${detail}.`, again: false };
    }
    if (status === 507) return { title: t('error.507'), text: t('error.507.text'), again: true };
    if (status === 503 && /^(server_busy|shutting_down|too_many_)/.test(code)) return { title: t('error.full'), text: t('error.429.plain'), again: true };
    return { title: t('error.5xx'), text: requestId ? t('error.5xx.reference', { reference: requestId }) : t('error.5xx.text'), again: true };
}
