// The colours of a piece of code. highlight.js gives HTML; only its spans with classes are taken from it, as a tree. Each of
// its languages is a module, loaded when code is written in it first.

/** @typedef {string | {class: string, children: Piece[]}} Piece */

const entities = /** @type {Record<string, string>} */ ({ amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'", '#39': "'" });
const unescaped = (/** @type {string} */ text) =>
    text.replace(/&(amp|lt|gt|quot|#x27|#39);/g, (_, name) => entities[name]);

/** The modules in vendor/languages (scripts/web.sh), with the other names that fences have for them. */
const names = `bash sh zsh|cpp c cc h c++ h++ hpp hh hxx cxx|cs csharp c#|css|diff patch|dockerfile docker|go golang|haskell hs
ini toml|java jsp|javascript js jsx mjs cjs|json|kotlin kt|lua|makefile make mk mak|markdown md mkdown mkd|nginx nginxconf|perl pl pm
php php3 php4 php5 php6 php7|powershell ps ps1|python py gyp ipython|r|ruby rb gemspec podspec thor irb|rust rs|shell console|sql|swift
typescript ts tsx|xml html xhtml rss atom xjb xsd xsl plist wsf svg|yaml yml`.split(/[|\n]/).map((line) => line.split(' '));
/** What is written inside of others. */
const inner = /** @type {Record<string, string[]>} */ ({
    dockerfile: ['bash'], shell: ['bash'], markdown: ['xml'], php: ['xml'], xml: ['css', 'javascript'],
});

/**
 * @param {string} name as a fence has it
 * @returns {string | null} the module's; null for a language that is not known
 */
export const languageOf = (name) => names.find((line) => line.includes(name.toLowerCase()))?.[0] ?? null;

/** @type {Map<string, Promise<any>>} */
const loading = new Map();

/**
 * Loads highlight.js with a language, once.
 * @param {string} language a module's name
 * @returns {Promise<any>} the library; null where it cannot be had (scripts/web.sh)
 */
export function loadColours(language) {
    const known = loading.get(language);
    if (known) return known;
    const loaded = Promise.all([import('../../vendor/highlight.js'), ...[language, ...inner[language] ?? []]
        .map((each) => import(`../../vendor/languages/${each}.js`).then((module) => [each, module.default]))])
        .then(([{ default: library }, ...languages]) => {
            for (const [name, define] of languages) if (!library.getLanguage(name)) library.registerLanguage(name, define);
            return library;
        }).catch(() => null);
    loading.set(language, loaded);
    return loaded;
}

/**
 * @param {string} html of highlight.js
 * @returns {Piece[]}
 */
export function piecesOf(html) {
    /** @type {{class: string, children: Piece[]}[]} */
    const stack = [{ class: '', children: [] }];
    for (const [whole, opened] of html.matchAll(/<span class="([\w -]*)">|<\/span>|[^<]+|</g)) {
        const top = stack[stack.length - 1];
        if (opened !== undefined) {
            const piece = { class: opened, children: [] };
            top.children.push(piece);
            stack.push(piece);
        } else if (whole === '</span>') {
            if (stack.length > 1) stack.pop();
        } else {
            top.children.push(unescaped(whole));
        }
    }
    return stack[0].children;
}

/**
 * The colours of some lines.
 * @param {any} library highlight.js
 * @param {string} lines whole ones, or the last of a code
 * @param {string} language a module's name
 * @param {any} [state] what the lines before ended in, such as a comment
 * @returns {{pieces: Piece[], state: any}}
 */
export function coloured(library, lines, language, state) {
    const { value, top } = library.highlight(language, lines, true, state);
    return { pieces: piecesOf(value), state: top };
}
