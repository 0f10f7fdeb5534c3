import Agents
import Chat
import JSON
import Scheduling

/// The routes by which a dialect's clients ask, come back to a reply, and stop it: the life of a turn as every client sees it.
struct TurnRoutes<D: Dialect>: Sendable {
    let dialect: D
    let engine: ConversationEngine
    let usage: any UsageStore
    let timers: TimerQueue
    let heartbeatMS: Int
    /// Whether pieces of text that wait for a client go out as one event.
    var mergesText = false

    var routes: [Route] {
        var routes = dialect.paths.ask.map { Route("POST", $0, hold: .answering, ask) }
        if let path = dialect.paths.follow { routes.append(Route("GET", path, hold: .following, follow)) }
        if let path = dialect.paths.stop { routes.append(Route("POST", path, access: .control, stop)) }
        return routes
    }

    @Sendable private func ask(_ exchange: Exchange) async throws -> Reply {
        let question = try dialect.question(of: exchange)
        let sender = try exchange.sender(speakingFor: question.endUser)
        let user =
            question.mayBeAnonymous
            ? try sender?.user ?? exchange.userOrAnonymous()
            : try exchange.user(claimed: question.claimedUser, field: dialect.names.user)
        let log = try await begin(question, for: user, sender, exchange)
        let leave = question.isStored ? engine.followerLeft : engine.cancelForDisconnect
        let left: @Sendable () -> Void = {
            leave(log)
            question.whenLeft?()
        }
        let requestID = exchange.requestID
        let (isWhole, tellsAll, shape) = (question.isWhole, question.tellsAll, question.shape)
        let reply: @Sendable (D.Shape) -> any ReplyStream = {
            self.reply(from: log, after: 0, $0, isWhole: isWhole, tellsAll: tellsAll, requestID, left: left)
        }
        guard let preparation = question.preparation else { return .stream(reply(shape)) }
        return .stream(
            PreparedReply(turn: log.replyID, preparation: preparation, left: left) { reply($0 ?? shape) })
    }

    private func begin(
        _ question: Question<D.Shape>, for user: UserID, _ sender: Identity?, _ exchange: Exchange
    ) async throws -> TurnLog {
        let limits = sender?.turnLimits
        guard question.isStored else {
            return switch question.answerer {
            case .agent(let agent):
                try await engine.answer(
                    question.text, by: agent, for: user, promptBytes: question.promptBytes, form: question.form,
                    limits: limits, accountingTo: usage)
            case .model(let model, let request):
                try await engine.answer(
                    request, by: model, for: user, form: question.form, limits: limits, accountingTo: usage)
            case .missing(let problem): throw problem
            }
        }
        try exchange.countGuestBytes(question.text.utf8.count + (question.metadata?.count ?? 0))
        var turn = TurnRequest(
            user: user, session: question.session, text: question.text, metadata: question.metadata,
            idempotencyKey: question.idempotencyKey, form: question.form, limits: limits)
        turn.place = question.place
        turn.showsThoughts = question.tellsAll
        turn.promptBytes = question.promptBytes
        turn.maximumTokens = question.maximumTokens
        let agent: any Agent =
            switch question.answerer {
            case .agent(let agent): agent
            case .model(let model, let request): RelayAgent(request, to: model)
            case .missing(let problem): throw problem
            }
        return try await engine.begin(turn, agent: agent)
    }

    @Sendable private func follow(_ exchange: Exchange) async throws -> Reply {
        let user = try exchange.user(claimed: exchange.query[dialect.names.user], field: dialect.names.user)
        let after = try exchange.lastEvent()
        guard let log = try await engine.log(of: MessageID(rawValue: exchange.pathParameter), for: user) else {
            throw Problem.notFound("reply")
        }
        return try reply(
            from: log, after: after, try await dialect.shape(of: log.replyID, askedBy: user), exchange)
    }

    @Sendable private func stop(_ exchange: Exchange) async throws -> Reply {
        let names = dialect.names
        var body = try exchange.body()
        let message = body.identifier(names.message, isRequired: true)
        let claimed = body.user(names.user)
        try body.check()
        let user = try exchange.user(claimed: claimed, field: names.user)
        let replyID = MessageID(rawValue: message ?? "")
        guard try await engine.stop(replyID, of: user) else { throw Problem.notFound("reply") }
        return .json { writer in
            writer.beginObject()
            writer.key(names.message)
            writer.string(replyID.rawValue)
            writer.endObject()
        }
    }

    // MARK: - Replies

    /// A stored turn's reply as the client of `exchange` wants it.
    /// - Throws: `Problem` 400.
    func reply(from log: TurnLog, after: Int = 0, _ shape: D.Shape, _ exchange: Exchange) throws(Problem) -> Reply {
        let tellsAll = try exchange.wantsAllEvents()
        return .stream(
            reply(
                from: log, after: after, shape, isWhole: exchange.wantsWholeReply, tellsAll: tellsAll,
                exchange.requestID
            ) { [engine] in engine.followerLeft(log) })
    }

    private func reply(
        from log: TurnLog, after: Int, _ shape: D.Shape, isWhole: Bool, tellsAll: Bool, _ requestID: String,
        left: @escaping @Sendable () -> Void
    ) -> any ReplyStream {
        guard isWhole else {
            return TurnStream(
                log: log, reader: dialect.reader(of: log, after: after, shape, tellsAll: tellsAll), left: left,
                merges: mergesText, heartbeatMS: heartbeatMS, timers: timers)
        }
        return AwaitedReply(log: log, left: left) { [dialect] turn in
            dialect.response(to: turn, shape, tellsAll: tellsAll, requestID: requestID)
        }
    }
}

extension Reply {
    /// A JSON object with status 200.
    static func json(status: Int = 200, _ write: (inout JSONWriter) -> Void) -> Reply {
        .response(.json(status: status, write))
    }
}
