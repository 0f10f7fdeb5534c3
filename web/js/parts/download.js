// Gives the browser a text to save.

import { element } from '../shell/dom.js';

/** @param {string} name @param {string} type @param {BlobPart} content */
export function download(name, type, content) {
    const url = URL.createObjectURL(new Blob([content], { type }));
    const link = element('a', { href: url, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
