/// What an agent and its language model write to: the turn's log, within the limit on a reply's length.
struct TurnSink: ReplySink {
    let log: TurnLog
    /// In bytes.
    let limit: Int

    func text(_ batch: TextBatch) {
        // A provider that never ends must not fill the memory; what is over the limit is left out.
        log.append(batch, limit: limit)
    }

    /// Replies of our own dialects have no place for it.
    func reasoning(_ batch: TextBatch) {}

    /// Our own agents offer no tools.
    func toolCalls(_ pieces: [ToolCallPiece]) {}

    func attemptFailed(_ attempt: FailedAttempt) {}

    func given(last bytes: Int) -> [UInt8] { Array(log.replyText.suffix(bytes)) }

    var canTakeBack: Bool { true }
    var wantsMore: Bool { true }

    func providerSwitch(_ change: ProviderSwitch) { log.append(.providerSwitch(change)) }

    func recommendations(_ books: [Book]) {
        if !books.isEmpty { log.append(.recommendations(books)) }
    }
}
