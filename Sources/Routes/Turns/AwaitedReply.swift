import Chat
import FCGIApp
import JSON

/// A turn that has ended: what its events told, put together.
struct EndedTurn {
    let log: TurnLog
    private(set) var acceptance: Acceptance?
    /// What the agent noted, in order.
    private(set) var notes: [AgentNote] = []
    private(set) var terminal: ChatEvent?

    var replyID: MessageID { log.replyID }
    /// UTF-8.
    var text: [UInt8] { log.replyText }

    /// - Parameter log: of a turn that has ended.
    init(_ log: TurnLog) {
        self.log = log
        var acceptance: Acceptance?
        var notes: [AgentNote] = []
        var terminal: ChatEvent?
        _ = log.read(after: 0) { _, view in
            guard case .event(let event) = view else { return true }
            switch event {
            case .accepted(let value): acceptance = value
            case .note(let note): notes.append(note)
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

    /// The JSON of what the agent noted last under this word; nil when it did not.
    func note(_ kind: String) -> [UInt8]? { notes.last { $0.kind == kind }?.json }
}

/// Tells who answers a request, where the body has no event for it when another provider takes over.
enum OriginField {
    static func fields(_ provider: String?) -> [(name: String, value: String)] {
        // A name of the configuration: letters, digits and ". _ -".
        provider.flatMap { $0.isEmpty ? nil : [("X-Chat-Fcgi-Provider", $0)] } ?? []
    }
}

/// A response that is made of a turn when that has ended; nothing is sent before. Every dialect's whole replies are this.
///
/// Who waits for it follows the turn, and one that leaves has left as the reader of a stream has.
struct AwaitedReply: ReplyStream {
    let log: TurnLog
    /// Called when the client leaves, or has it all.
    let left: @Sendable () -> Void
    let response: @Sendable (EndedTurn) -> Response

    var turn: MessageID? { log.replyID }

    func run(_ writer: consuming ResponseWriter, fields: [(name: String, value: String)]) async {
        let waker = writer.waker
        log.follow(waker)
        defer {
            log.unfollow(waker)
            left()
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
        return json(status: status, body: writer.bytes)
    }

    /// - Parameter body: the object as it is written.
    static func json(status: Int = 200, body: [UInt8]) -> Response {
        Response(
            status: status, fields: [("Content-Type", "application/json"), ("Cache-Control", "no-store")], body: body)
    }
}
