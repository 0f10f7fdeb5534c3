/// What an agent and its language model write to: the turn's log, within the limit on a reply's length.
struct TurnSink: ReplySink {
    let log: TurnLog
    let ledger: TurnLedger
    /// In bytes.
    let limit: Int

    func text(_ batch: TextBatch) {
        // A provider that never ends must not fill the memory; what is over the limit is left out.
        log.append(batch, limit: limit)
    }

    /// Replies of our own dialects have no place for it; it costs tokens all the same.
    func reasoning(_ batch: TextBatch) { ledger.unseen(bytes: batch.bytes.count) }

    /// Our own agents offer no tools.
    func toolCalls(_ pieces: [ToolCallPiece]) {}

    func answering(provider: String, model: String) { ledger.answering(provider: provider, model: model) }
    func attemptFailed(_ attempt: FailedAttempt) { ledger.failed(attempt) }
    func prompt(bytes: Int) { ledger.prompt(bytes: bytes) }

    var canTakeBack: Bool { true }
    var wantsMore: Bool { true }

    func providerSwitch(_ change: ProviderSwitch) { log.append(.providerSwitch(change)) }

    func recommendations(_ books: [Book]) {
        if !books.isEmpty { log.append(.recommendations(books)) }
    }
}
