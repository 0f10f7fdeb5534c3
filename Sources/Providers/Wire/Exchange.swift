import Chat

/// A conversation as providers want it that know but two speakers who take turns: the user, whose side tools are on as
/// well, and the assistant. System messages stand apart.
struct Exchange: Sendable, Equatable {
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

    /// What stands in for a user who has said nothing yet, and for one who has said nothing more. Providers refuse an empty
    /// message.
    static let opening = "(The conversation begins.)"
    static let closing = "(Go on.)"

    init(_ request: ModelRequest) {
        system = request.instructions
        for message in request.messages { add(message) }
        if turns.first.map(\.isAssistant) ?? true {
            turns.insert(
                Turn(isAssistant: false, messages: [ModelMessage(role: .user, content: Self.opening)]), at: 0)
        }
        if turns[turns.count - 1].isAssistant {
            turns.append(Turn(isAssistant: false, messages: [ModelMessage(role: .user, content: Self.closing)]))
        }
    }

    private mutating func add(_ message: ModelMessage) {
        if message.role == .system { return addSystem(message.content) }
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
    mutating func addSystem(_ text: String) {
        if text.isBlank { return }
        system += system.isEmpty ? text : "\n\n" + text
    }
}
