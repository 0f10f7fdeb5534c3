// The settings' dialog.

/** @param {import('../shell/page.js').Page} page @param {string} [section] */
export function open(page, section) {
    void page, section;
}
