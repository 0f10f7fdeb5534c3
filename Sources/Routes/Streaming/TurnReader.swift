import Chat
import JSON

/// One client's place in a turn: what it has seen, and what comes next in its dialect's words.
struct TurnReader: Sendable {
    private let log: TurnLog
    private let encoder: any TurnEncoder
    /// Events the client has seen before: its `Last-Event-ID`.
    private let after: Int
    /// Events of the log that are dealt with.
    private var read: Int
    /// Whether the terminal event is dealt with.
    private(set) var isAtEnd = false

    init(log: TurnLog, encoder: any TurnEncoder, after: Int) {
        self.log = log
        self.encoder = encoder
        self.after = after
        // One back: the terminal event may be several for the client, who may have seen the first of them only. A client
        // that is ahead of the turn has its events left out by the encoder as they come.
        read = max(0, min(after, log.lastEvent) - 1)
    }

    /// The next events encoded, up to about `limit` bytes.
    /// - Returns: also whether there was anything to deal with, and whether the terminal event was among it.
    mutating func next(atMost limit: Int) -> (bytes: [UInt8], isMore: Bool, isEnd: Bool) {
        // Room for all of it where much waits, so that the buffer does not grow by steps; for one event where one does.
        var json = JSONWriter(reservingCapacity: log.lastEvent - read > 16 ? limit + 512 : 256)
        let (last, isEnd) = log.read(after: read) { number, view in
            encoder.encode(view, number: number, after: after, to: &json)
            return json.bytes.count < limit
        }
        let isMore = last > read
        read = last
        isAtEnd = isEnd
        return (json.bytes, isMore, isEnd)
    }
}
