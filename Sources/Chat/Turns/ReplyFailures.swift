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
                message: Self.sentence(for: error.kind) + (error.reason.map { " It says: \($0)" } ?? ""),
                isRetryable: error.kind.isRetryable, isPartial: isPartial)
        case is StoreError:
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

    private static func sentence(for kind: ModelError.Kind) -> String {
        switch kind {
        case .unavailable: "The language model cannot be reached."
        case .timeout: "The language model took too long."
        case .rateLimited: "The language model has too many requests just now."
        case .unauthorized: "The language model refused this server's key. The operator has to look after it."
        case .invalidRequest: "The language model did not accept the request."
        case .contextLengthExceeded: "The conversation is too long for the language model. Begin a new one."
        case .contentPolicy: "The language model declined to answer this."
        case .interrupted: "The language model's answer broke off."
        case .malformed: "The language model sent something that is no answer."
        case .emptyAnswer: "The language model gave an empty answer. Please ask again, or in other words."
        case .tooLarge: "The language model's answer was too long."
        }
    }
}

extension ModelError.Kind {
    /// Whether asking again may help.
    var isRetryable: Bool {
        switch self {
        case .unavailable, .timeout, .rateLimited, .interrupted, .malformed, .emptyAnswer: true
        case .unauthorized, .invalidRequest, .contextLengthExceeded, .contentPolicy, .tooLarge: false
        }
    }
}

extension Usage {
    /// Tokens that a text of `bytes` bytes of UTF-8 takes, by the usual rule of four bytes a token. An estimate, and to
    /// be marked so.
    public static func estimatedTokens(ofUTF8 bytes: Int) -> Int { (bytes + 3) / 4 }
}
