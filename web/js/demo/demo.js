// /chat/sse-demo: the events of a stream as they come, beside the reply that becomes of them.

import { ChatClient } from '../../client/index.js';
import { agentOf } from '../shell/agents.js';
import { copied, copyText } from '../shell/clipboard.js';
import { button, element, icon, vector as svg } from '../shell/dom.js';
import { chooseLanguage, loadTexts, number, t } from '../shell/i18n.js';
import { showMenu, Toasts } from '../shell/overlays.js';
import { Page } from '../shell/page.js';
import { keptToken } from '../shell/signed-in.js';
import { markCaret } from '../conversation/fresh-words.js';
import { loadMarkdown, MarkdownView } from '../conversation/markdown-view.js';
import { onWidth } from '../parts/drawing.js';
import { parts } from '../parts/parts.js';
import { problemInWords } from '../parts/tell.js';
import { highlight } from './highlight.js';
import { dialects, figuresOf, timeline } from './model.js';
import { row } from './rows.js';
import { DemoStream } from './stream.js';

/** @type {any} */
const page = new Page();
await chooseLanguage(page.settings.get('language') || null);
await loadTexts('answer');
const base = document.querySelector('meta[name="chat-fcgi-base"]')?.getAttribute('content') || '../..';
/** @type {any} */
const client = new ChatClient({ base, queue: false, token: keptToken(page.storage, new URL(`${base.replace(/\/?$/, '/')}`, document.baseURI)) });
const toasts = new Toasts(element('div', { id: 'toasts' }));
page.client = client;
page.api = {
    json: (/** @type {any[]} */ ...call) => client.request(...call),
    fetch: (/** @type {string} */ method, /** @type {string} */ path, /** @type {any} */ options) => client.identity.open(method, path, options ?? {}),
};
page.toast = (/** @type {any} */ options) => toasts.show(options);
page.announce = () => {};
page.menu = showMenu;
page.leaf = { current: null, open() {}, close() {}, refresh() {}, toggle() {} };
page.ask = (/** @type {string} */ text) => {
    question.value = text;
    void send();
};
copied.tell = (worked) => void toasts.show({ text: t(worked ? 'copied' : 'copy.failed'), seconds: 3 });

const names = () => /** @type {Record<string, string>} */ ({
    companion: t('Dialect 1, the book companion'), tutor: t('Dialect 2, the tutor'), openai: t('Dialect 3, OpenAI’s'), agent: t('Dialect 4, the plain agent'), desk: t('Dialect 5, the desk'),
});
const examples = /** @type {Record<string, string>} */ ({
    companion: 'I loved The Time Machine. What next?', tutor: 'Help me prepare for my exam on photosynthesis', openai: 'A short classic for a rainy evening',
    agent: 'I was in Spain from 3 May to 10 June 2026. How many days have I left on 1 October?', desk: 'Full analysis of DEMO4 and DEMO3',
});

/** @type {DemoStream | null} */ let stream = null;
/** @type {number | null} place in the records */ let chosen = null;
let isReadable = false;
let isText = false;
let isDue = false;

// The head

const state = element('p', { class: 'state', role: 'status' });
const select = element('select', { 'aria-label': t('Dialect') }, ...dialects.map(({ id }) => element('option', { value: id }, names()[id])));
const question = element('input', { type: 'text', 'aria-label': t('Your message'), value: examples.companion, maxLength: 4000, autocomplete: 'off' });
const sendButton = element('button', { type: 'submit', class: 'main' }, icon('up'), element('span', {}, t('send')));
const cutButton = button(t('Cut the line'), () => stream?.cut(), { icon: 'offline', class: 'edge', disabled: true });
const stopButton = button(t('stop'), () => void stream?.stop(), { icon: 'stop', class: 'edge', disabled: true });
const form = element('form', { class: 'ask', 'aria-label': t('Your message'), onsubmit: (/** @type {Event} */ event) => {
    event.preventDefault();
    void send();
} }, select, question, sendButton, cutButton, stopButton);
const theme = button(t('Theme'), () => {
    const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
    const now = page.settings.get('theme') || 'system';
    const next = (now === 'system' ? isDark : now === 'dark') ? 'light' : 'dark';
    page.settings.set('theme', next);
    document.documentElement.dataset.theme = next;
}, { icon: 'eye', hideLabel: true });
const sign = element('span', { class: 'sign', 'aria-hidden': 'true' });
const header = element('header', {}, sign, element('h1', {}, t('SSE demo')), element('p', { class: 'soft' }, t('What goes over the line, beside what becomes of it')),
    element('span', { class: 'fill' }), state, theme, element('a', { href: new URL('../../', document.baseURI).href }, icon('left'), t('Back to the page')));

// The events

