// Which pieces of a text a search found. The server says what it found, not where: this looks for the query's words
// as the server does, at the beginning of words, whatever their case and marks.

/**
 * A letter with its marks taken off, lower case; as long as it was, or its place in the text would be lost.
 * @param {string} character
 */
function folded(character) {
    const bare = character.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    return Array.from(bare)[0] ?? '';
}

/** @param {string} query @returns {string[]} its words, folded */
export function searchedWords(query) {
    const words = query.normalize('NFC').match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
    return [...new Set(words.map((word) => Array.from(word, folded).join('')).filter((word) => word !== ''))];
}

/**
 * @param {string} text @param {string} query
 * @returns {{text: string, hit: boolean}[]} the whole text in pieces, in order
 */
export function highlighted(text, query) {
    const words = searchedWords(query).sort((a, b) => b.length - a.length);
    const characters = Array.from(text);
    const plain = characters.map(folded);
    const isLetter = characters.map((character) => /[\p{L}\p{N}\p{M}]/u.test(character));
    // Scripts without spaces are looked up character by character, so a hit may begin anywhere.
    const mayBegin = (/** @type {number} */ at) => at === 0 || !isLetter[at - 1] || /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(characters[at]);
    /** @type {{text: string, hit: boolean}[]} */
    const pieces = [];
    const add = (/** @type {string} */ piece, /** @type {boolean} */ hit) => {
        const last = pieces.at(-1);
        if (last !== undefined && last.hit === hit) last.text += piece;
        else pieces.push({ text: piece, hit });
    };
    for (let at = 0; at < characters.length;) {
        const word = mayBegin(at) ? words.find((each) => {
            const letters = Array.from(each);
            return letters.every((letter, offset) => plain[at + offset] === letter);
        }) : undefined;
        const length = word === undefined ? 1 : Array.from(word).length;
        add(characters.slice(at, at + length).join(''), word !== undefined);
        at += length;
    }
    return pieces;
}
