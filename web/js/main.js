// Puts the page together: one conversation is shown, others may go on answering behind it.

import { ChatClient } from '../client/index.js';
import { agentKeyOf, agentOf } from './shell/agents.js';
import { Announcer } from './shell/announcer.js';
import { copied } from './shell/clipboard.js';
import { button, element, icon } from './shell/dom.js';
import { chooseLanguage, loadTexts, t } from './shell/i18n.js';
import { keyList, listen } from './shell/keys.js';
import { LeafHost } from './shell/leaf.js';
import { LineView } from './shell/line.js';
import { showDialog, showMenu, Toasts } from './shell/overlays.js';
import { Page } from './shell/page.js';
import { loadStyles } from './shell/styles.js';
import { readRoute, writeRoute } from './shell/routes.js';
import { keepToken, keptToken } from './shell/signed-in.js';
import { bytesOf, inWords, maximumMessageBytes } from './shell/words.js';
import { agentLabel, Composer } from './conversation/composer.js';
import { Conversation, isOpen } from './conversation/conversation.js';
import { Drafts } from './conversation/drafts.js';
import { Place } from './conversation/scroll.js';
import { agentMenu, chooser, modelChooser } from './conversation/start.js';
import { leaves, start as startParts } from './parts/index.js';
import { start as startList } from './list/list.js';

const $ = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
const meta = /** @type {HTMLMetaElement | null} */ (document.querySelector('meta[name="chat-fcgi-base"]'));
const page = new Page();
await chooseLanguage(page.settings.get('language') || null);
const base = new URL(`${meta?.content || '.'}/`, document.baseURI);
/** @type {any} */
const client = new ChatClient({ base: meta?.content || '.', debug: page.settings.get('debug') === 'on', token: keptToken(page.storage, base) });
client.on('token', (/** @type {string} */ token) => keepToken(page.storage, client.base, token));
/**
 * The parts of answers, once the view is there.
 * @type {any[]}
 */
const parts = [];
const drafts = new Drafts(page.storage, client.base.pathname);
const announcer = new Announcer($('announce'));
const toasts = new Toasts($('toasts'));
copied.tell = (worked) => void toasts.show({ text: t(worked ? 'copied' : 'copy.failed'), seconds: 3 });

page.client = client;
page.api = {
    json: (/** @type {string} */ method, /** @type {string} */ path, /** @type {any} */ options) => client.request(method, path, options),
    fetch: (/** @type {string} */ method, /** @type {string} */ path, /** @type {any} */ options) => client.open(method, path, options ?? {}),
};
page.toast = (/** @type {any} */ options) => toasts.show(options);
page.announce = (/** @type {string} */ text) => announcer.say(text);
page.menu = showMenu;
page.dialog = showDialog;
page.leaf = new LeafHost($('leaf'), $('leaf-buttons'), page, leaves);
page.words = (/** @type {any} */ error, text = '') => inWords(error, { agent: t(`sentence.${page.state.agent.id}`), text });
page.openSettings = async (/** @type {string} */ section) => {
    const [{ open }] = await Promise.all([import('./settings/settings.js'), loadStyles('settings')]);
    open(page, section);
};

/**
 * Conversations whose replies still arrive, by their id; and the one that is shown.
 * @type {Map<string, Conversation>}
 */
const live = new Map();
let current = new Conversation(page.state.agent, null, parts);
/** @type {import('./conversation/start.js').Model[]} */
let models = [];
/** @type {string[] | null} modes of the plain agent; null while they are not known */
let modes = null;

const composer = page.composer = new Composer($('composer'), page, {
    send: (text) => ask(text),
    stop: () => stop(),
    choose: (anchor) => chooseAgent(anchor),
    editLast: () => { const turn = current.turns.filter(({ question }) => question?.status === 'delivered').at(-1); if (turn) view?.beginEdit(turn); },
});
/** Conversations with a plain model are kept only where one wants it. */
const keepBox = element('label', { class: 'keep' }, element('input', { type: 'checkbox', checked: page.settings.get('keep-model') === 'on',
    onchange: (/** @type {any} */ event) => page.settings.set('keep-model', event.target.checked ? 'on' : 'off') }), t('model.keep'));
