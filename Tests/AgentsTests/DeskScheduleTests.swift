import Testing

@testable import Agents

/// A workflow's graph and schedule.
@Suite struct DeskScheduleTests {
    typealias Step = WorkflowPlan.Step
    typealias Schedule = WorkflowSchedule

    private static let known: Set<String> = ["a", "b", "c", "d", "e"]

    struct Refusal: Sendable {
        var steps: [Step]
        var error: WorkflowPlanError
    }

    @Test(
        arguments: [
            Refusal(steps: [], error: .empty),
            Refusal(steps: [Step("x")], error: .unknownAgent("x")),
            Refusal(steps: [Step("a"), Step("a")], error: .twice("a")),
            Refusal(steps: [Step("a", after: ["b"])], error: .unknownDependency(agent: "a", after: "b")),
            Refusal(steps: [Step("a", after: ["a"])], error: .cycle(["a"])),
            Refusal(
                steps: [Step("a"), Step("b", after: ["a", "d"]), Step("c", after: ["b"]), Step("d", after: ["c"])],
                error: .cycle(["b", "c", "d"])),
            Refusal(steps: (0..<17).map { _ in Step("a") }, error: .tooMany(limit: 16)),
        ])
    func `a graph that cannot be carried out is refused`(_ refusal: Refusal) {
        #expect(throws: refusal.error) { try WorkflowPlan(name: "n", steps: refusal.steps, known: Self.known) }
    }

