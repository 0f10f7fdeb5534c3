// How the page looks and in which language it speaks.

import { element } from '../shell/dom.js';
import { language, t } from '../shell/i18n.js';
import { line, segments } from './settings.js';

/** @param {any} page */
export function reading(page) {
    const get = (/** @type {string} */ name, /** @type {string} */ otherwise) => page.settings.get(name) || otherwise;
    const set = (/** @type {string} */ name) => (/** @type {string} */ value) => page.settings.set(name, value);
    return element('div', {}, element('h3', {}, t('Reading')),
        line(t('Theme'), segments(t('Theme'), [['system', t('As the system')], ['light', t('Light')], ['dark', t('Dark')]], get('theme', 'system'), set('theme'))),
        line(t('Text of answers'), segments(t('Size'), [['smaller', t('Smaller')], ['normal', t('Normal')], ['larger', t('Larger')]], get('answer-size', 'normal'), set('answer-size')),
            segments(t('Face'), [['serif', t('Serif')], ['sans', t('Sans')]], get('answer-face', 'serif'), set('answer-face'))),
        line(t('Language of the page'), segments(t('Language of the page'), [['en', 'English'], ['de', 'Deutsch']], language, set('language'))));
}
