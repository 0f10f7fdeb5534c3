/// What one turn with the tutor is about.
public struct SessionFocus: Sendable, Equatable {
    public enum Level: String, Sendable, CaseIterable {
        case beginner, intermediate, advanced
    }

    /// "photosynthesis". At most 120 bytes.
    public var topic: String
    /// What the learner is to be able to do, in a sentence. At most 300 bytes.
    public var objective: String
    public var level: Level
    /// What to do, in order: 1 to 6, of at most 200 bytes each.
    public var steps: [String]
    /// Whether the topic is that of the turn before.
    public var isCarriedOver: Bool

    public init(topic: String, objective: String, level: Level, steps: [String], isCarriedOver: Bool) {
        self.topic = topic
        self.objective = objective
        self.level = level
        self.steps = steps
        self.isCarriedOver = isCarriedOver
    }
}

/// Where a tutor's reply goes.
public protocol TutorSink: ReplySink {
    /// What the turn is about; called once, before the first text.
    func focus(_ focus: SessionFocus)
}

/// What an answer rests on.
public struct SourceReference: Sendable, Equatable {
    /// The document's title.
    public var title: String
    /// The headings that lead to the section; empty for the document's beginning.
    public var section: String
    /// What stands there: plain text on one line, at most 400 bytes.
    public var excerpt: String

    public init(title: String, section: String, excerpt: String) {
        self.title = title
        self.section = section
        self.excerpt = excerpt
    }
}

extension SourceReference {
    public init(_ match: KnowledgeMatch) {
        self.init(title: match.section.title, section: match.section.heading, excerpt: match.excerpt)
    }
}

/// Where the reply of an agent goes that answers from documents.
public protocol SourceSink: ReplySink {
    /// What the reply rests on, most important first; called at most once, before the first text. Not called for a reply
    /// that states nothing from a document.
    func sources(_ sources: [SourceReference])
}
