import Agents
import Chat
import FCGIApp
import JSON
import PromptAnalysis
import Scheduling

/// Dialect 3, `/api/v2`: OpenAI's chat completions and models. docs/api.md says what differs from OpenAI's own.
struct CompletionRoutes: Sendable {
    let engine: ConversationEngine
    let usage: any UsageStore
    let models: any ModelDirectory
    let reader: PromptReader
    let timers: TimerWheel
    let heartbeatMS: Int
    /// What is said to a conversation where the embedded provider answers; nil for nothing but that it cannot.
    let embedded: @Sendable ([ModelMessage]) -> (any EmbeddedAnswer)?
    /// When the models came to be; OpenAI's object has such a time.
    let startedAt: Timestamp

    /// Who asks where anybody may (`auth.mode` open) and no name is given: these clients have no place for one.
    static let anonymous = UserID(rawValue: "anonymous")

    var routes: [Route] {
        [
            Route("POST", "/api/v2/chat/completions", complete),
            Route("GET", "/api/v2/models", listModels),
            Route("GET", "/api/v2/models/{model}", showModel),
        ]
    }

    @Sendable private func complete(_ exchange: Exchange) async throws -> Reply {
        var request = try CompletionRequest(exchange.body())
        // As any cache on the way is told not to answer by itself (RFC 9111, section 5.2.1.4).
        request.request.isFresh = exchange.request.header("Cache-Control")?.lowercased().contains("no-cache") ?? false
        guard let model = models.model(named: request.model) else { throw Self.noModel(request.model) }
        // These clients take any text for a model's. Where there are language models, their failure is an error, with a status.
        request.request.needsModel = model.availability.contains {
            $0.kind != EmbeddedProvider.kind && ($0.isAvailable || $0.isResting)
        }
        // Who wants JSON or a tool's call has no use for a text from documents.
        if request.request.options.map({ $0.tools.isEmpty && $0.responseFormat == nil }) ?? true {
            request.request.embeddedAnswer = embedded(request.request.messages)
        }
        // The body's `user` is the client's name for its own end user, and proves nothing.
        let user = try exchange.identity ?? (exchange.query["user_id"] == nil ? Self.anonymous : exchange.user())
        let form = request.streams ? ReplyForm.completion : .wholeCompletion
        let log: TurnLog
        let left: @Sendable () -> Void
        if request.isStored {
            let key = exchange.request.header("Idempotency-Key").flatMap { Identifiers.isAcceptable($0) ? $0 : nil }
            log = try await engine.begin(
                TurnRequest(
                    user: user, session: request.session.map(SessionID.init(rawValue:)),
                    text: request.request.messages.last { $0.role == .user }?.content ?? "",
                    metadata: request.metadata, idempotencyKey: key, form: form),
                agent: RelayAgent(request.request, to: model))
            left = { [engine] in engine.followerLeft(log) }
        } else {
            log = try await engine.answer(request.request, by: model, for: user, form: form, accountingTo: usage)
            left = { [engine] in engine.left(log) }
        }
        guard let acceptance = Self.acceptance(of: log) else {
            throw Problem.internalError
        }
        return .stream(
            CompletionStream(
                log: log,
                encoder: CompletionEncoder(
                    acceptance, model: request.model, includesUsage: request.includesUsage),
                promptAnalysis: promptAnalysis(of: request), streams: request.streams, left: left,
                heartbeatMS: heartbeatMS, timers: timers))
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
            detail: "The model '\(name.prefix(128))' does not exist here; GET /api/v2/models lists those that do.",
            errors: [Problem.FieldError(field: "model", detail: "does not exist")])
    }

    // MARK: - Models

    @Sendable private func listModels(_ exchange: Exchange) async throws -> Reply {
        .json { writer in
            writer.beginObject()
            writer.key("object")
            writer.string("list")
            writer.key("data")
            writer.beginArray()
            for name in models.names { write(model: name, to: &writer) }
            writer.endArray()
            writer.endObject()
        }
    }

    @Sendable private func showModel(_ exchange: Exchange) async throws -> Reply {
        guard models.names.contains(exchange.pathParameter) else { throw Self.noModel(exchange.pathParameter) }
        return .json { writer in write(model: exchange.pathParameter, to: &writer) }
    }

    private func write(model name: String, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("id")
        writer.string(name)
        writer.key("object")
        writer.string("model")
        writer.key("created")
        writer.integer(startedAt.milliseconds / 1000)
        writer.key("owned_by")
        writer.string(models.model(named: name)?.availability.first?.provider ?? "chat-fcgi")
        writer.endObject()
    }
}
