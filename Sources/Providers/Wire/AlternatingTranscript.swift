// What all kinds share: a call, the reading of its answer as it comes, clocks, tool calls, usage, errors.

import Chat

/// A conversation as providers want it that know but two speakers who take turns: the user, whose side tools are on as
/// well, and the assistant. System messages stand apart.
struct AlternatingTranscript: Sendable, Equatable {
    struct Turn: Sendable, Equatable {
        var isAssistant: Bool
        var messages: [ModelMessage]
    }

    /// Alternating; the first and the last are the user's.
    ///
    /// A last turn of the assistant's would be taken as the beginning of the answer (a prefill), which many models refuse
    /// and others go on from; and an answer must come from the beginning.
    private(set) var turns: [Turn] = []
    /// The instructions and the system messages, with a blank line between.
    private(set) var system: String
    /// In `system`.
    private(set) var systemMarks: [CacheMark] = []

    /// What stands in for a user who has said nothing yet, and for one who has said nothing more. Providers refuse an empty
    /// message.
    static let opening = "(The conversation begins.)"
    static let closing = "(Go on.)"

    init(_ request: ModelRequest) {
        system = request.instructions
        for message in request.messages.withToolResults { add(message) }
        if turns.first.map(\.isAssistant) ?? true {
            turns.insert(
                Turn(isAssistant: false, messages: [ModelMessage(role: .user, content: Self.opening)]), at: 0)
        }
        if turns[turns.count - 1].isAssistant {
            turns.append(Turn(isAssistant: false, messages: [ModelMessage(role: .user, content: Self.closing)]))
        }
    }

    /// The same as messages: the system's first, then the user and the assistant in turn, and tools' results behind their calls.
    /// What one of them says in several messages is one, but where they have names that differ.
    var messages: [ModelMessage] {
        var messages = system.isEmpty ? [] : [ModelMessage(role: .system, content: system)]
        for message in turns.lazy.flatMap(\.messages) {
            if let last = messages.indices.last, messages[last].goesOn(with: message) {
                messages[last].append(message)
            } else {
                messages.append(message)
            }
        }
        return messages
    }

    private mutating func add(_ message: ModelMessage) {
        if message.role == .system { return addSystem(message.content, message.cacheMarks) }
        let saysNothing =
            message.role != .tool && message.toolCalls.isEmpty && message.content.isBlank && message.parts.isEmpty
        if saysNothing { return }
        let isAssistant = message.role == .assistant
        if let last = turns.indices.last, turns[last].isAssistant == isAssistant {
            turns[last].messages.append(message)
        } else {
            turns.append(Turn(isAssistant: isAssistant, messages: [message]))
        }
    }

    /// Puts more into the system text.
    mutating func addSystem(_ text: String, _ marks: [CacheMark] = []) {
        if text.isBlank { return }
        if !system.isEmpty { system += "\n\n" }
        let start = system.utf8.count
        systemMarks += marks.map { CacheMark(end: start + $0.end, control: $0.control) }
        system += text
    }
}

extension ModelMessage {
    /// Whether another message can be a part of this one.
    fileprivate func goesOn(with next: ModelMessage) -> Bool {
        role == next.role && (role == .user || role == .assistant) && name == next.name && toolCalls.isEmpty
            && (reasoning == nil || next.reasoning == nil)
    }

    /// Adds what another message says, with a blank line between.
    fileprivate mutating func append(_ next: ModelMessage) {
        if !parts.isEmpty || !next.parts.isEmpty {
            parts = asParts
            parts += next.asParts
        }
        if !content.isEmpty, !next.content.isEmpty { content += "\n\n" }
        content += next.content
        toolCalls = next.toolCalls
        reasoning = reasoning ?? next.reasoning
    }

    private var asParts: [MessagePart] { parts.isEmpty && !content.isEmpty ? [.text(content)] : parts }
}
