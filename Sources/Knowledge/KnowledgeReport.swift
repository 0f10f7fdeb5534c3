import SQLite

/// Where an agent's documents are.
public struct KnowledgeFolder: Sendable, Hashable {
    /// The agent's name.
    public var agent: String
    /// The folder; the folders within it count.
    public var path: String

    public init(agent: String, path: String) {
        self.agent = agent
        self.path = path
    }
}

/// A file that is not taken in, or something in it that is left out.
public struct KnowledgeProblem: Sendable, Hashable, CustomStringConvertible {
    public var file: String
    /// From 1; nil when it is the whole file's.
    public var line: Int?
    /// What is wrong and what to do.
    public var problem: String

    /// `file:line: problem`
    public var description: String { file + (line.map { ":\($0)" } ?? "") + ": " + problem }
}

/// What is in the index.
public struct KnowledgeReport: Sendable, Equatable {
    /// Documents that can be found.
    public var documents = 0
    public var sections = 0
    /// Files that were read anew or have gone since the last look.
    public var changed = 0
    /// In the order of the files.
    public var problems: [KnowledgeProblem] = []
}

extension KnowledgeReport {
    init(_ connection: Connection, agents: [String]) throws {
        for agent in agents {
            sections +=
                try connection.first(
                    """
                    SELECT count(*) FROM sections JOIN documents ON documents.id = sections.document
                    WHERE documents.agent = ?1
                    """, [.text(agent)]
                ) { row in try row.int(0) } ?? 0
            try connection.forEach(
                """
                SELECT path, problem, EXISTS (SELECT 1 FROM sections WHERE sections.document = documents.id)
                FROM documents WHERE agent = ?1 ORDER BY path
                """, [.text(agent)]
            ) { row in
                if try row.bool(2) { documents += 1 }
                let path = try row.text(0)
                for text in try row.optionalText(1)?.split(separator: "\n") ?? [] {
                    problems.append(Self.problem(String(text), agent: agent, path: path))
                }
            }
        }
    }

    /// A mistake as the index keeps it: its line, a tab, and the words.
    private static func problem(_ text: String, agent: String, path: String) -> KnowledgeProblem {
        let parts = text.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return KnowledgeProblem(file: "\(agent): \(path)", problem: text) }
        return KnowledgeProblem(file: "\(agent): \(path)", line: Int(parts[0]), problem: String(parts[1]))
    }
}
