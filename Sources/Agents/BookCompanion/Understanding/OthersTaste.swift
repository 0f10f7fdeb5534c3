/// Tells the taste of the reader from somebody else's: "my husband loves King", "a present for my sister, who adores Austen".
enum OthersTaste {
    static let people = PeopleWords.family.union(PeopleWords.others).union([
        "kid", "kids", "boy", "girl", "student", "students", "class", "family", "client", "patient", "inlaw",
    ])
    private static let others: Set<String> = ["he", "she", "they", "who", "hes", "shes", "theyre"]
    private static let verbs: Set<String> = [
        "love", "loves", "loved", "like", "likes", "liked", "adore", "adores", "adored", "enjoy", "enjoys", "enjoyed",
        "hate",
        "hates", "hated", "dislikes", "devours", "reads", "read", "prefers", "favourite", "favorite", "fan", "into",
        "obsessed",
        "crazy", "mad", "finds", "swears",
    ]
    static let gifts: Set<String> = ["gift", "gifts", "present", "presents", "birthday", "stocking"]
    private static let own: Set<String> = ["i", "im", "ive", "id", "we", "me", "myself"]

    /// For each word, whether it tells of somebody else's taste and not of the reader's.
    static func read(_ tokens: [Token]) -> [Bool] {
        var marks = Array(repeating: false, count: tokens.count)
        // What is looked for is for somebody else as a whole.
        let isForOther = tokens.indices.contains { index in
            index + 2 < tokens.count && tokens[index].folded == "for"
                && ["my", "our", "a", "an", "the"].contains(tokens[index + 1].folded)
                && tokens[(index + 2)...].prefix(4).contains { people.contains($0.base) }
        }
        let isGift = tokens.contains { gifts.contains($0.folded) } && tokens.contains { $0.folded == "for" }
        var isOthers = false
        for index in tokens.indices {
            if tokens[index].startsSentence { isOthers = isForOther || isGift }
            if own.contains(tokens[index].folded), !isForOther, !isGift { isOthers = false }
            if index > 0, ["my", "our"].contains(tokens[index - 1].folded), people.contains(tokens[index].base),
                tellsTaste(after: index, tokens)
            {
                isOthers = true
            }
            if others.contains(tokens[index].folded), tellsTaste(after: index, tokens) { isOthers = true }
            marks[index] = isOthers
        }
        return marks
    }

    /// Whether a verb of liking or reading follows soon.
    private static func tellsTaste(after index: Int, _ tokens: [Token]) -> Bool {
        for place in (index + 1)..<min(tokens.count, index + 6) {
            if tokens[place].breakBefore >= .clause || own.contains(tokens[place].folded) { return false }
            if verbs.contains(tokens[place].folded) { return true }
        }
        return false
    }

    /// "My husband loves King, I don't", "my class hates Hardy, but I love him": the words for what somebody else judges, and the reader's own stance.
    static func contrasted(_ tokens: [Token]) -> (stance: Stance, words: [Int]) {
        guard let (stance, range) = contrasts.first(in: tokens), range.lowerBound > 0 else { return (.wanted, []) }
        // Nothing of its own may follow: "I don't like horror" names what is not liked.
        let rest = tokens[range.upperBound...].prefix { $0.breakBefore < .sentence }
        let judging = stance == .liked ? praising : StanceReader.dull
        guard rest.allSatisfy({ filler.contains($0.folded) || judging.contains($0.folded) }) else {
            return (.wanted, [])
        }
        let marks = read(tokens)
        return (stance, (0..<range.lowerBound).filter { marks[$0] })
    }

    private static let praising: Set<String> = [
        "wonderful", "great", "brilliant", "marvellous", "marvelous", "fantastic", "excellent", "superb", "amazing",
        "good", "genius",
    ]

    private static let contrasts = PhraseTable<Stance>([
        (
            .liked,
            """
            i do;i love him;i love her;i love it;i love them;i like him;i like her;i like it;i like them;i adore him;i adore her;i adore it;i adore them;\
            i think he;i think hes;i think she;i think shes;i think its;i think it;i think they;i think theyre;i rather like him;i rather like her
            """
        ),
        (
            .disliked,
            """
            i dont;i do not;i didnt;i cant stand him;i cant stand her;i cant stand them;i cant stand it;i cannot;i hate him;i hate her;i hate them;\
            i hate it;i find him;i find her;i find them;i find it;i found him;i found her;i found it;i found them;not me;im not;i am not;i never did;\
            i dont like him;i dont like her;i dont like it;i dont like them;i loathe him;i loathe her;i couldnt;i would rather not
            """
        ),
    ])
    private static let filler: Set<String> = [
        "at", "all", "really", "so", "much", "too", "a", "bit", "though", "like", "him", "her", "them", "it", "care",
        "for", "that", "very", "absolutely",
        "to", "be", "rather", "quite", "myself", "personally", "stand", "see", "get", "why", "the", "appeal", "just",
        "simply", "utterly", "is", "are",
    ]
}
