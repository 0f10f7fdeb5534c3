// HTTP: what each path does. The folders are the dialects and what all of them share.

public import Agents
public import Chat
public import FCGIApp
public import Scheduling
import Synchronization
import Telemetry

/// The application: finds the route, who is asking and what is left to them, and writes what the route answers.
public struct ChatResponder: Responder {
    /// The parts that the routes work with.
    public struct Parts: Sendable {
        public var engine: ConversationEngine
        public var store: any ChatStore
        public var conversations: any ConversationShelf
        public var taste: any TasteStore
        public var search: any MessageSearch
        public var userData: any UserData
        public var usage: any UsageStore
        public var live: LiveBoard
        public var bookCompanion: any Agent
        public var desk: Desk
        public var models: any ModelDirectory
        public var advisor: PreferenceAdvisor
        public var authenticator: Authenticator
        /// Further origins whose pages reach the server from a browser, and may change something for their users
        /// (`auth.allowed_origins`).
        public var allowedOrigins: [String]
        public var timers: TimerQueue
        /// Where replies are passed on to their clients; nil for Swift's own threads.
        public var streamExecutor: (any TaskExecutor)?
        public var heartbeatMS: Int
        /// Whether pieces of text that wait for a client go out as one event.
        public var mergesText: Bool
        /// What counts requests, for all processes; it outlives the configuration.
        public var limiter: RateLimiter
        /// The streams that are open; it outlives the configuration.
        public var streams: StreamCounts
        public var rates: RequestRates
        /// Who was here; it outlives the configuration.
        public var visitors: Visitors
        /// The engine's limit, to be told; 0: none.
        public var tokensPerDay: Int
        public var limits: Request.Limits
        public var version: String
        /// The providers in the order in which they would be asked, as things stand, for `GET /api/agent/status`. Asked for
        /// each request; it must return at once.
        public var availability: @Sendable () -> [ModelAvailability]
        /// Nil where it is not installed.
        public var tutor: (any Agent)?
        /// The plain agent in each of its modes.
        public var plainAgents: [PlainAgent]
        public var journal: RequestJournal
        public var journalOptions: RequestJournal.Options
        /// All figures in Prometheus's text format, for `GET /metrics`.
        public var figures: @Sendable () -> String
        /// Their documents; nil where none is installed.
        public var knowledge: (any KnowledgeBase)?

        public init(
            engine: ConversationEngine, store: any ChatStore, conversations: any ConversationShelf,
            taste: any TasteStore,
            search: any MessageSearch, userData: any UserData,
            usage: any UsageStore, live: LiveBoard,
            bookCompanion: any Agent, desk: Desk, models: any ModelDirectory, advisor: PreferenceAdvisor,
            authenticator: Authenticator, allowedOrigins: [String] = [], timers: TimerQueue,
            streamExecutor: (any TaskExecutor)? = nil, heartbeatMS: Int, mergesText: Bool = false,
            limiter: RateLimiter, streams: StreamCounts = StreamCounts(), rates: RequestRates = RequestRates(),
            visitors: Visitors = Visitors(), tokensPerDay: Int,
            limits: Request.Limits, version: String,
            availability: @escaping @Sendable () -> [ModelAvailability] = { [] }, tutor: (any Agent)? = nil,
            plainAgents: [PlainAgent] = [], knowledge: (any KnowledgeBase)? = nil, journal: RequestJournal,
            journalOptions: RequestJournal.Options = .init(), figures: @escaping @Sendable () -> String = { "" }
        ) {
            self.engine = engine
            self.store = store
            self.conversations = conversations
            self.taste = taste
            self.search = search
            self.userData = userData
            self.usage = usage
            self.live = live
            self.bookCompanion = bookCompanion
            self.desk = desk
            self.models = models
            self.advisor = advisor
            self.authenticator = authenticator
            self.allowedOrigins = allowedOrigins
            self.timers = timers
            self.streamExecutor = streamExecutor
            self.heartbeatMS = heartbeatMS
            self.mergesText = mergesText
            self.limiter = limiter
            self.streams = streams
            self.rates = rates
            self.visitors = visitors
            self.tokensPerDay = tokensPerDay
            self.limits = limits
            self.version = version
            self.availability = availability
            self.tutor = tutor
            self.plainAgents = plainAgents
            self.journal = journal
            self.journalOptions = journalOptions
            self.figures = figures
            self.knowledge = knowledge
        }
    }

