import Chat
import FCGIApp
import JSON

/// A turn that has ended: what its events told, put together.
struct EndedTurn {
    let replyID: MessageID
    private(set) var acceptance: Acceptance?
    /// UTF-8.
    let text: [UInt8]
    /// By kind; of several the last.
    private var notes: [String: AgentNote] = [:]
    private(set) var terminal: ChatEvent?

    /// - Parameter log: of a turn that has ended.
    init(_ log: TurnLog) {
        replyID = log.replyID
        text = log.replyText
        var acceptance: Acceptance?
        var notes: [String: AgentNote] = [:]
        var terminal: ChatEvent?
        _ = log.read(after: 0) { _, view in
            guard case .event(let event) = view else { return true }
            switch event {
            case .accepted(let value): acceptance = value
            case .note(let note): notes[note.kind] = note
            case _ where event.isTerminal: terminal = event
            default: break
            }
            return true
        }
        self.acceptance = acceptance
        self.notes = notes
        self.terminal = terminal
    }

    /// Who answered, as a header field.
    var originFields: [(name: String, value: String)] {
        if case .completed(let completion) = terminal { OriginField.fields(completion.provider) } else { [] }
    }

    /// The JSON of what the agent noted under this word; nil when it did not.
    func note(_ kind: String) -> [UInt8]? { notes[kind]?.json }
}

/// Tells who answers a request, where the body has no event for it when another provider takes over.
enum OriginField {
    static func fields(_ provider: String?) -> [(name: String, value: String)] {
        // A name of the configuration: letters, digits and ". _ -".
        provider.flatMap { $0.isEmpty ? nil : [("X-Chat-Fcgi-Provider", $0)] } ?? []
    }
}

/// A response that is made of a turn when that has ended; nothing is sent before.
///
/// Whoever waits for it counts as following the turn. One that leaves ends it only after the grace period.
struct AwaitedReply: ReplyStream {
    let log: TurnLog
    let engine: ConversationEngine
    let response: @Sendable (EndedTurn) -> Response

    func run(_ writer: consuming ResponseWriter, fields: [(name: String, value: String)]) async {
        let waker = writer.waker
        log.follow(waker)
        defer {
            log.unfollow(waker)
            engine.followerLeft(log)
        }
        while !log.isEnded {
            if await writer.wait().contains(.disconnection) { return }
        }
        let turn = EndedTurn(log)
        var response = response(turn)
        response.head.fields += fields + turn.originFields
        // A client that is gone needs no answer.
        try? await writer.send(response)
    }
}

extension Response {
    /// A JSON object.
    static func json(status: Int = 200, _ write: (inout JSONWriter) -> Void) -> Response {
        var writer = JSONWriter(reservingCapacity: 512)
        write(&writer)
        return Response(
            status: status, fields: [("Content-Type", "application/json"), ("Cache-Control", "no-store")],
            body: writer.bytes)
    }
}
