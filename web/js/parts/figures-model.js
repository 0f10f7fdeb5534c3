// What to draw of an agent's figures: one picture each, and a table with everything.

/**
 * @typedef {{symbol: string, name?: string, values?: Record<string, number>}} SymbolFigures
 * @typedef {{symbol: string, name?: string, kind: string, days: string[], values: number[]}} PriceLine
 * @typedef {{agent?: string, timeframe?: string, riskTolerance?: string, lastDay?: string, symbols?: SymbolFigures[], lines?: PriceLine[],
 *            limits?: Record<string, number>, correlations?: {a: string, b: string, value: number}[], missing?: string[], note?: string}} Figures
 * @typedef {{kind: 'lines', what: string, base: number | undefined, lines: {name: string, points: {day: string, value: number}[]}[]}} LinesPicture
 * @typedef {{kind: 'bars', what: string, limit: number | undefined, bars: {name: string, value: number}[]}} BarsPicture
 */

/** How a figure is told: a part as per cent, a price as it is, others with two digits. */
const kinds = /** @type {Record<string, 'percent' | 'price' | 'number'>} */ ({
    lastClose: 'price', yearHigh: 'price', yearLow: 'price', average20: 'price', average50: 'price', average200: 'price',
    sharpeRatio: 'number', riskFigure: 'number', beta: 'number', relativeStrength: 'number', overAverage: 'percent',
});

/** @param {string} figure */
export const kindOf = (figure) => kinds[figure] ?? 'percent';

/**
 * One word for each: the first in which their names differ ("Demo Lantern Software" and "Demo Meridian Bank" are Lantern and Meridian);
 * the symbol where there is none.
 * @param {{name?: string, symbol: string}[]} symbols
 * @returns {Map<string, string>} by symbol
 */
export function shortNames(symbols) {
    const words = symbols.map(({ name }) => (name ?? '').split(/\s+/).filter(Boolean));
    let shared = 0;
    if (symbols.length > 1) while (words.every((each) => each.length > shared + 1 && each[shared] === words[0][shared])) shared += 1;
    const firsts = words.map((each) => each[shared] ?? '');
    return new Map(symbols.map(({ symbol }, index) => [symbol, firsts[index] === '' || firsts.filter((each) => each === firsts[index]).length > 1 ? symbol : firsts[index]]));
}

/**
 * The picture that shows best what this agent is about. Figures without any numbers have none.
 * @param {Figures} figures @returns {LinesPicture | BarsPicture | null}
 */
export function pictureOf(figures) {
    const symbols = (figures.symbols ?? []).filter(({ values }) => values !== undefined);
    const names = shortNames(symbols.length > 0 ? symbols : figures.lines ?? []);
    const label = (/** @type {{symbol: string}} */ { symbol }) => names.get(symbol) ?? symbol;
    const bars = (/** @type {string} */ what, /** @type {(values: Record<string, number>) => number | undefined} */ value, /** @type {number | undefined} */ limit) => {
        const found = symbols.map((each) => ({ name: label(each), value: value(each.values ?? {}) }))
            .filter((each) => typeof each.value === 'number' && Number.isFinite(each.value));
        return found.length === 0 ? null : { kind: /** @type {const} */ ('bars'), what, limit, bars: /** @type {{name: string, value: number}[]} */ (found) };
    };
    const lines = (/** @type {string} */ kind, /** @type {number | undefined} */ base) => {
        const found = (figures.lines ?? []).filter((each) => each.kind === kind && each.values?.length > 1).map((each) => ({
            name: label(each), points: each.values.map((value, index) => ({ day: each.days[index], value })),
        }));
        return found.length === 0 ? null : { kind: /** @type {const} */ ('lines'), what: kind, base, lines: found };
    };
    const indexed = () => lines('indexed', 100);
    const fall = () => lines('fall', 0);
    switch (figures.agent) {
        case 'riskManager': return bars('drawdown', ({ drawdown }) => drawdown === undefined ? undefined : Math.abs(drawdown), figures.limits?.drawdown) ?? fall();
        case 'advisor': return bars('riskFigure', ({ riskFigure }) => riskFigure, 1) ?? fall();
        case 'economist': return bars('beta', ({ beta }) => beta, undefined) ?? indexed();
        case 'trader': {
            const overAverage = bars('overAverage', ({ lastClose, average200, average50 }) => lastClose === undefined ? undefined
                : average200 ? lastClose / average200 - 1 : average50 ? lastClose / average50 - 1 : undefined, undefined);
            return symbols.length === 1 ? lines('price', undefined) ?? overAverage : overAverage ?? indexed();
        }
        default: return indexed() ?? fall() ?? lines('price', undefined);
    }
}

/** @param {Figures} figures @returns {{columns: string[], rows: {name: string, symbol: string, values: (number | undefined)[]}[]}} */
export function tableOf(figures) {
    const symbols = figures.symbols ?? [];
    const columns = [...new Set(symbols.flatMap(({ values }) => Object.keys(values ?? {})))];
    return { columns, rows: symbols.map(({ name, symbol, values }) => ({ name: name ?? symbol, symbol, values: columns.map((column) => values?.[column]) })) };
}
