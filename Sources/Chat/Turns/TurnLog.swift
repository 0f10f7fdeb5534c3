public import Scheduling
import Synchronization

/// The numbered events of one turn, from its first to its terminal one.
///
/// One task appends; any number of readers follow, each at its own pace, and none of them holds up the others or the
/// writer. The reply's text lies in one buffer with the pieces' ends beside it, so that a token costs its bytes and four
/// more. Pure state behind a lock: nothing here waits, writes or knows of a connection.
public final class TurnLog: Sendable {
    /// An event as a reader sees it while it reads.
    public enum View {
        /// A piece of text. The bytes are valid only during the call.
        case text(ArraySlice<UInt8>)
        case event(ChatEvent)
    }

    fileprivate struct State {
        /// All text pieces, those before a reset included.
        var text: [UInt8] = []
        /// Where the reply's present text begins: after the last reset.
        var replyStart = 0
        /// For each event, the length of `text` after it.
        var ends: [UInt32] = []
        /// The events that are no text, by number, ascending.
        var others: [(number: Int, event: ChatEvent)] = []
        var recommendations: [Book] = []
        /// Events known to be in the store.
        var recorded = 0
        var isEnded = false
        var followers: [Waker] = []
        /// How often somebody began to follow.
        var followings = 0
        /// Whether the reply has met its limit, and further text is left out.
        var isFull = false
        var firstTextAt: MonotonicTime?
        var firstThoughtAt: MonotonicTime?
        var provider: String?
        var answeringModel: String?
        /// Called, once, when there is something to record.
        var onUnrecorded: (@Sendable () -> Void)?
    }

    /// A copy of some events, for reading without the lock.
    fileprivate struct Excerpt {
        var text: [UInt8]
        /// Ends of the events within `text`.
        var ends: [UInt32]
        var others: [(number: Int, event: ChatEvent)]
        /// The log's last event, and whether it was the terminal one, when the copy was made.
        var lastEvent: Int
        var isEnded: Bool
    }

    public let replyID: MessageID
    /// Whether the events are not those that were shown while the turn ran, but tell the same in fewer.
    public let isCondensed: Bool
    private let state = Mutex(State())

    public init(replyID: MessageID, isCondensed: Bool = false) {
        self.replyID = replyID
        self.isCondensed = isCondensed
    }

    /// The model that answers, as its provider names it, known before its first word; nil where the turn does not run in this
    /// process. No event: those tell it at the end.
    public var answeringModel: String? {
        get { state.withLock { $0.answeringModel } }
        set { state.withLock { $0.answeringModel = newValue } }
    }

    // MARK: - Appending

    /// Appends an event that is no text. What comes after the terminal event is left out.
    public func append(_ event: ChatEvent) {
        if case .text(let piece) = event { return append(TextBatch(piece)) }
        change { state in
            state.others.append((state.ends.count + 1, event))
            state.ends.append(UInt32(state.text.count))
            switch event {
            case .recommendations(let books): state.recommendations = books
            case .providerSwitch(let change) where change.resetsText:
                state.replyStart = state.text.count
                state.isFull = false
                state.recommendations = []
            default: break
            }
            state.isEnded = event.isTerminal
        }
    }

    /// Appends pieces of text, an event each.
    /// - Parameter limit: of the reply, in bytes. A batch that goes over it is left out, and all text after it too: what
    ///   is shown has no gap.
    public func append(_ batch: TextBatch, limit: Int = .max) {
        guard !batch.isEmpty else { return }
        change { state in
            if state.text.count - state.replyStart + batch.bytes.count > limit { state.isFull = true }
            guard !state.isFull else { return }
            if state.firstTextAt == nil { state.firstTextAt = .now() }
            let base = UInt32(state.text.count)
            state.text.append(contentsOf: batch.bytes)
            for end in batch.ends { state.ends.append(base + UInt32(end)) }
        }
    }

    private func change(_ body: (inout State) -> Void) {
        let (followers, recorder) = state.withLock { state -> ([Waker], (@Sendable () -> Void)?) in
            guard !state.isEnded else { return ([], nil) }
            body(&state)
            defer { state.onUnrecorded = nil }
            return (state.followers, state.onUnrecorded)
        }
        recorder?()
        for follower in followers { follower.wake(.data) }
    }

    // MARK: - Following

    /// Wakes `waker` with `.data` whenever events are appended, and at once.
    public func follow(_ waker: Waker) {
        state.withLock { state in
            state.followers.append(waker)
            state.followings += 1
        }
        waker.wake(.data)
    }

    /// Ends what `follow` began.
    /// - Returns: how many follow still.
    @discardableResult
    public func unfollow(_ waker: Waker) -> Int {
        state.withLock { state in
            state.followers.removeAll { $0 === waker }
            return state.followers.count
        }
    }

    /// Returns when the terminal event is there, counting as a follower until then.
    public func waitForEnd() async {
        let waker = Waker()
        follow(waker)
        while !isEnded { _ = await waker.wait() }
        unfollow(waker)
    }

    public var followerCount: Int { state.withLock { $0.followers.count } }
    /// How often somebody began to follow; tells whether somebody came in between.
    var followings: Int { state.withLock { $0.followings } }