composer.tools.before(keepBox);
const place = new Place($('scroller'), $('log'));
const actions = /** @type {import('./conversation/view.js').Actions} */ ({
    retry: (turn) => void turn.replies[0]?.wire?.retry(),
    takeBack: (turn) => {
        const text = turn.question?.text ?? '';
        turn.replies[0]?.wire?.leave();
        current.withdraw(turn);
        page.compose(composer.text === '' ? text : `${text}\n\n${composer.text}`);
    },
    edit: (_, text) => void ask(text),
    another: (turn) => void replies.another(turn, (/** @type {string} */ id) => client.regenerate(id, { sessionId: current.sessionId ?? undefined, query: { events: 'all' } })),
    goOn: (turn, reply) => void replies.another(turn, () => client.continue?.(reply.messageId, { sessionId: current.sessionId ?? undefined, query: { events: 'all' } })),
    fetchNow: (reply) => { reply.wire?.retry(); client.wake?.(); },
    askAgain: (turn) => void ask(turn.question?.text ?? ''),
});

/**
 * What shows questions and answers is loaded when there is one, or is about to be.
 * @type {import('./conversation/view.js').ConversationView | null}
 */
let view = null;
/** @type {Promise<void> | null} */
let viewLoading = null;
/** @type {any} what asks and follows replies; with the view */
let replies = null;
function loadView() {
    viewLoading ??= Promise.all([import('./conversation/view.js'), import('./conversation/steps.js'), import('./conversation/markdown-view.js'), import('./conversation/asking.js'), import('./parts/parts.js'), loadTexts('answer'),
        loadStyles('answer'), loadStyles('parts')]).then(([{ ConversationView }, { steps, thinking }, { loadMarkdown }, { asking }, { parts: sides }]) => {
        parts.push(steps, thinking, ...sides);
        replies = asking(page, parts, { announcer, live, keep, giveBack });
        view = new ConversationView($('log'), page, parts, actions);
        void loadMarkdown();
    });
    return viewLoading;
}
page.on('input', ({ text }) => { if (text !== '') void loadView(); });

const below = button(t('more.below'), () => { place.toEnd(); composer.field.focus({ preventScroll: true }); }, { icon: 'down', class: 'edge' });
$('below').append(below);
place.onmore = (/** @type {boolean} */ isMore) => $('below').classList.toggle('seen', isMore);

// One drawing a frame, however many words came.
/** @type {Set<import('./conversation/conversation.js').Turn> | null} null: all turns */
let changed = new Set();
let isDue = false;

/**
 * @param {Conversation} conversation
 * @returns {Conversation}
 */
function watch(conversation) {
    conversation.onchange = (turn) => {
        if (conversation !== current) return;
        if (turn === null) changed = null;
        else changed?.add(turn);
        schedule();
    };
    conversation.onevent = (reply, event) => {
        page.emit('event', { conversation, reply, event });
        if (conversation === current && !['content_chunk', 'content', 'token'].includes(event.type) && event.choices === undefined) page.leaf.refresh({ event: event.type });
    };
    return conversation;
}

function schedule() {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(draw);
}

/** @returns {void} */
function draw() {
    isDue = false;
    if (view === null && !current.isEmpty) return void loadView().then(draw);
    const turns = changed;
    changed = new Set();
    const isNew = turns !== null && [...turns].some((turn) => view?.find(turn.key) === undefined);
    if (turns === null || isNew) {
        view?.show(current);
        drawFrame();
    } else for (const turn of turns) view?.update(turn);
    const running = current.running;
    // What waits for the line does not keep the next message from being sent.
    composer.setRunning(running !== undefined && running.status !== 'queued');
    if (running !== undefined) announcer.follow(running.text, false);
    place.update();
}

/**
 * What stands around the turns: the start of a new conversation, the bar, the title.
 * @returns {void}
 */
