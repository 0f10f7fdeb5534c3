// Pages of the history before the latest one: up to a message that an address names, or one more when the reader asks.

import { cursorOf } from './conversation.js';

/** Messages in a page, and how many such pages are read, to find a message. */
const pageSize = 200;
const pagesAtMost = 100;

/**
 * @param {string} messageId @param {any} latest the page that is known
 * @param {(before: string, size: number) => Promise<any>} read
 * @returns {Promise<any[]>} the pages before it, up to that with the message; they are drawn at once, when all are here
 */
export async function pagesUpTo(messageId, latest, read) {
    const pages = [latest];
    for (let before = cursorOf(latest); before !== null && pages.length <= pagesAtMost; before = cursorOf(pages.at(-1))) {
        if (pages.at(-1).messages.some((/** @type {any} */ each) => each.message_id === messageId)) break;
        pages.push(await read(before, pageSize));
    }
    return pages.slice(1);
}

/**
 * @param {import('./conversation.js').Conversation} conversation
 * @param {import('../shell/page.js').Page} page
 * @param {import('./screen.js').Screen} screen
 * @param {() => Promise<any>} read
 */
export async function takePageBefore(conversation, page, screen, read) {
    try {
        conversation.takeHistory(await read(), true);
        if (conversation !== screen.current) return;
        screen.drawAll();
        screen.view?.showEarlier();
    } catch (error) {
        const { title, text } = page.words(error);
        page.toast({ tone: 'bad', title, text });
    }
}
