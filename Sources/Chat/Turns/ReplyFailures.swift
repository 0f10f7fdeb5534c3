extension ReplyFailure {
    /// The code of a reply whose process or line was lost.
    public static let interruptedCode = "interrupted"

    static func interrupted(isPartial: Bool, usage: Usage? = nil) -> ReplyFailure {
        ReplyFailure(
            code: interruptedCode, message: "The answer was interrupted before its end. Please ask again.",
            isRetryable: true, isPartial: isPartial, usage: usage)
    }

    /// The reply is there, and cannot be kept.
    static func unstored(isPartial: Bool, usage: Usage) -> ReplyFailure {
        ReplyFailure(
            code: "store_unavailable", message: "The reply could not be stored. Please try again.",
            isRetryable: true, isPartial: isPartial, usage: usage)
    }

    /// What the client is told of an error. Its detail stays in the log.
    init(_ error: any Error, isPartial: Bool) {
        switch error {
        case let error as ModelError:
            self.init(
                code: error.kind.rawValue,
                message: Self.sentence(for: error) + (error.reason.map { " It says: \($0)" } ?? ""),
                isRetryable: error.isRetryable, isPartial: isPartial)
            if error.isRetryable { retryAfterMS = error.retryAfterSeconds.map { Int(min($0, 31_536_000) * 1000) } }
        case let error as StoreError where error.kind != .fault:
            self.init(
                code: "store_unavailable",
                message: "The conversation's store cannot be used just now. Please try again.",
                isRetryable: true, isPartial: isPartial)
        case is CancellationError:
            self = .interrupted(isPartial: isPartial)
        default:
            self.init(
                code: "internal_error", message: "Something went wrong on the server.", isRetryable: true,
                isPartial: isPartial)
        }
    }

    private static func sentence(for error: ModelError) -> String {
        switch error.kind {
        case .unavailable:
            switch error.unavailability {
            case .failing: "The language model's server reports a failure. Please try again later."
            case .unreachable: "The language model's server cannot be reached. Please try again later."
            case .notConfigured: "No language model is set up here that could answer. Contact the administrator."
            }
        case .timeout: "The language model did not answer in time."
        case .rateLimited: "The language model takes no more requests just now. Please try again later."
        case .unauthorized: "The language model's provider refused this server's key. Contact the administrator."
        case .notFound:
            "The language model's provider does not have the model that it is asked for. Contact the administrator."
        case .invalidRequest:
            error.refusal.map { "The language model refused the request's \($0.parameters.joined(separator: ", "))." }
                ?? "The language model refused the request."
        case .contextLengthExceeded: "The conversation is too long for the language model. Begin a new one."
        case .contentPolicy: "The language model declined to answer this."
        case .interrupted: "The language model's answer broke off."
        case .malformed: "The language model sent something that is no answer."
        case .emptyAnswer: "The language model gave an empty answer. Please ask again, or in other words."
        case .superseded: "The language model was too slow, and another one was asked."
        case .tooLarge: "The language model's answer was too long."
        }
    }
}

extension ModelError {
    /// Whether asking again may help.
    var isRetryable: Bool {
        switch kind {
        case .unavailable: unavailability != .notConfigured
        case .timeout, .rateLimited, .interrupted, .malformed, .emptyAnswer, .superseded: true
        case .unauthorized, .notFound, .invalidRequest, .contextLengthExceeded, .contentPolicy, .tooLarge: false
        }
    }
}

extension Usage {
    /// Tokens that a text of `bytes` bytes of UTF-8 takes, by the usual rule of four bytes a token. An estimate, and to
    /// be marked so.
    public static func estimatedTokens(ofUTF8 bytes: Int) -> Int { (bytes + 3) / 4 }
}
