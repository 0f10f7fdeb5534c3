// The visa expert's count: the days left, the 180 days looked back on, the 90 of them, and what follows.

import { copyText } from '../shell/clipboard.js';
import { element, icon, vector as svg } from '../shell/dom.js';
import { dateTime, t } from '../shell/i18n.js';
import { dateOf, dayNumber, strip } from './days-model.js';

/**
 * @typedef {{first: string, last: string, days: number}} Stay
 * @typedef {{on: string, is_today?: boolean, allowed: number, used: number, left: number, period?: {first: string, last: string},
 *            stays?: Stay[], strip?: Stay[], uncounted?: (Stay & {reason?: string})[], longest_stay?: {days: number, last: string} | null, back_on?: string | null,
 *            overstay?: {first: string, days: number} | null, visa_days?: {allowed: number, used: number} | null, rule?: string}} Days
 */

/** @param {string | undefined | null} day @param {boolean} [withYear] */
function dayInWords(day, withYear = false) {
    const number = dayNumber(day ?? '');
    if (number === null) return '';
    return dateTime(dateOf(number), { day: 'numeric', month: 'long', ...(withYear ? { year: 'numeric' } : {}), timeZone: 'UTC' });
}

/** @param {number} count */
const daysWord = (count) => count === 1 ? t('1 day') : t('{count} days', { count });

/**
 * The count in one paragraph, to be copied.
 * @param {Days} days
 */
export function daysAsText(days) {
    const lines = [t('{left} of {allowed} days left on {day} ({used} used).', { left: days.left, allowed: days.allowed, used: days.used, day: dayInWords(days.on, true) })];
    for (const { first, last, days: count } of days.stays ?? []) lines.push(`${dayInWords(first, true)} – ${dayInWords(last, true)}: ${daysWord(count)}`);
    if (days.longest_stay) lines.push(`${t('Longest stay from then on')}: ${daysWord(days.longest_stay.days)}, ${t('to {day}', { day: dayInWords(days.longest_stay.last, true) })}`);
    if (days.back_on) lines.push(`${t('If you use them all, back on')}: ${dayInWords(days.back_on, true)}`);
    if (days.overstay) lines.push(`${t('Days over the limit')}: ${days.overstay.days}`);
    if (days.rule) lines.push(days.rule);
    return lines.join('\n');
}

/**
 * @param {Days} days @param {(text: string) => void} copyText
 * @returns {any} the card, or null for what is no count
 */
export function daysCard(days, copyText) {
    if (typeof days?.left !== 'number' || typeof days.on !== 'string') return null;
    const spans = days.strip ?? days.stays ?? [];
    const found = strip(spans.map(({ first, last }) => ({ entry: first, exit: last })), days.period?.last ?? days.on);
    const on = dayInWords(days.on, true);
    const phrase = days.left === 1 ? t('day left on {day}', { day: on }) : t('days left on {day}', { day: on });
    const copy = element('button', { type: 'button', className: 'quiet', onclick: () => copyText(daysAsText(days)) }, icon('copy'), t('Copy'));
    const card = element('section', { className: 'days', 'aria-label': t('Days counted') },
        element('div', { className: 'head' }, element('p', { className: 'left' }, element('b', {}, String(days.left)), ' ', phrase), copy));
    if (found !== null) {
        const bar = element('div', { className: 'strip', role: 'img', 'aria-label': stripInWords(spans, days) });
        for (const { at } of found.months.slice(1)) bar.append(placed(element('i'), at));
        for (const { from, to, days: count } of found.stays) {
            const box = placed(element('b', {}, to - from > .09 ? daysWord(count) : to - from > .025 ? String(count) : ''), from);
            box.style.inlineSize = `${100 * (to - from)}%`;
            bar.append(box);
        }
        const months = element('div', { className: 'months', 'aria-hidden': 'true' }, ...found.months.filter(({ at }, index) => (index > 0 ? at < .96 : (found.months[1]?.at ?? 1) > .08))
            .map(({ at, day }) => placed(element('span', {}, dateTime(dateOf(day), { month: 'short', timeZone: 'UTC' })), at)));
        card.append(element('div', { className: 'ends' }, element('span', {}, dayInWords(days.period?.first ?? '') || dateTime(dateOf(found.first), { day: 'numeric', month: 'long', timeZone: 'UTC' })),
            element('span', {}, t('the 180 days that {day} looks back on', { day: dayInWords(days.on) }))), bar, months);
    }
    card.append(meter(days.used, days.allowed, t('{used} of {allowed} used, entry and exit day included', { used: days.used, allowed: days.allowed }), t('{count} left', { count: days.left })));
    if (days.visa_days) {
        const { used, allowed } = days.visa_days;
        card.append(meter(used, allowed, t('{used} of {allowed} days that your visa allows', { used, allowed }), t('{count} left', { count: Math.max(0, allowed - used) })));
    }
    const result = (/** @type {string} */ name, /** @type {string} */ value, isBad = false) => element('div', isBad ? { className: 'bad' } : {}, element('dt', {}, name), element('dd', {}, value));
    card.append(element('dl', {},
        result(t('Longest stay from then on'), days.longest_stay ? `${daysWord(days.longest_stay.days)}, ${t('to {day}', { day: dayInWords(days.longest_stay.last) })}` : t('none')),
        result(days.longest_stay ? t('If you use them all, back on') : t('May be there again on'), dayInWords(days.back_on) || t('not known')),
        result(t('Days over the limit'), days.overstay ? `${days.overstay.days}, ${t('from {day}', { day: dayInWords(days.overstay.first) })}` : t('none'), Boolean(days.overstay))));
    for (const { first, last, reason } of days.uncounted ?? []) {
        card.append(element('p', { className: 'uncounted', dir: 'auto' }, `${dayInWords(first, true)} – ${dayInWords(last, true)}: ${reason ?? t('not counted')}`));
    }
    return card;
}

/** @param {Stay[]} spans @param {Days} days */
function stripInWords(spans, days) {
    if (spans.length === 0) return t('No stays in the 180 days up to {day}', { day: dayInWords(days.on, true) });
    return spans.map(({ first, last, days: count }) => `${dayInWords(first)} – ${dayInWords(last)}: ${daysWord(count)}`).join('; ');
}

/** @param {any} node @param {number} at part of the length */
function placed(node, at) {
    node.style.insetInlineStart = `${100 * at}%`;
    return node;
}

/** @param {number} used @param {number} allowed @param {string} words @param {string} rest */
function meter(used, allowed, words, rest) {
    const fill = element('i');
    fill.style.inlineSize = `${Math.min(100, allowed > 0 ? 100 * used / allowed : 100)}%`;
    const bar = element('div', { className: `meter${used > allowed ? ' over' : ''}`, 'aria-hidden': 'true' }, fill);
    return element('div', { className: 'used' }, bar, element('p', {}, element('span', {}, words), element('span', {}, rest)));
}

export function create() {
    const node = element('div');
    return {
        element: node,
        update(/** @type {{days: Days}} */ { days }) {
            const card = daysCard(days, (text) => void copyText(text));
            node.replaceChildren(...(card === null ? [] : [card]));
        },
    };
}