function drawFrame() {
    const { agent } = page.state;
    document.body.dataset.agent = agent.id;
    const isEmpty = current.isEmpty && (current.sessionId === null || current.isLoaded);
    document.body.classList.toggle('empty', isEmpty);
    const start = $('start');
    start.hidden = !isEmpty;
    if (isEmpty) {
        const focused = start.contains(document.activeElement) ? document.activeElement?.textContent : null;
        // The templates' texts come with the view.
        if (agent.id === 'model' && view === null) return void loadView().then(drawFrame);
        start.replaceChildren(agent.id === 'model' ? modelChooser(page, models) : chooser(page, models, unavailable));
        if (focused) [...start.querySelectorAll('button, input')].find((each) => each.textContent === focused)?.focus();
    } else start.replaceChildren();
    drawBar(isEmpty && agent.id !== 'model');
    keepBox.hidden = agent.id !== 'model' || current.isLoaded;
    const earlier = $('earlier');
    if ((current.nextBefore === null) === (earlier.childElementCount > 0)) {
        earlier.replaceChildren(...(current.nextBefore === null ? [] : [button(t('earlier'), () => void loadEarlier(), { class: 'edge' })]));
    }
    const title = current.title || current.turns[0]?.question?.text.slice(0, 60) || '';
    document.title = [title, isEmpty ? '' : agentName(agent), t('page.name')].filter(Boolean).join(' · ');
}

/** @param {import('./shell/agents.js').Agent} agent */
const agentName = (agent) => t(`agent.${agent.id === 'model' ? 'model.one' : agent.id}`);

/** @param {boolean} isChoice the choice of agents is shown, so the bar names none */
function drawBar(isChoice) {
    const { agent } = page.state;
    const who = $('who');
    const title = current.title || current.turns[0]?.question?.text.replace(/\s+/g, ' ').slice(0, 80) || t('bar.new');
    const key = JSON.stringify([isChoice, agent.key, title]);
    $('more').hidden = current.isEmpty;
    if (who.dataset.drawn === key) return;
    who.dataset.drawn = key;
    if (isChoice) return who.replaceChildren(element('span', { class: 'page-name' }, t('page.name')));
    const about = agent.id === 'desk' && current.isEmpty ? agentLabel(agent) : title;
    const change = button('', () => chooseAgent(change), { 'aria-haspopup': 'menu', 'aria-expanded': 'false' });
    change.replaceChildren(element('span', { class: 'sign', 'aria-hidden': 'true' }, icon(agent.sign)), element('span', { class: 'who-name' }, agentName(agent)),
        agent.id === 'desk' && !current.isEmpty ? element('span', { class: 'who-assistant' }, agentLabel(agent)) : '', element('bdi', { class: 'who-title' }, about), icon('down'));
    who.replaceChildren(change);
}

/**
 * @param {string} id of an agent
 * @returns {string} why it cannot be asked
 */
function unavailable(id) {
    if (id === 'visa' && modes !== null && !modes.includes('visa_expert')) return t('model.unknown');
    return '';
}

/** @param {HTMLElement} anchor */
function chooseAgent(anchor) {
    /** @type {any} */
    const menu = page.menu(anchor, [{ content: agentMenu(page, models, () => menu.close(), unavailable) }], t('bar.switch'));
}

// Asking

/**
 * @param {string} text
 * @returns {boolean} whether it is on its way, so that the field may be emptied
 */
function ask(text) {
    if (text.trim() === '') return false;
    if (bytesOf(text) > maximumMessageBytes) {
        const words = inWords({ status: 413 }, { agent: '', text });
        page.toast({ tone: 'bad', title: words.title, text: words.text });
        return false;
    }
    if (view === null) {
        // Events that come before there is a view would find nobody.
        void loadView().then(() => ask(text));
        return true;
    }
    const { agent } = page.state;
    const conversation = current;
    const wire = client.send(text, { dialect: agent.dialect, query: { events: 'all' }, ...replies.optionsFor(agent, conversation) });
    const turn = conversation.ask(wire, text, agent);
    keep(conversation);
    drafts.set(agent.key, '');
    if (conversation.sessionId !== null) {
        drafts.set(conversation.sessionId, '');
        if (page.state.sessionId !== conversation.sessionId) settle(conversation);
    }
    page.emit('session', { sessionId: conversation.sessionId, change: client.line.state === 'offline' ? 'waits' : 'asked', agent: agent.key, title: text });
    draw();
    const shown = view.find(turn.key);
    if (shown) place.toTop(shown);
    void replies.attend(conversation, turn, turn.replies[0]);
    return true;
}

function stop() {
    const written = current.turns.flatMap((turn) => turn.replies).find((reply) => isOpen(reply) && reply.status !== 'queued');
    void written?.wire?.stop();
    composer.field.focus({ preventScroll: true });
}

