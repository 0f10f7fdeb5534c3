// What a screen reader is told: that somebody writes, then the answer by sentences, at most one announcement in 3 s.

const leastBetweenMs = 3_000;

export class Announcer {
    /** @type {string[]} */
    #waiting = [];
    #lastAt = -Infinity;
    /** @type {any} */
    #timer = null;
    /** How much of the text that is being written was said. */
    #said = 0;

    /**
     * @param {HTMLElement} region
     * @param {() => number} [now]
     */
    constructor(region, now = () => performance.now()) {
        this.region = region;
        this.now = now;
    }

    /** @param {string} text said as soon as the region is free; what waits is said with it */
    say(text) {
        if (text !== '') this.#waiting.push(text);
        this.#flush();
    }

    /**
     * A new answer begins.
     * @param {string} text
     */
    begin(text) {
        this.#said = 0;
        this.#waiting = [];
        this.say(text);
    }

    /**
     * The text so far; whole sentences of it are said.
     * @param {string} text
     * @param {boolean} isWhole
     */
    follow(text, isWhole) {
        if (text.length < this.#said) this.#said = 0;
        const rest = text.slice(this.#said);
        const end = isWhole ? rest.length : (rest.match(/^[^]*[.!?…:](?=\s)|^[^]*\n\n/)?.[0].length ?? 0);
        if (end === 0) return;
        this.#said += end;
        this.say(rest.slice(0, end).replace(/[*_`#>|]+/g, ' ').replace(/\s+/g, ' ').trim());
    }

    #flush() {
        if (this.#waiting.length === 0 || this.#timer !== null) return;
        const wait = this.#lastAt + leastBetweenMs - this.now();
        if (wait > 0) {
            this.#timer = setTimeout(() => { this.#timer = null; this.#flush(); }, wait);
            return;
        }
        this.#lastAt = this.now();
        this.region.textContent = this.#waiting.splice(0).join(' ');
    }
}
