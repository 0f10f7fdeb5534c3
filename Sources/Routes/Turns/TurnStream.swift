import Chat
import FCGIApp
import Scheduling

/// One client's place in a turn, and what comes next in its dialect's words.
protocol EventReader: Sendable {
    /// Whether a response can begin: until it has, an answer that fails has a status of its own. It begins all the same when a
    /// heartbeat is due.
    var canBegin: Bool { get }
    /// The response in the place of a stream, to a turn that failed before one began.
    var refusal: Response? { get }
    /// Further header fields of the stream.
    var fields: [(name: String, value: String)] { get }

    /// The next events encoded, up to about `limit` bytes.
    /// - Parameter merging: whether pieces of text that are there go out as one event, under the last one's number.
    /// - Returns: also whether there was anything to deal with, and whether the stream's end was among it.
    mutating func next(atMost limit: Int, merging: Bool) -> (bytes: [UInt8], isMore: Bool, isEnd: Bool)
}

/// One client's reading of a turn: the events after a number, then what comes, up to the terminal event.
///
/// It takes all events that are there, encodes them, and flushes once: under load writes coalesce by themselves, at rest
/// every token leaves at once.
struct TurnStream<Reader: EventReader>: ReplyStream {
    let log: TurnLog
    let reader: Reader
    /// Called when the client leaves, or has it all.
    let left: @Sendable () -> Void
    /// Whether pieces of text that wait for the client go out as one event.
    var merges = false
    let heartbeatMS: Int
    let timers: TimerQueue

    var turn: MessageID? { log.replyID }
    var isQuick: Bool { true }

    /// Streams until the terminal event is out, or the client is gone.
    func run(_ writer: consuming ResponseWriter, fields: [(name: String, value: String)]) async {
        let waker = writer.waker
        log.follow(waker)
        defer {
            log.unfollow(waker)
            left()
        }
        let heartbeat = Heartbeat(intervalMS: heartbeatMS, timers: timers, waker: waker)
        defer { heartbeat.stop() }
        var reader = reader
        do {
            var isDue = false
            while !reader.canBegin, !isDue {
                let reasons = await writer.wait()
                if reasons.contains(.disconnection) { return }
                isDue = reasons.contains(.timer) && heartbeat.isDue()
            }
            if var response = reader.refusal {
                response.head.fields += fields
                return try await writer.send(response)
            }
            let head = EventStreamHead.fields + fields + reader.fields
            try await writer.start(ResponseHead(status: 200, fields: head))
            if try await passOn(&writer, &reader, heartbeat, pings: isDue) { try await writer.finish() }
        } catch {
            // The client is gone; the turn goes on without it.
        }
    }

    /// Writes events as they come, until the terminal one.
    /// - Parameter pings: whether the client is to hear at once that the stream is alive.
    /// - Returns: false when the client left before it.
    private func passOn(
        _ writer: inout ResponseWriter, _ reader: inout Reader, _ heartbeat: Heartbeat, pings: Bool
    ) async throws -> Bool {
        if pings { try await ping(&writer, heartbeat) }
        var reasons: Waker.Reasons = []
        while true {
            if try await writeEvents(&writer, &reader, heartbeat) { return true }
            if reasons.contains(.timer), heartbeat.isDue() { try await ping(&writer, heartbeat) }
            try await writer.flush()
            reasons = await writer.wait()
            if reasons.contains(.disconnection) { return false }
        }
    }

    private func ping(_ writer: inout ResponseWriter, _ heartbeat: Heartbeat) async throws {
        try await writer.write(Heartbeat.ping)
        heartbeat.beat()
    }

    /// Writes what there is to read, out of line: what it holds takes no memory while the stream waits. True when the terminal event was among it.
    @inline(never)
    private func writeEvents(
        _ writer: inout ResponseWriter, _ reader: inout Reader, _ heartbeat: Heartbeat
    ) async throws -> Bool {
        while true {
            let (bytes, isMore, isEnd) = reader.next(atMost: EventStreamHead.chunk, merging: merges)
            if !bytes.isEmpty {
                try await writer.write(bytes)
                heartbeat.beat()
            }
            if isEnd { return true }
            if !isMore { return false }
        }
    }
}

/// What all streams of events have.
enum EventStreamHead {
    /// Encoded bytes gathered before they are written: as much as fits one FastCGI record of libfcgi's.
    static let chunk = 8000

    /// Bytes of text up to which pieces that wait go out as one event, so that nobody's line of events grows with what waits.
    static let mergedText = 4096

    /// Header fields of an event stream. `no-transform` and `X-Accel-Buffering` keep proxies from holding events back
    /// (https://nginx.org/en/docs/http/ngx_http_fastcgi_module.html#fastcgi_buffering).
    static let fields: [(name: String, value: String)] = [
        ("Content-Type", "text/event-stream"), ("Cache-Control", "no-cache, no-transform"),
        ("X-Accel-Buffering", "no"),
    ]
}
