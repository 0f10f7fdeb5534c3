import Chat

/// A message to be answered, as a dialect decoded it.
struct Question<Shape: Sendable>: Sendable {
    /// Who answers.
    enum Answerer: Sendable {
        case agent(any Agent)
        case model(any LanguageModel, ModelRequest)
        /// An agent that is not installed.
        case missing(Problem)
    }

    var text: String
    var session: SessionID?
    /// Who the client says it is; nil where it does not.
    var claimedUser: String?
    /// JSON that the client sent along.
    var metadata: [UInt8]?
    var idempotencyKey: IdempotencyKey?
    /// Where it stands in the conversation; nil: after the latest question.
    var place: QuestionPlace?
    var answerer: Answerer
    var shape: Shape
    /// Whether the client wants to know all that the agent tells beyond its text.
    var tellsAll = false
    /// Whether the client waits for the whole reply in the place of a stream.
    var isWhole: Bool

    /// Whether message and reply go into the history.
    var isStored = true
    /// Whether a sender who names nobody may ask, where names are believed: for what keeps nothing of its sender.
    var mayBeAnonymous = false
    /// The client's own name for its user, which counts with a key that acts for users.
    var endUser: String?
    var form = ReplyForm.reply
    /// Bytes of the prompt, where that is more than the text.
    var promptBytes: Int?
    /// Most tokens of the reply, where the client says it.
    var maximumTokens: Int?
    /// What is worked out for the reply's shape once the turn has begun, before the response begins. Where it fails, the reply
    /// has the shape that it has without.
    var preparation: (@Sendable () async throws -> Shape)?
    /// Called when the client leaves, or has it all.
    var whenLeft: (@Sendable () -> Void)?
}

extension Exchange {
    /// Decodes a question with the fields that the program's own dialects share: `message`, the session, the user, its place, and
    /// the key and wishes of the request's head.
    /// - Parameter more: takes the dialect's own fields.
    /// - Throws: `Problem` 400 with every mistake.
    func question<Shape>(
        names: FieldNames, answerer: Question<Shape>.Answerer, shape: Shape,
        _ more: (inout BodyFields, inout Question<Shape>) -> Void = { _, _ in }
    ) throws(Problem) -> Question<Shape> {
        var body = try body()
        let text = body.string("message", bytes: Question<Shape>.messageBytes, isRequired: true) ?? ""
        var question = Question(text: text, answerer: answerer, shape: shape, isWhole: wantsWholeReply)
        let session = body.identifier(names.session)
        question.session = session.map(SessionID.init(rawValue:))
        question.claimedUser = body.user(names.user)
        more(&body, &question)
        question.idempotencyKey = idempotencyKey(&body)
        question.place = body.place(in: session)
        question.tellsAll = try wantsAllEvents()
        try body.check()
        return question
    }
}

extension Question {
    /// Bytes of a message.
    static var messageBytes: ClosedRange<Int> { 1...32_768 }
}
