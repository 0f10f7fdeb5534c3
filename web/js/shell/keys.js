// The keyboard's shortcuts.

const isMac = /Mac|iP(hone|ad)/.test(navigator.platform);
export const modifier = isMac ? '⌘' : 'Ctrl';

/**
 * @param {import('./page.js').Page} page
 * @param {{escape(): boolean, search(): void, startNew(): void, leaf(): void, nextPart(backwards: boolean): void, list(): void}} actions
 */
export function listen(page, actions) {
    document.addEventListener('keydown', (event) => {
        if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return;
        const control = isMac ? event.metaKey : event.ctrlKey;
        const key = event.key.toLowerCase();
        const take = (/** @type {() => void} */ action) => { event.preventDefault(); action(); };
        if (event.key === 'Escape') { if (actions.escape()) event.preventDefault(); }
        else if (control && !event.shiftKey && key === 'k') take(actions.search);
        else if (control && event.shiftKey && key === 'o') take(actions.startNew);
        else if (control && key === '.') take(actions.leaf);
        else if (event.key === 'F6') take(() => actions.nextPart(event.shiftKey));
        else if (event.key === '?' && page.settings.get('keys') !== 'off' && !isField(event.target)) take(actions.list);
    });
}

const isField = (/** @type {any} */ target) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/**
 * The focus goes to the next part of the page that is seen.
 * @param {any[]} stops where each part takes the focus
 * @param {boolean} backwards
 */
export function nextPart(stops, backwards) {
    const seen = stops.filter((each) => each && each.offsetParent !== null);
    const at = seen.findIndex((each) => each === document.activeElement || each.closest('#list, #bar, #scroller, #foot, #leaf')?.contains(document.activeElement));
    seen[(at + (backwards ? -1 : 1) + seen.length) % seen.length]?.focus();
}
