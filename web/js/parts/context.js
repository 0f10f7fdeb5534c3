// What the desk looks at: securities, timeframe, how much fall one can bear. It goes with every message of the conversation.

import { button, element } from '../shell/dom.js';
import { t } from '../shell/i18n.js';
import { latestWith } from './index.js';
import { assistantName } from './workflow.js';

const timeframes = ['1W', '1M', '3M', '6M', 'YTD', '1Y', '3Y', '5Y', 'MAX'];
const assistants = ['general', 'analyst', 'trader', 'advisor', 'riskManager', 'economist'];
const maximumSymbols = 20;

/** @typedef {{symbols?: string[], timeframe?: string, riskTolerance?: string}} Context */

const keyOf = (/** @type {any} */ page) => `chat-fcgi.desk:${page.state.sessionId ?? ''}`;

/** @param {any} page @returns {Context} */
function read(page) {
    try {
        const kept = JSON.parse(page.storage.getItem(keyOf(page)) ?? '{}');
        return kept !== null && typeof kept === 'object' ? kept : {};
    } catch {
        return {};
    }
}

/** @param {any} page @param {Context} context */
function write(page, context) {
    page.storage.setItem(keyOf(page), JSON.stringify(context));
    page.leaf.refresh();
}

let isPrepared = false;

/**
 * Once: the desk's messages bear what is chosen here.
 * @param {any} page
 */
export function prepare(page) {
    if (isPrepared) return;
    isPrepared = true;
    page.composer.extras.set('desk', () => {
        const { symbols = [], timeframe, riskTolerance } = read(page);
        const context = { ...(symbols.length > 0 ? { symbols } : {}), ...(timeframe ? { timeframe } : {}), ...(riskTolerance ? { riskTolerance } : {}) };
        return Object.keys(context).length === 0 ? {} : { context };
    });
    // What was chosen before the first message belongs to the conversation that it began.
    page.on('session', (/** @type {any} */ { sessionId, change }) => {
        const chosen = page.storage.getItem('chat-fcgi.desk:');
        if (!['asked', 'waits'].includes(change) || !chosen || page.state.agent.id !== 'desk') return;
        page.storage.setItem(`chat-fcgi.desk:${sessionId}`, chosen);
        page.storage.setItem('chat-fcgi.desk:', '');
        page.leaf.refresh();
    });
}

/**
 * "brk-b" and "$AAPL" as they are written.
 * @param {string} text
 */
export const symbolIn = (text) => {
    const symbol = text.trim().replace(/^\$/, '').toUpperCase();
    return /^[A-Z0-9^][A-Z0-9.^=_-]{0,19}$/.test(symbol) ? symbol : null;
};

/** @param {any} page */
export function create(page) {
    const node = element('div');
    let isAdding = false;
    const update = () => {
        const context = read(page);
        const latest = latestWith(page, 'workflow')?.figures?.at(-1) ?? latestWith(page, 'figures')?.figures;
        /** @type {Map<string, string>} */
        const names = new Map((latest?.symbols ?? []).map((/** @type {any} */ { symbol, name }) => [symbol, name ?? symbol]));
        const symbols = context.symbols ?? [];
        const last = latest?.lastDay;
        const remove = (/** @type {string} */ symbol) => write(page, { ...context, symbols: symbols.filter((each) => each !== symbol) });
        const rows = symbols.map((symbol, index) => element('li', {}, element('i', { class: `swatch series-${index % 6}` }), element('span', {},
            names.get(symbol) && names.get(symbol) !== symbol ? element('b', { dir: 'auto' }, names.get(symbol), ' ') : null, names.get(symbol) === symbol || !names.has(symbol) ? element('b', {}, symbol) : element('span', { class: 'soft' }, symbol)),
            button(t('Remove {symbol}', { symbol }), () => remove(symbol), { icon: 'cross', hideLabel: true })));
        // Those of the answer are offered where none is chosen.
        const offered = [...names.keys()].filter((symbol) => !symbols.includes(symbol));
        const add = (/** @type {string[]} */ more) => {
            isAdding = false;
            write(page, { ...context, symbols: [...new Set([...symbols, ...more])].slice(0, maximumSymbols) });
        };
        const field = element('input', { name: 'symbol', autocomplete: 'off', autocapitalize: 'characters', spellcheck: false, maxLength: 21, placeholder: 'DEMO1', 'aria-label': t('Symbol') });
        const form = element('form', { class: 'row', onsubmit: (/** @type {Event} */ event) => {
            event.preventDefault();
            const found = field.value.split(/[\s,;]+/).map(symbolIn);
            const good = found.filter((/** @type {string | null} */ each) => each !== null);
            if (good.length === 0) {
                field.setAttribute('aria-invalid', 'true');
                return;
            }
            add(good);
            node.querySelector('.add')?.focus();
        } }, field, element('button', { type: 'submit', class: 'edge' }, t('Add')));
        const chips = (/** @type {string} */ name, /** @type {[string, string][]} */ choices, /** @type {string | undefined} */ chosen, /** @type {(value: string) => void} */ choose, kind = 'chips') => element('div', { class: kind, role: 'group', 'aria-label': name },
            ...choices.map(([value, word]) => element('button', { type: 'button', class: kind === 'chips' ? 'chip' : '', 'aria-pressed': String(value === chosen), onclick: () => choose(value) }, word)));
        const focused = /** @type {any} */ (document.activeElement);
        const place = node.contains(focused) ? [...node.querySelectorAll('button, input')].indexOf(focused) : -1;
        node.replaceChildren(element('p', { class: 'lead' }, t('Goes with every message until you change it.')),
            element('section', {}, element('h3', { class: 'small' }, t('Securities'), isAdding || symbols.length >= maximumSymbols ? null : button(t('Add'), () => {
                isAdding = true;
                update();
                node.querySelector('[name=symbol]')?.focus();
            }, { icon: 'plus', class: 'add' })), isAdding ? form : null,
            symbols.length === 0 ? element('p', { class: 'soft' }, t('Those that your message names.')) : element('ul', { class: 'securities' }, ...rows),
            offered.length === 0 || isAdding ? null : button(t('Keep {symbols}', { symbols: offered.join(', ') }), () => add(offered), { class: 'edge' })),
            element('section', {}, element('h3', { class: 'small' }, t('Timeframe')), chips(t('Timeframe'), timeframes.map((each) => [each, each]), context.timeframe, (timeframe) =>
                write(page, { ...context, timeframe: timeframe === context.timeframe ? undefined : timeframe }))),
            element('section', {}, element('h3', { class: 'small' }, t('How much fall you can bear')), chips(t('How much fall you can bear'), [['low', t('Low, 10 %')], ['medium', t('Medium, 25 %')], ['high', t('High, 50 %')]],
                context.riskTolerance, (riskTolerance) => write(page, { ...context, riskTolerance: riskTolerance === context.riskTolerance ? undefined : riskTolerance }), 'segments')),
            element('section', {}, element('h3', { class: 'small' }, t('Who answers')), chips(t('Who answers'), assistants.map((each) => [each, assistantName(each)]), page.state.agent.assistant, (assistant) =>
                page.open({ agent: `desk.${assistant}`, sessionId: page.state.sessionId }))),
            ...(latest?.note || last ? [element('p', { class: 'leaf-foot', dir: 'auto' }, [latest?.note, last ? t('Last day {day}.', { day: last }) : ''].filter(Boolean).join(' '))] : []));
        if (place >= 0) /** @type {any} */ ([...node.querySelectorAll('button, input')][place])?.focus();
    };
    return { element: node, update };
}
