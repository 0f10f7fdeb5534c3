import Chat
import FCGIApp
import JSON
import Scheduling

/// One client's following of a session's live objects: those that are there, then what changes, until it leaves.
struct LiveStream: ReplyStream {
    let feed: LiveFeed
    let board: LiveBoard
    let words: LiveWords
    let heartbeatMS: Int
    let timers: TimerQueue

    func run(_ writer: consuming ResponseWriter, fields: [(name: String, value: String)]) async {
        defer { board.unfollow(feed) }
        let waker = writer.waker
        let heartbeat = Heartbeat(intervalMS: heartbeatMS, timers: timers, waker: waker)
        defer { heartbeat.stop() }
        do {
            try await writer.start(ResponseHead(status: 200, fields: EventStreamHead.fields + fields))
            try await writer.write(beginning())
            try await writer.flush()
            feed.attach(waker)
            while true {
                let reasons = await writer.wait()
                let isRevoked = reasons.contains(.revocation)
                if reasons.contains(.disconnection), !isRevoked { return }
                // What came since the token was ended is not its bearer's to see.
                let (events, isEnded) = isRevoked ? ([], true) : feed.take()
                var json = JSONWriter(reservingCapacity: 512)
                for event in events { words.write(event, to: &json) }
                if isEnded {
                    json.liveEvent(words.end)
                }
                if !json.bytes.isEmpty {
                    try await writer.write(json.bytes)
                    heartbeat.beat()
                }
                // Asked at every timer, also one that came with events: it sets the next one.
                if reasons.contains(.timer), heartbeat.isDue() {
                    try await writer.write(Heartbeat.ping)
                    heartbeat.beat()
                }
                if isEnded { break }
                try await writer.flush()
            }
            try await writer.finish()
        } catch {
            // The client is gone.
        }
    }

    /// What is there already.
    private func beginning() -> [UInt8] {
        var json = JSONWriter(reservingCapacity: 512)
        words.begin(with: feed.take().events, to: &json)
        return json.bytes
    }
}

/// What a live stream tells, and in which words.
enum LiveWords {
    /// A session's objects.
    case objects(session: String)
    /// What changes of a user's.
    case changes

    /// The stream's last event.
    var end: String {
        switch self {
        case .objects: "live_ended"
        case .changes: "events_ended"
        }
    }

    /// Writes the first event, and what is there already: objects in that event, changes in events of their own.
    func begin(with events: [LiveFeed.Event], to json: inout JSONWriter) {
        switch self {
        case .objects(let session):
            json.liveEvent("live_started") { writer in
                writer.member("session_id", session)
                writer.beginArray("objects")
                for case .updated(let object) in events {
                    writer.beginObject()
                    object.writeMembers(to: &writer)
                    writer.endObject()
                }
                writer.endArray()
            }
        case .changes:
            json.liveEvent("events_started") { writer in
                writer.member("at", Timestamp.now().rfc3339)
            }
            for event in events { write(event, to: &json) }
        }
    }

    func write(_ event: LiveFeed.Event, to json: inout JSONWriter) {
        switch (self, event) {
        case (.objects, .updated(let object)): json.liveEvent("live_updated") { object.writeMembers(to: &$0) }
        case (.objects, .expired(let key)): json.liveEvent("live_expired") { key.writeMembers(to: &$0) }
        case (.changes, .updated(let object)): object.writeChange(to: &json)
        // That a change is old is no change.
        case (.changes, .expired): break
        }
    }
}

extension JSONWriter {
    /// A server-sent event without a number: there is nothing to come back to.
    fileprivate mutating func liveEvent(_ type: String, _ members: (inout JSONWriter) -> Void = { _ in }) {
        raw("data: ")
        beginDocument()
        beginObject()
        member("type", type)
        members(&self)
        endObject()
        endServerSentEvent()
    }
}

extension LiveObject {
    /// Writes a change (`UserChange`) as the event that tells of it.
    fileprivate func writeChange(to json: inout JSONWriter) {
        guard key.kind == .conversation else {
            return json.liveEvent("preferences_changed") { writer in
                writer.member("at", updatedAt.rfc3339)
            }
        }
        let told = try? JSONValue(parsing: data)
        json.liveEvent("conversation_changed") { writer in
            writer.member("session_id", key.client)
            for name in ["change", "reply_id"] {
                guard let value = told?[name]?.stringValue else { continue }
                writer.key(name)
                writer.string(value)
            }
            writer.member("at", updatedAt.rfc3339)
        }
    }
}

extension LiveKey {
    func writeMembers(to writer: inout JSONWriter) {
        writer.member("kind", kind.rawValue)
        writer.member("client", client)
    }
}

extension LiveObject {
    func writeMembers(to writer: inout JSONWriter) {
        key.writeMembers(to: &writer)
        writer.member("data", json: data)
        writer.member("updated_at", updatedAt.rfc3339)
        writer.member("expires_at", expiresAt.rfc3339)
    }
}
