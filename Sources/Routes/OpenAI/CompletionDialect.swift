// Dialect 3, OpenAI's chat completions, and the list of models.

import Agents
import Chat
import FCGIApp
import JSON
import PromptAnalysis

/// Dialect 3, `/v1` and `/api/v2`: OpenAI's chat completions. docs/api.md says what differs from OpenAI's own.
struct CompletionDialect: Dialect {
    let models: any ModelDirectory
    let agents: HouseAgents
    let largeBodies = LargeBodies()
    let reader: PromptReader
    /// What is said to a conversation where the embedded provider answers; nil for nothing but that it cannot.
    let embedded: @Sendable ([ModelMessage]) -> (any EmbeddedAnswer)?

    /// The paths of chat completions, whose bodies may be larger than others.
    static let askPaths = OpenAIAddress.bases.map { $0 + "/chat/completions" }

    let names = FieldNames.snakeCase
    let paths = TurnPaths(ask: askPaths)

    func question(of exchange: Exchange) throws -> Question<CompletionShape> {
        let hold = try largeBodies.hold(exchange.request.body.count)
        var large = LargeBody()
        let isLarge = exchange.request.body.count > LargeBodies.smallBytes
        let limit = exchange.limits.bodyBytes(of: exchange.request.path)
        var body = try BodyFields(exchange.request, limit: limit) { (bytes) throws(JSONError) in
            guard isLarge else { return try JSONValue(parsing: bytes) }
            large = try LargeBody(bytes)
            return large.restored(try JSONValue(parsing: large.json, maximumBytes: limit))
        }
        let key = exchange.idempotencyKey(&body, bytes: large.bytes)
        var request = try CompletionRequest(body, large: large)
        // As any cache on the way is told not to answer by itself (RFC 9111, section 5.2.1.4).
        request.request.isFresh = exchange.request.header("Cache-Control")?.containsIgnoringCase("no-cache") ?? false
        try request.check(against: models.bounds(ofModel: request.model))
        let answerer = try answerer(of: &request)
        let isAgent = if case .agent = answerer { true } else { false }
        var shape = CompletionShape(model: request.model, isAgent: isAgent, includesUsage: request.includesUsage)
        shape.isStored = request.isStored
        var question = Question(
            text: request.storedText, answerer: answerer, shape: shape, isWhole: !request.streams)
        question.session = request.session.map(SessionID.init(rawValue:))
        question.metadata = request.metadata
        question.idempotencyKey = key
        question.place = request.place
        question.isStored = request.isStored
        // The body's `user` is the client's name for its own end user. It proves nothing, but with a key that acts for users.
        question.endUser = request.endUser
        question.mayBeAnonymous = true
        question.form = request.streams ? .completion : .wholeCompletion
        question.promptBytes = request.request.promptBytes
        question.maximumTokens = request.request.maximumOutputTokens
        question.preparation = promptAnalysis(of: request, for: shape)
        question.whenLeft = { hold?.release() }
        return question
    }

    /// Who answers for a model's name, with the request made ready for it.
    /// - Throws: `Problem`.
    private func answerer(
        of request: inout CompletionRequest
    ) throws(Problem) -> Question<CompletionShape>.Answerer {
        let care = Care.answer(to: request.request.messages)
        if let agent = agents[request.model] {
            return .agent(try request.conversation(with: agent, isInNeed: care != nil))
        }
        guard let model = models.model(named: request.model) else { throw Self.noModel(request.model) }
        request.request.embeddedAnswer = care
        if care == nil {
            try request.prepare(for: model)
            if !request.request.needsModel { request.request.embeddedAnswer = embedded(request.request.messages) }
        }
        return .model(model, request.request)
    }

    func reader(of log: TurnLog, after: Int, _ shape: CompletionShape, tellsAll: Bool) -> CompletionReader {
        CompletionReader(log, CompletionEncoder(log, shape))
    }

    func response(to turn: EndedTurn, _ shape: CompletionShape, tellsAll: Bool, requestID: String) -> Response {
        turn.completion(CompletionEncoder(turn.log, shape))
    }

    /// What the rules say of the last message of the user's, as JSON; nil when the client did not ask, or the message is larger
    /// than what is analysed. Working it out fails where too many others wait for theirs: the answer is worth more than that.
    private func promptAnalysis(
        of request: CompletionRequest, for shape: CompletionShape
    ) -> (@Sendable () async throws -> CompletionShape)? {
        guard request.wantsInsights, let prompt = request.request.messages.last(where: { $0.role == .user })?.content,
            PromptAnalysisRoutes.promptBytes.contains(prompt.utf8.count)
        else { return nil }
        return { [reader] in
            let analysis = try await reader.analysis(of: prompt)
            var writer = JSONWriter(reservingCapacity: 4096)
            analysis.write(to: &writer)
            var shape = shape
            shape.promptAnalysis = writer.bytes
            return shape
        }
    }

    static func noModel(_ name: String) -> Problem {
        Problem(
            status: 404, code: "model_not_found",
            detail: "The model '\(name.prefix(256))' does not exist here; GET /v1/models lists those that do.",
            errors: [Problem.FieldError(field: "model", detail: "does not exist")])
    }
}

/// What a chat completion is made of beside its turn.
struct CompletionShape: Sendable {
    /// As the client asked for it.
    let model: String
    /// Whether that is an agent: it answers under its own name, whatever model it asks.
    let isAgent: Bool
    let includesUsage: Bool
    /// Whether the exchange is in the history.
    var isStored = false
    /// JSON of an analysis of the prompt, for clients that asked for it.
    var promptAnalysis: [UInt8]?
}
