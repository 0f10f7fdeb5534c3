// Puts the page together.

import { followSettings } from './shell/appearance.js';
import { Bar } from './shell/bar.js';
import { copied } from './shell/clipboard.js';
import { connect } from './shell/connection.js';
import { button } from './shell/dom.js';
import { chooseLanguage, t } from './shell/i18n.js';
import { listen, nextPart } from './shell/keys.js';
import { LeafHost } from './shell/leaf.js';
import { LineView } from './shell/line.js';
import { ListPanel } from './shell/list-panel.js';
import { showMenu, Toasts } from './shell/overlays.js';
import { Page } from './shell/page.js';
import { loadProviders } from './shell/providers.js';
import { Remembered } from './shell/remembered.js';
import { loadStyles } from './shell/styles.js';
import { Composer } from './conversation/composer.js';
import { DraftKeeper, Drafts } from './conversation/drafts.js';
import { chooseAgent, Frame } from './conversation/frame.js';
import { followIdentity } from './conversation/identity-change.js';
import { Navigation } from './conversation/navigation.js';
import { Screen } from './conversation/screen.js';
import { Place } from './conversation/scroll.js';
import { leaves, start as startParts } from './parts/index.js';
import { start as startList } from './list/list.js';

const $ = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
const page = new Page();
await chooseLanguage(page.settings.get('language') || null);
const client = connect(page);
const remembered = new Remembered(page.storage, client.base.pathname);
const drafts = new Drafts(page.storage, client.base.pathname);
const toasts = new Toasts($('toasts'));
copied.tell = (worked, words) => void toasts.show({ text: worked && words ? words : t(worked ? 'copied' : 'copy.failed'), seconds: 3 });

// What the modules use of the page

page.toast = (/** @type {any} */ options) => toasts.show(options);
page.announce = (/** @type {string} */ text) => screen.announce(text);
page.menu = showMenu;
page.leaf = new LeafHost($('leaf'), $('leaf-buttons'), page, leaves);
page.openSettings = async (/** @type {string} */ section) => {
    // They share their rows, switches and fields with the parts of answers and with the leaf.
    const [{ open }] = await Promise.all([import('./settings/settings.js'), ...['settings', 'parts', 'leaf'].map(loadStyles)]);
    open(page, section);
};
page.showKeys = () => void import('./shell/key-list.js').then(({ showKeys }) => showKeys());
page.compose = (/** @type {string} */ text, { append = false } = {}) => {
    composer.text = append && composer.text !== '' ? `${composer.text} ${text}` : text;
    composer.field.focus();
    composer.field.setSelectionRange(composer.text.length, composer.text.length);
};

// The conversation

const composer = page.composer = new Composer($('composer'), page, {
    send: (text) => screen.ask(text),
    stop: () => screen.stop(),
    choose: (anchor) => chooseAgent(page, anchor),
    editLast: () => {
        const turn = screen.current.shown.filter(({ question }) => question?.status === 'delivered').at(-1);
        if (turn) screen.view?.beginEdit(turn);
    },
});
const place = new Place($('scroller'), $('log'));
const screen = new Screen(page, { log: $('log'), place, status: $('announce') });
const listPanel = new ListPanel(page, { panel: $('list'), opener: $('open-list'), shade: $('shade') });
const navigation = new Navigation(page, screen, { remembered, listPanel, draftKeeper: new DraftKeeper(page, drafts), column: $('column') });
screen.context = { drafts, settle: (/** @type {any} */ conversation) => navigation.settle(conversation), toLatest: () => screen.opening.toLatest(navigation) };
page.ask = (/** @type {string} */ text) => screen.ask(text);
followIdentity(page, screen, { drafts, remembered });
followSettings(page);
const bar = new Bar(page, { who: $('who'), more: $('more') }, (anchor) => chooseAgent(page, anchor));
const frame = new Frame(page, screen, { start: $('start'), earlier: $('earlier'), later: $('later') }, { bar, further: (which) => void screen.opening?.further(navigation, which) });
screen.onframe = () => frame.draw();
screen.onwindow = () => frame.drawEdges();
page.on('input', ({ text }) => { if (text !== '') screen.load().catch(() => {}); });
page.on('leafed', ({ turn }) => screen.view?.showOther(turn));

$('below').append(button(t('more.below'), async () => {
    if (screen.current.nextAfter !== null) await screen.opening.toLatest(navigation);
    screen.view?.showEnd();
    place.toEnd();
    composer.field.focus({ preventScroll: true });
}, { icon: 'down', class: 'edge' }));
place.isLast = () => screen.current.nextAfter === null && screen.view?.isAtEnd !== false;
place.onmore = (/** @type {boolean} */ isMore) => $('below').classList.toggle('seen', isMore);
$('skip').textContent = t('skip');
$('scroller').setAttribute('aria-label', t('conversation'));
new LineView($('line'), $('banner'), client, { now: () => { client.wake(); dispatchEvent(new Event('online')); }, signIn: () => void page.openSettings('you') });

listen(page, {
    escape: () => {
        if (listPanel.isOpen) { listPanel.leave(); return true; }
        if (page.leaf.current && (document.activeElement?.closest('#leaf') || innerWidth < 1200)) { page.leaf.close(); return true; }
        const { running } = screen.current;
        if (running && running.status !== 'queued') { screen.stop(); return true; }
        return false;
    },
    search: () => page.emit('search'),
    startNew: () => { void page.open({ sessionId: null }); chooseAgent(page, composer.agent); },
    leaf: () => page.leaf.toggle(),
    nextPart: (backwards) => nextPart([$('list').querySelector('button, input, a'), $('who').querySelector('button') ?? $('line'),
        $('log').querySelector('.turn:last-child .question'), composer.field, $('leaf').querySelector('h2')], backwards),
    list: page.showKeys,
});

// The beginning

startParts(page);
startList($('list'), page);
await navigation.start();
if (matchMedia('(pointer: fine)').matches) composer.field.focus({ preventScroll: true });
void loadProviders(page);
