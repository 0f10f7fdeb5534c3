// The page's words, in the reader's language. A key that a language lacks is shown in English.

import english from '../texts/en.js';
import englishParts from '../texts/en-parts.js';

/** @type {Record<string, string>} */
const fallback = { ...english, ...englishParts };
let texts = fallback;
export let language = 'en';
/** How figures and times are written: the browser's own region where it speaks the page's language. */
let locale = 'en';

/** Chooses the language: the one asked for, else the first of the browser's that there is. */
export async function chooseLanguage(/** @type {string | null} */ wanted) {
    const known = ['en', 'de'];
    const asked = [wanted ?? '', ...navigator.languages].map((tag) => tag.slice(0, 2).toLowerCase());
    language = asked.find((tag) => known.includes(tag)) ?? 'en';
    document.documentElement.lang = language;
    locale = navigator.languages.find((tag) => tag.toLowerCase().startsWith(language)) ?? language;
    if (language === 'de') {
        const [german, parts] = await Promise.all([import('../texts/de.js'), import('../texts/de-parts.js')]);
        texts = { ...german.default, ...parts.default };
    } else texts = fallback;
}

/**
 * Further words: texts/LANGUAGE-NAME.js.
 * @param {string} name
 */
export async function loadTexts(name) {
    const [inEnglish, inLanguage] = await Promise.all(['en', language].map((tag) => import(`../texts/${tag}-${name}.js`)));
    Object.assign(fallback, inEnglish.default);
    texts = texts === fallback ? fallback : { ...texts, ...inLanguage.default };
}

/**
 * @param {string} key
 * @param {Record<string, string | number>} [values] for `{name}` in the text; numbers are written as the language does
 * @returns {string}
 */
export function t(key, values = {}) {
    const text = texts[key] ?? fallback[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, name) => {
        const value = values[name];
        return value === undefined ? whole : typeof value === 'number' ? number(value) : value;
    });
}

/**
 * `key.one` or `key.other`, by the language's rule.
 * @param {string} key
 * @param {number} count
 * @param {Record<string, string | number>} [values]
 */
export const tn = (key, count, values = {}) => t(`${key}.${new Intl.PluralRules(language).select(count)}`, { count, ...values });

/**
 * Intl's formats, by what they are made from: to make one takes a thousand times as long as to use it, and a list has hundreds of times.
 * @type {Map<string, any>}
 */
const formats = new Map();

/**
 * @template Format
 * @param {new (locale: string, options?: any) => Format} kind
 * @param {object} [options]
 * @returns {Format}
 */
function formatOf(kind, options) {
    const key = JSON.stringify([kind.name, locale, options]);
    const known = formats.get(key) ?? new kind(locale, options);
    formats.set(key, known);
    return known;
}

/**
 * @param {number} value
 * @param {Intl.NumberFormatOptions} [options]
 */
export const number = (value, options) => formatOf(Intl.NumberFormat, options).format(value);

/**
 * @param {string | number | Date} time
 * @param {Intl.DateTimeFormatOptions} options
 * @returns {string} '' for what is no time
 */
export function dateTime(time, options) {
    const date = new Date(time);
    return Number.isNaN(date.getTime()) ? '' : formatOf(Intl.DateTimeFormat, options).format(date);
}

/** "14:32" */
export const clock = (/** @type {string | number | Date} */ time) => dateTime(time, { hour: '2-digit', minute: '2-digit' });

/**
 * "now", "09:41", "Sat", "12 Nov"
 * @param {string | number | Date} time
 */
export function shortTime(time, now = Date.now()) {
    const date = new Date(time);
    const age = now - date.getTime();
    if (Number.isNaN(age)) return '';
    if (age < 60_000) return t('time.now');
    if (date.toDateString() === new Date(now).toDateString()) return clock(date);
    if (age < 6 * 86_400_000) return dateTime(date, { weekday: 'short' });
    const year = date.getFullYear() === new Date(now).getFullYear() ? undefined : 'numeric';
    return dateTime(date, { day: 'numeric', month: 'short', year });
}
