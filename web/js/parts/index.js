// What answers have beside their text, and the leaf beside the conversation. See page.js for what each gets.

/** @type {any[]} */
export const parts = [];
/** @type {any[]} */
export const leaves = [];

/** @param {import('../shell/page.js').Page} page */
export function start(page) {
    void page;
}
