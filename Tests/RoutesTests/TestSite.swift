import Agents
import Catalog
import Chat
import Foundation
import JSON
import Scheduling
import Storage
import Synchronization
import Telemetry

@testable import FCGIApp
@testable import Routes

/// The routes over a real engine and real SQLite, called in this process: what a web server would hand on goes in, what it would
/// get back comes out. Agents are the test's own.
final class TestSite: Sendable {
    let agent: GatedAgent
    let engine: ConversationEngine
    let responder: ChatResponder
    private let store: SQLiteChatStore
    private let live: SQLiteLiveStore
    private let catalog: SQLiteBookCatalog
    private let folder: URL

    init(detachGraceMS: Int = 30_000) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let timers = TimerQueue()
        store = try SQLiteChatStore(path: folder.path + "/chat.db")
        live = try SQLiteLiveStore(path: folder.path + "/live.db", survivesPowerLoss: false)
        catalog = try SQLiteBookCatalog(path: folder.path + "/catalog.db")
        var limits = ConversationEngine.Limits()
        limits.detachGraceMS = detachGraceMS
        engine = ConversationEngine(
            store: store, recorder: TurnRecorder(store: store, timers: timers, intervalMS: 5) { _ in },
            worker: WorkerID(rawValue: "wrk_test"), timers: timers, limits: limits, log: { _ in })
        agent = GatedAgent()
        let models = ModelsOfATest(model: agent.model)
        responder = ChatResponder(
            ChatResponder.Parts(
                engine: engine, store: store, conversations: store, taste: store, search: store, userData: store,
                usage: store, live: LiveBoard(store: live, timers: timers), bookCompanion: agent,
                desk: Desk(model: agent.model, prices: nil, timers: timers), models: models,
                advisor: PreferenceAdvisor(catalog: catalog, preferences: store),
                authenticator: Authenticator(
                    modes: [.proxy], tokens: GuestTokens(secret: Array("secret".utf8)), ended: store, keys: store),
                timers: timers, heartbeatMS: 3_600_000, limiter: RateLimiter(path: nil, secret: []),
                rates: .unlimited, tokensPerDay: 0, limits: Request.Limits(), version: "test", tutor: agent,
                journal: RequestJournal(log: Log { _ in }, secret: [])),
            further: TurnRoutes(
                dialect: HelpdeskDialect(agent: agent), engine: engine, usage: store, timers: timers,
                heartbeatMS: 3_600_000
            ).routes)
    }

    /// Ends what runs, and removes the folder.
    func close() async {
        agent.open()
        await engine.drain(deadlineMS: 0)
        await store.close()
        await live.close()
        await catalog.close()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Sends a request as a web server hands it on.
    /// - Parameter user: who the web server says it is.
    func send(
        _ method: String, _ path: String, _ body: JSONValue? = nil, user: String = "alice",
        fields: [String: String] = [:]
    ) -> TestExchange {
        var writer = JSONWriter()
        body?.write(to: &writer)
        let parts = path.split(separator: "?", maxSplits: 1).map(String.init)
        var variables: [(name: String, value: String)] = [
            ("REQUEST_METHOD", method), ("SCRIPT_NAME", parts[0]),
            ("QUERY_STRING", parts.count > 1 ? parts[1] : ""), ("REMOTE_USER", user), ("REMOTE_ADDR", "192.0.2.1"),
        ]
        if body != nil { variables.append(("CONTENT_TYPE", "application/json")) }
        for (name, value) in fields {
            variables.append(("HTTP_" + name.uppercased().replacing("-", with: "_"), value))
        }
        let request = Request(variables: variables, body: writer.bytes, bodyState: .complete)
        let exchange = TestExchange()
        Task { [responder] in
            await responder.respond(to: request, writer: ResponseWriter(channel: exchange))
        }
        return exchange
    }
}

/// A request's way and its answer: a client of a test's.
final class TestExchange: ResponseChannel {
    private struct State {
        var bytes: [UInt8] = []
        var isOver = false
        var waiters: [(isMet: @Sendable (String, Bool) -> Bool, continuation: CheckedContinuation<String, Never>)] = []
    }

    let waker = Waker()
    private let state = Mutex(State())

    func put(_ bytes: UnsafeRawBufferPointer) -> Int {
        change { $0.bytes.append(contentsOf: bytes) }
        return bytes.count
    }

    func flush() -> Bool { true }

    func finish() -> Bool {
        change { $0.isOver = true }
        return true
    }

    func release() { change { $0.isOver = true } }

    /// The client leaves.
    func leave() { waker.wake(.disconnection) }

    /// All of the answer, as soon as it has `part`, or is over.
    func answer(with part: String) async -> TestAnswer {
        TestAnswer(await text { text, isOver in isOver || text.contains(part) })
    }

    /// The whole answer.
    var answer: TestAnswer { get async { TestAnswer(await text { _, isOver in isOver }) } }

    private func text(when isMet: @escaping @Sendable (String, Bool) -> Bool) async -> String {
        await withCheckedContinuation { continuation in
            change { $0.waiters.append((isMet, continuation)) }
        }
    }