/** @param {Conversation} conversation that goes on answering, also behind another one */
function keep(conversation) {
    if (conversation.sessionId !== null) live.set(conversation.sessionId, conversation);
}

// Going from one conversation to another

/**
 * The conversation has its id now: in the address, and as the one to come back to.
 * @param {Conversation} conversation
 */
function settle(conversation) {
    page.state.sessionId = conversation.sessionId;
    if (conversation.sessionId !== null) rememberAgent(conversation.sessionId, page.state.agent.key);
    history.replaceState(null, '', writeRoute({ agent: page.state.agent, sessionId: conversation.sessionId }));
    page.storage.setItem(lastKey, JSON.stringify({ agent: page.state.agent.key, sessionId: conversation.sessionId }));
    page.emit('conversation', { agent: page.state.agent, sessionId: conversation.sessionId, conversation });
}

const lastKey = `chat-fcgi.last:${client.base.pathname}`;
const agentsKey = `chat-fcgi.agents:${client.base.pathname}`;

/** @returns {Record<string, string>} whom each conversation belongs to, where the server's list does not tell */
function agentsKept() {
    try { return JSON.parse(page.storage.getItem(agentsKey) ?? '{}') ?? {}; } catch { return {}; }
}

/**
 * @param {string} sessionId
 * @param {string} key
 */
function rememberAgent(sessionId, key) {
    const kept = agentsKept();
    if (kept[sessionId] === key) return;
    page.storage.setItem(agentsKey, JSON.stringify(Object.fromEntries([...Object.entries(kept).filter(([id]) => id !== sessionId), [sessionId, key]].slice(-500))));
}

/**
 * Whom a conversation of the list belongs to; null when nobody knows.
 * @param {any} session
 */
page.agentOf = (/** @type {any} */ session) => agentOf(agentKeyOf(session) ?? agentsKept()[session?.session_id] ?? '');

/**
 * Shows a conversation, or the start of a new one.
 * @param {{agent?: string | null, sessionId?: string | null, messageId?: string | null, title?: string, how?: 'push' | 'replace' | 'none'}} target
 */
page.open = async ({ agent: key = null, sessionId = null, messageId = null, title = '', how = 'push' }) => {
    closeList();
    saveDraft();
    const known = sessionId === null ? undefined : live.get(sessionId);
    const agent = agentOf(key ?? '') ?? known?.agent ?? (sessionId === null ? page.state.agent : agentOf(agentsKept()[sessionId] ?? '')) ?? agentOf('noah');
    const isSame = sessionId === null && current.isEmpty && current.sessionId === null;
    page.state.agent = /** @type {any} */ (agent);
    if (!isSame) current = known ?? watch(new Conversation(agent, sessionId, parts));
    current.agent = agent;
    if (title) current.title = title;
    page.state.sessionId = sessionId;
    page.state.conversation = current;
    place.follows = false;
    const address = writeRoute({ agent: page.state.agent, sessionId, messageId });
    if (how !== 'none' && location.hash !== address) history[how === 'push' ? 'pushState' : 'replaceState'](null, '', address);
    page.storage.setItem(lastKey, JSON.stringify({ agent: page.state.agent.key, sessionId }));
    changed = null;
    $('log').replaceChildren();
    view?.show(current);
    draw();
    composer.refresh();
    hasBegun = true;
    restoreDraft();
    page.leaf.refresh();
    page.emit('conversation', { agent: page.state.agent, sessionId, conversation: current });
    if (known) return void requestAnimationFrame(() => toLastQuestion(messageId));
    if (sessionId !== null) await load(current, messageId);
};

/**
 * @param {Conversation} conversation
 * @param {string | null} messageId
 */
