import Substrings

/// The words of a message that carry its subject.
struct QuestionWords {
    /// Folded, in the order of the message, each once.
    let words: [String]
    /// All words, folded.
    let all: [String]
    /// What documents are asked: the words as they were written, without who asks and what is only said around a question.
    let query: String

    init(_ text: String) {
        all = Folding.words(String(text.unicodeScalars.prefix(4_000)))
        var seen = Self.common
        words = all.filter { seen.insert($0).inserted }
        let spoken = String(text.unicodeScalars.prefix(4_000)).replacing("%", with: " percent ")
        query = Self.withoutPeople(Tokenizer.tokens(of: spoken))
            .filter { !Self.around.contains($0.folded) }.map(\.text).joined(separator: " ")
    }

    /// The two questions of "what does it cost and how long does it take?"; nil for one.
    static func parts(of text: String) -> (String, String)? {
        let words = text.unicodeScalars.prefix(2_000).split { $0 == " " || $0 == "\n" }.map(String.init)
        for index in words.indices.dropFirst(2) where index + 2 < words.count {
            let isJoint = words[index] == "and" || words[index - 1].last.map { ",?".contains($0) } ?? false
            let next = words[index] == "and" ? index + 1 : index
            guard isJoint, clauseOpenings.contains(words[next].lowercased()) else { continue }
            let (first, second) = (words[..<index].joined(separator: " "), words[next...].joined(separator: " "))
            if QuestionWords(first).words.count > 1, !QuestionWords(second).query.isEmpty { return (first, second) }
        }
        return nil
    }

    private static let clauseOpenings: Set<String> = [
        "how", "what", "which", "where", "when", "who", "why", "can", "could", "may", "must", "do", "does", "is", "are",
        "will", "should",
    ]

    /// A message's words without the people in it who are no subject: "my cousin Tobias asks", "I'm Anna".
    static func withoutPeople(_ tokens: [Token]) -> [Token] {
        var kept: [Token] = []
        var isAfterPerson = false
        for (index, token) in tokens.enumerated() {
            // "for 2 weeks": how long is no subject, but for the days of a rule.
            let next = index + 1 < tokens.count ? tokens[index + 1].folded : ""
            let previous = index > 0 ? tokens[index - 1].folded : ""
            if units.contains(next) && isAmount(token.folded) || units.contains(token.folded) && isAmount(previous) {
                continue
            }
            // "In May" says when.
            if token.isCapitalized, ["in", "on", "next", "this", "last"].contains(previous),
                CalendarDay.months.contains(where: { $0.lowercased() == token.folded })
            {
                continue
            }
            let introduces =
                ["im", "am", "is"].contains(previous) && index > 1 && tokens[index - 2].folded == "name"
                || previous == "im" || previous == "am" && index > 1 && tokens[index - 2].folded == "i"
            let isName = token.isCapitalized && token.breakBefore == .none && PlaceTable.places[token.base] == nil
            if isName, isAfterPerson || introduces {
                isAfterPerson = true
                continue
            }
            let isOther = PeopleWords.others.contains(token.base)
            isAfterPerson = isOther || PeopleWords.family.contains(token.base)
            if !isOther { kept.append(token) }
        }
        return kept
    }

    private static let units: Set<String> = [
        "day", "days", "week", "weeks", "month", "months", "year", "years", "hours",
    ]

    private static func isAmount(_ word: String) -> Bool {
        if let number = Int(word) { return ![90, 180].contains(number) }
        return word != "one" && NumberWords.value(word) != nil || ["few", "couple"].contains(word)
    }

