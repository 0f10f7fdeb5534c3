import Chat
import FCGIApp
import Scheduling

/// One client's reading of a turn: the events after a number, then what comes, up to the terminal event.
///
/// It takes all events that are there, encodes them, and flushes once: under load writes coalesce by themselves, at rest
/// every token leaves at once.
struct TurnStream: ReplyStream {
    let log: TurnLog
    let engine: ConversationEngine
    /// Events the client has seen: its `Last-Event-ID`, 0 for none.
    let after: Int
    let encoder: any TurnEncoder
    let heartbeatMS: Int
    let timers: TimerWheel

    /// Encoded bytes gathered before they are written: as much as fits one FastCGI record of libfcgi's.
    private static let chunk = 8000

    /// Header fields of an event stream. `no-transform` and `X-Accel-Buffering` keep proxies from holding events back
    /// (https://nginx.org/en/docs/http/ngx_http_fastcgi_module.html#fastcgi_buffering).
    static let fields: [(name: String, value: String)] = [
        ("Content-Type", "text/event-stream"), ("Cache-Control", "no-cache, no-transform"),
        ("X-Accel-Buffering", "no"),
    ]

    var turn: MessageID? { log.replyID }

    /// Streams until the terminal event is out, or the client is gone.
    func run(_ writer: consuming ResponseWriter, fields: [(name: String, value: String)]) async {
        let waker = writer.waker
        log.follow(waker)
        defer {
            log.unfollow(waker)
            engine.followerLeft(log)
        }
        let heartbeat = Heartbeat(intervalMS: heartbeatMS, timers: timers, waker: waker)
        defer { heartbeat.stop() }
        do {
            try await writer.start(ResponseHead(status: 200, fields: Self.fields + fields))
            if try await passOn(&writer, heartbeat) { try await writer.finish() }
        } catch {
            // The client is gone; the turn goes on without it.
        }
    }

    /// Writes events as they come, until the terminal one.
    /// - Returns: false when the client left before it.
    private func passOn(_ writer: inout ResponseWriter, _ heartbeat: Heartbeat) async throws -> Bool {
        var reader = TurnReader(log: log, encoder: encoder, after: after)
        while true {
            let reasons = await writer.wait()
            if reasons.contains(.disconnection) { return false }
            if try await writeEvents(&writer, &reader, heartbeat) { return true }
            if reasons.contains(.timer), heartbeat.isDue() {
                try await writer.write(Heartbeat.ping)
                heartbeat.beat()
            }
            try await writer.flush()
        }
    }

    /// Writes what there is to read, out of line: what it holds takes no memory while the stream waits. True when the terminal event was among it.
    @inline(never)
    private func writeEvents(
        _ writer: inout ResponseWriter, _ reader: inout TurnReader, _ heartbeat: Heartbeat
    ) async throws -> Bool {
        while true {
            let (bytes, isMore, isEnd) = reader.next(atMost: Self.chunk)
            if !bytes.isEmpty {
                try await writer.write(bytes)
                heartbeat.beat()
            }
            if isEnd { return true }
            if !isMore { return false }
        }
    }
}
