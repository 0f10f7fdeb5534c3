import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bars, lineChart, lyingBars, spread, thinned, ticks } from '../../../web/js/parts/chart-geometry.js';
import { pictureOf, shortNames } from '../../../web/js/parts/figures-model.js';
import { dayNumber, strip } from '../../../web/js/parts/days-model.js';
import { endedCount, isFinished, trunkLayout, wideLayout, workflowAfter, workflowFrom } from '../../../web/js/parts/workflow-model.js';

const detected = { type: 'workflow_detected', workflowId: 'wf_1', name: 'full analysis', agents: ['analyst', 'advisor', 'trader', 'economist'] };
const update = (agent, status, progress, more = {}) => ({ type: 'workflow_update', workflowId: 'wf_1', agent, status, progress, ...more });
const play = (...events) => events.reduce((workflow, [event, ms]) => workflowAfter(workflow, event, ms), null);

test('a workflow fills in as its members begin and end, with the time each took', () => {
    const workflow = play([detected, 0], [update('analyst', 'started', 0), 10], [update('trader', 'started', 0), 20],
        [update('analyst', 'completed', 0.25, { summary: 'down' }), 1810], [update('trader', 'failed', 0.5, { summary: 'too slow' }), 2000]);
    assert.deepEqual(workflow.members.map(({ agent, progress, tookMs }) => [agent, progress, tookMs]),
        [['analyst', 'done', 1800], ['trader', 'failed', 1980], ['economist', 'waiting', null], ['advisor', 'waiting', null]]);
    assert.equal(workflow.part, 0.5);
    assert.equal(endedCount(workflow), 2);
    assert.equal(isFinished(workflow), false);
});

test('the advisor waits for the others and stands last; alone it does not', () => {
    assert.deepEqual(play([detected, 0]).members.map(({ last }) => last), [false, false, false, true]);
    assert.equal(play([{ ...detected, agents: ['advisor'] }, 0]).members[0].last, false);
});

test('a workflow that is told anew begins anew, and the part never goes back', () => {
    const before = play([detected, 0], [update('analyst', 'completed', 0.5), 5], [update('trader', 'started', 0.2), 6]);
    assert.equal(before.part, 0.5);
    const again = workflowAfter(before, detected, 7);
    assert.equal(endedCount(again), 0);
    assert.equal(workflowAfter(null, update('analyst', 'started', 0), 1), null);
});

test('a workflow out of the history has no times that nobody measured', () => {
    const told = workflowFrom({ workflowId: 'wf_1', name: 'full analysis', agents: ['analyst'], updates: [update('analyst', 'started', 0), update('analyst', 'completed', 1)] });
    assert.deepEqual([told.members[0].tookMs, told.part, isFinished(told)], [null, 1, true]);
});

test('the wide picture keeps every node inside, on lines of their own', () => {
    for (const count of [1, 2, 4, 5]) {
        const agents = ['analyst', 'trader', 'riskManager', 'economist', 'general'].slice(0, count).concat('advisor');
        for (const width of [560, 690]) {
            const layout = wideLayout(play([{ ...detected, agents }, 0]), width, false);
            const ys = layout.nodes.map(({ y }) => y);
            assert.equal(new Set(ys).size, count);
            for (const y of ys) assert.ok(y >= layout.radius && y <= layout.height - layout.radius, `${y} of ${layout.height}`);
            assert.ok(layout.end.x + layout.radius <= width);
            // The name and four lines of the one that waits for the others: some 94 pixels, from 6 below its node on.
            assert.ok(layout.join.y + layout.radius + 6 + 94 <= layout.height, `${count}: ${layout.height}`);
            assert.ok(layout.join.x < layout.end.x && layout.textX + layout.textWidth < layout.join.x);
        }
    }
});

test('on the trunk every member has a row', () => {
    const layout = trunkLayout(play([detected, 0], [update('analyst', 'started', 0), 1]));
    assert.deepEqual(layout.nodes.map(({ y }) => y), [26, 88, 150, 212]);
    assert.ok(layout.height > 212 + layout.radius);
    assert.ok(layout.reached > 0 && layout.reached < layout.end);
});

test('ticks are round and inside of the values', () => {
    assert.deepEqual(ticks(61.2, 104), [80, 100]);
    assert.deepEqual(ticks(-0.31, 0.12, 4), [-0.3, -0.2, -0.1, 0, 0.1]);
    assert.deepEqual(ticks(5, 5), [5]);
    assert.deepEqual(ticks(NaN, 5), []);
});

