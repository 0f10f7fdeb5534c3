import Chat
import Scheduling

/// Asking a second route beside one that shows nothing.
extension ModelChain {
    /// How long this call may show nothing, in milliseconds; nil where nobody else is asked beside it.
    func hedgePatience(for call: ChainCall, _ search: RouteSearch<some ModelSink>) -> Int? {
        // What is there already can only be gone on with by one after the other.
        guard canHedge, !search.sink.hasOutput, !routes[call.route].isEmbedded else { return nil }
        let effort = search.request.options?.reasoningEffort ?? "none"
        return Hedging.delay(
            configured: routes[call.route].hedgeAfterMilliseconds,
            isThinking: effort != "none" || KnownModels.thinksUnasked(call.model),
            elapsed: search.milliseconds)
    }

    /// A call, and after some time a second one beside it. The first word decides which is heard; the other is cancelled at
    /// once. One that fails before leaves the answer to the other, unless its error is the answer to this request.
    ///
    /// - Parameters:
    ///   - patience: milliseconds until the second one.
    ///   - search: its failures are given those of calls that another one was left after; the last one is thrown.
    @inline(never)
    func race<Sink: ModelSink>(
        _ first: ChainCall, _ patience: Int, _ search: RouteSearch<Sink>
    ) async throws -> ModelCompletion {
        let sink = search.sink
        let race = CallRace(sink)
        var calls: [ChainCall] = []
        // Those under way, by their number in `calls`.
        var running: [Int] = []
        func start(_ call: ChainCall, onFirstWord: @escaping @Sendable () -> Void) {
            calls.append(call)
            running.append(race.start(routes[call.route].model, search.request, onFirstWord: onFirstWord))
        }
        sink.beginCall(
            first.change(after: search.failures.last?.error, attempt: search.policy.attemptsMade),
            onBegin: { first.hasBegun() })
        sink.answering(provider: first.provider, model: first.model)
        start(first) {}
        let timer = timers.schedule(afterMilliseconds: patience) { [waker = race.waker] in waker.wake(.timer) }
        defer { timers.cancel(timer) }
        var (isDue, isPaid) = (false, false)
        do {
            while true {
                let reasons = await withTaskCancellationHandler {
                    await race.waker.wait()
                } onCancel: {
                    race.waker.wake(.cancellation)
                }
                try Task.checkCancellation()
                if reasons.contains(.timer) { isDue = true }
                for (lane, result) in race.takeEnded() {
                    // How a call ends that is not heard any more tells nothing of its route.
                    dismiss(&running, for: race.winner, calls, race, search)
                    guard running.contains(lane) else { continue }
                    running.removeAll { $0 == lane }
                    switch result {
                    case .success(let completion):
                        // Without a word, it is heard now, or another one is.
                        guard race.claims(lane) else { continue }
                        calls[lane].succeeded()
                        sink.endCall()
                        dismiss(&running, for: lane, calls, race, search)
                        await race.close()
                        search.policy.goOn(with: calls[lane].route)
                        return completion
                    case .failure(let error as ModelError):
                        sink.attemptFailed(
                            calls[lane].failed(error, textBytes: race.winner == lane ? sink.callBytes : 0))
                        search.policy.goOn(with: calls[lane].route)
                        if FailoverPolicy.isFinal(error.kind) { _ = race.claims(lane) }
                        dismiss(&running, for: race.winner, calls, race, search)
                        guard let left = running.first, race.winner != lane else {
                            await race.close()
                            throw error
                        }
                        search.failures.append(CallFailure(route: calls[lane].route, error: error))
                        search.policy.goOn(with: calls[left].route)
                    case .failure(let error):
                        calls[lane].gaveNoEvidence()
                        throw error
                    }
                }
                if let winner = race.winner { search.policy.goOn(with: calls[winner].route) }
                dismiss(&running, for: race.winner, calls, race, search)
                guard isDue, race.winner == nil, running.count == 1, sink.wantsMore, isPaid || hedges.spend() else {
                    continue
                }
                isPaid = true
                if var other = another(search) {
                    other.isHedge = true
                    let change = ProviderSwitch(
                        from: calls[running[0]].provider, to: other.provider,
                        reason: ModelError.Kind.superseded.rawValue, attempt: search.policy.attemptsMade,
                        resetsText: false)
                    start(other) { [other] in
                        sink.beginCall(change, onBegin: { other.hasBegun() })
                        sink.answering(provider: other.provider, model: other.model)
                    }
                } else if calls.count == 1 {
                    isPaid = false
                    hedges.giveBack()
                }
            }
        } catch {
            if !(error is ModelError) { for lane in running { calls[lane].gaveNoEvidence() } }
            await race.close()
            throw error
        }
    }

    /// The call of a further route, when there is one that may be asked.
    @inline(never)
    private func another(_ search: RouteSearch<some ModelSink>) -> ChainCall? {
        search.policy.hedge { standing(of: $0, in: search) }.map { call($0, search) }
    }

    /// Cancels all calls but the one that is heard, when there is one, and tells of them.
    @inline(never)
    private func dismiss<Sink: ModelSink>(
        _ running: inout [Int], for winner: Int?, _ calls: [ChainCall], _ race: CallRace<Sink>,
        _ search: RouteSearch<Sink>
    ) {
        guard let winner else { return }
        for lane in running where lane != winner {
            race.cancel(lane)
            search.policy.giveBack(calls[lane].route)
            race.sink.attemptFailed(calls[lane].superseded(by: calls[winner]))
        }
        running.removeAll { $0 != winner }
    }
}
