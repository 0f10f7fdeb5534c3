// The desk's workflow as data: who has done what, and where each stands in the picture.

/**
 * @typedef {'waiting' | 'working' | 'done' | 'failed'} Progress
 * @typedef {{agent: string, progress: Progress, summary: string, startedMs: number | null, tookMs: number | null, last: boolean}} Member
 *   `last`: waits for all the others
 * @typedef {{id: string, name: string, members: Member[], part: number, beganMs: number}} Workflow
 */

/** Who works from the others' findings, and so after them. */
const afterOthers = 'advisor';

/**
 * @param {Workflow | null} workflow the one so far @param {any} event @param {number} nowMs any clock that goes forward
 * @returns {Workflow | null}
 */
export function workflowAfter(workflow, event, nowMs) {
    if (event.type === 'workflow_detected') {
        const agents = (Array.isArray(event.agents) ? event.agents : []).map(String);
        const members = agents.map((/** @type {string} */ agent) => ({
            agent, progress: /** @type {Progress} */ ('waiting'), summary: '', startedMs: null, tookMs: null,
            last: agent === afterOthers && agents.length > 1,
        }));
        members.sort((/** @type {Member} */ a, /** @type {Member} */ b) => Number(a.last) - Number(b.last));
        return { id: String(event.workflowId ?? ''), name: String(event.name ?? ''), members, part: 0, beganMs: nowMs };
    }
    if (event.type !== 'workflow_update' || workflow === null) return workflow;
    const members = workflow.members.map((member) => {
        if (member.agent !== event.agent) return member;
        if (event.status === 'started') return { ...member, progress: /** @type {Progress} */ ('working'), startedMs: nowMs };
        const progress = /** @type {Progress} */ (event.status === 'failed' ? 'failed' : 'done');
        const told = typeof event.duration_ms === 'number' ? event.duration_ms : typeof event.durationMs === 'number' ? event.durationMs : null;
        const measured = member.startedMs === null ? null : nowMs - member.startedMs;
        return { ...member, progress, summary: String(event.summary ?? ''), tookMs: told ?? measured };
    });
    const part = Math.max(workflow.part, typeof event.progress === 'number' ? Math.min(1, event.progress) : 0);
    return { ...workflow, members, part };
}

/**
 * The workflow as a history tells it, all at once: nothing was timed.
 * @param {any} told
 */
export function workflowFrom(told) {
    const updates = Array.isArray(told?.updates) ? told.updates : [];
    /** @type {Workflow | null} */
    let workflow = workflowAfter(null, { ...told, type: 'workflow_detected' }, 0);
    for (const update of updates) workflow = workflowAfter(workflow, { ...update, type: 'workflow_update' }, 0);
    if (workflow === null) return null;
    const untimed = updates.every((/** @type {any} */ update) => update.duration_ms === undefined && update.durationMs === undefined);
    return untimed ? { ...workflow, members: workflow.members.map((member) => ({ ...member, startedMs: null, tookMs: null })) } : workflow;
}

/** @param {Workflow} workflow */
export const isFinished = (workflow) => workflow.members.every(({ progress }) => progress === 'done' || progress === 'failed');

/** @param {Workflow} workflow @returns {number} how many have ended, whatever came of it */
export const endedCount = (workflow) => workflow.members.filter(({ progress }) => progress === 'done' || progress === 'failed').length;

/**
 * Where everything stands in a picture of `width`. One node for the question, one for each member side by side, the one
 * that waits for them, and the answer.
 * @param {Workflow} workflow @param {number} width @param {boolean} answered
 */
export function wideLayout(workflow, width, answered) {
    const row = 60;
    const radius = 15;
    const first = workflow.members.filter((member) => !member.last);
    const last = workflow.members.find((member) => member.last);
    const middle = Math.max(2, first.length) * row / 2 + 2;
    // Under the one that waits for the others stand its name and four lines.
    const height = Math.max(Math.max(2, first.length) * row + 8, last === undefined ? 0 : middle + radius + 102);
    const top = middle - (first.length - 1) * row / 2;
    const question = { x: radius + 4, y: middle };
    const x = 92;
    const end = { x: width - radius - 2, y: middle };
    const join = last === undefined ? end : { x: width - 132, y: middle };
    const lineEnd = join.x - 88;
    /** @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 */
    const curve = (x1, y1, x2, y2) => {
        const bend = (x1 + x2) / 2;
        return `M${x1} ${y1}C${bend} ${y1} ${bend} ${y2} ${x2} ${y2}`;
    };
    const nodes = first.map((member, index) => {
        const y = top + index * row;
        return {
            member, x, y, radius,
            from: curve(question.x + radius, question.y, x - radius, y),
            // All end in one point, and go on from it together.
            to: curve(lineEnd, y, join.x - 42, join.y),
            timeX: lineEnd - 8,
        };
    });
    const trunk = `M${join.x - 42} ${join.y}H${join.x - radius}`;
    const onwards = last === undefined ? null : `M${join.x + radius} ${join.y}H${end.x - radius}`;
    const allEnded = first.every(({ progress }) => progress === 'done' || progress === 'failed');
    return {
        width, height, radius, question, nodes, join: last === undefined ? null : { member: last, ...join }, end: { ...end, answered },
        trunk, onwards, textX: x + radius + 18, textWidth: Math.max(120, lineEnd - 52 - (x + radius + 18)), allEnded,
    };
}

/**
 * On a phone: a trunk, and a branch to each.
 * @param {Workflow} workflow
 */
export function trunkLayout(workflow) {
    const row = 62;
    const radius = 13;
    const nodes = workflow.members.map((member, index) => ({
        member, x: member.last ? 16 : 37, y: 26 + index * row, radius,
        branch: member.last ? '' : `M14 ${26 + index * row - 14}v6q0 8 8 8h2`,
    }));
    const lastY = nodes.at(-1)?.y ?? 0;
    // The trunk is drawn as far as the work has come.
    const begun = nodes.filter(({ member }) => member.progress !== 'waiting' && !member.last);
    const reached = begun.length === 0 ? 0 : begun[begun.length - 1].y - 14;
    return { height: lastY + 34, nodes, radius, reached, end: workflow.members.some((member) => member.last) ? lastY - radius : lastY - 14 };
}
