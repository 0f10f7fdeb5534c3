// Steps of an agent's work, as they are told.

import Chat
import JSON
import Scheduling

/// A step of an agent's work on a reply, told as a note of kind `step`, or `tool_call` where a language model asked for it: what it looked
/// for, and how much there was.
///
/// A later note with the same `id` takes the place of an earlier one.
struct AgentStep {
    enum Status: String {
        case started, completed, failed
        /// Of a tool's call.
        case finished
    }

    /// 1, 2, 3 … within the reply.
    var id = 1
    /// A stable snake_case word: `search_books`.
    var name: String
    var status = Status.completed
    /// A line for the person, in English.
    var summary: String

    /// The step as it is kept with the turn.
    /// - Parameter members: what else belongs to this kind of step.
    func note(_ members: (inout JSONWriter) -> Void = { _ in }) -> AgentNote { note("step", members) }

    /// The same as a tool's call.
    var toolCall: AgentNote { note("tool_call") { _ in } }

    /// The same when the call has ended.
    func toolCall(after begun: MonotonicTime) -> AgentNote {
        note("tool_call") { json in
            json.member("duration_ms", MonotonicTime.now().milliseconds(since: begun))
        }
    }

    private func note(_ kind: String, _ members: (inout JSONWriter) -> Void) -> AgentNote {
        var json = JSONWriter(reservingCapacity: 256)
        json.beginObject()
        json.member("id", id)
        json.member("name", name)
        json.member("status", status.rawValue)
        json.member("summary", summary)
        members(&json)
        json.endObject()
        return AgentNote(kind: kind, json: json.bytes)
    }
}
