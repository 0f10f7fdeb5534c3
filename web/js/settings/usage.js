// What the user's answers took: today's figure, two weeks as bars, and the same as a table.

import { element, vector as svg } from '../shell/dom.js';
import { clock, dateTime, number, t } from '../shell/i18n.js';
import { bars } from '../parts/chart-geometry.js';
import { onWidth, rounded } from '../parts/drawing.js';
import { problemInWords } from '../parts/tell.js';

const shownDays = 14;

/**
 * Tokens of each of the last days, the oldest first; days without any are 0.
 * @param {any[]} days as me/usage tells them @param {Date} now @returns {{day: string, tokens: number}[]}
 */
export function tokensByDay(days, now) {
    const sums = new Map(days.map(({ day, providers = [] }) => [day, providers.reduce((/** @type {number} */ sum, /** @type {any} */ each) => sum + (each.total_tokens ?? 0), 0)]));
    return Array.from({ length: shownDays }, (_, index) => {
        const day = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() - (shownDays - 1 - index))).toISOString().slice(0, 10);
        return { day, tokens: Number(sums.get(day) ?? 0) };
    });
}

/** @param {any} page */
export function usage(page) {
    const content = element('div', {}, element('p', { class: 'soft' }, t('Counting')));
    const node = element('div', {}, element('h3', {}, t('Usage')), content);
    const load = async () => {
        try {
            const told = await page.api.json('GET', 'api/v1/me/usage', { query: { days: shownDays } });
            content.replaceChildren(...shown(told));
        } catch (problem) {
            content.replaceChildren(element('p', { role: 'alert' }, problemInWords(page, problem)));
        }
    };
    void load();
    return node;
}

/** @param {any} told */
function shown(told) {
    const days = tokensByDay(told.days ?? [], new Date());
    const today = told.limit?.used_today ?? days[days.length - 1].tokens;
    const limit = told.limit?.tokens_per_day ?? 0;
    const about = limit > 0 ? t('tokens today, of {limit}. Begins anew at {time}.', { limit, time: clock(told.limit.resets_at) }) : t('tokens today. There is no limit.');
    const uncounted = Math.max(0, days[days.length - 1].tokens - today);
    const day = (/** @type {string} */ each, /** @type {Intl.DateTimeFormatOptions} */ options = { day: 'numeric', month: 'short' }) => dateTime(`${each}T00:00:00Z`, { ...options, timeZone: 'UTC' });
    const picture = element('div', { class: 'usage-bars', role: 'img', 'aria-label': t('Tokens of the last {count} days', { count: days.length }) });
    onWidth(picture, (width) => {
        const height = 72;
        const drawn = bars(days.map(({ tokens }) => tokens), { width, height, gap: 5 });
        picture.replaceChildren(svg('svg', { viewBox: `0 0 ${width} ${height + 18}`, width, height: height + 18, 'aria-hidden': 'true', focusable: 'false' },
            ...drawn.bars.map(({ x, y, width: wide, height: high }, index) => svg('rect', { class: index === days.length - 1 ? 'now' : '', x: rounded(x), y: rounded(high === 0 ? height - 1 : y), width: rounded(wide), height: rounded(Math.max(1, high)), rx: 2 },
                svg('title', {}, `${day(days[index].day)}: ${number(days[index].tokens)}`))),
            svg('path', { class: 'base', d: `M0 ${height + .5}H${width}` }),
            svg('text', { x: 0, y: height + 15 }, day(days[0].day)), svg('text', { x: width, y: height + 15, 'text-anchor': 'end' }, t('today'))));
    });
    const rows = (told.days ?? []).flatMap((/** @type {any} */ each) => (each.providers ?? []).map((/** @type {any} */ one) => element('tr', {}, element('th', { scope: 'row' }, day(each.day)),
        element('td', {}, [one.provider, one.model].filter(Boolean).join(', ') || t('not known')), element('td', {}, number((one.completions ?? 0) + (one.stopped ?? 0) + (one.failed ?? 0))), element('td', {}, number(one.total_tokens ?? 0)))));
    const table = rows.length === 0 ? [] : [element('details', {}, element('summary', {}, t('Show as table')), element('div', { class: 'scrolls', tabindex: '0', role: 'region', 'aria-label': t('Usage') }, element('table', {},
        element('thead', {}, element('tr', {}, ...[t('Day'), t('Who answered'), t('Answers'), t('Tokens')].map((each) => element('th', { scope: 'col' }, each)))), element('tbody', {}, ...rows))))];
    return [element('div', { class: 'line usage' }, element('div', {}, element('b', { class: 'figure' }, number(today)), element('p', { class: 'soft' }, about),
        uncounted === 0 ? '' : element('p', { class: 'soft' }, t('{count} more were written by the server itself, and do not count.', { count: uncounted }))), picture), ...table];
}
