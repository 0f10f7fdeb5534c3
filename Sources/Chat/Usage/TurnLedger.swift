import Synchronization

/// Notes what providers do in one turn while its sink is told, so that every way out of the turn has its account.
final class TurnLedger: Sendable {
    private struct State {
        /// Who is answering: the call under way, or the last one.
        var answering: (provider: String, model: String)?
        var promptBytes: Int
        /// Bytes that the call under way has given beside the reply's text.
        var unseenBytes = 0
        var failedAttempts: [FailedAttempt] = []
        /// What earlier calls of the same reply took, how many there were, and the text that there was after them.
        var ended: (usage: Usage, calls: Int, textBytes: Int)?

        /// Whether an earlier call cost something, anyone who ends the reply.
        var isPaid: Bool { (ended?.usage.promptTokens ?? 0) > 0 }
    }

    /// Failed attempts kept of one turn. Chains bound their calls by far less.
    private static let maximumAttempts = 100

    private let state: Mutex<State>

    /// - Parameter promptBytes: what is known of the prompt before somebody has told its length: the user's message.
    init(promptBytes: Int) { state = Mutex(State(promptBytes: promptBytes)) }

    /// A provider is about to be called.
    func answering(provider: String, model: String) {
        state.withLock { state in
            state.answering = (provider, model)
            state.unseenBytes = 0
        }
    }

    /// The prompt that providers are given has `bytes` bytes.
    func prompt(bytes: Int) { state.withLock { $0.promptBytes = bytes } }

    /// A call has ended, after which another one goes on with the reply.
    /// - Parameter textBytes: of the reply's text so far.
    func ended(_ completion: ModelCompletion, textBytes: Int) {
        state.withLock { state in
            let isPaid = !completion.isCached && !completion.isEmbedded
            let before = state.ended ?? (Usage(promptTokens: 0, completionTokens: 0, isEstimated: false), 0, 0)
            state.ended = (
                isPaid ? before.usage + completion.usage : before.usage, before.calls + min(1, completion.attempts),
                textBytes
            )
            state.unseenBytes = 0
        }
    }

    /// The call under way has given `bytes` bytes beside the text: reasoning, calls of tools.
    func unseen(bytes: Int) { state.withLock { $0.unseenBytes += bytes } }

    func failed(_ attempt: FailedAttempt) {
        state.withLock { state in
            if state.failedAttempts.count < Self.maximumAttempts { state.failedAttempts.append(attempt) }
        }
    }

    /// Whether an error is that of a call whose failure was noted.
    func knows(_ error: any Error) -> Bool {
        guard let error = error as? ModelError else { return false }
        return state.withLock { state in
            state.failedAttempts.contains {
                $0.provider == error.provider && $0.kind == error.kind && $0.detail == error.detail
            }
        }
    }

    /// Calls of providers so far, the one under way included.
    var attempts: Int { state.withLock { $0.failedAttempts.count + ($0.ended?.calls ?? 0) + 1 } }

    /// The account of an answer that reached its end.
    /// - Parameter free: names of the providers that cost nothing.
    func account(of completion: ModelCompletion, free: Set<String>) -> TurnAccount {
        let (failedAttempts, isPaid) = state.withLock { ($0.failedAttempts, $0.isPaid) }
        var account = TurnAccount(
            provider: completion.provider, model: completion.model, usage: completion.usage, outcome: .completed,
            isCached: completion.isCached,
            isCharged: !completion.isEmbedded && !completion.isCached
                && (isPaid || !free.contains(completion.provider)),
            failedAttempts: failedAttempts)
        account.cachedQuestion = completion.cachedQuestion
        return account
    }

    /// The account of an answer that was cut off: estimated, because no provider has reported.
    /// - Parameters:
    ///   - textBytes: of the reply's text so far.
    ///   - error: why it ended; nil when it was made to end.
    ///   - free: names of the providers that cost nothing.
    func account(
        cutOff outcome: TurnAccount.Outcome, textBytes: Int, error: (any Error)? = nil, free: Set<String>
    ) -> TurnAccount {
        let state = state.withLock { $0 }
        // What was given without anybody being asked was an agent's own, or replayed: it took nothing.
        let isAsked = state.answering != nil
        let outputBytes = isAsked ? max(0, textBytes - (state.ended?.textBytes ?? 0)) + state.unseenBytes : 0
        let isFree = free.contains(state.answering?.provider ?? "")
        let wasRead = state.isPaid || outputBytes > 0 || (error as? ModelError)?.kind.mayHaveReadPrompt ?? true
        var usage = Usage(
            promptTokens: isAsked ? Usage.estimatedTokens(ofUTF8: state.promptBytes) : 0,
            completionTokens: Usage.estimatedTokens(ofUTF8: outputBytes), isEstimated: true)
        if let ended = state.ended { usage = state.isPaid && isFree ? ended.usage : ended.usage + usage }
        return TurnAccount(
            provider: state.answering?.provider ?? "", model: state.answering?.model ?? "", usage: usage,
            outcome: isAsked ? outcome : nil,
            isCharged: wasRead && (state.isPaid || !isFree),
            failedAttempts: state.failedAttempts)
    }
}

extension ModelError.Kind {
    /// Whether a provider that refused so may have worked on the prompt, and asks money for it. Users are not charged for
    /// what was turned away at the door: they could not have known.
    var mayHaveReadPrompt: Bool {
        switch self {
        case .unavailable, .rateLimited, .unauthorized, .notFound, .invalidRequest, .contextLengthExceeded: false
        case .timeout, .contentPolicy, .interrupted, .malformed, .emptyAnswer, .superseded, .tooLarge: true
        }
    }
}

extension [ModelAvailability] {
    /// Names of those that cost nothing: the embedded ones.
    var freeProviders: Set<String> { Set(lazy.filter { $0.kind == EmbeddedProvider.kind }.map(\.provider)) }
}

extension LanguageModel {
    /// Names of the providers behind it that cost nothing.
    public var freeProviders: Set<String> { availability.freeProviders }
}

extension ModelRequest {
    /// Bytes of everything that a provider reads before it answers: whatever of a request can be long counts.
    public var promptBytes: Int {
        var bytes = instructions.utf8.count
        for message in messages {
            bytes +=
                message.content.utf8.count + (message.name?.utf8.count ?? 0) + (message.toolCallID?.utf8.count ?? 0)
            for attachment in message.attachments { bytes += attachment.promptBytes }
            for call in message.toolCalls {
                bytes +=
                    call.id.utf8.count + call.name.utf8.count + call.arguments.utf8.count
                    + (call.extraContent?.count ?? 0)
            }
            for detail in message.reasoning?.details ?? [] { bytes += detail.count }
            bytes += message.reasoning?.text.utf8.count ?? 0
            for mark in message.cacheMarks { bytes += mark.control.count }
        }
        for tool in options?.tools ?? [] {
            bytes += tool.name.utf8.count + (tool.description?.utf8.count ?? 0) + (tool.parameters?.count ?? 0)
        }
        if case .jsonSchema(let name, let schema, _) = options?.responseFormat {
            bytes += name.utf8.count + schema.count
        }
        return bytes
    }
}
