// Puts the page together: one conversation is shown, others may go on answering behind it.

import { API, randomUUID } from './api.js';
import { emptyConversation, isOpen, reduce } from './conversation.js';
import { Identity } from './identity.js';
import { inWords, Problem } from './problem.js';
import { LogView } from './render.js';
import { renderSessions } from './sessions.js';
import { TastePanel } from './taste.js';
import { Turn } from './turn.js';

/** The server's limit on a message, in bytes of UTF-8. */
const maximumMessageBytes = 32_768;
const sessionIdPattern = /^[A-Za-z0-9._:-]{1,128}$/;

const $ = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
const [log, scroller, form, input, alertLine] = ['log', 'scroller', 'composer', 'message', 'alert'].map($);
const meta = /** @type {HTMLMetaElement | null} */ (document.querySelector('meta[name="chat-fcgi-base"]'));
const root = new URL((meta?.content || '.').replace(/\/?$/, '/'), document.baseURI);
const storage = localStorageOrMemory();
const base = new URL('api/v1/', root);
const identity = new Identity(base, storage);
const api = new API(base, identity);
const lastSessionKey = `chat-fcgi.session:${base.pathname}`;

/** Storage may be forbidden by the browser's settings; then things are kept as long as the page. */
function localStorageOrMemory() {
    try {
        localStorage.setItem('chat-fcgi.probe', '');
        return localStorage;
    } catch {
        const kept = new Map();
        return { getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
            setItem: (/** @type {string} */ key, /** @type {string} */ value) => void kept.set(key, value) };
    }
}

class Conversation {
    /** @type {Map<string, Turn>} */
    turns = new Map();
    /** @param {string | null} sessionId */
    constructor(sessionId) {
        this.state = emptyConversation(sessionId);
    }
    get running() {
        return [...this.turns.values()].find((turn) => turn.running);
    }
    dispatch = (/** @type {import('./conversation.js').Action} */ action) => {
        this.state = reduce(this.state, action);
        if (this === current) scheduleRender();
    };
    turn(/** @type {string} */ key) {
        const turn = this.turns.get(key) ?? new Turn(api, this, key);
        this.turns.set(key, turn);
        return turn;
    }
}

let current = new Conversation(null);
/** @type {Set<Conversation>} conversations whose replies still arrive */
const live = new Set();
/** @type {any[]} */
let sessions = [];
const taste = new TastePanel($('taste'), api);
const view = new LogView(log, {
    retry: (turn, text) => void run(current, turn, (it) => it.send(text)),
    edit: (turn, text) => { current.dispatch({ type: 'withdrawn', turn }); compose(text); },
    reconnect: (turn) => void run(current, turn, (it) => it.follow()),
    ask: (turn) => {
        const at = current.state.entries.findIndex((entry) => entry.turn === turn && entry.role === 'assistant');
        const asked = current.state.entries.slice(0, at).filter((entry) => entry.role === 'user').at(-1);
        if (asked) submit(asked.text);
    },
    more: (title) => compose(`More like ${title}, please.`),
});

let scheduled = false;
function scheduleRender() {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(render); // however many tokens came: once a frame
}

const atBottom = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 48;
let follows = true;

function render() {
    scheduled = false;
    const { entries, sessionId, nextBefore } = current.state;
    const running = current.running !== undefined;
    view.render(entries);
    $('welcome').hidden = entries.length > 0;
    $('earlier').hidden = nextBefore === null;
    $('send').hidden = running;
    $('stop').hidden = !running;
    if (follows) scroller.scrollTop = scroller.scrollHeight;
    $('latest').hidden = atBottom();
    if (sessionId !== null && storage.getItem(lastSessionKey) !== sessionId) remember(sessionId, 'replaceState');
}

/** @param {string | null} sessionId @param {'pushState' | 'replaceState'} how */
function remember(sessionId, how) {
    storage.setItem(lastSessionKey, sessionId ?? '');
    history[how](null, '', sessionId === null ? location.pathname + location.search : `#${sessionId}`);
    drawSessions();
}

/** @param {Conversation} conversation @param {string} key @param {(turn: Turn) => Promise<void>} action */
async function run(conversation, key, action) {
    live.add(conversation);
    announce('Noah is answering.');
    const done = action(conversation.turn(key));
    if (conversation === current) input.focus();
    await done;
    if (conversation.running === undefined) live.delete(conversation);
    const last = conversation.state.entries.at(-1);
    if (conversation === current) announce(last?.role === 'assistant' ? 'Noah’s answer has ended.' : 'The message was not sent.');
    await loadSessions();
}

/** @param {string} text */
function submit(text) {
    const bytes = new TextEncoder().encode(text).length;
    if (text.trim() === '' || current.running) return;
    if (bytes > maximumMessageBytes) {
        const over = (bytes - maximumMessageBytes).toLocaleString();
        return warn(`This message is too long by ${over} bytes. Shorten it and send it again.`);
    }
    warn('');
    input.value = '';
    resize();
    follows = true;
    void run(current, randomUUID(), (turn) => turn.send(text));
}