    /// Reads the events after number `after`, in order, until `body` returns false.
    ///
    /// `body` runs without the lock, on a copy: encoding takes a hundred times as long as copying, and the task that
    /// appends, which may be libcurl's one thread, would stand still for it.
    /// - Parameter merging: bytes up to which pieces of text that follow one another are given as one, under the number of the last;
    ///   0 gives each alone, and a longer piece is always given whole.
    /// - Returns: the number of the last event read (`after` when there was none), and whether it was the terminal one.
    public func read(after: Int, merging: Int = 0, _ body: (Int, View) -> Bool) -> (last: Int, isEnd: Bool) {
        var number = max(0, after)
        while true {
            let excerpt = state.withLock { $0.excerpt(after: number) }
            let first = number
            var nextOther = 0
            var start = 0
            while number - first < excerpt.ends.count {
                number += 1
                let other = nextOther < excerpt.others.count ? excerpt.others[nextOther] : nil
                let goesOn: Bool
                if let other, other.number == number {
                    goesOn = body(number, .event(other.event))
                    nextOther += 1
                } else {
                    let last = other.map { $0.number - 1 } ?? first + excerpt.ends.count
                    while number < last, Int(excerpt.ends[number - first]) - start <= merging { number += 1 }
                    goesOn = body(number, .text(excerpt.text[start..<Int(excerpt.ends[number - first - 1])]))
                }
                start = Int(excerpt.ends[number - first - 1])
                if !goesOn { return (number, excerpt.isEnded && number >= excerpt.lastEvent) }
            }
            if number >= excerpt.lastEvent { return (number, excerpt.isEnded) }
        }
    }

    /// Number of the last event; 0 when there is none.
    public var lastEvent: Int { state.withLock { $0.ends.count } }
    /// Whether the terminal event is there.
    public var isEnded: Bool { state.withLock { $0.isEnded } }
    /// When the first text came; nil while there is none.
    public var firstTextAt: MonotonicTime? { state.withLock { $0.firstTextAt } }
    /// The model thinks: from here to the first text.
    func noteThought() {
        state.withLock { state in
            if state.firstThoughtAt == nil, state.firstTextAt == nil { state.firstThoughtAt = .now() }
        }
    }
    /// How long the model thought before its first text, or has thought so far; nil when it did not.
    var thinkingMS: Int? {
        state.withLock { state in
            state.firstThoughtAt.map { (state.firstTextAt ?? .now()).milliseconds(since: $0) }
        }
    }
    /// Who is answering, by the provider's name in the configuration; nil when nobody was asked here.
    public internal(set) var provider: String? {
        get { state.withLock { $0.provider } }
        set { state.withLock { $0.provider = newValue } }
    }
    /// The reply's text so far.
    public var replyText: [UInt8] { state.withLock { Array($0.text[$0.replyStart...]) } }
    /// Bytes of the reply's text so far.
    public var replyLength: Int { state.withLock { $0.text.count - $0.replyStart } }
    /// The reply's book cards.
    public var recommendations: [Book] { state.withLock { $0.recommendations } }

    // MARK: - Recording

    /// Calls `action` as soon as there is an event that is not recorded; once.
    func whenUnrecorded(_ action: @escaping @Sendable () -> Void) {
        let isUnrecorded = state.withLock { state in
            if state.ends.count > state.recorded { return true }
            state.onUnrecorded = action
            return false
        }
        if isUnrecorded { action() }
    }

    /// The events not known to be recorded, with `end` as a further, terminal one when given. Nil when there are none.
    ///
    /// Until `confirmRecorded`, the next batch begins at the same event and holds this one's events as well, so a batch
    /// that did not arrive is lost to nothing, and one that did is replaced by its longer successor.
    func unrecorded(andEnd end: ChatEvent? = nil) -> TurnBatch? {
        let first = state.withLock { $0.recorded } + 1
        var archive = EventArchive()
        var (last, _) = read(after: first - 1) { _, view in
            archive.append(view)
            return true
        }
        if let end {
            archive.append(.event(end))
            last += 1
        }
        guard last >= first else { return nil }
        return TurnBatch(replyID: replyID, firstEvent: first, lastEvent: last, payload: archive.bytes)
    }

    /// Events up to `event` are in the store.
    func confirmRecorded(upTo event: Int) {
        state.withLock { $0.recorded = max($0.recorded, event) }
    }
}

extension TurnLog.State {
    /// As many events as are encoded at a time.
    private static let excerptLength = 64

    fileprivate func excerpt(after: Int) -> TurnLog.Excerpt {
        let first = min(after, ends.count)
        let last = min(ends.count, first + Self.excerptLength)
        let start = first == 0 ? 0 : ends[first - 1]
        let end = last == 0 ? 0 : ends[last - 1]
        return TurnLog.Excerpt(
            text: Array(text[Int(start)..<Int(end)]), ends: ends[first..<last].map { $0 - start },
            others: others.filter { $0.number > first && $0.number <= last }, lastEvent: ends.count, isEnded: isEnded)
    }
}
