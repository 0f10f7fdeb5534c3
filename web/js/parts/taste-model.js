// What Noah knows of the user, in words.

import { t, tn } from '../shell/i18n.js';

/**
 * @typedef {{type: string, value: string, weight?: number, source?: string, confidence?: number, updated_at?: string,
 *            evidence?: {message_id?: string, excerpt?: string, created_at?: string}[]}} Preference
 */

/** @param {number} weight -1 to 1 */
export function weightInWords(weight) {
    if (weight <= -0.9) return t('never');
    if (weight <= -0.6) return t('hardly ever');
    if (weight < -0.1) return t('rather not');
    if (weight <= 0.1) return t('no matter');
    if (weight < 0.5) return t('rather');
    return weight < 0.9 ? t('gladly') : t('always');
}

/** @param {number} confidence 0 to 1 */
export const confidenceInWords = (confidence) => (confidence >= 0.75 ? t('sure') : confidence >= 0.45 ? t('fairly sure') : t('a hunch'));

/** @param {string} type */
export const typeName = (type) => /** @type {Record<string, string>} */ ({
    topic: t('subject'), author: t('author'), era: t('period'), length: t('length'), language: t('language'),
})[type] ?? type;

/**
 * What a guess rests on, in few words.
 * @param {Preference} preference
 */
export function groundsInWords({ confidence, evidence = [] }) {
    const parts = typeof confidence === 'number' ? [confidenceInWords(confidence)] : [];
    if (evidence.length > 0) parts.push(tn('taste.messages', evidence.length));
    return parts.join(', ');
}

/**
 * Stated and guessed apart; the strongest first.
 * @param {Preference[]} preferences
 */
export function parted(preferences) {
    const byStrength = (/** @type {Preference} */ a, /** @type {Preference} */ b) => Math.abs(b.weight ?? 0) - Math.abs(a.weight ?? 0) || a.value.localeCompare(b.value);
    const stated = preferences.filter(({ source }) => source === 'override');
    // A guess about what was stated counts no more.
    const isSaid = (/** @type {Preference} */ { type, value }) => stated.some((each) => each.type === type && each.value === value);
    return { stated: stated.sort(byStrength), guessed: preferences.filter((each) => !isSaid(each)).sort(byStrength) };
}
