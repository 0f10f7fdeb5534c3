// What shows turns, asked for at once instead of one module after another: with the first question, or, where the address names a
// conversation, before the page's own modules have run.

import { preload, stylesAddress } from '../shell/styles.js';

/** What Screen.load() imports, and what that imports itself. */
const modules = ['view', 'steps', 'markdown-view', 'asking', 'sending', 'opening', '../shell/announcer', '../parts/parts', '../texts/en-answer',
    'turn-view', 'question-view', 'reply-view', 'reply-foot', 'reply-notice', 'fresh-words', 'markdown-bounds', 'markdown-parser', 'markdown-tree', 'markdown-blocks', 'code-view',
    'code-colours', '../shell/idle', '../parts/workflow-model', '../../vendor/markdown-it', 'following', 'history', 'pager', '../shell/words'];

let isAsked = false;

export function preloadView() {
    if (isAsked) return;
    isAsked = true;
    for (const name of modules) preload(new URL(`${name}.js`, import.meta.url));
    // In the page they follow those of its head, which may not be parsed yet.
    for (const name of ['answer', 'parts']) document.head.append(Object.assign(document.createElement('link'), { rel: 'preload', as: 'style', href: stylesAddress(name) }));
}

if (/^#\/[^/]+\/./.test(location.hash)) preloadView();
