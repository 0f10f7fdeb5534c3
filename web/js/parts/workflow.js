// The desk at work, as a picture that fills in. The words are a list that screen readers read; the lines lie behind it.

import { element, vector as svg } from '../shell/dom.js';
import { t } from '../shell/i18n.js';
import { fixed, onWidth, rounded } from './drawing.js';
import { endedCount, isFinished, trunkLayout, wideLayout } from './workflow-model.js';

/** @typedef {import('./workflow-model.js').Workflow} Workflow @typedef {import('./workflow-model.js').Member} Member */

const narrow = 540;

/** @param {string} agent as the desk names it */
export function assistantName(agent) {
    const name = t(`assistant.${agent}`);
    return name.startsWith('assistant.') ? agent : name;
}

/** @param {string} name as the desk tells it */
const titleOf = (name) => /** @type {Record<string, string>} */ ({
    '': t('The desk at work'), 'full analysis': t('Full analysis'), 'portfolio review': t('Portfolio review'), comparison: t('Comparison'),
})[name] ?? name;

const states = () => ({ waiting: t('waits'), working: t('at work'), done: t('finished'), failed: t('failed') });

/** @param {Member} member @param {Workflow} workflow */
function lineOf(member, workflow) {
    if (member.summary !== '') return member.summary;
    if (member.progress === 'working') return t('Working it out');
    if (member.progress === 'done') return t('Finished');
    if (member.progress === 'failed') return t('Failed, the others go on');
    if (!member.last) return t('Waits its turn');
    return t('Waits for all {count}', { count: workflow.members.length - 1 });
}

/** @param {number} x @param {number} y @param {number} radius @param {Member['progress']} progress */
function node(x, y, radius, progress) {
    const at = { cx: x, cy: y, r: radius };
    if (progress === 'done') {
        return svg('g', { class: 'node done' }, svg('circle', at), svg('path', { d: `M${x - 5} ${y + .5}l3.6 3.8L${x + 5.4} ${y - 4}` }));
    }
    if (progress === 'failed') {
        return svg('g', { class: 'node failed' }, svg('circle', at), svg('path', { d: `M${x - 4.5} ${y - 4.5}l9 9m0-9l-9 9` }));
    }
    if (progress === 'working') {
        const turn = 2 * Math.PI * radius;
        // The ring turns about its own middle, wherever that is.
        return svg('g', { class: 'node working' }, svg('circle', at), svg('g', { transform: `translate(${x} ${y})` },
            svg('circle', { class: 'ring', r: radius, 'stroke-dasharray': `${rounded(turn * .45)} ${rounded(turn * .55)}` })),
        svg('circle', { class: 'dot', cx: x, cy: y, r: 4 }));
    }
    return svg('g', { class: 'node waiting' }, svg('circle', at));
}

export class WorkflowView {
    /** @type {Workflow | null} */ #workflow = null;
    #answered = false;
    #width = 0;
    /** @type {ReturnType<typeof setInterval> | undefined} */ #timer;

    /** @param {() => number} [now] milliseconds of a clock that goes forward */
    constructor(now = () => performance.now()) {
        this.now = now;
        this.title = element('h2');
        this.bar = element('div', { className: 'bar', role: 'progressbar', 'aria-label': t('How far it is'), 'aria-valuemin': 0, 'aria-valuemax': 100 }, element('i'));
        this.count = element('p', { className: 'count' });
        this.picture = svg('svg', { 'aria-hidden': 'true', focusable: 'false' });
        this.list = element('ol');
        this.stage = element('div', { className: 'stage' }, this.picture, this.list);
        this.node = element('section', { className: 'workflow' }, element('div', { className: 'head' }, this.title, this.bar, this.count), this.stage);
        onWidth(this.stage, (width) => {
            this.#width = width;
            this.#draw();
        });
    }

