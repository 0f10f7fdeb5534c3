import EventStream
import HTTPClient
import JSON
import Scheduling

/// An event stream, with the time at which each event came.
struct DoctorStream {
    struct Event: Equatable {
        var id: String
        var data: [UInt8]

        /// An event's data as JSON; `.null` when it is something else.
        var json: JSONValue { (try? JSONValue(parsing: data)) ?? .null }
        /// The text that it brings; empty where it brings none.
        fileprivate var text: String {
            let json = json
            return json["type"]?.stringValue == "content_chunk" ? json["content"]?.stringValue ?? "" : ""
        }
    }

    /// Events with texts that follow one another as one, under the last one's id: the same for any two readings of a reply,
    /// whatever waited for them and went out together.
    static func joined(_ events: some Sequence<Event>) -> [Event] {
        var whole: [Event] = []
        var text = ""
        for event in events {
            let piece = event.text
            if !text.isEmpty, !piece.isEmpty { whole.removeLast() }
            text = piece.isEmpty ? "" : text + piece
            whole.append(text.isEmpty ? event : Event(id: event.id, data: Array(text.utf8)))
        }
        return whole
    }

    private var response: Access.Stream
    private let began: MonotonicTime
    private var parser = EventStreamParser()
    private var waiting: [Event] = []
    private(set) var pace = Pace()

    /// - Parameter began: when the request was sent.
    init(_ response: Access.Stream, since began: MonotonicTime) {
        self.response = response
        self.began = began
    }

    /// The next event; nil at the stream's end.
    /// - Throws: `HTTPClientError`, `EventStreamError`.
    mutating func next() async throws -> Event? {
        while waiting.isEmpty {
            guard let bytes = try await response.next() else { return nil }
            let now = MonotonicTime.now().milliseconds(since: began)
            var events: [Event] = []
            // A byte at a time: the id of an event is known to the parser, and only until the next one.
            for byte in bytes {
                var data: [UInt8]?
                try parser.feed([byte]) { event in data = event.data.indices.map { event.data[$0] } }
                if let data {
                    events.append(Event(id: String(decoding: parser.lastEventID, as: UTF8.self), data: data))
                }
            }
            if let last = events.last { pace.note(events.count, upTo: Int(last.id), at: now) }
            waiting = events.reversed()
        }
        return waiting.popLast()
    }

    /// When the events of a stream came.
    struct Pace {
        private(set) var events = 0
        /// The last event's number, which counts the pieces that went out together.
        private(set) var number = 0
        /// Times at which something came.
        private(set) var arrivals = 0
        /// Milliseconds since the request.
        private(set) var firstMS = 0
        private(set) var lastMS = 0

        enum Verdict {
            /// They came while the reply was written.
            case flowing
            /// They came late, and together.
            case heldBack
            /// The reply was written too quickly to tell.
            case tooQuick
        }

        fileprivate mutating func note(_ count: Int, upTo number: Int?, at time: Int) {
            if events == 0 { firstMS = time }
            lastMS = time
            events += count
            self.number = number ?? self.number
            arrivals += 1
        }

        /// - Parameter duration: milliseconds that the server wrote on the reply.
        func verdict(writtenIn duration: Int) -> Verdict {
            // The first event is sent before the model is asked, so first and last are as far apart as the writing took,
            // however long the way is. A buffer in between pushes them together.
            // Where the program itself had most of it wait, for want of a processor, nothing can be said of the way.
            if duration < 200 || events < 5 || events * 4 < number { return .tooQuick }
            if lastMS - firstMS < duration / 2 { return .heldBack }
            // A buffer that is smaller than the reply lets lumps of many events through, long apart.
            if events / arrivals >= 8, duration / arrivals > 150 { return .heldBack }
            return .flowing
        }
    }
}
