// The list of conversations.

/** @param {HTMLElement} container @param {import('../shell/page.js').Page} page */
export function start(container, page) {
    void container, page;
}