    /// What is said around a question without being asked about.
    static let around: Set<String> = common.subtracting([
        "work", "works", "help", "once", "off", "long", "take", "takes",
    ]).union(
        """
        actually almost already anybody anyone asking asks asked basically bit bye cheers curious dear currently everybody everyone
        exactly folks gonna good great greetings guess guys hey hope hoping idea kind kindly lot lots maybe moment
        lives living morning name named need needed needs ok okay pardon perhaps planning pls plz possible possibly quick quickly recently
        regarding right sir sorry sure thinking thx today told try trying wanna wanted wants whats whether wish wonder wondering
        """.split { $0 == " " || $0 == "\n" }.map(String.init))

    /// Whether the message goes on with what was said before: it points at something it does not name.
    var isFollowUp: Bool {
        guard words.count <= 3, let first = all.first else { return false }
        if words.isEmpty { return true }
        if ["and", "also", "but", "then"].contains(first) { return true }
        if all.starts(with: ["what", "about"]) || all.starts(with: ["how", "about"]) { return true }
        return all.contains { Self.pointers.contains($0) }
    }

    private static let pointers: Set<String> = ["it", "that", "this", "they", "them", "those", "these", "there", "its"]

    static let common: Set<String> = Set(
        """
        a about after again all also am an and any are as ask at be because been before being but by can could did do does
        doing dont for from get give go going got had has have having he hello help her here hi him his how i id if ill im in
        into is it its ive just know let lets like long many may me mean more most much my need no not now of off ok on once one
        only or other our out over own please question questions really said say see she should show so some someone something
        such take takes tell than thank thanks that thats the their them then there these they thing things think this those
        through to too under until up us very want wants was we well were what whats when where which while who whom why will
        with work works would yes you your yours
        """.split { $0 == " " || $0 == "\n" }.map(String.init))
}

/// What is said without asking for anything.
enum SmallTalk: Equatable {
    case greeting, thanks, farewell
    /// "Who are you?", "What can you do?"
    case identity

    /// Nil for a message that has a subject.
    init?(_ text: String) {
        let words = Folding.words(String(text.unicodeScalars.prefix(200)))
        guard (1...12).contains(words.count) else { return nil }
        let joined = words.joined(separator: " ")
        var core = words[...]
        while let last = core.last, Self.trailers.contains(last) { core.removeLast() }
        if Self.identityPhrases.contains(core.joined(separator: " ")) || Self.identityPhrases.contains(joined) {
            self = .identity
            return
        }
        guard words.allSatisfy({ Self.fillers.contains($0) }) else { return nil }
        if words.contains(where: { ["thanks", "thank", "thx", "cheers"].contains($0) }) {
            self = .thanks
        } else if words.contains(where: { ["bye", "goodbye"].contains($0) }) || joined.hasPrefix("see you") {
            self = .farewell
        } else if words.contains(where: { ["hi", "hello", "hey", "morning", "afternoon", "evening"].contains($0) })
            || joined.hasPrefix("how are you")
        {
            self = .greeting
        } else {
            return nil
        }
    }

    /// What may stand behind a whole question without giving it a subject.
    private static let trailers: Set<String> = [
        "here", "today", "please", "for", "me", "with", "then", "exactly", "really",
    ]

    private static let identityPhrases: Set<String> = [
        "who are you", "what are you", "what can you do", "what do you do", "how can you help", "what can i ask",
        "what do you know", "are you a bot", "are you an ai", "are you human", "what is your name", "whats your name",
        "help",
    ]

    private static let fillers: Set<String> = [
        "hi", "hello", "hey", "good", "morning", "afternoon", "evening", "day", "there", "thanks", "thank", "thx",
        "cheers", "you", "very", "much", "so", "a", "lot", "for", "your", "help", "the", "answer", "that", "was",
        "great", "ok", "okay", "bye", "goodbye", "see", "later", "soon", "how", "are", "today", "and", "all", "then",
        "helped", "helps", "me", "perfect", "cool", "nice", "awesome", "really", "is", "it", "clear", "now", "got",
        "understood", "useful", "clearer", "thats", "this", "i", "needed", "wanted", "everything", "just", "helpful",
        "lovely", "wonderful", "doing",
    ]
}
