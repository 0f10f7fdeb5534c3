// A prompt's analysis against the text as it stands in the field: places in code points (docs/api.md) become places of
// JavaScript's strings, suggestions are applied, and what still holds after an edit is kept.

/**
 * @typedef {{id: string, kind: string, severity: string, message: string, span: [number, number]}} Insight
 * @typedef {{id: string, title: string, rationale: string, span: [number, number], replacement: string, insights: string[]}} Suggestion
 * @typedef {{name: string, state: string, points: number, of: number}} Property
 * @typedef {{score: number, language: string, estimated_tokens: number, properties: Property[], insights: Insight[],
 *            suggestions: Suggestion[], optimized: string}} Analysis
 */

/** @param {string} text @param {number} codePoints how many @returns {number} the place in UTF-16 units */
export function unitsFor(text, codePoints) {
    let units = 0;
    for (let left = codePoints; left > 0 && units < text.length; left -= 1) {
        units += (text.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
    }
    return units;
}

/** @param {string} text @param {Suggestion} suggestion */
export function applied(text, { span, replacement }) {
    return text.slice(0, unitsFor(text, span[0])) + replacement + text.slice(unitsFor(text, span[1]));
}

/**
 * All of them, from the last to the first: the places before stay right.
 * @param {string} text @param {Suggestion[]} suggestions in order
 */
export const allApplied = (text, suggestions) => [...suggestions].reverse().reduce(applied, text);

/**
 * What a suggestion takes out and puts in, to be shown.
 * @param {string} text @param {Suggestion} suggestion
 */
export function changeOf(text, { span, replacement }) {
    const characters = Array.from(text);
    return { removed: characters.slice(span[0], span[1]).join(''), added: replacement };
}

/**
 * A suggestion that was made again after an edit is the same one by what it says.
 * @param {Suggestion} suggestion @param {string} text
 */
export const suggestionKey = (suggestion, text) => [suggestion.title, changeOf(text, suggestion).removed, suggestion.replacement].join('\u0000');

/**
 * A remark that was made again is the same one by its kind and the words that it is about. One about the whole prompt is so by its kind: such
 * as that there are few words, while their number grows.
 * @param {Insight} insight @param {string} text
 */
export function insightKey({ kind, span: [from, to] }, text) {
    const characters = Array.from(text);
    return [kind, to - from < characters.length ? characters.slice(from, to).join('') : ''].join('\u0000');
}

/**
 * The text cut into pieces for the marks under the field: those with a suggestion have its number.
 * @param {string} text @param {Suggestion[]} suggestions in order, not overlapping
 * @param {Insight[]} insights
 * @returns {{text: string, number: number | null, severity: string | null}[]}
 */
export function markedPieces(text, suggestions, insights) {
    const characters = Array.from(text);
    const pieces = [];
    const severityOf = (/** @type {Suggestion} */ suggestion) => {
        const mine = insights.filter(({ id }) => suggestion.insights.includes(id)).map(({ severity }) => severity);
        return ['critical', 'warning', 'info'].find((each) => mine.includes(each)) ?? 'info';
    };
    let at = 0;
    suggestions.forEach((suggestion, index) => {
        // What is put in somewhere has no words of its own: its insight's place is marked if it is not the whole prompt.
        let [from, to] = suggestion.span;
        if (from === to) {
            const insight = insights.find(({ id, span }) => suggestion.insights.includes(id) && span[1] === from && span[1] > span[0] && span[1] - span[0] < characters.length);
            if (insight === undefined) return;
            from = insight.span[0];
        }
        if (from < at || to > characters.length || to <= from) return;
        if (from > at) pieces.push({ text: characters.slice(at, from).join(''), number: null, severity: null });
        pieces.push({ text: characters.slice(from, to).join(''), number: index + 1, severity: severityOf(suggestion) });
        at = to;
    });
    if (at < characters.length) pieces.push({ text: characters.slice(at).join(''), number: null, severity: null });
    return pieces;
}