async function load(conversation, messageId) {
    const sessionId = /** @type {string} */ (conversation.sessionId);
    const isReady = loadView();
    const slow = setTimeout(() => { if (conversation === current) $('column').classList.add('loading'); }, 150);
    try {
        conversation.takeHistory(await client.request('POST', 'api/v1/chat/history', { body: { session_id: sessionId, limit: 50 } }).then(async (/** @type {any} */ answer) => { await isReady; return answer; }), false);
        for (let pages = 0; messageId !== null && conversation.nextBefore !== null && pages < 100 && !has(conversation, messageId); pages += 1) await earlierOf(conversation);
    } catch (error) {
        if (conversation !== current) return;
        const { status } = /** @type {any} */ (error);
        if (status === 404) return void page.open({ how: 'replace' });
        const words = inWords(error, { agent: t(`sentence.${page.state.agent.id}`) });
        return void page.toast({ tone: 'bad', title: t('error.load'), text: words.title, actions: [{ label: t('error.again'), run: () => void load(conversation, messageId) }] });
    } finally {
        clearTimeout(slow);
        $('column').classList.remove('loading');
    }
    for (const turn of conversation.turns) {
        for (const reply of turn.replies) if (isOpen(reply) && reply.wire === null && reply.messageId !== null) resume(conversation, turn, reply);
    }
    if (conversation !== current) return;
    const told = conversation.lastReply?.agent;
    if (told && told.key !== page.state.agent.key && agentsKept()[sessionId] === undefined) {
        page.state.agent = conversation.agent = told;
        history.replaceState(null, '', writeRoute({ agent: told, sessionId, messageId }));
        composer.refresh();
        page.leaf.refresh();
        page.emit('conversation', { agent: told, sessionId, conversation });
    }
    rememberAgent(sessionId, page.state.agent.key);
    changed = null;
    draw();
    toLastQuestion(messageId);
    page.leaf.refresh();
}

/**
 * @param {Conversation} conversation
 * @param {string} messageId
 */
const has = (conversation, messageId) => conversation.turns.some(({ question, replies }) =>
    question?.messageId === messageId || replies.some((reply) => reply.messageId === messageId));

/**
 * @param {Conversation} conversation
 * @param {import('./conversation/conversation.js').Turn} turn
 * @param {any} reply
 */
function resume(conversation, turn, reply) {
    const wire = client.resume(reply.messageId, { dialect: 'companion', sessionId: conversation.sessionId, query: { events: 'all' } });
    conversation.follow(reply, wire);
    keep(conversation);
    void replies.attend(conversation, turn, reply);
}

/** @param {string | null} messageId */
function toLastQuestion(messageId) {
    const turn = (messageId !== null && view?.find(messageId)) || $('log').lastElementChild;
    if (!turn) return;
    place.toTop(turn);
    if (messageId !== null) {
        const target = [...turn.querySelectorAll('.question, .reply')].at(turn.querySelector('.question') && current.turns.some(({ question }) => question?.messageId === messageId) ? 0 : -1);
        target?.classList.add('found');
        target?.focus({ preventScroll: true });
        if (target?.classList.contains('reply')) target.scrollIntoView({ block: 'start' });
    }
}

async function earlierOf(/** @type {Conversation} */ conversation) {
    conversation.takeHistory(await client.request('POST', 'api/v1/chat/history',
        { body: { session_id: conversation.sessionId, limit: 50, before: conversation.nextBefore } }), true);
}

async function loadEarlier() {
    const conversation = current;
    try {
        await earlierOf(conversation);
        if (conversation === current) place.keeping(() => { changed = null; draw(); });
    } catch (error) {
        const words = inWords(error, { agent: t(`sentence.${page.state.agent.id}`) });
        page.toast({ tone: 'bad', title: words.title, text: words.text });
    }
}

/**
 * The same conversation was changed elsewhere.
 * @param {string} sessionId
 */
page.reload = async (/** @type {string} */ sessionId) => {
    if (current.sessionId !== sessionId || current.running) return;
    const conversation = current;
    const wasAt = $('scroller').scrollTop;
    const page50 = await client.request('POST', 'api/v1/chat/history', { body: { session_id: sessionId, limit: 50 } }).catch(() => null);
    if (page50 === null || conversation !== current || conversation.running) return;
    const fresh = watch(new Conversation(conversation.agent, sessionId, parts));
    fresh.title = conversation.title;
    fresh.takeHistory(page50, false);
    current = page.state.conversation = fresh;
    for (const turn of fresh.turns) for (const reply of turn.replies) if (isOpen(reply) && reply.messageId) resume(fresh, turn, reply);
    changed = null;
    draw();
    $('scroller').scrollTop = wasAt;
};

// Drafts

