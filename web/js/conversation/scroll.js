// Where the reader is. A question that was sent goes to the top and its answer is read from the beginning; the view follows new
// text only for a reader who scrolled to its end. Any scroll up, selection or focus in the text ends that.

/** Pixels between the bar and the question that was sent. */
export const gap = 18;
/** How near the end a reader counts as being there. */
const near = 48;

export class Place {
    follows = false;
    /** Where this page scrolled to itself, to tell that from the reader's scrolling. */
    #own = -1;
    #last = 0;
    /** @type {(isMore: boolean) => void} */
    onmore = () => {};
    /** Whether the turns on the screen are followed by no others, so that who is at their end is at the conversation's. */
    isLast = () => true;

    /**
     * @param {HTMLElement} scroller
     * @param {HTMLElement} log the turns
     */
    constructor(scroller, log) {
        this.scroller = scroller;
        this.log = log;
        scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true });
        scroller.addEventListener('wheel', ({ deltaY }) => { if (deltaY < 0) this.follows = false; }, { passive: true });
        scroller.addEventListener('touchmove', () => { this.follows = false; }, { passive: true });
        scroller.addEventListener('keydown', ({ key }) => { if (/^(PageUp|ArrowUp|Home)$/.test(key)) this.follows = false; });
        document.addEventListener('selectionchange', () => {
            const selection = getSelection();
            if (selection && !selection.isCollapsed && log.contains(selection.anchorNode)) this.follows = false;
        });
        log.addEventListener('focusin', () => { this.follows = false; });
        new ResizeObserver(() => {
            scroller.style.setProperty('--view', `${scroller.clientHeight}px`);
            this.update();
        }).observe(scroller);
    }

    /**
     * Turns whose height may change while something else is read: parts come, long answers are shown in parts.
     * @type {WeakMap<Element, number>}
     */
    #heights = new WeakMap();
    #resized = new ResizeObserver((entries) => {
        const top = this.scroller.getBoundingClientRect().top;
        let moved = 0;
        for (const { target } of entries) {
            const { bottom, height } = target.getBoundingClientRect();
            const grown = height - (this.#heights.get(target) ?? height);
            this.#heights.set(target, height);
            // Where it ended above what is read, all of that has moved.
            if (bottom - grown <= top) moved += grown;
        }
        if (moved !== 0) this.#scrollTo(this.scroller.scrollTop + moved);
        // What came after the turn was drawn, such as its cards, may end below the view.
        this.update();
    });

    /** @param {Element} turn that is on the screen from now on */
    watch(turn) {
        this.#resized.observe(turn);
    }

    /** @param {Element} turn */
    leave(turn) {
        this.#resized.unobserve(turn);
        this.#heights.delete(turn);
    }

    /** The end of what there is to read, from the top of what can be scrolled; the room kept free below it does not count. */
    get #end() {
        const last = /** @type {HTMLElement | null} */ (this.log.lastElementChild?.lastElementChild ?? null);
        if (last === null) return 0;
        return last.getBoundingClientRect().bottom - this.scroller.getBoundingClientRect().top + this.scroller.scrollTop;
    }

    get #hidden() {
        // Without turns nothing is measured: the page's first layout is not for that.
        if (this.log.childElementCount === 0) return 0;
        return this.#end - this.scroller.scrollTop - this.scroller.clientHeight;
    }

    #scrolled() {
        const { scrollTop } = this.scroller;
        const isOwn = Math.abs(scrollTop - this.#own) < 1;
        if (!isOwn) {
            this.#own = -1;
            if (scrollTop < this.#last) this.follows = false;
            else if (this.#hidden < near && this.#end > this.scroller.clientHeight && this.isLast()) this.follows = true;
        }
        this.#last = scrollTop;
        this.onmore(!this.follows && this.#hidden > 8);
    }

    #scrollTo(/** @type {number} */ top) {
        this.#own = Math.max(0, Math.min(top, this.scroller.scrollHeight - this.scroller.clientHeight));
        this.scroller.scrollTop = this.#own;
        this.#last = this.#own;
    }

    /** The view after the text has grown. */
    update() {
        const hidden = this.#hidden;
        if (this.follows && hidden > 0) {
            const line = parseFloat(getComputedStyle(this.log).getPropertyValue('--line-height')) || 29;
            this.#scrollTo(this.scroller.scrollTop + Math.ceil(hidden / line) * line);
        }
        this.onmore(!this.follows && hidden > 8);
    }

    /**
     * A turn that was just asked goes to the top.
     * @param {HTMLElement} turn
     */
    toTop(turn) {
        this.follows = false;
        const top = turn.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top + this.scroller.scrollTop;
        this.#scrollTo(top - gap);
        this.update();
    }

    /**
     * A message that is named comes into view; nobody follows the text for that.
     * @param {HTMLElement} message
     */
    toStart(message) {
        this.follows = false;
        message.scrollIntoView({ block: 'start' });
        this.#own = this.#last = this.scroller.scrollTop;
        this.update();
    }

    toEnd() {
        this.follows = true;
        this.#scrollTo(this.#end - this.scroller.clientHeight + 24);
        this.update();
    }

    /**
     * Keeps what is read where it is, while something is put above or below it.
     * @param {() => void} change
     */
    keeping(change) {
        const top = this.scroller.getBoundingClientRect().top;
        const read = [...this.log.children].find((turn) => turn.getBoundingClientRect().bottom > top);
        const before = read?.getBoundingClientRect().top ?? 0;
        change();
        if (read?.isConnected) this.#scrollTo(this.scroller.scrollTop + read.getBoundingClientRect().top - before);
        this.onmore(!this.follows && this.#hidden > 8);
    }
}
