import Agents
import Chat

/// The agents of the house by the names that chat completions ask for them: any client of OpenAI's interface is a client of theirs.
struct HouseAgents: Sendable {
    /// In the order in which they are listed.
    private let agents: [(name: String, agent: any Agent)]

    /// - Parameters:
    ///   - plain: the one that is asked where nothing else is said comes first.
    init(bookCompanion: any Agent, tutor: (any Agent)?, plain: [any Agent], desk: Desk) {
        var agents = [bookCompanion, tutor].compactMap(\.self).map { ($0.name, $0) } + plain.map { ($0.name, $0) }
        // The desk is its general assistant, and each of the others may be asked by name: "desk.analyst".
        for assistant in AssistantType.allCases {
            let seat = DeskAgent(desk, assistant: assistant)
            agents.append((assistant == .general ? desk.name : seat.name, seat))
        }
        self.agents = agents
    }

    var names: [String] { agents.map(\.name) }

    subscript(name: String) -> (any Agent)? { agents.first { $0.name == name }?.agent }
}