    /// The paths of chat completions, whose bodies may be larger than others.
    public static let completionPaths = CompletionDialect.askPaths

    private let table: RouteTable
    var routes: [Route] { table.routes }
    private let originGuard: OriginGuard
    private let crossOrigin: CrossOriginAccess
    private let authenticator: Authenticator
    private let admission: Admission
    private let visitors: Visitors
    private let revocations: Revocations
    private let limits: Request.Limits
    private let streamExecutor: (any TaskExecutor)?
    private let journal: RequestJournal
    private let journalOptions: RequestJournal.Options

    public init(_ parts: Parts) { self.init(parts, further: []) }

    /// - Parameter further: routes of dialects that are not the program's own.
    init(_ parts: Parts, further: [Route]) {
        originGuard = OriginGuard(allowedOrigins: parts.allowedOrigins)
        crossOrigin = CrossOriginAccess(origins: parts.allowedOrigins)
        authenticator = parts.authenticator
        let admission = Admission(limiter: parts.limiter, streams: parts.streams, rates: parts.rates)
        self.admission = admission
        visitors = parts.visitors
        revocations = Revocations(authenticator: parts.authenticator, timers: parts.timers)
        limits = parts.limits
        streamExecutor = parts.streamExecutor
        journal = parts.journal
        journalOptions = parts.journalOptions
        let reader = PromptReader()
        let agents = HouseAgents(
            bookCompanion: parts.bookCompanion, tutor: parts.tutor, plain: parts.plainAgents, desk: parts.desk)
        func turns<D: Dialect>(_ dialect: D) -> TurnRoutes<D> {
            TurnRoutes(
                dialect: dialect, engine: parts.engine, usage: parts.usage, timers: parts.timers,
                heartbeatMS: parts.heartbeatMS, mergesText: parts.mergesText)
        }
        let bookCompanion = turns(BookCompanionDialect(agent: parts.bookCompanion))
        let completions = CompletionDialect(models: parts.models, agents: agents, reader: reader) {
            [agents = parts.plainAgents] messages in
            agents.first { $0.name == PlainAgentDialect.defaultMode }?.ownAnswer(to: messages)
        }
        let plainAgent = PlainAgentDialect(
            agents: parts.plainAgents, models: parts.models, availability: parts.availability)
        let routes =
            bookCompanion.routes
            + turns(TutorDialect(agent: parts.tutor)).routes
            + turns(completions).routes
            + turns(plainAgent).routes
            + turns(DeskDialect(desk: parts.desk, store: parts.store)).routes
            + AgainRoutes(
                conversations: parts.conversations, agents: agents, desk: parts.desk, models: parts.models,
                availability: parts.availability, turns: bookCompanion
            ).routes
            + WorkflowRoutes(engine: parts.engine, timers: parts.timers, heartbeatMS: parts.heartbeatMS).routes
            + ModelRoutes(models: parts.models, agents: agents, startedAt: .now()).routes
            + SessionRoutes(store: parts.store, conversations: parts.conversations, live: parts.live).routes
            + PreferenceRoutes(store: parts.taste, advisor: parts.advisor, live: parts.live).routes
            + SourceRoutes(knowledge: parts.knowledge).routes
            + SearchRoutes(messages: parts.search).routes
            + MeRoutes(
                data: parts.userData, live: parts.live, authenticator: parts.authenticator, journal: parts.journal
            ).routes
            + UsageRoutes(usage: parts.usage, tokensPerDay: parts.tokensPerDay).routes
            + LiveRoutes(board: parts.live, timers: parts.timers, heartbeatMS: parts.heartbeatMS).routes
            + PromptAnalysisRoutes(
                reader: reader,
                refiner: PromptRefiner(
                    engine: parts.engine, usage: parts.usage, models: parts.models, timers: parts.timers)
            ).routes
            + GuestRoutes(authenticator: parts.authenticator, admission: admission, journal: parts.journal).routes
            + TakeOverRoutes(
                authenticator: parts.authenticator, admission: admission, data: parts.userData, live: parts.live,
                journal: parts.journal
            ).routes
            + MetricsRoutes(figures: parts.figures).routes
            + HealthRoutes(store: parts.store, version: parts.version).routes
            + StatusRoutes(
                availability: parts.availability, modes: PlainAgentDialect.modes(of: parts.plainAgents),
                version: parts.version
            ).routes + further
        table = RouteTable(routes)
    }

