// Settings that show at once: theme, size and face of answers. theme.js sets them before the first paint.

const attributes = /** @type {Record<string, string>} */ ({ theme: 'theme', 'answer-size': 'answerSize', 'answer-face': 'answerFace' });
const defaults = ['', 'system', 'normal', 'serif'];

/** @param {import('./page.js').Page} page */
export function followSettings(page) {
    page.on('setting', ({ name, value }) => {
        const attribute = attributes[name];
        if (attribute !== undefined) {
            if (defaults.includes(value ?? '')) delete document.documentElement.dataset[attribute];
            else document.documentElement.dataset[attribute] = value;
        }
        if (name === 'language') location.reload();
    });
}
