// Work that may wait until the browser has nothing else to do. Each piece is a task of its own, so none holds the page up.

/**
 * @param {number} latestMs after which it no longer waits
 * @returns {Promise<void>} settles in idle time
 */
export const idle = (latestMs = 1_000) => new Promise((resolve) => {
    // Safari has no requestIdleCallback.
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve(), { timeout: latestMs });
    else setTimeout(resolve, 16);
});

/** @returns {Promise<void>} settles in the next task, after what the browser has to draw */
export const nextTask = () => new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve)); });

/** @returns {Promise<void>} settles in a task of its own, whether or not something is to be drawn before it */
export const task = () => new Promise((resolve) => { setTimeout(resolve); });