    public func respond(to request: consuming Request, writer: consuming ResponseWriter) async {
        var writer = writer
        if request.method == "HEAD" { writer.omitBody() }
        var notes = RequestJournal.Notes()
        // Consumed, so that it does not live as long as the stream.
        let (reply, fields) = await answer(consume request, &notes)
        let isStream = if case .stream = reply { true } else { false }
        writer.whenEnded(journal.replyBegins(notes, isStream: isStream, journalOptions))
        switch reply {
        case .response(var response):
            // A route that sets the cookie itself, or takes it back, has the last word.
            let setsCookie = response.head.fields.contains { $0.name == "Set-Cookie" }
            response.head.fields += fields.filter { !setsCookie || $0.name != "Set-Cookie" }
            // A client that is gone needs no answer.
            try? await writer.send(response)
        case .stream(let stream):
            // In a task of its own, and this one ends: a task keeps the memory of its deepest call until it ends, and a
            // stream is open for minutes where finding its route took a moment. This saves several KiB a stream.
            let handover = Handover(writer)
            Task(executorPreference: stream.isQuick ? streamExecutor : nil) {
                if let writer = handover.take() { await stream.run(writer, fields: fields) }
            }
        }
    }

    /// The reply, and the header fields that every response carries.
    private func answer(
        _ request: consuming Request, _ notes: inout RequestJournal.Notes
    ) async -> (Reply, [(name: String, value: String)]) {
        let given = request.header("X-Request-Id")
        let requestID = given.flatMap { Identifiers.isAcceptable($0) ? $0 : nil } ?? Identifiers.request()
        notes.origin = RequestOrigin(
            requestID: requestID, trace: request.header("traceparent").flatMap(TraceParent.init))
        notes.method = request.method
        var fields: [(name: String, value: String)] = [("X-Request-Id", requestID)] + crossOrigin.fields(for: request)
        if let answer = crossOrigin.preflight(request) {
            notes.route = "preflight"
            return (.response(answer), fields)
        }
        do {
            return (try await route(request, &notes, &fields), fields)
        } catch {
            let problem = self.problem(error, requestID)
            notes.code = problem.code
            notes.reason = problem.reason ?? notes.reason
            // What a refusal says of its own limit goes before what is left of the sender's.
            fields.removeAll { field in problem.fields.contains { $0.name == field.name } }
            let isOpenAI = OpenAIAddress.isBelowBase(request.path) || problem.code == OpenAIAddress.unknownURL
            return (
                .response(isOpenAI ? CompletionError(problem).response : problem.response(requestID: requestID)), fields
            )
        }
    }

    private func route(
        _ request: Request, _ notes: inout RequestJournal.Notes, _ fields: inout [(name: String, value: String)]
    ) async throws -> Reply {
        let matches = table.matches(of: request.path)
        guard !matches.isEmpty else {
            throw OpenAIAddress.isMeant(by: request.path)
                ? OpenAIAddress.nothing(at: request.path, method: request.method)
                : Problem(status: 404, code: "not_found", detail: "There is nothing at this path.")
        }
        notes.route = matches[0].0.pattern
        // HEAD is GET without the body (RFC 9110, section 9.3.2), which the writer leaves out.
        let method = request.method == "HEAD" ? "GET" : request.method
        guard let (route, parameter) = matches.first(where: { $0.0.method == method }) else {
            let methods = matches.flatMap { $0.0.method == "GET" ? ["GET", "HEAD"] : [$0.0.method] }
            let allowed = methods.sorted().joined(separator: ", ")
            throw Problem(
                status: 405, code: "method_not_allowed",
                detail: "This path does not take this method. It takes \(allowed).", fields: [("Allow", allowed)])
        }
        notes.route = route.pattern
        notes.isRoutine = route.access == .everybody
        try originGuard.check(request)
        let query = try Query(request.query)
        var sender: Identity?
        var renewal: GuestTokens.Issued?
        switch route.access {
        case .everybody, .newcomers, .onlookers: break
        case .users, .busyUsers, .control:
            do {
                sender = try await authenticator.identity(of: request, query: query)
            } catch let problem as Problem where problem.isGuess {
                notes.reason = problem.reason
                try admission.countFailedSignIn(request)
                throw problem
            }
            notes.user = sender?.user
            if let sender { visitors.note(sender.user) }
        }
        try admission.count(route.access, sender, request, &fields)
        if let sender { renewal = authenticator.renewal(of: sender, for: request) }
        var places = try admission.places(for: route, parameter, sender, request)
        if let renewal { fields += GuestCookie.fields(setting: renewal, for: request) }
        if let event = renewal != nil ? "renewed" : await firstUse(by: sender) {
            RequestOrigin.$current.withValue(notes.origin) { journal.identity(event, sender?.user) }
        }
        // What cannot be decoded has been decoded before.
        let decoded = Query.decoded(parameter.utf8, isForm: false) ?? String(parameter)
        let exchange = Exchange(
            request: request, requestID: notes.origin.requestID, pathParameter: decoded, query: query, sender: sender,
            renewal: renewal, limits: limits, rawPathParameter: String(parameter),
            openNames: authenticator.openNames, admission: admission)
        // Anyone who names another user is told so everywhere, also by routes that need no user.
        if sender != nil { _ = try exchange.user() }
        let reply = try await RequestOrigin.$current.withValue(notes.origin) { try await route.answer(exchange) }
        guard case .stream(let stream) = reply else { return reply }
        // A request that is repeated with its Idempotency-Key follows the turn that the first one began.
        if let turn = stream.turn { places.append(try admission.place(following: turn, sender)) }
        let credential = sender.flatMap { Credential(of: $0) }
        guard !places.isEmpty || credential != nil else { return reply }
        return .stream(
            HeldStream(stream: stream, places: places, credential: credential, revocations: revocations))
    }

