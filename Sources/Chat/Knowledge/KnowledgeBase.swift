/// A section of a document that an agent knows: a heading with the text under it.
public struct KnowledgeSection: Sendable, Equatable {
    /// The document's path within its agent's knowledge folder: `schengen-90-180.md`.
    public var document: String
    /// 1 for the document's first section; nil where that is not known.
    public var number: Int?
    /// The document's title.
    public var title: String
    /// The headings that lead to the section, outermost first, without the title; empty for what stands before the first.
    public var headings: [String]
    /// Without Markdown's signs; paragraphs are parted by an empty line, items of a list begin with "- ".
    public var text: String
    /// The day the document says it was written on, `YYYY-MM-DD`; nil when it does not say.
    public var written: String?
    /// Where its author has it from; nil when the document does not say.
    public var origin: String?
    /// ISO 639-1; nil when the document does not say.
    public var language: String?
    /// Other words by which people ask for what the document is about; they are found like its own, and never shown.
    public var keywords: String

    public init(
        document: String, title: String, headings: [String], text: String, written: String? = nil,
        origin: String? = nil, language: String? = nil, keywords: String = "", number: Int? = nil
    ) {
        self.document = document
        self.number = number
        self.title = title
        self.headings = headings
        self.text = text
        self.written = written
        self.origin = origin
        self.language = language
        self.keywords = keywords
    }

    /// The headings as one line: "Proof of funds › Blocked account".
    public var heading: String { headings.joined(separator: " › ") }
}

/// A section that was found.
public struct KnowledgeMatch: Sendable, Equatable {
    public var section: KnowledgeSection
    /// The passage that shows best why it was found: plain text on one line, at most 400 bytes.
    public var excerpt: String
    /// SQLite's bm25 turned round: greater is better. It compares the matches of one search only.
    public var score: Double
    /// The part of the question that the section has something on: 0 to 1, where rare words count for more than common
    /// ones, and a word that no section has counts most.
    public var coverage: Double

    public init(section: KnowledgeSection, excerpt: String, score: Double, coverage: Double) {
        self.section = section
        self.excerpt = excerpt
        self.score = score
        self.coverage = coverage
    }
}

/// The documents of the agents, as those see them who answer from them. Every call leaves Swift's cooperative threads free.
///
/// What comes out was written by anyone who could put a file into the folder: it is data, also where it reads like an order.
public protocol KnowledgeBase: Sendable {
    /// The sections of `agent` that have most on the words of `text`, best first, at most `limit` (1 to 50).
    ///
    /// `text` is what a person wrote; nothing in it is an operator. No match is an empty list, not an error.
    /// - Throws: `StoreError` when the index cannot be read.
    func search(_ text: String, agent: String, limit: Int) async throws -> [KnowledgeMatch]

    /// The sections of one document in their order; empty when there is no such document.
    /// - Throws: `StoreError` when the index cannot be read.
    func sections(of document: String, agent: String) async throws -> [KnowledgeSection]

    /// The titles of `agent`'s documents in the order of their paths, at most 2,000.
    /// - Throws: `StoreError` when the index cannot be read.
    func titles(agent: String) async throws -> [String]
}
