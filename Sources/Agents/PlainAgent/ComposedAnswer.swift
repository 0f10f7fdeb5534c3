// Agents that answer from documents.

import Chat

/// What an agent says by itself, given out piece by piece.
struct ComposedAnswer: EmbeddedAnswer, Equatable {
    var paragraphs: [String]

    /// As it is said: paragraphs parted by an empty line.
    var text: String { paragraphs.joined(separator: "\n\n") }

    func compose(_ say: (String) async throws -> Void) async throws {
        for piece in LibrarianAnswer.pieces(of: text) { try await say(piece) }
    }
}

/// Shows what documents say, in their words.
enum Quotation {
    /// A section up to this size is quoted whole.
    static let wholeBytes = 1_200

    /// "From “Studying in Germany”, section “Blocked account” (written 2026-11-21):" and the text under it.
    /// - Parameter turn: of the conversation; answers in a row do not open alike.
    static func paragraphs(_ match: KnowledgeMatch, isWhole: Bool, turn: Int = 0) -> [String] {
        let section = match.section
        var place = "\"\(plain(section.title))\""
        if let heading = section.headings.last { place += ", section \"\(plain(heading))\"" }
        if let written = section.written { place += " (written \(written))" }
        let opening = Phrase.turned(turn, ["From", "I find this in", "On that I have", "The answer is in"])
        let text = isWhole && section.text.utf8.count <= wholeBytes ? section.text : match.excerpt
        return ["\(opening) \(place):", quoted(text)]
    }

    /// Every line with the mark of a quotation before it, so that what a document says never looks like what the agent says.
    static func quoted(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? ">" : "> " + $0 }
            .joined(separator: "\n")
    }

    private static func plain(_ text: String) -> String {
        String(text.map { $0 == "\"" ? "'" : $0.isNewline ? " " : $0 })
    }
}
