import Chat
import Synchronization

/// What an agent answers by its rules, worked out once, and only when somebody needs it: a model that takes no tools, or the
/// embedded one, which says the agent's own words.
final class RuleAnswer: ToolFreeForm, EmbeddedAnswer {
    /// What was found for a message, and how a model is asked with it.
    struct Prepared: Sendable {
        var request: ModelRequest
        /// What is told before the text.
        var notes: [AgentNote] = []
        /// What preparing it took of a language model.
        var usage: Usage?
        /// What is told after it.
        var books = PackedBooks([])
    }

    private struct State {
        var prepared: Prepared?
        /// Whether the latest attempt was asked with it.
        var isAsked = false
        var isTold = false
        /// Whether nothing else is asked any more.
        var isForGood = false
    }

    private let prepare: @Sendable () async throws -> Prepared
    private let tell: @Sendable (Prepared) -> Void
    private let beginning: String?
    private let state = Mutex(State())

    /// - Parameters:
    ///   - beginning: text that the reply goes on from.
    ///   - tell: tells what is told before the text; called once.
    init(
        beginning: String?, tell: @escaping @Sendable (Prepared) -> Void,
        prepare: @escaping @Sendable () async throws -> Prepared
    ) {
        self.beginning = beginning
        self.tell = tell
        self.prepare = prepare
    }

    /// One that is prepared already, of which nothing is told.
    convenience init(_ prepared: Prepared) {
        self.init(beginning: nil, tell: { _ in }, prepare: { prepared })
    }

    func request() async throws -> ModelRequest { try await asked().request.goingOn(after: beginning) }

    func compose(_ say: (String) async throws -> Void) async throws {
        try await request().embeddedAnswer?.compose(say)
    }

    /// The same where nothing else will be asked for this reply.
    func requestForGood() async throws -> ModelRequest {
        let request = try await request()
        state.withLock { $0.isForGood = true }
        return request
    }

    /// What was prepared, where the reply rests on it; nil where a model called tools.
    var used: Prepared? { state.withLock { $0.isAsked ? $0.prepared : nil } }

    /// Another attempt begins, of which it is not known yet how it is asked.
    func forgetAttempt() { state.withLock { $0.isAsked = $0.isForGood } }

    /// What was prepared, for a reply that rests on nothing else.
    func prepared() async throws -> Prepared {
        if let prepared = state.withLock({ $0.prepared }) { return prepared }
        let prepared = try await prepare()
        return state.withLock { state in
            if state.prepared == nil { state.prepared = prepared }
            return prepared
        }
    }

    private func asked() async throws -> Prepared {
        let prepared = try await prepared()
        let isNew = state.withLock { state in
            defer { state.isTold = true }
            state.isAsked = true
            return !state.isTold
        }
        if isNew { tell(prepared) }
        return prepared
    }
}

extension RuleAnswer {
    /// One for a reply whose notes go to `sink`.
    convenience init(
        _ turn: TurnContext, into sink: some ReplySink, prepare: @escaping @Sendable () async throws -> Prepared
    ) {
        self.init(
            beginning: turn.beginning,
            tell: { prepared in
                for note in prepared.notes { sink.note(note) }
                sink.prompt(bytes: prepared.request.promptBytes)
            }, prepare: prepare)
    }
}
