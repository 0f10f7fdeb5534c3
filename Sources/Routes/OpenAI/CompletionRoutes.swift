import Agents
import Chat
import FCGIApp
import JSON
import PromptAnalysis
import Scheduling

/// Dialect 3, `/v1` and `/api/v2`: OpenAI's chat completions and models. docs/api.md says what differs from OpenAI's own.
struct CompletionRoutes: Sendable {
    let engine: ConversationEngine
    let usage: any UsageStore
    let models: any ModelDirectory
    let agents: HouseAgents
    let largeBodies = LargeBodies()
    let reader: PromptReader
    let timers: TimerWheel
    let heartbeatMS: Int
    /// What is said to a conversation where the embedded provider answers; nil for nothing but that it cannot.
    let embedded: @Sendable ([ModelMessage]) -> (any EmbeddedAnswer)?
    /// When the models came to be; OpenAI's object has such a time.
    let startedAt: Timestamp

    var routes: [Route] {
        [
            Route("POST", "/v1/chat/completions", hold: .answering, complete),
            Route("GET", "/v1/models", listModels),
            // A name may have slashes in it: "meta-llama/llama-3.3-70b".
            Route("GET", "/v1/models/{model}", takesRest: true, showModel),
            Route("POST", "/api/v2/chat/completions", hold: .answering, complete),
            Route("GET", "/api/v2/models", listModels),
            Route("GET", "/api/v2/models/{model}", takesRest: true, showModel),
        ]
    }

    @Sendable private func complete(_ exchange: Exchange) async throws -> Reply {
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
        let care = Care.answer(to: request.request.messages)
        let answerer: Answerer
        if let agent = agents[request.model] {
            answerer = .agent(try request.conversation(with: agent, isInNeed: care != nil))
        } else if let model = models.model(named: request.model) {
            answerer = .model(model)
            request.request.embeddedAnswer = care
            if care == nil {
                try request.prepare(for: model)
                if !request.request.needsModel { request.request.embeddedAnswer = embedded(request.request.messages) }
            }
        } else {
            throw Self.noModel(request.model)
        }
        // The body's `user` is the client's name for its own end user. It proves nothing, but with a key that acts for users.
        let sender = try exchange.sender(speakingFor: request.endUser)
        let user = try sender?.user ?? exchange.userOrAnonymous()
        let form = request.streams ? ReplyForm.completion : .wholeCompletion
        let text = request.storedText
        let log: TurnLog
        let leave: @Sendable () -> Void
        if request.isStored {
            let bytes = text.utf8.count + (request.metadata?.count ?? 0)
            try exchange.admission?.countGuestBytes(bytes, exchange.sender, exchange.request)
            var turn = TurnRequest(
                user: user, session: request.session.map(SessionID.init(rawValue:)), text: text,
                metadata: request.metadata, idempotencyKey: key, form: form, limits: sender?.turnLimits)
            turn.edits = request.edits
            turn.promptBytes = request.request.promptBytes
            turn.maximumTokens = request.request.maximumOutputTokens
            log =
                switch answerer {
                case .agent(let agent): try await engine.begin(turn, agent: agent)
                case .model(let model): try await engine.begin(turn, agent: RelayAgent(request.request, to: model))
                }
            leave = { [engine] in engine.followerLeft(log) }
        } else {
            log =
                switch answerer {
                case .agent(let agent):
                    try await engine.answer(
                        text, by: agent, for: user, form: form, limits: sender?.turnLimits, accountingTo: usage)
                case .model(let model):
                    try await engine.answer(
                        request.request, by: model, for: user, form: form, limits: sender?.turnLimits,
                        accountingTo: usage)
                }
            leave = { [engine] in engine.left(log) }
        }
        let left: @Sendable () -> Void = {
            leave()
            hold?.release()
        }
        guard let acceptance = Self.acceptance(of: log) else {
            throw Problem.internalError
        }
        let (model, includesUsage, streams) = (request.model, request.includesUsage, request.streams)
        let isAgent = if case .agent = answerer { true } else { false }
        let reply: @Sendable ([UInt8]?) -> any ReplyStream = { [heartbeatMS, timers] analysis in
            let encoder = CompletionEncoder(
                acceptance, model: model, isAgent: isAgent, includesUsage: includesUsage, promptAnalysis: analysis)
            guard streams else { return AwaitedReply(log: log, left: left) { $0.completion(encoder) } }
            return CompletionStream(log: log, encoder: encoder, left: left, heartbeatMS: heartbeatMS, timers: timers)
        }
        guard let analysis = promptAnalysis(of: request) else { return .stream(reply(nil)) }
        return .stream(AnalysedReply(turn: log.replyID, analysis: analysis, left: left, reply: reply))
    }

