/// A language or a literature the message speaks of, and where.
struct NationMention: Sendable, Equatable {
    var nation: NationTable.Nation
    /// True when the text itself is to be in the language ("in French"); false for the literature ("French novels").
    var isLanguage: Bool
    var range: Range<Int>
}

/// Reads which language a book should be in and which literature it should come from.
enum LanguageReader {
    static func read(_ tokens: [Token]) -> [NationMention] {
        var mentions: [NationMention] = []
        for index in tokens.indices {
            let two =
                index + 1 < tokens.count
                ? NationTable.named(tokens[index].folded + " " + tokens[index + 1].folded) : nil
            guard let nation = two ?? NationTable.named(tokens[index].folded) else { continue }
            let end = index + (two == nil ? 1 : 2)
            // "us" is a pronoun unless it is written large; "polish" is a verb.
            if ["us", "polish"].contains(tokens[index].folded), !tokens[index].isCapitalized { continue }
            // "the French Revolution", "the American Civil War", "Roman Empire" are subjects.
            if end < tokens.count, subjectWords.contains(tokens[end].folded) { continue }
            mentions.append(
                NationMention(
                    nation: nation, isLanguage: nation.isLanguage && isLanguage(at: index, end: end, of: tokens),
                    range: index..<end))
        }
        if let original = originalCue.first(in: tokens), !mentions.contains(where: \.isLanguage) {
            // "French plays … in the original": the literature's own language.
            for index in mentions.indices where mentions[index].nation.isLanguage {
                mentions[index].isLanguage = true
                if mentions[index].range.upperBound <= original.range.lowerBound { break }
            }
        }
        return mentions
    }

    /// Whether the text should be in the language it was written in.
    static func asksForOriginal(_ tokens: [Token]) -> Bool { originalCue.first(in: tokens) != nil }

    private static func isLanguage(at index: Int, end: Int, of tokens: [Token]) -> Bool {
        var before = index - 1
        // "in the original French", "in simple French", "in German or Spanish".
        for _ in 0..<2 where before >= 0 {
            if ["original", "simple", "easy", "modern", "the", "either"].contains(tokens[before].folded) {
                before -= 1
            }
        }
        if before > 1, ["or", "and"].contains(tokens[before].folded),
            NationTable.named(tokens[before - 1].folded) != nil
        {
            before -= 2
        }
        if before >= 0, beforeLanguage.contains(tokens[before].folded), tokens[index].breakBefore < .comma {
            return true
        }
        return end < tokens.count
            && ["language", "speaking", "edition", "editions", "text"].contains(tokens[end].folded)
    }

    private static let originalCue = PhraseTable<Bool>([
        (
            true,
            "in the original;the original language;original language;in original;in its original;untranslated;not translated;not in translation"
        )
    ])

    private static let beforeLanguage: Set<String> = [
        "in", "en", "auf", "learning", "learn", "studying", "study", "speak", "speaks", "practise", "practice",
        "practising",
        "practicing", "improve", "my",
    ]

    private static let subjectWords: Set<String> = [
        "revolution", "civil", "empire", "indians", "resistance", "republic", "countryside", "country", "channel",
        "cooking", "cuisine",
        "history", "navy", "army", "court", "parliament", "church", "wars", "war", "myths", "myth", "mythology", "gods",
        "legends",
        "dream", "frontier", "west", "quarter", "riviera", "raj",
    ]
}