test('labels do not cover each other and stay in the picture', () => {
    const placed = spread([50, 52, 51, 195], 30, 10, 200);
    const sorted = [...placed].sort((a, b) => a - b);
    for (let at = 1; at < sorted.length; at += 1) assert.ok(sorted[at] - sorted[at - 1] >= 29.999);
    assert.ok(sorted[0] >= 10 && sorted[3] <= 200);
    assert.deepEqual(spread([20, 100], 30, 0, 200), [20, 100]);
});

test('a long line is thinned without losing its ends, its lowest and its highest', () => {
    const values = Array.from({ length: 5000 }, (_, index) => Math.sin(index / 300) * 10);
    values[1234] = 99;
    values[4321] = -99;
    const kept = thinned(values, 160);
    assert.ok(kept.length <= 164 && kept.includes(0) && kept.includes(4999) && kept.includes(1234) && kept.includes(4321));
});

test('a line chart passes over what is no number or no day, and is nothing without any', () => {
    const box = { width: 300, height: 150, left: 36, right: 70, top: 8, bottom: 24 };
    const chart = lineChart([{ name: 'a', points: [{ day: '2026-01-01', value: 100 }, { day: 'no', value: 1 }, { day: '2026-02-01', value: NaN }, { day: '2026-03-01', value: 80 }] }], box, 100);
    assert.equal(chart.lines[0].path.split('L').length, 2);
    assert.equal(chart.lines[0].end.x, 230);
    assert.equal(chart.base, 8);
    assert.equal(lineChart([{ name: 'a', points: [] }], box), null);
    assert.ok(lineChart([{ name: 'flat', points: [{ day: '2026-01-01', value: 5 }] }], box).lines[0].path.startsWith('M'));
});

test('bars go down from zero where a value is negative', () => {
    const found = bars([10, -10, 0], { width: 100, height: 40, gap: 5 });
    assert.deepEqual(found.bars.map(({ y, height }) => [y, height]), [[0, 20], [20, 20], [20, 0]]);
    assert.equal(bars([], { width: 100, height: 40, gap: 5 }).bars.length, 0);
});

test('lying bars leave room for the limit', () => {
    assert.deepEqual(lyingBars([0.5], 1), { scale: 1.25, widths: [0.4], limit: 0.8 });
    assert.equal(lyingBars([-4, 2], 1).widths[0], 1);
});

test('the strip of 180 days ends with the day asked about and holds both days of each stay', () => {
    const found = strip([{ entry: '2026-05-03', exit: '2026-06-10' }, { entry: '2026-08-02', exit: '2026-08-30' }], '2026-10-01');
    assert.equal(found.last - found.first, 179);
    assert.deepEqual(found.stays.map(({ days }) => days), [39, 29]);
    assert.equal(new Date(found.first * 86_400_000).toISOString().slice(0, 10), '2026-04-05');
    assert.deepEqual(found.months.map(({ day }) => new Date(day * 86_400_000).getUTCMonth()), [3, 4, 5, 6, 7, 8, 9]);
});

test('stays outside of the strip are cut, those that overlap count once, and what is no day is nothing', () => {
    const found = strip([{ entry: '2025-01-01', exit: '2026-04-06' }, { entry: '2026-09-20', exit: '2026-12-01' }, { entry: '2026-09-25', exit: '2026-09-30' }, { entry: 'x', exit: '2026-09-30' }], '2026-10-01');
    assert.deepEqual(found.stays.map(({ days }) => days), [2, 12]);
    assert.equal(found.stays[1].to, 1);
    assert.equal(strip([], 'soon'), null);
    assert.equal(dayNumber('1970-01-02'), 1);
});

test('names are as short as they can be told apart', () => {
    const told = (...names) => [...shortNames(names.map((name, index) => ({ name, symbol: `S${index}` }))).values()];
    assert.deepEqual(told('Demo Lantern Software', 'Demo Meridian Bank'), ['Lantern', 'Meridian']);
    assert.deepEqual(told('Apple', 'Apple Hospitality'), ['S0', 'S1']);
    assert.deepEqual(told('Lantern Software'), ['Lantern']);
    assert.deepEqual(told(undefined, 'Meridian Bank'), ['S0', 'Meridian']);
});

test('each agent has the picture of its own subject, and none without figures', () => {
    const figures = (agent, values) => ({ agent, symbols: [{ symbol: 'A', values }], lines: [{ symbol: 'A', kind: 'indexed', days: ['2026-01-01', '2026-02-01'], values: [100, 90] }], limits: { drawdown: 0.25 } });
    assert.deepEqual([pictureOf(figures('analyst', {})).what, pictureOf(figures('riskManager', { drawdown: -0.3 })).bars[0].value], ['indexed', 0.3]);
    assert.equal(pictureOf(figures('advisor', { riskFigure: 1.5 })).limit, 1);
    assert.equal(pictureOf(figures('economist', {})).kind, 'lines');
    assert.equal(pictureOf({ agent: 'trader' }), null);
});