    /// Who answers for a model's name.
    private enum Answerer {
        case agent(any Agent)
        case model(any LanguageModel)
    }

    /// What the rules say of the last message of the user's, as JSON; nil when the client did not ask, or the message is larger
    /// than what is analysed. Working it out fails where too many others wait for theirs: the answer is worth more than that.
    private func promptAnalysis(of request: CompletionRequest) -> (@Sendable () async throws -> [UInt8])? {
        guard request.wantsInsights, let prompt = request.request.messages.last(where: { $0.role == .user })?.content,
            PromptAnalysisRoutes.promptBytes.contains(prompt.utf8.count)
        else { return nil }
        return { [reader] in
            let analysis = try await reader.analysis(of: prompt)
            var writer = JSONWriter(reservingCapacity: 4096)
            analysis.write(to: &writer)
            return writer.bytes
        }
    }

    private static func acceptance(of log: TurnLog) -> Acceptance? {
        var acceptance: Acceptance?
        _ = log.read(after: 0) { _, view in
            if case .event(.accepted(let value)) = view { acceptance = value }
            return false
        }
        return acceptance
    }

    private static func noModel(_ name: String) -> Problem {
        Problem(
            status: 404, code: "model_not_found",
            detail: "The model '\(name.prefix(256))' does not exist here; GET /v1/models lists those that do.",
            errors: [Problem.FieldError(field: "model", detail: "does not exist")])
    }

    // MARK: - Models

    @Sendable private func listModels(_ exchange: Exchange) async throws -> Reply {
        let offered = await offered
        return .json { writer in
            writer.beginObject()
            writer.key("object")
            writer.string("list")
            writer.key("data")
            writer.beginArray()
            for model in offered { write(model, to: &writer) }
            writer.endArray()
            writer.endObject()
        }
    }

    @Sendable private func showModel(_ exchange: Exchange) async throws -> Reply {
        let offered = await offered
        // A name may have a percent sign of its own, so what came is looked for first.
        for name in [exchange.rawPathParameter, exchange.pathParameter] {
            if let model = offered.first(where: { $0.name == name }) { return .json { write(model, to: &$0) } }
        }
        throw Self.noModel(exchange.pathParameter)
    }

    /// Every name that would work: the house's agents, which come first where a model has the same name, and the models.
    private var offered: [OfferedModel] {
        get async {
            let agents = self.agents.names.map { OfferedModel(name: $0, owner: Self.house) }
            let names = Set(self.agents.names)
            // The models first: clients that are told nothing take the first name.
            return (await models.offered()).filter { !names.contains($0.name) } + agents
        }
    }

    /// Who owns what this server answers itself.
    private static let house = "chat-fcgi"

    private func write(_ model: OfferedModel, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("id")
        writer.string(model.name)
        writer.key("object")
        writer.string("model")
        writer.key("created")
        writer.integer(startedAt.milliseconds / 1000)
        writer.key("owned_by")
        writer.string(model.owner.isEmpty ? Self.house : model.owner)
        writer.endObject()
    }
}
