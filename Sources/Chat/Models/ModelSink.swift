/// Where a language model's output goes while it is produced. Calls come from one task at a time, in order, and
/// return at once: anyone who reads the turn reads its log, so nothing here waits for a slow reader.
public protocol ModelSink: Sendable {
    /// More text.
    func text(_ batch: TextBatch)
    /// More of what the model thinks before it answers. No part of the answer.
    func reasoning(_ batch: TextBatch)
    /// What its provider wants back with these thoughts: a JSON array in the form of OpenRouter's `reasoning_details`.
    func reasoningDetails(_ json: [UInt8])
    /// More of the tools' calls that the answer asks for.
    func toolCalls(_ pieces: [ToolCallPiece])
    /// A provider is about to be called: its name in the configuration, and the model it is asked for. What is given from
    /// here on is its work. Called before each attempt, the first included.
    func answering(provider: String, model: String)
    /// The model that answers, as its provider names it. Called before the answer's first piece.
    func model(_ name: String)
    /// Another provider takes over; with `resetsText`, the text given so far is void.
    func providerSwitch(_ change: ProviderSwitch)
    /// A call of a provider that came to nothing. Another may follow, or the answer has failed.
    func attemptFailed(_ attempt: FailedAttempt)

    /// The last `bytes` bytes of the text that was given, the whole of it when there is less. Asked only when a call has
    /// failed after some text, so that nobody need keep it twice.
    func emitted(last bytes: Int) -> [UInt8]
    /// Whether text that was given can be declared void, and another given in its place.
    var supportsReset: Bool { get }
    /// Whether more of this answer is wanted. False ends the provider's call; asked after each piece.
    var wantsMore: Bool { get }
}

/// A call of a provider that failed. It is told apart from answers: nobody is billed for it.
public struct FailedAttempt: Sendable, Equatable {
    /// The provider's name in the configuration.
    public var provider: String
    /// The model that was asked; empty when that is not known.
    public var model: String
    public var kind: ModelError.Kind
    /// Bytes of text that had come.
    public var textBytes: Int
    /// Milliseconds from the call to its failure.
    public var durationMS: Int
    /// For the log, never for the user.
    public var detail: String

    public init(
        provider: String, model: String, kind: ModelError.Kind, textBytes: Int, durationMS: Int, detail: String = ""
    ) {
        self.provider = provider
        self.model = model
        self.kind = kind
        self.textBytes = textBytes
        self.durationMS = durationMS
        self.detail = detail
    }
}
