import Chat
import FCGIApp
import JSON
import Scheduling

/// One client's following of a session's live objects: those that are there, then what changes, until it leaves.
struct LiveStream: ReplyStream {
    let feed: LiveFeed
    let board: LiveBoard
    let session: String
    let heartbeatMS: Int
    let timers: TimerWheel

    func run(_ writer: consuming ResponseWriter, fields: [(name: String, value: String)]) async {
        defer { board.unfollow(feed) }
        let waker = writer.waker
        let heartbeat = Heartbeat(intervalMS: heartbeatMS, timers: timers, waker: waker)
        defer { heartbeat.stop() }
        do {
            try await writer.start(ResponseHead(status: 200, fields: TurnStream.fields + fields))
            try await writer.write(beginning())
            try await writer.flush()
            feed.attach(waker)
            while true {
                let reasons = await writer.wait()
                if reasons.contains(.disconnection) { return }
                let (events, isEnded) = feed.take()
                var json = JSONWriter(reservingCapacity: 512)
                for event in events { json.liveEvent { event.writeMembers(to: &$0) } }
                if isEnded {
                    json.liveEvent { writer in
                        writer.key("type")
                        writer.string("live_ended")
                    }
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

    /// The objects that are there, in one event.
    private func beginning() -> [UInt8] {
        var json = JSONWriter(reservingCapacity: 512)
        json.liveEvent { writer in
            writer.key("type")
            writer.string("live_started")
            writer.key("session_id")
            writer.string(session)
            writer.key("objects")
            writer.beginArray()
            for case .updated(let object) in feed.take().events {
                writer.beginObject()
                object.writeMembers(to: &writer)
                writer.endObject()
            }
            writer.endArray()
        }
        return json.bytes
    }
}

extension JSONWriter {
    /// A server-sent event without a number: there is nothing to come back to.
    fileprivate mutating func liveEvent(_ members: (inout JSONWriter) -> Void) {
        raw("data: ")
        beginDocument()
        beginObject()
        members(&self)
        endObject()
        endServerSentEvent()
    }
}

extension LiveFeed.Event {
    fileprivate func writeMembers(to writer: inout JSONWriter) {
        writer.key("type")
        switch self {
        case .updated(let object):
            writer.string("live_updated")
            object.writeMembers(to: &writer)
        case .expired(let key):
            writer.string("live_expired")
            key.writeMembers(to: &writer)
        }
    }
}

extension LiveKey {
    func writeMembers(to writer: inout JSONWriter) {
        writer.key("kind")
        writer.string(kind.rawValue)
        writer.key("client")
        writer.string(client)
    }
}

extension LiveObject {
    func writeMembers(to writer: inout JSONWriter) {
        key.writeMembers(to: &writer)
        writer.key("data")
        writer.rawJSON(data)
        writer.key("updated_at")
        writer.string(updatedAt.rfc3339)
        writer.key("expires_at")
        writer.string(expiresAt.rfc3339)
    }
}
