// The program: what each command needs is put together here.

import Agents
import Chat
import Knowledge

/// The personas of the agents' folder, and the index over their documents, which is kept in the data folder.
///
/// Without the folder, or with mistakes in it, the program runs all the same: what is missing then is told to the operator
/// here, and to clients by the routes.
struct AgentFolder {
    /// Names that are stored with turns of other agents.
    private static let reserved: Set<String> = ["noah", "relay", "desk"]

    private let personas: [Persona]
    /// Nil when there are no personas, or it cannot be opened.
    let knowledge: KnowledgeIndex?

    /// - Parameter warn: told what is wrong, and what to do.
    init(_ path: String, indexIn dataFolder: String, warn: @escaping @Sendable (String) -> Void) {
        let (personas, mistakes) = PersonaReader.usable(in: path, reserved: Self.reserved)
        self.personas = personas
        for mistake in mistakes { warn("\(mistake); this persona does not answer until it is fixed") }
        guard !personas.isEmpty else {
            knowledge = nil
            return
        }
        let index = dataFolder + "/knowledge.db"
        do {
            knowledge = try KnowledgeIndex(
                path: index,
                folders: personas.map { KnowledgeFolder(agent: $0.name, path: $0.knowledgeFolder) }, log: warn)
        } catch {
            warn(
                "the knowledge index cannot be opened, so the tutor and the plain agent do not answer: \(error). It is made of "
                    + "the documents: remove \(index) and restart")
            knowledge = nil
        }
    }

    /// The names of the personas in a folder that can be used, and what is wrong with the others, a sentence each.
    static func names(in path: String) -> (names: [String], mistakes: [String]) {
        let (personas, mistakes) = PersonaReader.usable(in: path, reserved: reserved)
        return (personas.map(\.name), mistakes.map(\.description))
    }

    /// The persona named `tutor`, else the first that teaches.
    func tutor(_ models: ConfiguredModels, _ services: ToolServices) -> (any Agent)? {
        guard let knowledge else { return nil }
        let teachers = personas.filter { $0.kind == .tutor }
        guard let persona = teachers.first(where: { $0.name == "tutor" }) ?? teachers.first else { return nil }
        return Tutor(
            persona: persona, model: models.agentModel(named: persona.modelRoute), knowledge: knowledge,
            services: services)
    }

    /// One for each persona that answers from documents.
    func plainAgents(_ models: ConfiguredModels, _ services: ToolServices) -> [PlainAgent] {
        guard let knowledge else { return [] }
        return personas.filter { $0.kind == .plain }.map { persona in
            PlainAgent(
                persona: persona, model: models.agentModel(named: persona.modelRoute), knowledge: knowledge,
                services: services)
        }
    }

    /// Reads the documents before anybody waits for them.
    func warmUp() async {
        guard let knowledge, let first = personas.first else { return }
        // What is wrong is in the log, and is tried again with the first question.
        _ = try? await knowledge.titles(agent: first.name)
    }

    func close() async { await knowledge?.close() }
}