const draftName = () => current.sessionId ?? page.state.agent.key;
let saving = /** @type {any} */ (null);
/** Before the first conversation is shown, the empty field is nobody's draft. */
let hasBegun = false;
function saveDraft() {
    clearTimeout(saving);
    if (hasBegun) drafts.set(draftName(), composer.text);
}
function restoreDraft() {
    composer.text = drafts.get(draftName());
}
page.on('input', () => { clearTimeout(saving); saving = setTimeout(saveDraft, 300); });
addEventListener('pagehide', saveDraft);

page.ask = ask;
page.compose = (/** @type {string} */ text, { append = false } = {}) => {
    composer.text = append && composer.text !== '' ? `${composer.text} ${text}` : text;
    composer.field.focus();
    composer.field.setSelectionRange(composer.text.length, composer.text.length);
};

// The list, the bar, keys

function closeList() {
    document.body.classList.remove('list-open');
    $('shade').hidden = true;
    $('open-list').setAttribute('aria-expanded', 'false');
}
page.toggleList = () => {
    if (matchMedia('(min-width: 50rem)').matches) {
        const isFolded = document.body.classList.toggle('list-folded');
        page.settings.set('list', isFolded ? 'folded' : 'open');
        return;
    }
    const isOpenNow = document.body.classList.toggle('list-open');
    $('shade').hidden = !isOpenNow;
    $('open-list').setAttribute('aria-expanded', String(isOpenNow));
    if (isOpenNow) $('list').querySelector('button, input')?.focus();
};
document.body.classList.toggle('list-folded', page.settings.get('list') === 'folded' || (page.settings.get('list') === '' && !matchMedia('(min-width: 75rem)').matches));
$('open-list').append(icon('menu'));
$('open-list').setAttribute('aria-label', t('bar.list'));
$('open-list').addEventListener('click', page.toggleList);
$('shade').addEventListener('click', () => { closeList(); $('open-list').focus(); });
$('more').append(icon('more'));
$('more').setAttribute('aria-label', t('bar.more'));
$('more').addEventListener('click', () => {
    if (page.rowMenu && current.sessionId !== null) return page.rowMenu($('more'), current.sessionId);
    page.menu($('more'), [{ label: t('bar.copy-link'), icon: 'link', run: () => void import('./shell/clipboard.js').then(({ copyText }) => copyText(location.href)) }]);
});
$('skip').textContent = t('skip');
$('scroller').setAttribute('aria-label', t('conversation'));
$('list').setAttribute('aria-label', t('list'));

const showKeys = () => void showDialog({ title: t('keys.title'), body: keyList() });
listen(page, {
    escape: () => {
        if (document.body.classList.contains('list-open')) { closeList(); $('open-list').focus(); return true; }
        if (page.leaf.current && (document.activeElement?.closest('#leaf') || innerWidth < 1200)) { page.leaf.close(); return true; }
        if (current.running && current.running.status !== 'queued') { stop(); return true; }
        return false;
    },
    search: () => page.emit('search'),
    startNew: () => { void page.open({ sessionId: null }); chooseAgent(composer.agent); },
    leaf: () => page.leaf.toggle(),
    nextPart: (backwards) => {
        const stops = [$('list').querySelector('button, input, a'), $('who').querySelector('button') ?? $('line'), $('log').querySelector('.turn:last-child .question'), composer.field, $('leaf').querySelector('h2')]
            .filter((each) => each && each.offsetParent !== null);
        const at = stops.findIndex((each) => each === document.activeElement || each.closest('#list, #bar, #scroller, #foot, #leaf')?.contains(document.activeElement));
        const to = stops[(at + (backwards ? -1 : 1) + stops.length) % stops.length];
        to?.focus();
    },
    list: showKeys,
});
page.showKeys = showKeys;

new LineView($('line'), $('banner'), client, { now: () => { client.wake?.(); dispatchEvent(new Event('online')); }, signIn: () => void page.openSettings('you') });
page.on('leafed', ({ turn }) => {
    view?.update(turn);
    const shown = view?.find(turn.key);
    /** @type {any} */ (shown?.querySelector('.pager [data-act]:not(:disabled)'))?.focus({ preventScroll: true });
});
client.on('line', (/** @type {any} */ line) => { page.state.line = line; page.emit('line', line); });

let unsent = '';
/**
 * What was not sent returns to the field, or waits until the page is somebody else.
 * @param {string} text
 */
