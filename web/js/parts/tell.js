// What went wrong beside the conversation: in the list, a leaf, the settings.

import { t } from '../shell/i18n.js';
import { inWords } from '../shell/words.js';

/** @param {any} page @param {any} problem @returns {string} one sentence or two */
export function problemInWords(page, problem) {
    // The shell's words for these two speak of a message that waits.
    if (!problem?.status) return t('The server cannot be reached. Try again.');
    if (problem.status === 429) return t('Too many requests at once. Try again in a moment.');
    const { title, text } = inWords(problem, { agent: t(`sentence.${page.state.agent.id}`) });
    return `${title}. ${text}`.trim();
}

/** @param {any} page @param {any} problem */
export const sayProblem = (page, problem) => page.toast({ tone: 'bad', text: problemInWords(page, problem), actions: [] });
