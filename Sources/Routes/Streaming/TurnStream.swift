import Chat
import FCGIApp
import Scheduling
import Synchronization

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
            var reader = TurnReader(log: log, encoder: encoder, after: after)
            var isEnd = false
            while !isEnd {
                let reasons = await writer.wait()
                if reasons.contains(.disconnection) { return }
                isEnd = try await writeEvents(&writer, &reader, heartbeat)
                if !isEnd, reasons.contains(.timer), heartbeat.isDue() {
                    try await writer.write(Self.ping)
                    heartbeat.beat()
                }
                if !isEnd { try await writer.flush() }
            }
            try await writer.finish()
        } catch {
            // The client is gone; the turn goes on without it.
        }
    }

    private static let ping = Array(": ping\n\n".utf8)

    /// Writes what there is to read. True when the terminal event was among it.
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

/// When a stream has to show that it is alive. One timer at a time: it does not move with every event, it looks when it
/// fires.
private final class Heartbeat: Sendable {
    private let intervalMS: Int
    private let timers: TimerWheel
    private let waker: Waker
    // Not Guarded: Swift's threads take this lock.
    private let state: Mutex<(lastBeat: MonotonicTime, timer: TimerWheel.Timer?)>

    init(intervalMS: Int, timers: TimerWheel, waker: Waker) {
        self.intervalMS = intervalMS
        self.timers = timers
        self.waker = waker
        let now = MonotonicTime.now()
        let timer = timers.schedule(at: now.advanced(byMilliseconds: intervalMS)) { waker.wake(.timer) }
        state = Mutex((now, timer))
    }

    /// Something went out.
    func beat() { state.withLock { $0.lastBeat = .now() } }

    /// The timer fired: whether nothing has gone out for the interval. Sets the next one.
    func isDue() -> Bool {
        let now = MonotonicTime.now()
        let last = state.withLock { $0.lastBeat }
        // The timer may fire half a millisecond early.
        let isDue = now.milliseconds(since: last) + 1 >= intervalMS
        let next = (isDue ? now : last).advanced(byMilliseconds: intervalMS)
        let timer = timers.schedule(at: next) { [waker] in waker.wake(.timer) }
        state.withLock { $0.timer = timer }
        return isDue
    }

    func stop() {
        if let timer = state.withLock({ $0.timer }) { timers.cancel(timer) }
    }
}
