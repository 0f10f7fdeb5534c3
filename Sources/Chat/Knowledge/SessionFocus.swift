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
    /// Where to open it; nil where that is not known.
    public var place: Place?
    /// The day the document says it was written on, `YYYY-MM-DD`.
    public var written: String?

    /// A section of a document.
    public struct Place: Sendable, Equatable {
        public var agent: String
        /// The document's path within the agent's knowledge folder.
        public var document: String
        /// 1 for the document's first section.
        public var section: Int

        public init(agent: String, document: String, section: Int) {
            self.agent = agent
            self.document = document
            self.section = section
        }
    }

    public init(title: String, section: String, excerpt: String, place: Place? = nil, written: String? = nil) {
        self.title = title
        self.section = section
        self.excerpt = excerpt
        self.place = place
        self.written = written
    }
}

extension SourceReference {
    public init(_ match: KnowledgeMatch, of agent: String) {
        let section = match.section
        self.init(
            title: section.title, section: section.heading, excerpt: match.excerpt,
            place: section.number.map { Place(agent: agent, document: section.document, section: $0) },
            written: section.written)
    }
}

extension SourceReference.Place {
    /// `visa_expert/schengen-90-180.md#2`.
    public var id: String { "\(agent)/\(document)#\(section)" }

    /// Where the API shows it: `/api/v1/sources/visa_expert/schengen-90-180.md?section=2`.
    public var url: String {
        var url = "/api/v1/sources/"
        for byte in "\(agent)/\(document)".utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                url.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                url += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
            }
        }
        return url + "?section=\(section)"
    }
}

extension SessionFocus {
    /// The focus as it is kept with the turn, before the first text: kind `focus`, an object in the words of the API.
    public var note: AgentNote {
        var json = JSONWriter(reservingCapacity: 512)
        json.beginObject()
        json.member("topic", topic)
        json.member("objective", objective)
        json.member("level", level.rawValue)
        json.member("steps", steps)
        json.member("carriedOver", isCarriedOver)
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
            json.member("title", source.title)
            json.member("section", source.section)
            json.member("excerpt", source.excerpt)
            if let place = source.place {
                json.member("id", place.id)
                json.member("url", place.url)
            }
            json.member("written", ifPresent: source.written)
            json.endObject()
        }
        json.endArray()
        return AgentNote(kind: "sources", json: json.bytes)
    }
}
