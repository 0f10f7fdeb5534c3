// The tutor's path. Each reply's focus names the steps that are left; what was there before and is gone has been done.

/** @typedef {{topic?: string, objective?: string, level?: string, steps?: string[], carriedOver?: boolean}} Focus */

/** @param {Focus[]} focuses of a conversation's replies, in order @returns {{done: string[], left: string[]}} */
export function pathOf(focuses) {
    /** @type {string[]} */ let done = [];
    /** @type {string[]} */ let left = [];
    for (const { steps = [], carriedOver } of focuses) {
        if (carriedOver !== true) done = [];
        else {
            const at = left.indexOf(steps[0]);
            const isNew = !steps.some((step) => left.includes(step));
            // Other steps altogether (another level, a task of its own) say nothing of how far it was, but after the last one.
            if (at > 0) done = [...done, ...left.slice(0, at)];
            else if (isNew && left.length === 1) done = [...done, ...left];
        }
        left = steps;
    }
    return { done, left };
}
