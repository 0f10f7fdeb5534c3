// Style sheets and modules that are not needed at once.

/** @type {Map<string, Promise<void>>} */
const loading = new Map();

/** @param {string} name */
export const stylesAddress = (name) => new URL(`../../css/${name}.css`, import.meta.url).href;

/**
 * Loads css/NAME.css, once.
 * @param {string} name
 * @returns {Promise<void>} when it counts, or cannot be had
 */
export function loadStyles(name) {
    const known = loading.get(name);
    if (known) return known;
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = stylesAddress(name);
    /** @type {Promise<void>} */
    const loaded = new Promise((resolve) => {
        link.addEventListener('load', () => resolve());
        link.addEventListener('error', () => { loading.delete(name); link.remove(); resolve(); });
    });
    loading.set(name, loaded);
    document.head.append(link);
    return loaded;
}

/** @param {URL} module that is imported soon, by one that has to come before */
export const preload = (module) => document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href: module.href }));
