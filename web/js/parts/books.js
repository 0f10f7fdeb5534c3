// Books as cards: a drawn cover, why each was chosen, and what one can do with it. Four at first, then "More books".

import { button, element, icon } from '../shell/dom.js';
import { t, tn } from '../shell/i18n.js';
import { sayProblem } from './tell.js';

/**
 * @typedef {{kind?: string, text?: string, weight?: number}} Reason
 * @typedef {{book_id?: string, title?: string, authors?: string[], year?: number, reasons?: Reason[], read_url?: string}} Book
 */

const shownAtFirst = 4;

/** @type {Record<string, {icon: string}>} */
const reasonSigns = { similar_to: { icon: 'clock' }, preference: { icon: 'heart' }, query: { icon: 'search' }, popular: { icon: 'bars' } };

/**
 * Which of the six colours a cover has: always the same for a book.
 * @param {string} id
 */
export function coverColour(id) {
    let sum = 0;
    for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
    return sum % 6;
}

/**
 * The name that stands on the cover.
 * @param {string | undefined} author
 */
export function surname(author) {
    const name = (author ?? '').replace(/\s*\([^)]*\)/g, '').trim();
    // Catalogues write "Wells, H. G." as well as "H. G. Wells".
    return name.includes(',') ? name.split(',')[0].trim() : name.split(/\s+/).at(-1) ?? '';
}

/** @param {Book} book */
function cover(book) {
    const title = book.title ?? '';
    const longest = Math.max(...title.split(/\s+/).map((word) => word.length));
    const length = title.length > 34 || longest > 11 ? ' long' : title.length > 18 || longest > 8 ? ' middle' : '';
    return element('div', { class: `cover cover-${coverColour(book.book_id ?? title)}${length}`, 'aria-hidden': 'true' },
        element('span', {}, title), element('i', {}, surname(book.authors?.[0])));
}

/**
 * What the user said about books, kept by the server; where it does not know how, as long as the page is open.
 * @type {{marks: Map<string, string>, loaded: boolean}}
 */
const kept = { marks: new Map(), loaded: false };

/** @param {any} page */
async function load(page) {
    if (kept.loaded) return;
    kept.loaded = true;
    page.on('identity', () => {
        kept.marks.clear();
        kept.loaded = false;
    });
    try {
        const { books = [] } = await page.api.json('GET', 'api/v1/chat/books');
        for (const { book_id, mark } of books) kept.marks.set(book_id, mark);
        page.emit('books');
    } catch {
        // A server without this: what is said of a book still counts on this page.
    }
}

/** @param {any} page @param {Book} book @param {'read' | 'dismissed' | null} mark null takes it back */
export async function mark(page, book, mark) {
    const id = book.book_id ?? '';
    const before = kept.marks.get(id);
    if (mark === null) kept.marks.delete(id);
    else kept.marks.set(id, mark);
    page.emit('books');
    try {
        const path = `api/v1/chat/books/${encodeURIComponent(id)}`;
        await (mark === null ? page.api.json('DELETE', path) : page.api.json('PUT', path, { body: { mark } }));
    } catch (problem) {
        const status = /** @type {any} */ (problem).status;
        if (status === 404 || status === 405) return;
        if (before === undefined) kept.marks.delete(id);
        else kept.marks.set(id, before);
        page.emit('books');
        sayProblem(page, problem);
    }
}

