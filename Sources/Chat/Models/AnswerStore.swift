// Language models in the domain's terms: requests, tools, completions, failures.

/// A language model's answer as a store keeps it, to be given again by any worker.
public struct StoredAnswer: Sendable, Equatable {
    /// What tells the request from others: a digest of all that was sent to a provider.
    public var key: [UInt8]
    /// The same without the question, which similar questions have in common; nil where none are looked for.
    public var context: [UInt8]?
    /// As its user wrote it.
    public var question: String
    public var text: TextBatch
    public var reasoning: TextBatch
    public var completion: ModelCompletion
    public var expiresAt: Timestamp

    public init(
        key: [UInt8], context: [UInt8]?, question: String, text: TextBatch, reasoning: TextBatch,
        completion: ModelCompletion, expiresAt: Timestamp
    ) {
        self.key = key
        self.context = context
        self.question = question
        self.text = text
        self.reasoning = reasoning
        self.completion = completion
        self.expiresAt = expiresAt
    }
}

/// Keeps answers for all workers. They go with the conversation that they were given in.
public protocol AnswerStore: Sendable {
    /// The answer to a request; nil when there is none, or its time is over at `time`.
    func answer(to key: [UInt8], at time: Timestamp) async throws -> StoredAnswer?

    /// The latest questions with this context whose answers are kept at `time`, the oldest first, with their keys.
    func questions(in context: [UInt8], limit: Int, at time: Timestamp) async throws -> [(key: [UInt8], text: String)]

    /// Keeps an answer in the place of an earlier one to the same request. What is over goes, and the oldest where all together
    /// would be larger than `maximumBytes`.
    /// - Parameter turn: the reply that the answer is. Its conversation's removal removes the answer.
    /// - Returns: false when the store does not have that reply, and keeps nothing.
    func keep(_ answer: StoredAnswer, of turn: MessageID, within maximumBytes: Int) async throws -> Bool
}