    private static let diamond = try! WorkflowPlan(
        name: "diamond",
        steps: [Step("d", after: ["b", "c"]), Step("b", after: ["a"]), Step("c", after: ["a"]), Step("a")], known: known
    )

    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var plan = DeskScheduleTests.diamond
        var concurrency = 2
        /// Input and what it leads to.
        var moves: [(Schedule.Input, [Schedule.Action])]
        var isOver = true
        var testDescription: String { name }
    }

    private static func started(_ agent: String, _ progress: Double, missing: [String] = []) -> [Schedule.Action] {
        [.report(agent, .started, progress: progress), .start(agent, missing: missing)]
    }

    private static let flat = try! WorkflowPlan(
        name: "flat", steps: [Step("a"), Step("b"), Step("c"), Step("d")], known: known)

    static let rows: [Row] = [
        Row(
            name: "independent ones run side by side, and the last waits for both",
            moves: [
                (.begin, started("a", 0)),
                (.completed("a"), [.report("a", .completed, progress: 0.25)] + started("b", 0.25) + started("c", 0.25)),
                (.completed("c"), [.report("c", .completed, progress: 0.5)]),
                (.completed("b"), [.report("b", .completed, progress: 0.75)] + started("d", 0.75)),
                (.completed("d"), [.report("d", .completed, progress: 1), .finish]),
            ]),
        Row(
            name: "no more than the limit run at once", plan: flat,
            moves: [
                (.begin, started("a", 0) + started("b", 0)),
                (.completed("b"), [.report("b", .completed, progress: 0.25)] + started("c", 0.25)),
                (.completed("a"), [.report("a", .completed, progress: 0.5)] + started("d", 0.5)),
            ], isOver: false),
        Row(
            name: "one after the other with a limit of one", plan: flat, concurrency: 1,
            moves: [
                (.begin, started("a", 0)),
                (.completed("a"), [.report("a", .completed, progress: 0.25)] + started("b", 0.25)),
            ], isOver: false),
        Row(
            name: "one that fails does not stop the others, and those who wait are told",
            moves: [
                (.begin, started("a", 0)),
                (
                    .failed("a"),
                    [.report("a", .failed, progress: 0.25)] + started("b", 0.25, missing: ["a"])
                        + started("c", 0.25, missing: ["a"])
                ),
                (.completed("b"), [.report("b", .completed, progress: 0.5)]),
                (.failed("c"), [.report("c", .failed, progress: 0.75)] + started("d", 0.75, missing: ["c"])),
                (.completed("d"), [.report("d", .completed, progress: 1), .finish]),
            ]),
        Row(
            name: "one whose deadline passes is stopped, and what it says later changes nothing", plan: flat,
            concurrency: 4,
            moves: [
                (.begin, started("a", 0) + started("b", 0) + started("c", 0) + started("d", 0)),
                (.expired("a"), [.stop("a"), .report("a", .failed, progress: 0.25)]),
                (.completed("a"), []),
                (.expired("a"), []),
                (.completed("b"), [.report("b", .completed, progress: 0.5)]),
                (.completed("b"), []),
                (.expired("b"), []),
            ], isOver: false),
        Row(
            name: "what is said of one that has not started changes nothing",
            moves: [(.begin, started("a", 0)), (.completed("d"), []), (.failed("b"), []), (.expired("nobody"), [])],
            isOver: false),
        Row(
            name: "cancelling stops those that run, and nothing starts any more", plan: flat,
            moves: [
                (.begin, started("a", 0) + started("b", 0)), (.cancelled, [.stop("a"), .stop("b")]),
                (.completed("a"), []),
                (.cancelled, []), (.begin, []),
            ]),
        Row(
            name: "all failing is an end as well", plan: flat, concurrency: 4,
            moves: [
                (.begin, started("a", 0) + started("b", 0) + started("c", 0) + started("d", 0)),
                (.failed("a"), [.report("a", .failed, progress: 0.25)]),
                (.failed("b"), [.report("b", .failed, progress: 0.5)]),
                (.expired("c"), [.stop("c"), .report("c", .failed, progress: 0.75)]),
                (.failed("d"), [.report("d", .failed, progress: 1), .finish]),
            ]),
    ]

    @Test(arguments: rows)
    func `each input leads to its actions`(_ row: Row) {
        var schedule = WorkflowSchedule(row.plan, concurrency: row.concurrency)
        for (input, actions) in row.moves {
            #expect(schedule.take(input) == actions, "\(input)")
        }
        #expect(schedule.isOver == row.isOver)
    }

    @Test(
        "whatever happens in whatever order, every agent starts at most once, after those it waits for, and ends once")
    func anyOrder() throws {
        var random = RandomNumbers(state: 3)
        var finished = 0
        for _ in 0..<500 {
            let names = ["a", "b", "c", "d", "e"]
            let steps = names.indices.map { place in
                Step(names[place], after: names.prefix(place).filter { _ in Bool.random(using: &random) })
            }
            let plan = try WorkflowPlan(name: "n", steps: steps.shuffled(using: &random), known: Self.known)
            let concurrency = Int.random(in: 1...3, using: &random)
            var schedule = WorkflowSchedule(plan, concurrency: concurrency)
            var running: Set<String> = []
            var ended: Set<String> = []
            var progress = 0.0
            func look(_ actions: [Schedule.Action]) {
                for action in actions {
                    switch action {
                    case .start(let agent, _):
                        #expect(running.insert(agent).inserted && !ended.contains(agent))
                        let step = plan.steps.first { $0.agent == agent }
                        #expect(step?.after.allSatisfy(ended.contains) == true)
                        #expect(running.count <= concurrency)
                    case .report(let agent, let status, let now):
                        #expect(now >= progress)
                        progress = now
                        if status != .started {
                            #expect(running.remove(agent) != nil)
                            #expect(ended.insert(agent).inserted)
                        }
                    case .stop: break
                    case .finish:
                        #expect(ended.count == names.count && progress == 1)
                        finished += 1
                    }
                }
            }
            look(schedule.take(.begin))
            while !schedule.isOver {
                let agent = names.randomElement(using: &random) ?? "a"
                switch Int.random(in: 0..<3, using: &random) {
                case 0: look(schedule.take(.completed(agent)))
                case 1: look(schedule.take(.failed(agent)))
                default: look(schedule.take(.expired(agent)))
                }
            }
        }
        #expect(finished == 500)
    }
}

struct RandomNumbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