/** @param {string} text */
function compose(text) {
    input.value = text;
    resize();
    input.focus();
}

function resize() {
    input.style.height = 'auto';
    input.style.height = `${input.scrollHeight + 2}px`;
}

/** @param {string} text */
function announce(text) {
    $('announce').textContent = text;
}

/** @param {string} text */
function warn(text) {
    alertLine.textContent = text;
    input.setAttribute('aria-invalid', String(text !== ''));
}

/** @param {string | null} sessionId */
async function open(sessionId) {
    const known = [...live].find((conversation) => conversation.state.sessionId === sessionId);
    const conversation = known && sessionId !== null ? known : new Conversation(sessionId);
    current = conversation;
    follows = true;
    warn('');
    render();
    if (sessionId === null || conversation === known) return;
    try {
        const page = await api.history(sessionId);
        conversation.dispatch({ type: 'history', page: { ...page, session_id: sessionId }, earlier: false });
    } catch (error) {
        if (conversation !== current) return;
        if (error instanceof Problem && error.status === 404) return choose(null);
        return warn(`The conversation could not be loaded. ${inWords(/** @type {Problem} */ (error)).text}`);
    }
    const last = conversation.state.entries.at(-1);
    if (last?.role === 'assistant' && isOpen(last)) {
        conversation.dispatch({ type: 'replaying', turn: last.turn });
        void run(conversation, last.turn, (turn) => turn.follow());
    }
}

/** @param {string | null} sessionId */
function choose(sessionId) {
    closeSide();
    remember(sessionId, 'pushState');
    void open(sessionId).then(drawSessions);
    if (matchMedia('(pointer: fine)').matches) input.focus();
}

async function loadEarlier() {
    const { sessionId, nextBefore } = current.state;
    const conversation = current;
    if (sessionId === null || nextBefore === null) return;
    const height = scroller.scrollHeight;
    try {
        conversation.dispatch({ type: 'history', page: await api.history(sessionId, nextBefore), earlier: true });
        render();
        scroller.scrollTop += scroller.scrollHeight - height;
    } catch (error) {
        warn(inWords(/** @type {Problem} */ (error)).text);
    }
}

const drawSessions = () => renderSessions($('sessions'), sessions, current.state.sessionId, choose);

async function loadSessions() {
    try {
        sessions = await api.sessions();
    } catch {
        // the list is a convenience: without it the page still works
    }
    drawSessions();
}

/** The page is another guest now. Nothing goes on in the conversations of the one before, and it says so. */
identity.onchange = () => {
    const unsent = current.state.entries.find((entry) => entry.role === 'user' && entry.status === 'sending');
    for (const conversation of [...live, current]) {
        for (const turn of conversation.turns.values()) turn.abandon();
    }
    live.clear();
    sessions = [];
    $('taste').close();
    remember(null, 'replaceState');
    void open(null);
    if (unsent) compose(unsent.text);
    $('changed').hidden = false;
    $('changed-text').textContent = 'The server does not know this browser’s guest any more, so you are a new guest now. '
        + 'The conversations from before cannot be shown.' + (unsent ? ' Your message was not sent; it is in the field below.' : '');
    void loadSessions();
};

function closeSide() {
    document.body.classList.remove('side-open');
    $('menu').setAttribute('aria-expanded', 'false');
}

form.addEventListener('submit', (/** @type {Event} */ event) => { event.preventDefault(); submit(input.value); });
input.addEventListener('input', () => { resize(); if (alertLine.textContent) warn(''); });
input.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit(input.value);
});
document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || $('taste').open) return;
    if (document.body.classList.contains('side-open')) { closeSide(); $('menu').focus(); } else void current.running?.stop();
});
scroller.addEventListener('scroll', () => { follows = atBottom(); $('latest').hidden = follows; });
$('stop').addEventListener('click', () => { void current.running?.stop(); input.focus(); });
$('latest').addEventListener('click', () => { follows = true; render(); input.focus(); });
$('earlier').addEventListener('click', () => void loadEarlier());
$('new').addEventListener('click', () => choose(null));
$('open-taste').addEventListener('click', () => { closeSide(); void taste.open(); });
$('menu').addEventListener('click', () => {
    const opened = document.body.classList.toggle('side-open');
    $('menu').setAttribute('aria-expanded', String(opened));
    if (opened) $('new').focus();
});
$('examples').addEventListener('click', (/** @type {any} */ event) => {
    const prompt = event.target.closest('button');
    if (prompt) submit(prompt.textContent);
});
$('shade').addEventListener('click', closeSide);
$('changed-close').addEventListener('click', () => { $('changed').hidden = true; input.focus(); });
addEventListener('storage', (event) => { if (event.key === identity.key) identity.look(); });

const sessionInAddress = () => (sessionIdPattern.test(location.hash.slice(1)) ? location.hash.slice(1) : null);
addEventListener('popstate', () => void open(sessionInAddress()).then(drawSessions));
const first = sessionInAddress() ?? (storage.getItem(lastSessionKey) || null);
if (first !== null) remember(first, 'replaceState');
await open(first);
await loadSessions();
