// An agent's figures as a small picture with its labels beside the lines, and as a table.

import { element, vector as svg } from '../shell/dom.js';
import { dateTime, t } from '../shell/i18n.js';
import { lineChart, lyingBars } from './chart-geometry.js';
import { kindOf, pictureOf, tableOf } from './figures-model.js';
import { fixed, onWidth, rounded } from './drawing.js';
import { assistantName } from './workflow.js';

/** @typedef {import('./figures-model.js').Figures} Figures */

const timeframes = () => /** @type {Record<string, string>} */ ({
    '1W': t('one week'), '1M': t('one month'), '3M': t('three months'), '6M': t('six months'), YTD: t('this year'),
    '1Y': t('one year'), '3Y': t('three years'), '5Y': t('five years'), MAX: t('all there is'),
});

/** @param {string} figure */
export function figureName(figure) {
    return /** @type {Record<string, string>} */ ({
        lastClose: t('Last close'), totalReturn: t('Return'), volatility: t('Volatility'), sharpeRatio: t('Sharpe ratio'), yearHigh: t('Highest of a year'),
        yearLow: t('Lowest of a year'), weekReturn: t('In a week'), monthReturn: t('In a month'), average20: t('20-day average'), average50: t('50-day average'),
        average200: t('200-day average'), relativeStrength: t('Relative strength'), downsideDeviation: t('Downside deviation'), drawdown: t('Deepest fall'),
        currentDrawdown: t('Fall now'), valueAtRisk: t('Value at risk, one day'), expectedShortfall: t('Expected shortfall'), riskFigure: t('Risk figure'),
        beta: t('Beta'), overAverage: t('Over its average'),
    })[figure] ?? figure.replace(/([A-Z0-9]+)/g, ' $1').trim().toLowerCase();
}

/** @param {string} figure @param {number} value */
export function inFigures(figure, value) {
    const kind = kindOf(figure);
    // A true minus sign, and a space that does not break, as in print.
    if (kind === 'percent') return `${fixed(value * 100, 1)}\u00a0%`;
    return fixed(value, 2);
}

/** @param {string} what */
const titleOf = (what) => /** @type {Record<string, string>} */ ({
    indexed: t('What became of 100'), fall: t('How far it fell'), price: t('Price'), drawdown: t('Deepest fall, and what you can bear'),
    riskFigure: t('Risk against what you can bear'), beta: t('How it moves with the market'), overAverage: t('Above or below its long average'),
})[what] ?? t('Figures');

/** @param {Figures} figures */
function subtitleOf(figures) {
    const who = assistantName(figures.agent ?? 'general');
    const time = timeframes()[figures.timeframe ?? ''];
    return time === undefined ? t('{who}, daily closes', { who }) : t('{who}, {time} of daily closes', { who, time });
}

/** @param {NonNullable<ReturnType<typeof pictureOf>>} picture @param {number} width */
function drawn(picture, width) {
    return picture.kind === 'lines' ? drawnLines(picture, width) : drawnBars(picture, width);
}

/** @param {import('./figures-model.js').LinesPicture} picture @param {number} width */
function drawnLines(picture, width) {
    const value = (/** @type {number} */ number) => picture.what === 'fall' ? inFigures('drawdown', number) : fixed(number, picture.what === 'indexed' ? 1 : 2);
    const tick = (/** @type {number} */ number) => picture.what === 'fall' ? `${fixed(number * 100, 0)}\u00a0%` : fixed(number, Math.abs(number) < 10 ? 1 : 0);
    const height = Math.min(190, Math.max(150, Math.round(width * .46)));
    // The longest label decides how much room there is beside the lines.
    const longest = Math.max(...picture.lines.map(({ name }) => name.length), 6);
    const box = { width, height, left: 38, right: Math.min(Math.round(width * .36), 18 + longest * 7.2), top: 12, bottom: 26 };
    const chart = lineChart(picture.lines, box, picture.base);
    if (chart === null) return null;
    const end = width - box.right;
    const grid = chart.grid.map(({ value: at, y }) => svg('g', { class: 'grid' }, svg('path', { d: `M${box.left} ${y}H${end}` }),
        svg('text', { x: box.left - 8, y: y + 4, 'text-anchor': 'end' }, tick(at))));
    const base = chart.base === null ? [] : [svg('path', { class: 'base', d: `M${box.left} ${chart.base}H${end}` })];
    const months = chart.days.map(({ time, x }, index) => svg('text', { class: 'day', x, y: height - 6, 'text-anchor': ['start', 'middle', 'end'][index] },
        dateTime(new Date(time), index === 1 ? { month: 'short', timeZone: 'UTC' } : { month: 'short', year: 'numeric', timeZone: 'UTC' })));
    const lines = chart.lines.flatMap(({ name, path, end: last, labelY }, index) => [
        svg('path', { class: `line series-${index % 6}`, d: path }),
        svg('circle', { class: `end series-${index % 6}`, cx: last.x, cy: last.y, r: 3 }),
        svg('text', { class: `name series-${index % 6}`, x: end + 8, y: labelY - 1 }, name),
        svg('text', { class: 'value', x: end + 8, y: labelY + 13 }, value(last.value)),
    ]);
    return svg('svg', { viewBox: `0 0 ${width} ${height}`, width, height, 'aria-hidden': 'true', focusable: 'false' }, ...grid, ...base, ...months, ...lines);
}

