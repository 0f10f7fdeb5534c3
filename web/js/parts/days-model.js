// The days of the 90/180 rule as a strip: which of the 180 days that a day looks back on were spent in the area.

const dayMs = 86_400_000;

/**
 * Days since 1970 of a calendar day, or null.
 * @param {string} day YYYY-MM-DD
 */
export function dayNumber(day) {
    const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
    if (match === null) return null;
    const time = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
    return Number.isNaN(time) ? null : Math.round(time / dayMs);
}

/** @param {number} number */
export const dateOf = (number) => new Date(number * dayMs);

/**
 * @param {{entry: string, exit: string}[]} stays both days included @param {string} asked the day asked about
 * @param {number} [length] of the strip in days
 * @returns {null | {first: number, last: number, stays: {from: number, to: number, days: number}[], months: {at: number, day: number}[]}}
 *   `from`, `to` and `at` are parts of the strip's length, 0 to 1
 */
export function strip(stays, asked, length = 180) {
    const last = dayNumber(asked);
    if (last === null) return null;
    const first = last - length + 1;
    const spans = stays.map(({ entry, exit }) => ({ entry: dayNumber(entry), exit: dayNumber(exit) }))
        .filter((stay) => stay.entry !== null && stay.exit !== null && stay.exit >= first && stay.entry <= last && stay.exit >= stay.entry)
        .map((stay) => [Math.max(first, Number(stay.entry)), Math.min(last, Number(stay.exit))])
        .sort((a, b) => a[0] - b[0]);
    // Stays that touch or overlap are one on the strip: a day counts once.
    /** @type {number[][]} */
    const merged = [];
    for (const [from, to] of spans) {
        const before = merged.at(-1);
        if (before !== undefined && from <= before[1]) before[1] = Math.max(before[1], to);
        else merged.push([from, to]);
    }
    const months = [];
    const start = dateOf(first);
    for (let month = 0; month <= Math.ceil(length / 28); month += 1) {
        const day = Math.round(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + month, 1) / dayMs);
        if (day > last) break;
        months.push({ at: Math.max(0, (day - first) / length), day: Math.max(day, first) });
    }
    return {
        first, last, months,
        stays: merged.map(([from, to]) => ({ from: (from - first) / length, to: (to + 1 - first) / length, days: to - from + 1 })),
    };
}
