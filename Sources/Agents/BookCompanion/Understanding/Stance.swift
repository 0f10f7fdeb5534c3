/// How the reader stands to what a part of the message names.
enum Stance: Sendable, Equatable {
    /// Asked for.
    case wanted
    /// To be like it: "something like Dune".
    case similar
    /// Liked: "I loved Dune".
    case liked
    /// Known already: "I've read Dune".
    case read
    /// Not now: "not Dickens", "no love stories".
    case avoided
    /// Disliked at all times: "I can't stand Dickens".
    case disliked
    /// Rather less of it: "not too frightening".
    case softened
    /// About the readers themselves: "I'm a nurse".
    case background

    var isAgainst: Bool { self == .avoided || self == .disliked }
    var isFor: Bool { self == .wanted || self == .similar || self == .liked }
}

/// Finds the stance of each word from the words that announce one ("like", "not", "I've read") and how far these reach.
enum StanceReader {
    struct Result: Sendable, Equatable {
        /// One for each token.
        var stances: [Stance]
        /// Tokens that announce a stance and name nothing themselves.
        var cues: [Bool]
    }

    static func read(_ tokens: [Token], lexicon: Lexicon = .shared) -> Result {
        let stems = tokens.map(\.stem)
        var result = Result(
            stances: Array(repeating: .wanted, count: tokens.count), cues: Array(repeating: false, count: tokens.count))
        var stance = Stance.wanted
        var index = 0
        while index < tokens.count {
            let token = tokens[index]
            if token.startsSentence {
                stance = .wanted
            } else if token.breakBefore >= .comma, !reaches(stance, past: index, of: tokens) {
                stance = .wanted
            }
            if token.quote == nil, let (cue, length) = cue(at: index, of: tokens),
                // "love stories" is no declaration of love.
                (lexicon.phrase(at: index, of: stems)?.length ?? 0) <= length,
                let next = announced(by: cue, at: index, length: length, of: tokens, in: stance)
            {
                stance = next
                for offset in index..<(index + length) {
                    result.cues[offset] = true
                    result.stances[offset] = stance
                }
                index += length
                continue
            }
            result.stances[index] = stance
            index += 1
        }
        applyVerdicts(tokens, &result)
        applyFindings(tokens, &result)
        applyPeople(tokens, &result)
        let contrast = OthersTaste.contrasted(tokens)
        for index in contrast.words where result.stances[index] != .background {
            result.stances[index] = contrast.stance
        }
        return result
    }

    private static let occasions: Set<String> = ["christmas", "xmas", "easter", "birthday"]
    private static let othersVerbs: Set<String> = [
        "loves", "hates", "likes", "dislikes", "enjoys", "adores", "detests",
    ]
    /// Words of somebody who tells of himself, or for whom a book is.
    private static let tellers: Set<String> = [
        "i", "im", "ive", "id", "my", "we", "our", "me", "he", "she", "old", "gift", "present", "someone", "somebody",
    ]

    /// The announcing phrase here: one of the table, or one that needs a look around.
    private static func cue(at index: Int, of tokens: [Token]) -> (Cue, Int)? {
        let word = tokens[index].folded
        // What a character of a plot loves and hates is no taste: "falls in love", "a boy who hates school".
        if word == "love", index > 0, tokens[index - 1].folded == "in" { return nil }
        if othersVerbs.contains(word), !tokens.contains(where: { tellers.contains($0.folded) }) { return nil }
        if let (cue, length) = CueTable.stances.match(at: index, of: tokens) { return (cue, length) }
        // "leave Christie out of it"
        if ["leave", "leaving", "keep", "keeping"].contains(word) {
            let clause = tokens[(index + 1)...].prefix(6).prefix { $0.breakBefore < .comma }
            if clause.contains(where: { ["out", "aside"].contains($0.folded) }) { return (.takes(.avoided), 1) }
        }
        // "as funny as Catch-22"
        if word == "as", index >= 2, tokens[index - 2].folded == "as" { return (.takes(.similar), 1) }
        // "Read the Odyssey last month", "Enough Austen."
        if tokens[index].startsSentence, index + 1 < tokens.count {
            if ["read", "reread"].contains(word) { return (.takes(.read), 1) }
            if word == "enough", tokens[index + 1].isCapitalized { return (.takes(.avoided), 1) }
        }
        return nil
    }

    /// The stance from here on; nil when the words do not announce one here.
    private static func announced(
        by cue: Cue, at index: Int, length: Int, of tokens: [Token], in stance: Stance
    ) -> Stance? {
        switch cue {
        case .takes(let next):
            // "nothing like Dickens" stays against, "I've read all I like".
            if stance.isAgainst, next == .similar || next == .liked { return stance }
            if next == .similar, stance == .liked { return .liked }
            return next
        case .neutral: return stance
        case .resets: return stance.isAgainst ? nil : .wanted
        case .resetsAlways: return .wanted
        case .afterName:
            // "after Emma" names what was read; "after dinner" does not.
            let next = index + length
            guard next < tokens.count, tokens[next].isCapitalized || tokens[next].quote != nil else { return nil }
            return .read
        }
    }

