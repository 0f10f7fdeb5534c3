/// What a turn's clients can be shown.
public enum ReplyForm: Sendable, Equatable {
    /// Text, cards and notes. Text can be taken back. What a model thinks is not shown, and no tool is called.
    case reply
    /// What OpenAI's chat completions have: text, thoughts, and tools' calls. What was sent cannot be taken back.
    case completion
    /// The same, sent whole at its end: until then, all of it can be taken back.
    case wholeCompletion
}

/// What an agent and its language model write to: the turn's log, within the limit on a reply's length.
struct TurnSink: ReplySink {
    let log: TurnLog
    let ledger: TurnLedger
    /// In bytes.
    let limit: Int
    let form: ReplyForm
    /// Whether what a model thinks goes to the log all the same.
    var showsThoughts = false
    /// Text that the reply begins with, and begins with again whenever it is taken back.
    var beginning: String?
    /// Takes a line for the operator.
    let report: @Sendable (String) -> Void

    /// Says what the reply begins with.
    func begin() {
        if let beginning { log.append(TextBatch(beginning), limit: limit) }
    }

    func text(_ batch: TextBatch) {
        // A provider that never ends must not fill the memory; what is over the limit is left out.
        log.append(batch, limit: limit)
    }

    func reasoning(_ batch: TextBatch) {
        // It costs tokens, whether or not it is shown.
        ledger.unseen(bytes: batch.bytes.count)
        log.noteThought()
        guard form != .reply || showsThoughts else { return }
        log.append(.reasoning(String(decoding: batch.bytes, as: UTF8.self)))
    }

    func model(_ name: String) { log.answeringModel = name }

    func reasoningDetails(_ json: [UInt8]) {
        if form != .reply { log.append(.reasoningDetails(json)) }
    }

    func toolCalls(_ pieces: [ToolCallPiece]) {
        ledger.unseen(bytes: pieces.reduce(0) { $0 + ($1.name?.utf8.count ?? 0) + $1.arguments.utf8.count })
        if form != .reply { log.append(.toolCalls(pieces)) }
    }

    func answering(provider: String, model: String) {
        ledger.answering(provider: provider, model: model)
        log.provider = provider
    }

    func attemptFailed(_ attempt: FailedAttempt) {
        ledger.failed(attempt)
        // Also when somebody else answers in the end: a key that is refused should not go unseen.
        report(
            "turn \(log.replyID): \(attempt.provider): \(attempt.kind.rawValue) after \(attempt.durationMS) ms and "
                + "\(attempt.textBytes) bytes: \(attempt.detail)")
    }

    func prompt(bytes: Int) { ledger.prompt(bytes: bytes) }

    func callEnded(_ completion: ModelCompletion) {
        ledger.ended(completion, textBytes: max(0, log.replyLength - (beginning?.utf8.count ?? 0)))
    }

    func emitted(last bytes: Int) -> [UInt8] { Array(log.replyText.suffix(bytes)) }
    var supportsReset: Bool { form != .completion }
    var wantsMore: Bool { true }

    func providerSwitch(_ change: ProviderSwitch) {
        log.append(.providerSwitch(change))
        if change.resetsText { begin() }
    }

    func recommendations(_ books: [Book]) {
        if !books.isEmpty { log.append(.recommendations(books)) }
    }

    func note(_ note: AgentNote) { log.append(.note(note)) }
}
