import Scheduling
import Testing

@testable import Chat
@testable import Ownership

/// Random orders of all that can happen to the turns of a process, without a store, an agent or a clock. A failure names its seed.
@Suite struct EngineStateTests {
    @Test
    func `whatever happens in whatever order, every turn is cancelled and ends as it must, and nothing is left of it`()
    {
        var seen: Set<String> = []
        for seed in 1...600 {
            var world = EngineWorld(seed: UInt64(seed))
            for _ in 0..<Int.random(in: 1...120, using: &world.random) { world.step() }
            world.finish()
            seen.formUnion(world.seen)
            if !world.faults.isEmpty { Issue.record("seed \(seed): \(world.faults)") }
        }
        // That the worlds are not empty.
        #expect(
            seen == [
                "completed", "stopped", "interrupted", "failed", "not opened", "queued", "refused: process",
                "refused: user", "refused: shutdown", "cancelled at its beginning", "idle",
            ])
    }

    @Test func `a copy of a turn is shared as long as anybody has it`() {
        var copies = TurnCopies()
        let name = MessageID(rawValue: "msg_1")
        var first: TurnLog? = TurnLog(replyID: name)
        let isFirst = copies.keep(first!).isNew
        #expect(isFirst)
        let (kept, isNew) = copies.keep(TurnLog(replyID: name))
        #expect(kept === first && !isNew)
        first = nil
        withExtendedLifetime(kept) { #expect(copies[name] === kept) }
    }

    @Test func `copies that nobody has are forgotten, and an ended one is not waited for`() {
        var copies = TurnCopies()
        for number in 0..<10_000 { _ = copies.keep(TurnLog(replyID: MessageID(rawValue: "msg_\(number)"))) }
        #expect(!copies.anyIsOpen)
        let log = TurnLog(replyID: MessageID(rawValue: "msg_kept"))
        _ = copies.keep(log)
        #expect(copies.anyIsOpen)
        #expect(Array(copies.open.keys) == [log.replyID])
        log.append(.failed(.interrupted(isPartial: false)))
        #expect(!copies.anyIsOpen)
        #expect(copies.open.isEmpty)
    }

    @Test func `a worker is told that its turn is followed, again after a while, and not by those who have left`() {
        var copies = TurnCopies()
        let log = TurnLog(replyID: MessageID(rawValue: "msg_1"))
        _ = copies.keep(log)
        let start = MonotonicTime(nanoseconds: 1_000_000_000)
        #expect(copies.due(at: start, every: 100) == [])
        let waker = Waker()
        log.follow(waker)
        #expect(copies.due(at: start, every: 100) == [log.replyID])
        copies.mark([log.replyID], at: start)
        #expect(copies.due(at: start.advanced(byMilliseconds: 99), every: 100) == [])
        #expect(copies.due(at: start.advanced(byMilliseconds: 100), every: 100) == [log.replyID])
        log.unfollow(waker)
        #expect(copies.due(at: start.advanced(byMilliseconds: 100), every: 100) == [])
    }
}

/// The turns of a process and what the engine, the store, the agents and the users do to them, one thing at a time; beside them
/// a plain account of what is right.
private struct EngineWorld {
    private struct Expected {
        var user: UserID
        var isOpen = false
        var isQueued = false
        var isClosing = false
        var endReason: TurnLife.EndReason?
        var isCancelled = false
    }

    var random: SeededGenerator
    /// What went wrong.
    private(set) var faults: [String] = []
    /// What has happened, by name.
    private(set) var seen: Set<String> = []

