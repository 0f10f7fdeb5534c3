import Chat
import FCGIApp
import JSON

/// One client's place in a turn: what it has seen, and what comes next in its dialect's words.
///
/// A client may have seen more than is kept: a worker shows a token at once and records it within 40 ms, and a worker that is
/// killed in between takes that token with it. Such a client is told to drop the text (`provider_switch` with `reset`) and
/// is given the reply as it is kept, under numbers that follow the last one it has seen. So is one whose number comes from
/// before the turn's events were condensed.
struct TurnReader: EventReader {
    private let log: TurnLog
    private let encoder: any TurnEncoder
    /// Events the client has seen before: its `Last-Event-ID`.
    private let after: Int
    /// Events of the log that are dealt with.
    private var read: Int
    /// Those of them that have no number: a client's numbers count the others.
    private var unnumbered = 0
    /// Whether the client is told the reply anew; its numbers are the log's and `after`.
    private var isAnew = false

    init(log: TurnLog, encoder: any TurnEncoder, after: Int) {
        self.log = log
        self.encoder = encoder
        self.after = after
        read = 0
        guard after > 1 else { return }
        // One back: the terminal event may be several for the client, who may have seen the first of them only. A client
        // that is ahead of the turn has its events left out by the encoder as they come.
        var unnumbered = 0
        var place = (read: 0, unnumbered: 0)
        _ = log.read(after: 0) { number, view in
            if view.hasNumber {
                place = (number - 1, unnumbered)
                return number - unnumbered < after
            }
            unnumbered += 1
            return true
        }
        (read, self.unnumbered) = place
    }

    var canBegin: Bool { true }
    var refusal: Response? { nil }
    var fields: [(name: String, value: String)] { [] }

    mutating func next(atMost limit: Int, merging: Bool = false) -> (bytes: [UInt8], isMore: Bool, isEnd: Bool) {
        // Room for all of it where much waits, so that the buffer does not grow by steps; for one event where one does.
        var json = JSONWriter(reservingCapacity: log.lastEvent - read > 16 ? limit + 512 : 256)
        if log.isCondensed, after > 1, !isAnew { beginAnew(&json) }
        let shift = isAnew ? after : 0
        var isAhead = false
        var unnumbered = self.unnumbered
        let (after, isAnew, encoder) = (after, isAnew, encoder)
        // What the client has seen is left out piece by piece, and then what it has not is read anew.
        let isUnseen = read + 1 - unnumbered + shift > after
        let mergedText = merging && isUnseen ? EventStreamHead.mergedText : 0
        let (last, isEnd) = log.read(after: read, merging: mergedText) { place, view in
            if case .event(.note(let note)) = view, !note.hasNumber {
                unnumbered += 1
                if place - unnumbered + shift >= after { encoder.encodeUnnumbered(note, to: &json) }
                return json.bytes.count < limit
            }
            let number = place - unnumbered
            if !isAnew, number <= after, case .event(.failed(let failure)) = view,
                failure.code == ReplyFailure.interruptedCode
            {
                isAhead = true
                return false
            }
            encoder.encode(view, number: number + shift, after: after, to: &json)
            return json.bytes.count < limit && (isUnseen || !merging || number != after)
        }
        if isAhead {
            beginAnew(&json)
            return (json.bytes, true, false)
        }
        let isMore = last > read
        read = last
        self.unnumbered = unnumbered
        return (json.bytes, isMore, isEnd)
    }

    /// Takes the text back. The turn's first event, which the client has seen, gives its number to this one.
    private mutating func beginAnew(_ json: inout JSONWriter) {
        encoder.encode(.event(.providerSwitch(.textLost)), number: after + 1, after: after, to: &json)
        isAnew = true
        read = 1
        unnumbered = 0
    }
}

extension TurnLog.View {
    fileprivate var hasNumber: Bool {
        if case .event(.note(let note)) = self { note.hasNumber } else { true }
    }
}
