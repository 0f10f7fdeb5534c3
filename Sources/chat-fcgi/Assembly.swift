import Agents
import Catalog
import Chat
import Configuration
import FCGIApp
import Glibc
import Markets
import Providers
import Routes
import Scheduling
import Storage
import Synchronization
import Telemetry

/// Builds the parts of the program from its settings and wires them together. Here, and nowhere else, everything meets.
struct Assembly {
    let settings: Settings
    let log: Log
    let timers = TimerQueue()
    let store: SQLiteChatStore
    let liveStore: SQLiteLiveStore
    let live: LiveBoard
    let catalog: SQLiteBookCatalog
    private let agents: AgentFolder
    let engine: ConversationEngine
    let responder: ReloadableResponder
    let figures = AssemblyFigures()
    let journal: RequestJournal
    let workers: WorkerPresence
    private let kept: ConfiguredModels.Kept
    private let limiter: RateLimiter
    private let streams = StreamCounts()
    let visitors = Visitors()
    private let secret: [UInt8]
    private let issuer: IssuerAccess

    /// Whether the process answers more than one request, so that it pays to keep things in memory.
    let staysUp: Bool

    /// How users are known; nil: as the settings say.
    private let modes: [IdentityMode]?

    /// - Throws: `CommandFailure` with what to do about it.
    init(
        settings: Settings, providers: [ResolvedProvider], log: Log, staysUp: Bool, modes: [IdentityMode]? = nil
    ) throws {
        self.modes = modes
        self.settings = settings
        self.staysUp = staysUp
        self.log = log
        kept = ConfiguredModels.Kept(whenCalled: figures.called) { log.info($0) }
        let folder = settings.dataDirectory
        try Folder.make(folder)
        secret = try Self.tokenSecret(in: folder)
        limiter = RateLimiter(path: folder + "/rate-limits", secret: secret)
        journal = RequestJournal(log: log, secret: secret)
        issuer = IssuerAccess(settings.auth.jwt, folder: folder, staysUp: staysUp, log: log)
        store = try SQLiteChatStore(
            path: StoreFile.path(settings), durability: settings.durability == .full ? .full : .normal,
            whenDone: figures.stored)
        do {
            liveStore = try LiveDatabase.open(in: folder)
        } catch {
            throw CommandFailure(
                .io,
                "the live objects' database cannot be opened: \(error). End all processes and remove \(folder)/live-*: it holds nothing that lasts"
            )
        }
        do {
            catalog = try SQLiteBookCatalog(path: folder + "/catalog.db")
        } catch {
            throw CommandFailure(
                .io,
                "the catalogue cannot be opened: \(error). Remove \(folder)/catalog.db and import the books again (docs/catalog.md)"
            )
        }
        let warn: @Sendable (String) -> Void = { log.warning($0) }
        // A process for each request would say it with each.
        agents = AgentFolder(settings.agentsDirectory, indexIn: folder) { if staysUp { log.warning($0) } }
        let recorder = TurnRecorder(
            store: store, timers: timers, intervalMS: settings.stream.recordEveryMS, log: warn)
        var limits = ConversationEngine.Limits()
        limits.turns = settings.limits.streams
        limits.turnsPerUser = settings.limits.streamsPerUser
        limits.tokensPerDay = settings.limits.tokensPerDay
        limits.quotas = StorageQuotas(
            conversations: settings.limits.conversationsPerUser, messages: settings.limits.messagesPerUser,
            bytes: settings.limits.bytesPerUser)
        limits.detachGraceMS = settings.stream.detachGraceMS
        var liveLimits = LiveBoard.Limits()
        liveLimits.streams = settings.limits.streams
        liveLimits.streamsPerUser = settings.limits.streamsPerUser
        live = LiveBoard(store: liveStore, timers: timers, limits: liveLimits)
        engine = ConversationEngine(
            store: store, recorder: recorder,
            worker: WorkerID(rawValue: "wrk_\(getpid())_" + Identifiers.uuidV7()), timers: timers,
            executor: kept.client.executor, limits: limits,
            whenTurnEnded: { [figures] report in
                figures.turnEnded(report)
                report.write(to: log)
            }, log: warn,
            changed: { [live] user, change in
                if live.mayBeExpectingChanges(of: user) { Task { await live.tell(change, to: user) } }
            })
        workers = WorkerPresence(of: engine.worker, dataFolder: folder)
        for source in journal.metrics { figures.add(source) }
        figures.add(store: store, engine: engine, breakers: kept.breakers)
        responder = ReloadableResponder()
        try use(settings, providers)
    }

