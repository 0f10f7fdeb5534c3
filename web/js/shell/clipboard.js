// Copying to the clipboard, which browsers allow pages without TLS only by a selection.

/** Said after a copy; the page puts its toast here. */
export const copied = { tell: (/** @type {boolean} */ _worked, /** @type {string} */ _words) => {} };

/** @param {string} text @param {string} [words] said when it is copied, in the place of the usual ones */
export async function copyText(text, words = '') {
    let worked = false;
    try {
        await navigator.clipboard.writeText(text);
        worked = true;
    } catch {
        const field = document.createElement('textarea');
        field.value = text;
        field.className = 'unseen';
        const focused = /** @type {HTMLElement | null} */ (document.activeElement);
        (document.querySelector('dialog[open]') ?? document.body).append(field);
        field.select();
        worked = document.execCommand('copy');
        field.remove();
        focused?.focus({ preventScroll: true });
    }
    copied.tell(worked, words);
}
