import Testing

@testable import Chat

/// What becomes of a turn, phase by phase.
@Suite struct TurnLifeTests {
    typealias Phase = TurnLife.Phase
    typealias EndReason = TurnLife.EndReason

    private static let whole = Result<ModelCompletion, any Error>.success(
        ModelCompletion(
            finishReason: "stop", provider: "p", model: "m",
            usage: Usage(promptTokens: 1, completionTokens: 1, isEstimated: false)))
    private static let cut = Result<ModelCompletion, any Error>.failure(CancellationError())

    private static func life(_ phase: Phase) -> TurnLife {
        var life = TurnLife()
        if phase != .opening { _ = life.opened(isQueued: phase == .queued) }
        if phase == .closing { _ = life.answered(whole) }
        return life
    }

    private static func name(_ outcome: TurnLife.Outcome) -> String {
        switch outcome {
        case .completed: "completed"
        case .stopped: "stopped"
        case .interrupted: "interrupted"
        case .failed: "failed"
        }
    }

    @Test(arguments: Phase.allCases)
    func `what was begun is not begun again, and who waits goes on once`(_ phase: Phase) {
        var life = Self.life(phase)
        #expect(life.phase == phase)
        #expect(life.opened(isQueued: false) == false)
        #expect(life.phase == (phase == .opening ? .answering : phase))
        life = Self.life(phase)
        life.isNext()
        #expect(life.phase == (phase == .queued ? .answering : phase))
    }

    @Test(arguments: Phase.allCases, EndReason.allCases)
    func `a turn is cancelled once, when there is something to cancel`(_ phase: Phase, _ reason: EndReason) {
        var life = Self.life(phase)
        #expect(life.end(reason) == (phase == .queued || phase == .answering))
        #expect(life.end(.stop) == false)
        // One that was not open yet is cancelled when it is.
        if phase == .opening {
            #expect(life.opened(isQueued: true) == true)
            #expect(life.phase == .queued)
        }
    }

    @Test(arguments: EndReason.allCases, EndReason.allCases)
    func `the first reason to end it counts`(_ first: EndReason, _ second: EndReason) {
        var life = Self.life(.answering)
        _ = life.end(first)
        _ = life.end(second)
        #expect(Self.name(life.answered(Self.cut)) == (first == .stop ? "stopped" : "interrupted"))
    }

    @Test(arguments: [Phase.queued, .answering])
    func `a whole answer is one even where the turn was to end, and an error is one where it was not`(_ phase: Phase) {
        for reason in EndReason.allCases {
            var life = Self.life(phase)
            _ = life.end(reason)
            #expect(Self.name(life.answered(Self.whole)) == "completed")
        }
        var life = Self.life(phase)
        #expect(Self.name(life.answered(Self.cut)) == "failed")
        #expect(life.phase == .closing)
        #expect(life.end(.stop) == false)
        #expect(life.endReason == nil)
    }

    @Test func `what is shown follows what is kept`() {
        let usage = Usage(promptTokens: 3, completionTokens: 2, isEstimated: true)
        let terminal = ChatEvent.failed(.interrupted(isPartial: false))
        #expect(TurnLife.Closing.taken.shown(for: terminal, isPartial: true, usage: usage) == terminal)
        #expect(
            TurnLife.Closing.endedElsewhere.shown(for: terminal, isPartial: true, usage: usage)
                == .failed(.interrupted(isPartial: true, usage: usage)))
        #expect(
            TurnLife.Closing.notTaken.shown(for: terminal, isPartial: true, usage: usage)
                == .failed(.unstored(isPartial: true, usage: usage)))
    }

    @Test(arguments: [
        (seen: Int64?.none, left: Int?.none), (0, nil), (699, nil), (700, nil), (701, 1), (1_000, 300),
    ])
    func `a turn that nobody follows here waits for those who follow it elsewhere`(seen: Int64?, left: Int?) {
        let unfollowed = TurnLife.unfollowed(
            lastSeenElsewhere: seen.map(Timestamp.init(milliseconds:)), at: Timestamp(milliseconds: 1_000),
            graceMS: 200,
            markMS: 100)
        #expect(unfollowed == (left.map { .waits(milliseconds: $0) } ?? .ends))
    }
}