const line = element('div', { class: 'timeline', role: 'img', 'aria-label': t('When each event came') });
const list = element('ol', { class: 'events', 'aria-label': t('Events') });
const figures = element('dl', { class: 'figures-line' });
const two = (/** @type {string} */ name, /** @type {[string, string]} */ words, /** @type {(second: boolean) => void} */ choose) => {
    const both = words.map((word, index) => element('button', { type: 'button', 'aria-pressed': String(index === 0), onclick: () => {
        both.forEach((each, at) => each.setAttribute('aria-pressed', String(at === index)));
        choose(index === 1);
    } }, word));
    return element('div', { class: 'two', role: 'group', 'aria-label': name }, ...both);
};
const events = element('section', { 'aria-label': t('Events') }, element('div', { class: 'head' }, element('h2', {}, t('Events')), element('span', { class: 'fill' }),
    two(t('How events are shown'), [t('Raw'), t('Readable')], (second) => {
        isReadable = second;
        list.replaceChildren();
        draw();
    }), button(t('Copy all'), () => void copyText((stream?.records ?? []).map((record) => (record.kind === 'event' ? `${record.id === null ? '' : `id: ${record.id}\n`}data: ${record.data}\n\n` : `${record.text}\n\n`)).join('')), { icon: 'copy' })),
line, list, figures);

// The reply

const asked = element('div', { class: 'question', dir: 'auto', hidden: true });
const above = element('div', { class: 'above' });
const body = element('div', { class: 'answer' });
const below = element('div', { class: 'below' });
const plain = element('pre', { class: 'as-text', hidden: true, dir: 'auto' });
const notice = element('p', { class: 'notice warn', role: 'alert', hidden: true });
const rendered = element('article', { class: 'reply', 'aria-label': t('Reply') }, above, body, below);
const reply = element('section', { 'aria-label': t('Reply') }, element('div', { class: 'head' }, element('h2', {}, t('Reply')), element('span', { class: 'fill' }),
    two(t('How the reply is shown'), [t('Rendered'), t('Text')], (second) => {
        isText = second;
        plain.hidden = !second;
        rendered.hidden = second;
        mark();
    }), button(t('reply.copy'), () => void copyText(stream?.text ?? ''), { icon: 'copy' })), asked, rendered, plain, notice);
document.body.append(element('div', { class: 'demo' }, header, form, element('main', {}, events, reply)), toasts.place);

/** @type {MarkdownView} */ let markdown = new MarkdownView(body, {});
/** @type {{name: string, data: any, view: any}[]} */ let shownParts = [];
/** How many records the parts have seen. */ let partsSeen = 0;
/**
 * What a part is told of its reply.
 * @type {any}
 */
let entry = {};

async function send() {
    const dialect = dialects.find(({ id }) => id === select.value) ?? dialects[0];
    const text = question.value.trim();
    if (text === '') return question.focus();
    void loadMarkdown();
    stream?.cut();
    page.state.agent = /** @type {any} */ (agentOf(dialect.id === 'desk' ? 'desk.analyst' : dialect.agent));
    document.body.dataset.agent = dialect.agent;
    chosen = null;
    partsSeen = 0;
    shownParts = [];
    for (const each of [list, above, body, below]) each.replaceChildren();
    markdown = new MarkdownView(body, {});
    asked.textContent = text;
    asked.hidden = false;
    notice.hidden = true;
    entry = { status: 'waiting', text: '', parts: shownParts, agent: page.state.agent, role: 'assistant', provider: '' };
    stream = new DemoStream(page.api, dialect, schedule, {
        cut: (id, seconds) => t('The line is cut. Last-Event-ID {id}. Trying again in {seconds} s.', { id: String(id), seconds: seconds.toFixed(1) }),
        back: (id) => t('Back. The server goes on after {id}: nothing lost, nothing twice.', { id: String(id) }),
    });
    draw();
    await stream.ask(text);
}

function schedule() {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
        isDue = false;
        draw();
    });
}

function draw() {
    sign.replaceChildren(icon(page.state.agent.sign));
    if (stream === null) return drawFigures();
    const { records, hasEnded, text, failure } = stream;
    cutButton.disabled = stopButton.disabled = hasEnded;
    const isBottom = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    for (let at = list.children.length; at < records.length; at += 1) list.append(row(records[at], { isReadable, isChosen: chosen === at, choose: () => choose(chosen === at ? null : at) }));
    const buttons = /** @type {HTMLElement[]} */ ([...list.querySelectorAll('button')]);
    if (!buttons.some((each) => each.tabIndex === 0) && buttons.length > 0) buttons[0].tabIndex = 0;
    if (isBottom && chosen === null) list.scrollTop = list.scrollHeight;
    const last = records.at(-1);
    state.className = `state ${hasEnded ? 'ended' : last?.kind === 'cut' ? 'cut' : 'open'}`;
    state.textContent = hasEnded ? t('Ended, {count} events', { count: records.filter(({ kind }) => kind === 'event').length })
        : last?.kind === 'cut' ? t('Cut') : t('Open, event {id}', { id: String(stream.lastId || records.length) });
    drawParts();
    const end = [...records].reverse().find((record) => record.kind === 'event' && record.event?.type === 'error');
    entry.text = text;
    entry.status = !hasEnded ? text === '' ? 'waiting' : 'streaming' : end || failure ? 'failed' : 'complete';
    for (const each of shownParts) each.view.update(each.data, entry);
    markdown.render(text, hasEnded);
    markCaret(body, !hasEnded && text !== '');
    plain.textContent = text;
    notice.hidden = failure === null && end === undefined;
    notice.textContent = failure !== null ? problemInWords(page, failure) : end?.kind === 'event' ? String(end.event.message ?? '') : '';
    drawLine();
    drawFigures();
    mark();
}

