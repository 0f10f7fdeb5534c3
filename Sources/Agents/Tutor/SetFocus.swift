import Chat
import JSON
import Synchronization

/// Says what a turn with the tutor is about, where a language model knows better than the rules did.
struct SetFocus: AgentTool {
    /// Of the turn before; nil in a session's first turn.
    let before: SessionFocus?

    var name: ToolName { .setFocus }
    var description: String {
        """
        Sets what this turn is about: topic, objective, level and steps; the learner sees it. Call it first when the plan under PLAN does not fit \
        what the learner wants now: another topic, an exam or essay instead of an explanation, another level.
        """
    }
    static let parameters = Array(
        """
        {"type":"object","properties":{"topic":{"type":"string","description":"The subject in a few words, without what is to be done with it."},\
        "objective":{"type":"string","description":"What the learner is to be able to do, one sentence."},\
        "level":{"type":"string","enum":["beginner","intermediate","advanced"]},\
        "steps":{"type":"array","items":{"type":"string"},"minItems":1,"maxItems":6,"description":"What to do now, in order."}},\
        "required":["topic","objective","level","steps"]}
        """.utf8)

    func opening(_ arguments: ToolArguments) -> String {
        "Planning the turn: \(((try? arguments.text("topic")) ?? nil) ?? "")"
    }

    func call(_ arguments: ToolArguments) async throws -> ToolResult {
        let topic = try arguments.requiredText("topic", bytes: 120)
        let objective = try arguments.requiredText("objective", bytes: 300)
        guard let level = try arguments.word("level", as: SessionFocus.Level.self) else {
            throw ToolFailure("level is missing.")
        }
        let steps = try arguments.texts("steps", count: 6, bytes: 200)
        guard !steps.isEmpty else { throw ToolFailure("steps must have 1 to 6 entries.") }
        let isSame = before.map { Folding.fold($0.topic) == Folding.fold(topic) } ?? false
        let focus = SessionFocus(
            topic: topic, objective: objective, level: level, steps: steps, isCarriedOver: isSame)
        var result = ToolResult("Planned the turn: \(topic)") { json in
            json.member("set", true)
        }
        result.notes = [focus.note]
        return result
    }
}
