// Server-sent events, read incrementally: https://html.spec.whatwg.org/multipage/server-sent-events.html
// The browser's EventSource cannot POST, so the client reads the body of fetch() itself.

/** Longest event accepted, in characters; a server that sends more is broken. */
const maximumEventLength = 4 * 1024 * 1024;

/** Turns bytes, cut anywhere, into events. An event without its blank line is never given out. */
export class EventStreamParser {
    // TextDecoder keeps the bytes of a split character for the next call and drops a leading byte order mark.
    #decoder = new TextDecoder();
    #line = '';
    #afterCarriageReturn = false;
    /** @type {string[]} */
    #data = [];
    #length = 0;
    #type = '';
    #id = '';
    #isNumbered = false;

    /**
     * @param {Uint8Array} bytes
     * @returns {import('./index.js').StreamEvent[]} the events completed by these bytes
     * @throws {RangeError} when an event is longer than 4 Mi characters
     */
    push(bytes) {
        let text = this.#decoder.decode(bytes, { stream: true });
        if (this.#afterCarriageReturn && text !== '') {
            if (text[0] === '\n') text = text.slice(1);
            this.#afterCarriageReturn = false;
        }
        /** @type {import('./index.js').StreamEvent[]} */
        const events = [];
        const ends = /\r\n|\n|\r/g;
        let start = 0;
        for (let end = ends.exec(text); end !== null; end = ends.exec(text)) {
            this.#takeLine(this.#line + text.slice(start, end.index), events);
            this.#line = '';
            start = ends.lastIndex;
            this.#afterCarriageReturn = end[0] === '\r' && start === text.length;
        }
        this.#line += text.slice(start);
        if (this.#length + this.#line.length > maximumEventLength) {
            throw new RangeError('an event of the stream is longer than 4 Mi characters');
        }
        return events;
    }

    /** @param {string} line @param {import('./index.js').StreamEvent[]} events */
    #takeLine(line, events) {
        if (line === '') {
            if (this.#data.length > 0) {
                events.push({ id: this.#id, type: this.#type || 'message', data: this.#data.join('\n'), isNumbered: this.#isNumbered });
            }
            this.#data = [];
            this.#length = 0;
            this.#type = '';
            this.#isNumbered = false;
            return;
        }
        const colon = line.indexOf(':');
        if (colon === 0) return; // a comment: the heartbeat
        const field = colon < 0 ? line : line.slice(0, colon);
        const rest = colon < 0 ? '' : line.slice(colon + 1);
        const value = rest[0] === ' ' ? rest.slice(1) : rest;
        if (field === 'data') {
            this.#data.push(value);
            this.#length += value.length;
        } else if (field === 'event') {
            this.#type = value;
        } else if (field === 'id' && !value.includes('\0')) {
            this.#id = value;
            this.#isNumbered = true;
        }
    }
}