    private func change(_ body: (inout State) -> Void) {
        let (text, met) = state.withLock { state in
            body(&state)
            let text = String(decoding: state.bytes, as: UTF8.self)
            let met = state.waiters.filter { $0.isMet(text, state.isOver) }
            state.waiters.removeAll { $0.isMet(text, state.isOver) }
            return (text, met.map(\.continuation))
        }
        for waiter in met { waiter.resume(returning: text) }
    }
}

/// What a client got.
struct TestAnswer: Sendable {
    let status: Int
    let body: String

    /// - Parameter text: a CGI response (RFC 3875, section 6).
    init(_ text: String) {
        let end = text.range(of: "\r\n\r\n")
        let head = end.map { text[..<$0.lowerBound] } ?? text[...]
        body = end.map { String(text[$0.upperBound...]) } ?? ""
        let line = head.components(separatedBy: "\r\n").first { $0.hasPrefix("Status: ") }
        status = line.flatMap { Int($0.dropFirst(8).prefix(3)) } ?? (head.isEmpty ? 0 : 200)
    }

    var json: JSONValue { (try? JSONValue(parsing: Array(body.utf8))) ?? .null }

    /// The numbers and data of a stream's events.
    var events: [(id: Int?, data: JSONValue)] {
        body.components(separatedBy: "\n\n").compactMap { block in
            let lines = block.split(separator: "\n")
            guard let data = lines.first(where: { $0.hasPrefix("data: ") }),
                let json = try? JSONValue(parsing: Array(data.dropFirst(6).utf8))
            else { return nil }
            return (lines.first { $0.hasPrefix("id: ") }.flatMap { Int($0.dropFirst(4)) }, json)
        }
    }
}

/// Answers "One two", and waits between the words until it is let on.
final class GatedAgent: Agent {
    let name = "noah"
    let gate = TestGate()

    /// The same as a language model.
    var model: GatedModel { GatedModel(gate: gate) }

    func open() { gate.open() }

    func reply(to turn: TurnContext, into sink: some ReplySink) async throws -> ModelCompletion {
        try await model.respond(to: ModelRequest(instructions: "", messages: []), into: sink)
    }
}

struct GatedModel: LanguageModel {
    let gate: TestGate
    let availability = [
        ModelAvailability(provider: "test", kind: "openai", model: "m", isAvailable: true, reason: "")
    ]

    func respond(to request: ModelRequest, into sink: some ModelSink) async throws -> ModelCompletion {
        sink.answering(provider: "test", model: "m")
        sink.text(TextBatch("One"))
        try await gate.pass()
        sink.text(TextBatch(" two"))
        return ModelCompletion(
            finishReason: "stop", provider: "test", model: "m",
            usage: Usage(promptTokens: 1, completionTokens: 2, isEstimated: false))
    }
}

/// Holds tasks until it is opened, or they are cancelled.
final class TestGate: Sendable {
    private struct State {
        var isOpen = false
        var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
        var cancelled: Set<Int> = []
        var next = 0
        var arrivals: [CheckedContinuation<Void, Never>] = []
        var cancellations: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func open() {
        let waiters = state.withLock { state in
            defer { state.waiters = [:] }
            state.isOpen = true
            return state.waiters.values
        }
        for waiter in waiters { waiter.resume() }
    }

    func pass() async throws {
        let number = state.withLock { state in
            state.next += 1
            return state.next
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (mayGo, arrivals) = state.withLock { state in
                    defer { state.arrivals = [] }
                    if state.isOpen || state.cancelled.contains(number) { return (true, state.arrivals) }
                    state.waiters[number] = continuation
                    return (false, state.arrivals)
                }
                for arrival in arrivals { arrival.resume() }
                if mayGo { continuation.resume() }
            }
        } onCancel: {
            let (waiter, cancellations) = state.withLock { state in
                defer { state.cancellations = [] }
                state.cancelled.insert(number)
                return (state.waiters.removeValue(forKey: number), state.cancellations)
            }
            waiter?.resume()
            for cancellation in cancellations { cancellation.resume() }
        }
        try Task.checkCancellation()
    }

    /// Returns when a task waits here.
    func arrival() async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.waiters.isEmpty { state.arrivals.append(continuation) }
                return !state.waiters.isEmpty
            }
            if isThere { continuation.resume() }
        }
    }

    /// Returns when a task that waits here, or did, has been cancelled.
    func cancellation() async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.cancelled.isEmpty { state.cancellations.append(continuation) }
                return !state.cancelled.isEmpty
            }
            if isOver { continuation.resume() }
        }
    }
}

/// One model, by the name "m".
private struct ModelsOfATest: ModelDirectory {
    let model: GatedModel

    let names = ["m"]
    func model(named name: String) -> (any LanguageModel)? { name == "m" ? model : nil }
    func model(named name: String?, provider: String) -> (any LanguageModel)? { provider == "test" ? model : nil }
    func bounds(ofModel name: String) -> RequestBounds { RequestBounds() }
    func offered() async -> [OfferedModel] { [OfferedModel(name: "m", owner: "test")] }
}

extension RequestRates {
    static var unlimited: RequestRates {
        var rates = RequestRates()
        rates.requestsPerMinute = 0
        return rates
    }
}
