// A conversation as Markdown, to be kept.

import { dateTime, t } from '../shell/i18n.js';
import { download } from '../parts/download.js';

/**
 * A name that every file system takes.
 * @param {string} title
 */
export const fileName = (title) => `${title.normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '').slice(0, 60) || 'conversation'}.md`;

/**
 * @param {string} title @param {any[]} messages oldest first @param {string} name of who answers
 * @returns {string}
 */
export function asMarkdown(title, messages, name) {
    const blocks = [`# ${title}`];
    for (const message of messages) {
        const when = message.created_at ? dateTime(message.created_at, { dateStyle: 'medium', timeStyle: 'short' }) : '';
        const by = message.role === 'user' ? t('You') : [name, message.model].filter(Boolean).join(', ');
        blocks.push(`**${[by, when].filter(Boolean).join(', ')}**`, message.content ?? '');
        const books = (message.recommendations ?? []).map((/** @type {any} */ book) => `- *${book.title}*${book.authors?.length ? `, ${book.authors.join(', ')}` : ''}${book.year ? `, ${book.year}` : ''}${book.read_url ? ` <${book.read_url}>` : ''}`);
        if (books.length > 0) blocks.push(books.join('\n'));
        const sources = (message.sources ?? []).map((/** @type {any} */ source, /** @type {number} */ index) => `${index + 1}. ${[source.title, source.section].filter(Boolean).join(' › ')}`);
        if (sources.length > 0) blocks.push(sources.join('\n'));
    }
    return `${blocks.join('\n\n')}\n`;
}

/**
 * The whole of it, page by page.
 * @param {any} page @param {any} session @param {string} name of who answers
 */
export async function exportConversation(page, session, name) {
    /** @type {any[]} */ let messages = [];
    /** @type {string | undefined} */ let before;
    do {
        const told = await page.api.json('POST', 'api/v1/chat/history', { body: { session_id: session.session_id, limit: 200, ...(before === undefined ? {} : { before }) } });
        messages = [...(told.messages ?? []), ...messages];
        before = told.has_more ? told.next_before : undefined;
    } while (before !== undefined && before !== null);
    const title = session.title || t('Conversation');
    download(fileName(title), 'text/markdown;charset=utf-8', asMarkdown(title, messages, name));
}
