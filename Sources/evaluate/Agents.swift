// The program behind `make eval`: puts the questions of eval/ to the agents and the recommender, and judges what comes.

import Agents
import Chat
import Glibc
import Knowledge
import Markets
import Scheduling

/// The agents that conversations are put to, by name: the shipped personas over their documents, and the desk over its samples.
struct EvaluatedAgents: Sendable {
    /// The day on which all of it is said: the visa expert counts days, and the desk's samples end ten days before it.
    static let day = Timestamp(rfc3339: "2026-11-30T12:00:00Z")

    private var agents: [String: any Agent] = [:]

    /// - Parameters:
    ///   - folder: the shipped `agents`.
    ///   - index: a file for the index over their documents; made anew.
    init(folder: String, index: String) throws {
        for suffix in ["", "-wal", "-shm"] { unlink(index + suffix) }
        let personas = try PersonaReader.personas(in: folder)
        let knowledge = try KnowledgeIndex(
            path: index, folders: personas.map { KnowledgeFolder(agent: $0.name, path: $0.knowledgeFolder) },
            rescanEvery: .seconds(3_600))
        for persona in personas {
            switch persona.kind {
            case .tutor: agents[persona.name] = Tutor(persona: persona, model: Spoken(), knowledge: knowledge)
            case .plain: agents[persona.name] = PlainAgent(persona: persona, model: Spoken(), knowledge: knowledge)
            }
        }
        agents["desk"] = Desk(
            model: Spoken(), prices: PriceFolder(path: folder + "/desk/prices-sample"), timers: TimerQueue())
    }

    subscript(name: String) -> (any Agent)? { agents[name] }
}