/** @param {any} page @param {Book} book */
function card(page, book) {
    const title = book.title ?? '';
    const node = element('li', { class: 'book' });
    const facts = [book.authors?.join(', '), book.year].filter(Boolean).join(', ');
    const reasons = (book.reasons ?? []).filter(({ text }) => text).slice(0, 2).map(({ kind, text }) => element('li', {},
        icon(reasonSigns[kind ?? '']?.icon ?? 'check'), element('span', { dir: 'auto' }, text)));
    const act = (/** @type {'read' | 'dismissed'} */ said) => () => {
        void mark(page, book, said);
        // The button is gone; the way back takes its place.
        node.querySelector('.undo')?.focus();
    };
    const show = () => {
        const said = kept.marks.get(book.book_id ?? '');
        node.classList.toggle('marked', said !== undefined);
        const actions = said !== undefined ? [
            element('p', { role: 'status' }, icon(said === 'read' ? 'check' : 'cross'), said === 'read' ? t('Already read') : t('Not for you, and not shown again')),
            button(t('Undo'), () => {
                void mark(page, book, null);
                node.querySelector('.actions button')?.focus();
            }, { class: 'undo', 'aria-label': t('Undo, {title}', { title }) }),
        ] : [
            book.read_url ? element('a', { class: 'read', href: book.read_url, target: '_blank', rel: 'noopener noreferrer' }, icon('out'),
                element('span', {}, t('Read it free')), element('span', { class: 'unseen' }, `, ${title}, ${t('opens in a new tab')}`)) : null,
            button(t('More like this'), () => page.ask(t('More like {title}', { title })), { 'aria-label': t('More like {title}', { title }) }),
            element('span', { class: 'fill' }),
            button(t('Already read'), act('read'), { icon: 'check', hideLabel: true, 'aria-label': t('Already read: {title}', { title }) }),
            button(t('Not for me'), act('dismissed'), { icon: 'cross', hideLabel: true, 'aria-label': t('Not for me: {title}', { title }) }),
        ];
        node.querySelector('.actions')?.replaceChildren(...actions.filter((each) => each !== null));
    };
    node.append(cover(book), element('div', { class: 'about' }, element('h2', { dir: 'auto' }, title), facts === '' ? null : element('p', { dir: 'auto' }, facts),
        reasons.length === 0 ? null : element('ul', { class: 'reasons' }, ...reasons)), element('div', { class: 'actions' }));
    show();
    return { book, node, show };
}

/**
 * The built-in librarian writes a paragraph on each book, and then come the cards: the same books twice. Where a paragraph begins
 * with a card's title, the card takes over what it says of the book, and stands in its place. A language model's text is left whole.
 * @param {any} node the part's element, in the answer
 * @param {{book: Book, node: any}[]} cards
 */
function foldParagraphs(node, cards) {
    const answer = node.closest('.answer');
    const slot = node.closest('.part');
    if (answer === null || slot?.parentElement !== answer) return;
    let isFirst = true;
    for (const paragraph of answer.querySelectorAll(':scope > p')) {
        const title = paragraph.firstChild?.nodeName === 'EM' ? paragraph.firstChild.textContent : null;
        const found = title === null ? undefined : cards.find(({ book }) => book.title === title);
        const about = /^[^:]*\d{4}\): (.+?[.!?])(?=\s|$)/su.exec(paragraph.textContent.slice(title?.length ?? 0))?.[1];
        if (found === undefined || about === undefined) continue;
        if (isFirst) paragraph.before(slot);
        isFirst = false;
        paragraph.classList.add('told-by-card');
        const place = found.node.querySelector('.about');
        if (place.querySelector('.told') === null) place.insertBefore(element('p', { class: 'told', dir: 'auto' }, about), place.querySelector('.reasons'));
    }
}

/** @param {any} page */
export function create(page) {
    const list = element('ul', { class: 'books' });
    const more = button('', () => {
        shown = Infinity;
        draw();
        cards[shownAtFirst]?.node.querySelector('button, a')?.focus();
    }, { class: 'edge more-books' });
    const node = element('div', {}, list, more);
    let shown = shownAtFirst;
    /** @type {Book[]} */ let books = [];
    /** @type {ReturnType<typeof card>[]} */ let cards = [];
    const draw = () => {
        cards = books.slice(0, shown).map((book, index) => cards[index] ?? card(page, book));
        list.replaceChildren(...cards.map((each) => each.node));
        more.hidden = books.length <= shown;
        more.lastElementChild.textContent = tn('books.more', books.length - shownAtFirst);
    };
    page.on('books', () => {
        if (node.isConnected) for (const each of cards) each.show();
    });
    void load(page);
    return {
        element: node,
        update(/** @type {{books: Book[]}} */ data, /** @type {any} */ reply) {
            if (data.books !== books) {
                books = data.books;
                cards = [];
                draw();
            }
            // Once the text is whole, and drawn.
            if (reply?.provider === 'builtin' && reply.status === 'complete') requestAnimationFrame(() => foldParagraphs(node, cards));
        },
    };
}