    /** @param {Workflow} workflow @param {boolean} answered whether the reply stands @param {boolean} [ended] whether the reply has ended, also badly */
    update(workflow, answered, ended = answered) {
        this.#workflow = workflow;
        this.#answered = answered;
        this.title.textContent = titleOf(workflow.name);
        this.node.setAttribute('aria-label', this.title.textContent);
        const counts = workflow.members.some(({ startedMs, tookMs }) => startedMs !== null && tookMs === null) && !ended;
        if (counts && this.#timer === undefined) this.#timer = setInterval(() => this.#tell(), 500);
        if (!counts) {
            clearInterval(this.#timer);
            this.#timer = undefined;
        }
        this.#draw();
    }

    /** What changes with time alone. */
    #tell() {
        const workflow = this.#workflow;
        if (workflow === null || !this.node.isConnected) return;
        const count = workflow.members.length;
        const done = endedCount(workflow);
        this.bar.setAttribute('aria-valuenow', String(Math.round(100 * done / count)));
        this.bar.setAttribute('aria-valuetext', t('{done} of {count} done', { done, count }));
        this.bar.firstChild.style.inlineSize = `${100 * done / count}%`;
        this.count.textContent = t('{done} of {count} done', { done, count });
        this.list.querySelectorAll('.took').forEach((/** @type {HTMLElement} */ shown, /** @type {number} */ index) => {
            const { tookMs, startedMs, progress } = workflow.members[index];
            const ms = tookMs ?? (startedMs !== null && progress === 'working' ? this.now() - startedMs : null);
            const text = ms === null || (ms < 50 && tookMs !== null) ? '' : `${fixed(ms / 1000, 1)} s`;
            if (shown.textContent !== text) shown.textContent = text;
        });
    }

    #draw() {
        const workflow = this.#workflow;
        if (workflow === null || this.#width === 0) return;
        const isNarrow = this.#width < narrow;
        this.node.classList.toggle('narrow', isNarrow);
        const words = states();
        this.list.replaceChildren(...workflow.members.map((member) => element('li', { className: `${member.progress}${member.last ? ' last' : ''}` },
            element('b', {}, assistantName(member.agent)), element('span', { className: 'unseen' }, `, ${words[member.progress]}: `),
            element('span', { className: 'line', dir: 'auto' }, lineOf(member, workflow)), element('span', { className: 'took' }))));
        if (!isNarrow) this.list.append(element('li', { className: `outcome ${this.#answered ? 'done' : 'waiting'}` }, element('b', {}, t('Answer')),
            element('span', { className: 'unseen' }, `, ${this.#answered ? words.done : words.waiting}`)));
        if (isNarrow) this.#drawTrunk(workflow);
        else this.#drawWide(workflow);
        this.#tell();
    }

    /** @param {Workflow} workflow */
    #drawWide(workflow) {
        const layout = wideLayout(workflow, this.#width, this.#answered);
        this.#size(layout.width, layout.height);
        const way = (/** @type {Member['progress']} */ progress) => progress === 'failed' ? 'done' : progress;
        const through = (/** @type {Member['progress']} */ progress) => progress === 'done' ? 'done' : progress === 'failed' ? 'gone' : 'waiting';
        const [qx, qy] = [layout.question.x, layout.question.y];
        const lines = layout.nodes.flatMap(({ member, from, to }) => [
            svg('path', { class: `way ${way(member.progress)}`, d: from }), svg('path', { class: `way ${through(member.progress)}`, d: to })]);
        const joined = layout.join?.member.progress ?? (this.#answered ? 'done' : 'waiting');
        const anyDone = layout.nodes.some(({ member }) => member.progress === 'done');
        lines.push(svg('path', { class: `way ${anyDone ? 'done' : 'waiting'}`, d: layout.trunk }));
        if (layout.onwards !== null) lines.push(svg('path', { class: `way ${joined === 'done' || this.#answered ? 'done' : 'waiting'}`, d: layout.onwards }));
        const nodes = layout.nodes.map(({ x, y, radius, member }) => node(x, y, radius, member.progress));
        if (layout.join !== null) nodes.push(node(layout.join.x, layout.join.y, layout.radius, layout.join.member.progress));
        nodes.push(node(layout.end.x, layout.end.y, layout.radius, this.#answered ? 'done' : 'waiting'));
        this.picture.replaceChildren(...lines, svg('g', { class: 'node done' }, svg('circle', { cx: qx, cy: qy, r: layout.radius }),
            svg('text', { x: qx, y: qy + 5, 'text-anchor': 'middle' }, '?')), ...nodes);
        const items = this.list.children;
        layout.nodes.forEach(({ y, timeX }, index) => {
            this.#place(items[index], layout.textX, y - 19, timeX - layout.textX);
        });
        if (layout.join !== null) this.#place(items[layout.nodes.length], layout.join.x - 16, layout.join.y + layout.radius + 6, 104);
        this.#place(items[workflow.members.length], layout.end.x - 46, layout.end.y + layout.radius + 6, 64);
    }

    /** @param {Workflow} workflow */
    #drawTrunk(workflow) {
        const layout = trunkLayout(workflow);
        this.#size(this.#width, layout.height);
        const isDone = isFinished(workflow);
        const lines = [svg('path', { class: 'way waiting', d: `M14 0V${layout.end}` }), svg('path', { class: 'way done', d: `M14 0V${isDone ? layout.end : layout.reached}` })];
        for (const { branch, member } of layout.nodes) {
            if (branch !== '') lines.push(svg('path', { class: `way ${member.progress === 'failed' ? 'done' : member.progress}`, d: branch }));
        }
        this.picture.replaceChildren(...lines, ...layout.nodes.map(({ x, y, radius, member }) => node(x, y, radius, member.progress)));
        layout.nodes.forEach(({ y }, index) => {
            this.#place(this.list.children[index], 62, y - 18, this.#width - 62);
        });
    }

    /** @param {number} width @param {number} height */
    #size(width, height) {
        this.picture.setAttribute('viewBox', `0 0 ${width} ${height}`);
        this.picture.setAttribute('width', String(width));
        this.picture.setAttribute('height', String(height));
        this.stage.style.blockSize = `${height}px`;
    }

    /** @param {any} item @param {number} start @param {number} top @param {number} width */
    #place(item, start, top, width) {
        item.style.insetInlineStart = `${rounded(start)}px`;
        item.style.insetBlockStart = `${rounded(top)}px`;
        item.style.inlineSize = `${rounded(width)}px`;
    }
}
