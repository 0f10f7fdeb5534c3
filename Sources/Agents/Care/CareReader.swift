/// What somebody in need may be in.
enum CareKind: String, Sendable, CaseIterable {
    // The most pressing first.
    /// A life in danger by illness, poison or accident.
    case emergency
    /// Somebody wants to hurt others.
    case harm
    /// Violence, abuse, threats, against the writer or somebody the writer knows.
    case violence
    /// Somebody whom the writer knows speaks of death or hurts themselves.
    case friend
    case eating
    /// Suicide and self-harm.
    case despair
}

/// A language in which such messages are read and answered.
enum CareLanguage: String, Sendable {
    case english = "English"
    case german = "German"
    case french = "French"
    case spanish = "Spanish"
}

/// Tells whether a message comes from somebody in need. Linear in the message's length.
enum CareReader {
    struct Need: Sendable, Equatable {
        var kind: CareKind
        var language: CareLanguage
    }

    /// A quotation is nobody's own word where at least so many words stand around it.
    private static let leastOwnWords = 3

    /// Nil for every other message.
    static func need(in message: String) -> Need? {
        var text = CareText(message, vocabulary: CareTable.vocabulary)
        text.blankQuotations(unlessFewerThan: leastOwnWords, ifAny: CareTable.context)
        let speaksOfBooks = text.words.contains { CareTable.context.contains($0) }
        blankIdioms(in: &text)
        var found: [Need] = []
        for index in text.words.indices {
            for wording in CareTable.wordings(from: text.words[index]) {
                guard !(wording.isWeak && speaksOfBooks), wording.pattern.end(at: index, in: text) != nil else {
                    continue
                }
                found.append(Need(kind: wording.kind, language: wording.language))
            }
        }
        // The most pressing need, in the language that most of the wordings are of.
        guard let kind = CareKind.allCases.first(where: { kind in found.contains { $0.kind == kind } }) else {
            return nil
        }
        let counts = Dictionary(grouping: found, by: \.language).mapValues(\.count)
        let language = found.map(\.language).max { counts[$0, default: 0] < counts[$1, default: 0] }
        return Need(kind: kind, language: language ?? .english)
    }

    private static func blankIdioms(in text: inout CareText) {
        let all = text
        for index in all.words.indices {
            for idiom in CareTable.idioms(from: all.words[index]) {
                if let end = idiom.end(at: index, in: all) { text.blank(index..<end) }
            }
        }
    }
}
