// Who answers, as data: personas with their documents and tools.

/// Who answers, as data: a folder with `persona.md` in it, and the documents it answers from. docs/agents.md shows one.
public struct Persona: Sendable, Equatable {
    /// Which code plays the persona.
    public enum Kind: String, Sendable, CaseIterable {
        /// Answers questions from documents.
        case plain
        /// Plans what each turn of a session is about, and teaches.
        case tutor
    }

    /// A small letter, then small letters, digits and `_`; at most 32. Stored with every turn.
    public var name: String
    /// As people read it; at most 80 bytes.
    public var title: String
    public var kind: Kind
    /// The folder of its documents.
    public var knowledgeFolder: String
    /// The route of the configuration's `models` that it asks.
    public var modelRoute: String
    /// 0 to 2; nil leaves it to the provider.
    public var temperature: Double?
    /// 1 to 100,000; nil leaves it to the provider.
    public var maximumOutputTokens: Int?
    /// What it may use beyond its own documents: a language model by calling it, the rules where they can.
    public var tools: [ToolName]
    /// Whether a language model may answer what the documents do not, from what it knows.
    public var answersBeyondDocuments: Bool
    /// What it says to a greeting; nil says who it is.
    public var greeting: String?
    /// What it says under every answer that rests on documents; nil says nothing.
    public var limits: String?
    /// Who the model is and how it answers; at most 16 KiB.
    public var instructions: String

    public init(
        name: String, title: String, kind: Kind = .plain, knowledgeFolder: String, modelRoute: String? = nil,
        temperature: Double? = nil, maximumOutputTokens: Int? = nil, tools: [ToolName] = [],
        answersBeyondDocuments: Bool = false, greeting: String? = nil,
        limits: String? = nil, instructions: String
    ) {
        self.name = name
        self.title = title
        self.kind = kind
        self.knowledgeFolder = knowledgeFolder
        self.modelRoute = modelRoute ?? name
        self.temperature = temperature
        self.maximumOutputTokens = maximumOutputTokens
        self.tools = tools
        self.answersBeyondDocuments = answersBeyondDocuments
        self.greeting = greeting
        self.limits = limits
        self.instructions = instructions
    }
}

/// One mistake in a persona's file.
public struct PersonaMistake: Sendable, Equatable, CustomStringConvertible {
    public var file: String
    /// From 1; nil when it is the whole file's.
    public var line: Int?
    /// What is wrong and what to do.
    public var problem: String

    /// In the form that editors jump to: `file:line: problem`.
    public var description: String { file + (line.map { ":\($0)" } ?? "") + ": " + problem }
}

/// Personas that cannot be used, with every mistake in them. Not empty.
public struct PersonaError: Error, Sendable, Equatable, CustomStringConvertible {
    public var mistakes: [PersonaMistake]

    public var description: String { mistakes.map(\.description).joined(separator: "\n") }
}