/** The parts of the page itself, told by the same events. */
function drawParts() {
    const records = stream?.records ?? [];
    for (; partsSeen < records.length; partsSeen += 1) {
        const record = records[partsSeen];
        if (record.kind !== 'event' || record.event === null) continue;
        if (record.event.provider) entry.provider = record.event.provider;
        for (const part of parts) {
            const has = shownParts.find(({ name }) => name === part.name);
            const data = /** @type {any} */ (part).reduce(has?.data, record.event, entry);
            if (data === undefined || data === null) continue;
            if (has) has.data = data;
            else {
                const view = part.create(page, entry);
                shownParts.push({ name: part.name, data, view });
                if (part.place === 'above') above.append(view.element);
                else if (part.place === 'below') below.append(view.element);
                else markdown.place(view.element, record.from);
            }
        }
    }
}

/** @param {number | null} at */
function choose(at) {
    chosen = at;
    for (const [index, item] of [...list.children].entries()) {
        const open = item.querySelector('button');
        open?.setAttribute('aria-pressed', String(index === at));
        item.querySelector('pre')?.remove();
        if (index !== at || open === null) continue;
        const record = stream?.records[index];
        if (record?.kind === 'event') item.append(element('pre', { tabIndex: 0 }, record.event === null ? record.data : JSON.stringify(record.event, null, 2)));
    }
    mark();
}

list.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    const all = /** @type {HTMLElement[]} */ ([...list.querySelectorAll('button')]);
    const at = all.indexOf(/** @type {any} */ (document.activeElement));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined || at < 0 || all[to] === undefined) return;
    event.preventDefault();
    all[at].tabIndex = -1;
    all[to].tabIndex = 0;
    all[to].focus();
});

/** The words of the chosen event, in the reply. */
function mark() {
    const record = chosen === null ? undefined : stream?.records[chosen];
    highlight(isText ? plain : body, record?.kind === 'event' && stream !== null ? { text: record.text, place: record.from / Math.max(1, stream.text.length) } : null);
}

let width = 0;
onWidth(line, (now) => {
    width = now;
    drawLine();
});

function drawLine() {
    if (width === 0) return;
    const height = 36;
    const { ticks, gaps } = timeline(stream?.records ?? [], width);
    line.replaceChildren(svg('svg', { viewBox: `0 0 ${width} ${height}`, width, height, 'aria-hidden': 'true', focusable: 'false' },
        ...gaps.map(({ from, to }) => svg('rect', { x: from, y: 2, width: Math.max(1, to - from), height: height - 3 })),
        ...ticks.map(({ x, isText: has, kind }) => svg('path', { class: kind, d: `M${x} ${height - 1}V${has ? 18 : kind === 'comment' ? 27 : 6}` })),
        svg('path', { class: 'base', d: `M0 ${height - .5}H${width}` })));
}

function drawFigures() {
    const { firstEventMs, firstWordMs, events: count, bytes, resumed } = figuresOf(stream?.records ?? [], stream?.bytes ?? 0);
    const ms = (/** @type {number | null} */ value) => (value === null ? '–' : `${number(Math.round(value))} ms`);
    const times = resumed === 0 ? t('never') : resumed === 1 ? t('once') : t('{count} times', { count: resumed });
    figures.replaceChildren(...[[t('First event'), ms(firstEventMs)], [t('First word'), ms(firstWordMs)], [t('Events'), number(count)], [t('Bytes'), number(bytes)], [t('Resumed'), times]]
        .map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value))));
}

select.addEventListener('change', () => {
    if (Object.values(examples).includes(question.value)) question.value = examples[select.value];
    const dialect = dialects.find(({ id }) => id === select.value);
    if (dialect && (stream === null || stream.hasEnded)) {
        document.body.dataset.agent = dialect.agent;
        page.state.agent = /** @type {any} */ (agentOf(dialect.id === 'desk' ? 'desk.analyst' : dialect.agent));
        sign.replaceChildren(icon(page.state.agent.sign));
    }
});
document.body.dataset.agent = 'noah';
document.title = `${t('SSE demo')} · chat-fcgi`;
draw();
question.focus();