    /// The event to log where a token of a sign-in service, or a key, is used for the first time; else nil.
    private func firstUse(by sender: Identity?, at now: Timestamp = .now()) async -> String? {
        if let token = sender?.issued { return admission.isFirst(token, at: now) ? "signed_in" : nil }
        guard let sender, sender.isProgram, let key = sender.key, key.usedAt == nil else { return nil }
        // Where it cannot be written, it is told with a later request.
        return (try? await authenticator.keys.noteUse(ofServiceKey: key.id, at: now)) == true ? "key_used" : nil
    }

    /// What the client is told of an error. The detail of what is ours goes to the log under the request's identifier.
    private func problem(_ error: any Error, _ requestID: String) -> Problem {
        switch error {
        case let problem as Problem:
            return problem
        case let error as EngineError:
            return Self.problem(error)
        case let error as StoreError where error.kind != .fault:
            journal.log.warning("\(error)", ["request": .text(requestID)])
            return Problem(
                status: 503, code: "store_\(error.kind.rawValue)",
                detail: "The store cannot take this just now. Nothing was stored; try again shortly.",
                fields: [("Retry-After", "2")])
        default:
            journal.log.error("\(error)", ["request": .text(requestID)])
            return .internalError
        }
    }

    private static func problem(_ error: EngineError) -> Problem {
        switch error.kind {
        case .tooManyTurns: .serverIsFull
        case .tooManyTurnsOfUser:
            Problem(
                status: 429, code: "too_many_streams",
                detail: "Too many of your answers are under way. Wait for one to end.",
                fields: [("Retry-After", "2")])
        case .tooManyTurnsOfKey(let allowed):
            Problem(
                status: 429, code: "too_many_streams",
                detail: "\(allowed) answers to the users of this key are under way, which is as many as may be.",
                fields: [("Retry-After", "2")])
        case .conversationIsBusy:
            Problem(
                status: 429, code: "conversation_busy",
                detail: "Too many messages of this conversation wait for their answer. Wait for one to end.",
                fields: [("Retry-After", "2")])
        case .tokensAreSpent(let used, let reserved, let allowed):
            .tokenLimitReached(used: used, reserved: reserved, allowed: allowed, at: .now())
        case .quotaIsReached(let quota): .quotaReached(quota)
        case .noSuchMessage: .notFound("message")
        case .idempotencyKeyReused:
            Problem(
                status: 422, code: "idempotency_key_reused",
                detail:
                    "This Idempotency-Key came with another request before. Give each request a key of its own, and "
                    + "repeat a key only with the same path and body.",
                errors: [Problem.FieldError(field: "Idempotency-Key", detail: "is of another request")])
        case .shuttingDown: .shuttingDown
        }
    }
}

/// Carries a response writer, which cannot be copied, into a task.
private final class Handover: Sendable {
    private let writer: Mutex<ResponseWriter?>

    init(_ writer: consuming sending ResponseWriter) { self.writer = Mutex(writer) }

    func take() -> sending ResponseWriter? {
        writer.withLock { writer in writer.take() }
    }
}