function giveBack(text) {
    drafts.set(page.state.agent.key, text);
    unsent = text;
    if (current.isEmpty) page.compose(text);
}
client.on('identity', (/** @type {any} */ change) => {
    page.state.user = change.userId;
    if (change.changed) {
        live.clear();
        const typed = composer.text;
        unsent = '';
        page.storage.setItem(lastKey, '');
        void page.open({ how: 'replace' }).then(() => {
            if (unsent !== '' || typed !== '') page.compose(unsent || typed);
            page.toast({ tone: 'bad', title: t('identity.new'), text: t('identity.new.text') + (unsent === '' ? '' : ` ${t('identity.unsent')}`) });
        });
    }
    page.emit('identity', { user: change.userId, previous: change.previousUserId, changed: change.changed });
});
page.on('setting', ({ name, value }) => {
    const attribute = { theme: 'theme', 'answer-size': 'answerSize', 'answer-face': 'answerFace' }[/** @type {string} */ (name)];
    if (attribute) {
        if (value && value !== 'system' && value !== 'normal' && value !== 'serif') document.documentElement.dataset[attribute] = value;
        else delete document.documentElement.dataset[attribute];
    }
    if (name === 'language') location.reload();
});

// Who answers

async function loadModels() {
    const [status, list] = await Promise.all([client.request('GET', 'api/agent/status').catch(() => null), client.request('GET', 'v1/models').catch(() => null)]);
    if (Array.isArray(status?.modes)) modes = status.modes;
    page.state.providers = status?.providers ?? [];
    const byName = new Map(page.state.providers.map((/** @type {any} */ provider) => [provider.name, provider]));
    models = (list?.data ?? []).filter((/** @type {any} */ model) => model.owned_by !== 'chat-fcgi').map((/** @type {any} */ model) => {
        const provider = byName.get(model.owned_by);
        return { name: model.id, by: [provider?.model && provider.model !== model.id ? provider.model : '', model.owned_by].filter(Boolean).join(' · '),
            isAvailable: provider?.available !== false, reason: provider?.reason ?? 'available' };
    });
    page.state.models = models;
    page.emit('providers', page.state.providers);
    if (page.state.agent.id === 'model' && !page.state.agent.model && models.length > 0) {
        page.state.agent = /** @type {any} */ (agentOf(`model.${models[0].name}`));
        composer.refresh();
    }
    drawFrame();
}

// The beginning

watch(current);
page.state.conversation = current;
startParts(page);
startList($('list'), page);

const fromAddress = () => readRoute(location.hash);
addEventListener('popstate', () => { const { agent, sessionId, messageId } = fromAddress(); void page.open({ agent: agent?.key ?? null, sessionId, messageId, how: 'none' }); });
addEventListener('hashchange', () => {
    const { agent, sessionId, messageId } = fromAddress();
    if (sessionId !== page.state.sessionId) void page.open({ agent: agent?.key ?? null, sessionId, messageId, how: 'none' });
});

function lastOpen() {
    try { return JSON.parse(page.storage.getItem(lastKey) ?? '') ?? {}; } catch { return {}; }
}
const route = fromAddress();
const first = location.hash.length > 1 ? { agent: route.agent?.key ?? null, sessionId: route.sessionId, messageId: route.messageId }
    : { agent: lastOpen().agent ?? null, sessionId: lastOpen().sessionId ?? null, messageId: null };
// What waited when the page was left goes on in its own conversation.
if (page.storage.getItem(client.queueKey ?? '')) await loadView();
for (const wire of client.restore({})) {
    const { sessionId } = wire.state;
    const agent = agentOf(agentsKept()[sessionId] ?? '') ?? page.state.agent;
    const conversation = live.get(sessionId) ?? watch(new Conversation(agent, sessionId, parts));
    live.set(sessionId, conversation);
    const turn = conversation.ask(wire, wire.text, agent);
    void replies.attend(conversation, turn, turn.replies[0]);
}
await page.open({ ...first, how: 'replace' });
if (first.sessionId !== null && live.has(first.sessionId) && !current.isLoaded) await load(current, first.messageId);
if (matchMedia('(pointer: fine)').matches) composer.field.focus({ preventScroll: true });
void loadModels();