/** @param {import('./figures-model.js').BarsPicture} picture @param {number} width */
function drawnBars(picture, width) {
    const row = 46;
    const values = picture.bars.map(({ value }) => value);
    const { widths, limit } = lyingBars(values, picture.limit);
    const hasNegative = values.some((value) => value < 0);
    const zero = hasNegative ? width / 2 : 0;
    const room = hasNegative ? width / 2 : width;
    const height = row * values.length + (limit === null ? 4 : 22);
    const bars = picture.bars.flatMap(({ name, value }, index) => {
        const y = index * row;
        const length = Math.max(2, widths[index] * room);
        const isOver = picture.limit !== undefined && value > picture.limit;
        return [
            svg('text', { class: `name series-${index % 6}`, x: 0, y: y + 14 }, name),
            svg('text', { class: 'value', x: width, y: y + 14, 'text-anchor': 'end' }, inFigures(picture.what, value)),
            svg('rect', { class: 'track', x: 0, y: y + 21, width, height: 12, rx: 2 }),
            svg('rect', { class: `bar series-${index % 6}${isOver ? ' over' : ''}`, x: rounded(value < 0 ? zero - length : zero), y: y + 21, width: rounded(length), height: 12, rx: 2 }),
        ];
    });
    if (hasNegative) bars.push(svg('path', { class: 'base', d: `M${zero} 18V${row * values.length - 8}` }));
    if (limit !== null) {
        const x = rounded(limit * width);
        bars.push(svg('path', { class: 'limit', d: `M${x} 18V${row * values.length - 6}` }),
            svg('text', { class: 'day', x: Math.min(x, width - 4), y: height - 6, 'text-anchor': 'end' }, t('limit {value}', { value: inFigures(picture.what, picture.limit ?? 0) })));
    }
    return svg('svg', { viewBox: `0 0 ${width} ${height}`, width, height, 'aria-hidden': 'true', focusable: 'false' }, ...bars);
}

/** @param {NonNullable<ReturnType<typeof pictureOf>>} picture what the picture shows, in words */
function inWords(picture) {
    const parts = picture.kind === 'bars' ? picture.bars.map(({ name, value }) => `${name} ${inFigures(picture.what, value)}`)
        : picture.lines.map(({ name, points }) => `${name} ${picture.what === 'fall' ? inFigures('drawdown', points[points.length - 1].value) : fixed(points[points.length - 1].value, 1)}`);
    return `${titleOf(picture.what)}: ${parts.join(', ')}`;
}

/** @param {Figures} figures */
function table(figures) {
    const { columns, rows } = tableOf(figures);
    const head = element('tr', {}, element('th', { scope: 'col' }, t('Figure')), ...rows.map(({ name, symbol }) => element('th', { scope: 'col', title: symbol }, element('bdi', {}, name))));
    const body = columns.map((column, index) => element('tr', {}, element('th', { scope: 'row' }, figureName(column)),
        ...rows.map(({ values }) => element('td', {}, values[index] === undefined ? '–' : inFigures(column, Number(values[index]))))));
    for (const { a, b, value } of figures.correlations ?? []) {
        body.push(element('tr', {}, element('th', { scope: 'row' }, t('Correlation {a} and {b}', { a, b })), element('td', { colSpan: Math.max(1, rows.length) }, fixed(value, 2))));
    }
    return element('div', { className: 'scrolls', tabIndex: 0, role: 'region', 'aria-label': `${t('Figures')}, ${subtitleOf(figures)}` }, element('table', {}, element('thead', {}, head), element('tbody', {}, ...body)));
}

/** @param {Figures} figures @returns {any} a card, or null where there is nothing to show */
export function figuresCard(figures) {
    const picture = pictureOf(figures);
    const hasTable = (figures.symbols ?? []).some(({ values }) => Object.keys(values ?? {}).length > 0);
    if (picture === null && !hasTable) return null;
    const title = element('h2', {}, picture === null ? t('Figures') : titleOf(picture.what));
    const card = element('figure', { className: 'figures' }, element('figcaption', {}, title, element('p', {}, subtitleOf(figures))));
    const shown = element('div', { className: 'picture' });
    if (picture !== null) {
        shown.setAttribute('role', 'img');
        shown.setAttribute('aria-label', inWords(picture));
        onWidth(shown, (width) => {
            const drawing = drawn(picture, width);
            shown.replaceChildren(...(drawing === null ? [] : [drawing]));
        });
    }
    card.append(shown);
    if (hasTable) {
        const asTable = table(figures);
        asTable.hidden = picture !== null;
        if (picture !== null) {
            const toggle = element('button', { type: 'button', className: 'link as-table', 'aria-expanded': 'false', onclick: () => {
                asTable.hidden = !asTable.hidden;
                shown.hidden = !asTable.hidden;
                toggle.setAttribute('aria-expanded', String(!asTable.hidden));
                toggle.textContent = asTable.hidden ? t('Show as table') : t('Show as picture');
            } }, t('Show as table'));
            card.append(toggle);
        }
        card.append(asTable);
    }
    return card;
}

/**
 * Where figures will stand, as high as they will be.
 * @param {string} agent
 */
export function figuresSkeleton(agent) {
    return element('div', { className: 'figures skeleton' }, element('h2', {}, t('Still being worked out')), element('p', {}, assistantName(agent)),
        element('div', { className: 'rules', 'aria-hidden': 'true' }, element('i'), element('i'), element('i')));
}