    /// Whether a stance goes on after a comma. What is disliked or avoided may be a list ("no Dickens, Eliot or Hardy");
    /// a comma otherwise ends it, because taking a wish for its opposite is the worst mistake.
    private static func reaches(_ stance: Stance, past index: Int, of tokens: [Token]) -> Bool {
        guard tokens[index].breakBefore == .comma else { return false }
        guard stance.isAgainst || stance == .softened else { return stance != .wanted && stance != .background }
        let words = tokens[index...].prefix(8)
        if ["or", "nor", "and"].contains(words.first?.folded ?? "") {
            return words.count > 1 && CueTable.stances.match(at: index + 1, of: tokens) == nil
        }
        // A short item, and the list's "or" after it.
        var length = 0
        for (offset, word) in words.enumerated() {
            if ["or", "nor", "and"].contains(word.folded) { return length <= 3 }
            if offset > 0, word.breakBefore >= .comma {
                return length <= 2 && word.breakBefore == .comma || length <= 3 && tokens[index].isCapitalized
            }
            if CueTable.stances.match(at: index + offset, of: tokens) != nil { return false }
            length += 1
        }
        return length <= 3 && tokens[index].isCapitalized
    }

    /// "I find Dickens dull", "we thought Ulysses a bore": the verdict stands after the name, and its verb before.
    private static func applyFindings(_ tokens: [Token], _ result: inout Result) {
        for index in tokens.indices where ["find", "found", "thought", "consider"].contains(tokens[index].folded) {
            guard index > 0, ["i", "we", "always", "just", "really", "have", "ive"].contains(tokens[index - 1].folded)
            else { continue }
            let clause = index + 1..<(tokens[(index + 1)...].firstIndex { $0.breakBefore >= .comma } ?? tokens.count)
            guard let verdict = clause.first(where: { dull.contains(tokens[$0].folded) }), verdict > index + 1 else {
                continue
            }
            result.cues[index] = true
            for place in index + 1..<verdict { result.stances[place] = .disliked }
            for place in verdict..<clause.upperBound { result.cues[place] = true }
        }
    }

    /// "A gift for my blind grandfather": what he is, is no subject of the book.
    private static func applyPeople(_ tokens: [Token], _ result: inout Result) {
        for index in tokens.indices where ["my", "our"].contains(tokens[index].folded) {
            let near = (index + 1)..<min(tokens.count, index + 4)
            guard let person = near.first(where: { OthersTaste.people.contains(tokens[$0].base) }) else { continue }
            for place in (index + 1)...person { result.stances[place] = .background }
        }
        // "A present for Christmas": the day it is given on is no subject either.
        guard tokens.contains(where: { OthersTaste.gifts.contains($0.folded) }) else { return }
        for index in tokens.indices.dropFirst() where occasions.contains(tokens[index].folded) {
            result.stances[index] = .background
        }
    }

    /// Words by which somebody calls a writer or a book not for them.
    static let dull: Set<String> = [
        "boring", "dull", "tedious", "dreary", "tiresome", "unreadable", "overrated", "annoying", "irritating",
        "insufferable",
        "unbearable", "awful", "terrible", "dreadful", "bore", "slog", "pretentious", "depressing", "stuffy", "preachy",
    ]

    /// "Emma is my favourite", "Ulysses was dull": the verdict comes after what it is about.
    private static func applyVerdicts(_ tokens: [Token], _ result: inout Result) {
        for index in tokens.indices {
            guard let (verdict, length) = CueTable.verdicts.match(at: index, of: tokens) else { continue }
            if verdict == .read || verdict == .avoided {
                // "M. R. James I have already", not "I have already read M. R. James".
                let next = index + length
                guard next == tokens.count || tokens[next].breakBefore >= .comma else { continue }
            }
            for offset in index..<(index + length) { result.cues[offset] = true }
            var start = index
            // "War novels? Not for me.": the verdict is a sentence of its own.
            if verdict.isAgainst, tokens[index].startsSentence, index > 0 {
                start -= 1
                result.stances[start] = verdict
            }
            // "I loved Christie, science fiction bores me": what was liked before the comma reaches no further than that.
            let clause = tokens[...index].lastIndex { $0.breakBefore >= .comma } ?? 0
            let isOwn = verdict.isAgainst && !result.cues[clause..<index].contains(true)
            while start > 0, tokens[start].breakBefore < .clause {
                start -= 1
                if [.wanted, .read, .background].contains(result.stances[start]) || isOwn && start >= clause {
                    result.stances[start] = verdict
                }
            }
        }
    }
}

/// What a phrase does to the stance.
enum Cue: Sendable, Equatable {
    case takes(Stance)
    /// Looks like a negation and is none.
    case neutral
    /// A new wish begins, unless a negation still holds.
    case resets
    case resetsAlways
    /// "after", when a name follows.
    case afterName
}