    /// Answers from here on with these settings. What belongs to the process stays as it was at its start: the listening
    /// socket, the data folder, the store, the personas, the authentication mode, and `limits.streams`; of the issuer's keys in a
    /// file those of now count.
    /// - Throws: `CommandFailure` for keys that cannot be used; nothing is changed then.
    func use(_ settings: Settings, _ providers: [ResolvedProvider]) throws {
        let auth = self.settings.auth
        let authenticator = Authenticator(
            modes: modes ?? auth.modes.map(IdentityMode.init), tokens: GuestTokens(secret: secret), ended: store,
            keys: store,
            issuer: auth.modes.contains(.jwt) ? try auth.jwt.map(issuer.tokens) : nil)
        let models = ConfiguredModels(settings, providers, kept, store: store, timers: timers)
        let companion = BookCompanion(
            model: models.agentModel(named: "noah"), catalog: catalog, preferences: store, history: store)
        let desk = Desk(
            model: models.agentModel(named: "desk"), prices: PriceFolder(path: settings.desk.pricesDirectory),
            samples: PriceFolder(path: settings.samplePricesDirectory), history: store, timers: timers)
        let services = ToolServices(history: store, companion: companion, desk: desk)
        if staysUp { Task { [agents] in await (companion.warmUp(), agents.warmUp()) } }
        var journalOptions = RequestJournal.Options()
        journalOptions.writesRequests = settings.log.writesRequests
        journalOptions.slowMS = settings.log.slowMS
        responder.use(
            ChatResponder(
                ChatResponder.Parts(
                    engine: engine, store: store, conversations: store, taste: store, search: store, userData: store,
                    usage: store,
                    live: live,
                    bookCompanion: companion, desk: desk, models: models,
                    advisor: PreferenceAdvisor(catalog: catalog, preferences: store),
                    authenticator: authenticator, allowedOrigins: auth.allowedOrigins,
                    timers: timers, streamExecutor: kept.client.executor, heartbeatMS: settings.stream.heartbeatMS,
                    mergesText: settings.stream.mergesText,
                    limiter: limiter, streams: streams, rates: RequestRates(settings.limits), visitors: visitors,
                    // As the engine has it, which stays as it was at the start.
                    tokensPerDay: self.settings.limits.tokensPerDay,
                    limits: Request.Limits(self.settings.limits), version: version,
                    availability: { models.availability }, tutor: agents.tutor(models, services),
                    plainAgents: agents.plainAgents(models, services), knowledge: agents.knowledge, journal: journal,
                    journalOptions: journalOptions,
                    figures: { [figures, workers, engine] in
                        MetricsText.merged([figures.text(worker: engine.worker)] + workers.figuresOfOthers())
                    })))
    }

    /// The secret that signs this installation's tokens.
    static func tokenSecret(in folder: String) throws -> [UInt8] {
        do throws(TokenSecret.Failure) {
            return try TokenSecret.load(path: folder + "/token-secret")
        } catch {
            throw CommandFailure(.io, error.description)
        }
    }

    /// Finishes what waits and closes the files.
    func close() async {
        await store.close()
        await liveStore.close()
        await catalog.close()
        await agents.close()
    }
}

/// A responder that can be exchanged while it serves; requests under way end with the one they began with.
final class ReloadableResponder: Responder {
    private let current = Mutex<ChatResponder?>(nil)

    func use(_ responder: ChatResponder) { current.withLock { $0 = responder } }

    func respond(to request: consuming Request, writer: consuming ResponseWriter) async {
        guard let responder = current.withLock({ $0 }) else { return }
        await responder.respond(to: request, writer: writer)
    }
}

extension RequestRates {
    init(_ settings: LimitSettings) {
        self.init()
        requestsPerMinute = settings.requestsPerMinute
        streamsPerAddress = settings.streamsPerAddress
        streams = settings.streams
        followers = settings.streamsPerUser
        guestsPerAddress = settings.guestsPerAddress
        guestBytesPerAddress = settings.guestBytesPerAddress
        failedSignInsPerAddress = settings.failedSignInsPerAddress
    }
}

extension Request.Limits {
    init(_ settings: LimitSettings) {
        self.init(bodyBytes: settings.bodyBytes)
        let bytes = max(settings.bodyBytes, settings.completionBodyBytes)
        bodyBytesOfPath = Dictionary(uniqueKeysWithValues: ChatResponder.completionPaths.map { ($0, bytes) })
    }
}

extension IdentityMode {
    init(_ mode: AuthSettings.Mode) {
        self =
            switch mode {
            case .guest: .guest
            case .jwt: .jwt
            case .proxy: .proxy
            case .open: .open
            }
    }
}
