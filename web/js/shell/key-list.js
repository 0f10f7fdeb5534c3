// The list of the keyboard's shortcuts.

import { showDialog } from './dialog.js';
import { element } from './dom.js';
import { t } from './i18n.js';
import { modifier } from './keys.js';

/** @returns {[string, string][]} keys and what they do */
const table = () => [
    ['Enter', t('keys.send')], ['Shift Enter', t('keys.newline')], ['Esc', t('keys.escape')], [`${modifier} K`, t('keys.search')],
    [`${modifier} Shift O`, t('keys.new')], [`${modifier} .`, t('keys.leaf')], ['F6', t('keys.part')], ['F2, Del', t('keys.row')],
    [t('keys.up-empty'), t('keys.edit')], ['← →', t('keys.pager')], ['?', t('keys.list')],
];

/** The list, for a dialog and for the settings. */
export const keyList = () => element('dl', { class: 'key-list' }, ...table().flatMap(([keys, what]) =>
    [element('dt', {}, element('kbd', {}, keys)), element('dd', {}, what)]));

export const showKeys = () => showDialog({ title: t('keys.title'), body: keyList() });
