import JSON

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

extension SessionFocus {
    /// The focus as it is kept with the turn, before the first text: kind `focus`, an object in the words of the API.
    public var note: AgentNote {
        var json = JSONWriter(reservingCapacity: 512)
        json.beginObject()
        json.key("topic")
        json.string(topic)
        json.key("objective")
        json.string(objective)
        json.key("level")
        json.string(level.rawValue)
        json.key("steps")
        json.beginArray()
        for step in steps { json.string(step) }
        json.endArray()
        json.key("carriedOver")
        json.bool(isCarriedOver)
        json.endObject()
        return AgentNote(kind: "focus", json: json.bytes)
    }
}

extension SourceReference {
    /// What a reply rests on, most important first, as it is kept with the turn: kind `sources`, an array in the words of the
    /// API.
    public static func note(_ sources: [SourceReference]) -> AgentNote {
        var json = JSONWriter(reservingCapacity: 512 * sources.count + 2)
        json.beginArray()
        for source in sources {
            json.beginObject()
            json.key("title")
            json.string(source.title)
            json.key("section")
            json.string(source.section)
            json.key("excerpt")
            json.string(source.excerpt)
            json.endObject()
        }
        json.endArray()
        return AgentNote(kind: "sources", json: json.bytes)
    }
}
