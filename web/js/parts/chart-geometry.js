// Where the lines, bars and labels of a small chart stand. No element is made here.

/**
 * Round steps between two values: 1, 2, 2.5 or 5 times a power of ten.
 * @param {number} low @param {number} high @param {number} [count] about how many
 * @returns {number[]}
 */
export function ticks(low, high, count = 3) {
    if (!Number.isFinite(low) || !Number.isFinite(high)) return [];
    const span = high - low;
    if (span <= 0) return [low];
    const raw = span / count;
    const power = 10 ** Math.floor(Math.log10(raw));
    const step = [1, 2, 2.5, 5, 10].map((each) => each * power).find((each) => each >= raw * 0.75) ?? raw;
    const found = [];
    for (let at = Math.ceil(low / step - 1e-9); at <= high / step + 1e-9 && found.length < 20; at += 1) {
        found.push(Number((at * step).toPrecision(12)) + 0);
    }
    return found;
}

/**
 * Labels beside the ends of lines, moved apart where they would cover each other, in the order of the values.
 * @param {number[]} wanted places from the top @param {number} height of a label @param {number} low top limit @param {number} high bottom limit
 * @returns {number[]} the place of each
 */
export function spread(wanted, height, low, high) {
    const order = wanted.map((y, index) => ({ y, index })).sort((a, b) => a.y - b.y || a.index - b.index);
    let above = low - height;
    for (const each of order) {
        each.y = Math.max(each.y, above + height);
        above = each.y;
    }
    // What was pushed out below comes back up, and the ones above give way.
    let below = high + height;
    for (const each of order.reverse()) {
        each.y = Math.min(each.y, below - height);
        below = each.y;
    }
    const placed = new Array(wanted.length).fill(0);
    for (const { y, index } of order) placed[index] = y;
    return placed;
}

/**
 * At most `count` points that keep the highs and lows: of each bucket its lowest and highest.
 * @param {number[]} values @param {number} count @returns {number[]} the places to keep
 */
export function thinned(values, count) {
    if (values.length <= count) return values.map((_, index) => index);
    const keep = new Set([0, values.length - 1]);
    const buckets = Math.max(1, Math.floor(count / 2));
    for (let bucket = 0; bucket < buckets; bucket += 1) {
        const from = Math.floor((bucket * values.length) / buckets);
        const to = Math.floor(((bucket + 1) * values.length) / buckets);
        let low = from;
        let high = from;
        for (let at = from; at < to; at += 1) {
            if (values[at] < values[low]) low = at;
            if (values[at] > values[high]) high = at;
        }
        keep.add(low).add(high);
    }
    return [...keep].sort((a, b) => a - b);
}

/**
 * @typedef {{name: string, points: {day: string, value: number}[]}} Line
 * @param {Line[]} lines @param {{width: number, height: number, left: number, right: number, top: number, bottom: number}} box
 *   margins are inside of the width and height
 * @param {number} [base] a value that is always in the picture, such as 100
 */
export function lineChart(lines, box, base) {
    const drawn = lines.map(({ name, points }) => ({ name, points: points.filter(({ value, day }) => Number.isFinite(value) && !Number.isNaN(Date.parse(day))) }))
        .filter(({ points }) => points.length > 0);
    const values = drawn.flatMap(({ points }) => points.map(({ value }) => value));
    const days = drawn.flatMap(({ points }) => points.map(({ day }) => Date.parse(day)));
    if (values.length === 0) return null;
    const bounds = (/** @type {number[]} */ numbers) => numbers.reduce(([low, high], each) => [Math.min(low, each), Math.max(high, each)], [Infinity, -Infinity]);
    let [low, high] = bounds(base === undefined ? values : [...values, base]);
    if (low === high) { low -= 1; high += 1; }
    const [firstDay, lastDay] = bounds(days);
    const plotWidth = box.width - box.left - box.right;
    const plotHeight = box.height - box.top - box.bottom;
    const x = (/** @type {number} */ time) => box.left + (lastDay === firstDay ? plotWidth : ((time - firstDay) / (lastDay - firstDay)) * plotWidth);
    const y = (/** @type {number} */ value) => box.top + ((high - value) / (high - low)) * plotHeight;
    const round = (/** @type {number} */ number) => Math.round(number * 10) / 10;
    const shown = drawn.map(({ name, points }) => {
        const kept = thinned(points.map(({ value }) => value), 160).map((index) => points[index]);
        const path = kept.map(({ day, value }, index) => `${index === 0 ? 'M' : 'L'}${round(x(Date.parse(day)))} ${round(y(value))}`).join('');
        const last = points[points.length - 1];
        return { name, path, end: { x: round(x(Date.parse(last.day))), y: round(y(last.value)), value: last.value } };
    });
    const labelY = spread(shown.map(({ end }) => end.y), 30, box.top + 4, box.height - box.bottom - 4);
    return {
        lines: shown.map((line, index) => ({ ...line, labelY: round(labelY[index]) })),
        grid: ticks(low, high).map((value) => ({ value, y: round(y(value)) })),
        base: base === undefined ? null : round(y(base)),
        days: [firstDay, firstDay + (lastDay - firstDay) / 2, lastDay].map((time) => ({ time, x: round(x(time)) })),
    };
}

/**
 * Bars side by side from a line of zero; negative ones go down.
 * @param {number[]} values @param {{width: number, height: number, gap: number}} box
 */
export function bars(values, { width, height, gap }) {
    const high = Math.max(0, ...values);
    const low = Math.min(0, ...values);
    const span = high - low || 1;
    const each = (width - gap * (values.length - 1)) / Math.max(1, values.length);
    const zero = (high / span) * height;
    return {
        zero,
        bars: values.map((value, index) => {
            const length = (Math.abs(value) / span) * height;
            return { x: index * (each + gap), width: each, height: length, y: value >= 0 ? zero - length : zero };
        }),
    };
}

/**
 * Bars that lie, for a share of what can be borne: 1 is the limit and stands at two thirds of the width at most.
 * @param {number[]} values @param {number} [limit] @returns {{scale: number, widths: number[], limit: number | null}} parts of the width, 0 to 1
 */
export function lyingBars(values, limit) {
    const most = Math.max(...values.map(Math.abs), limit ?? 0) || 1;
    const scale = limit === undefined ? most : Math.max(most, limit * 1.25);
    return { scale, widths: values.map((value) => Math.abs(value) / scale), limit: limit === undefined ? null : limit / scale };
}