    private var state = EngineState<MessageID>()
    private var expected: [MessageID: Expected] = [:]
    private var wakers: [MessageID: Waker] = [:]
    private var isShuttingDown = false
    /// Those who wait for the last turn's end and were not woken.
    private var idle: [Waker] = []
    private var made = 0
    private static let (limit, limitOfUser) = (6, 3)

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func step() {
        let any = expected.keys.sorted { $0.rawValue < $1.rawValue }.randomElement(using: &random)
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<30: admit()
        case 30..<48: if let any, expected[any]?.isOpen == false { open(any) }
        case 48..<52: if let any, expected[any]?.isOpen == false { leave(any, as: "not opened") }
        case 52..<60: if let any { next(any) }
        case 60..<70: if let any { end(any, TurnLife.EndReason.allCases.randomElement(using: &random)!) }
        case 70..<85: if let any { answer(any, isWhole: Bool.random(using: &random)) }
        case 85..<98: if let any, expected[any]?.isClosing == true { leave(any, as: nil) }
        default: shutDown()
        }
        check()
    }

    /// Everything that is under way comes to its end, as the engine ends it.
    mutating func finish() {
        shutDown()
        for name in Array(state.turns.keys) {
            if expected[name]?.isOpen == false { open(name) }
            end(name, .shutdown)
            answer(name, isWhole: false)
            leave(name, as: nil)
            check()
        }
        if !state.turns.isEmpty || !state.turnsOfUser.isEmpty { faults.append("something is left") }
        if !state.isDone { faults.append("it is not done") }
        if !idle.isEmpty { faults.append("who waits for the end was not woken") }
        seen.insert("idle")
        var began = false
        state.watch {
            began = true
            return MessageID(rawValue: "msg_watch")
        }
        if began || state.goesOnWatching() { faults.append("it watches although it is done") }
    }

    // MARK: - What can happen

    private mutating func admit() {
        made += 1
        let name = MessageID(rawValue: "msg_\(made)")
        let user = UserID(rawValue: ["ann", "bob", "cy"].randomElement(using: &random)!)
        let session = SessionID(rawValue: ["s", "t"].randomElement(using: &random)!)
        let refusal = state.admit(
            .init(user: user, session: session, log: TurnLog(replyID: name), idempotencyKey: nil), limit: Self.limit,
            limitOfUser: Self.limitOfUser)
        let right: EngineError.Kind? =
            isShuttingDown
            ? .shuttingDown
            : expected.count >= Self.limit
                ? .tooManyTurns
                : expected.values.count { $0.user == user } >= Self.limitOfUser ? .tooManyTurnsOfUser : nil
        if refusal != right { faults.append("\(name): \(String(describing: refusal))") }
        switch refusal {
        case nil: expected[name] = Expected(user: user)
        case .tooManyTurns: seen.insert("refused: process")
        case .tooManyTurnsOfUser: seen.insert("refused: user")
        default: seen.insert("refused: shutdown")
        }
    }

    private mutating func open(_ name: MessageID) {
        let isQueued = Bool.random(using: &random)
        let isCancelled = state.opened(name, isQueued: isQueued, work: name)
        if isCancelled != (expected[name]?.endReason != nil) { faults.append("\(name): cancelled \(isCancelled)") }
        if isCancelled { seen.insert("cancelled at its beginning") }
        expected[name]?.isOpen = true
        expected[name]?.isQueued = isQueued
        expected[name]?.isCancelled = isCancelled
        guard isQueued else { return }
        seen.insert("queued")
        let waker = Waker()
        wakers[name] = waker
        state.wait(name, waker: waker)
    }

    private mutating func next(_ name: MessageID) {
        guard expected[name]?.isQueued == true else { return }
        expected[name]?.isQueued = false
        wakers[name] = nil
        state.waited(name)
    }

    private mutating func end(_ name: MessageID, _ reason: TurnLife.EndReason) {
        let cancelled = state.end(name, reason)
        guard let turn = expected[name] else { return }
        let counts = turn.endReason == nil && !turn.isClosing
        if (cancelled == name) != (counts && turn.isOpen) { faults.append("\(name): \(reason) cancels wrongly") }
        guard counts else { return }
        expected[name]?.endReason = reason
        if turn.isOpen { expected[name]?.isCancelled = true }
    }

    private mutating func answer(_ name: MessageID, isWhole: Bool) {
        next(name)
        guard let turn = expected[name], turn.isOpen, !turn.isClosing else { return }
        expected[name]?.isClosing = true
        let completion = ModelCompletion(
            finishReason: "stop", provider: "p", model: "m",
            usage: Usage(promptTokens: 1, completionTokens: 1, isEstimated: false))
        let outcome = state.answered(name, isWhole ? .success(completion) : .failure(CancellationError()))
        let (given, right): (String, String) =
            switch outcome {
            case .completed: ("completed", "completed")
            case .stopped: ("stopped", isWhole || turn.endReason != .stop ? "another" : "stopped")
            case .interrupted:
                ("interrupted", isWhole || turn.endReason == .stop || turn.endReason == nil ? "another" : "interrupted")
            case .failed: ("failed", isWhole || turn.endReason != nil ? "another" : "failed")
            }
        seen.insert(given)
        if given != right || (isWhole && given != "completed") { faults.append("\(name): \(given), not \(right)") }
        if turn.endReason != nil, !turn.isCancelled { faults.append("\(name): was never cancelled") }
    }

    private mutating func leave(_ name: MessageID, as event: String?) {
        let turn = state.turns[name]
        let behind = wakers.filter { waiting, _ in
            waiting != name && state.turns[waiting]?.session == turn?.session
                && state.turns[waiting]?.user == turn?.user
        }
        let woken = state.left(name)
        if let event { seen.insert(event) }
        expected[name] = nil
        wakers[name] = nil
        for (waiting, waker) in behind where !woken.contains(where: { $0 === waker }) {
            faults.append("\(waiting) was not woken by the end of \(name)")
        }
        for waker in woken {
            if behind.contains(where: { $0.value === waker }) { continue }
            let waited = idle.firstIndex { $0 === waker }
            if !state.turns.isEmpty || waited == nil { faults.append("\(name) woke somebody who did not wait for it") }
            if let waited { idle.remove(at: waited) }
        }
        if !state.left(name).isEmpty { faults.append("\(name) left twice") }
    }

    private mutating func shutDown() {
        isShuttingDown = true
        let waker = Waker()
        let isIdle = state.shutDown(waker)
        if isIdle != expected.isEmpty { faults.append("idle: \(isIdle)") }
        if !isIdle { idle.append(waker) }
    }

    // MARK: - What is right

    private mutating func check() {
        if Set(state.turns.keys) != Set(expected.keys) { faults.append("other turns than were admitted") }
        let ofUser = Dictionary(grouping: expected.values, by: \.user).mapValues(\.count)
        if state.turnsOfUser != ofUser { faults.append("users are counted wrongly: \(state.turnsOfUser)") }
        // A waiting turn behind none of this process hears of its turn through the store.
        let behind = Set(state.queuedBehindOthers)
        for (name, _) in wakers {
            let session = state.turns[name]?.session
            let isBehindOne = state.turns.contains { wakers[$0.key] == nil && $0.value.session == session }
            if behind.contains(name) == isBehindOne { faults.append("\(name) is asked for wrongly") }
        }
    }
}
