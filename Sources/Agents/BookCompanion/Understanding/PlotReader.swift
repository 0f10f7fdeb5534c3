/// Tells a message that describes a plot ("a boy stranded on a boat with a tiger") from one that names kinds and subjects: its words are
/// looked for as they stand, in what the catalogue says of each book.
enum PlotReader {
    private static let people: Set<String> = [
        "man", "woman", "boy", "girl", "child", "orphan", "husband", "wife", "father", "mother", "son", "daughter",
        "brother",
        "sister", "brothers", "sisters", "friends", "couple", "captain", "sailor", "soldier", "doctor", "priest", "nun",
        "monk",
        "king", "queen", "prince", "princess", "knight", "detective", "teacher", "student", "scientist", "inventor",
        "governess",
        "servant", "butler", "slave", "lawyer", "writer", "painter", "musician", "farmer", "thief", "murderer", "spy",
        "hobbit",
        "wizard", "witch", "vampire", "ghost", "robot", "guy", "lady", "gentleman", "widow", "nurse", "crew", "kids",
        "children",
        "twins", "stranger", "hero", "heroine", "narrator", "protagonist", "character", "someone", "somebody", "people",
        "schoolboys", "students", "pigs", "animals", "dog", "cat", "horse", "whale", "rabbit", "rabbits", "tiger",
        "spider",
    ]
    private static let links: Set<String> = [
        "where", "who", "whose", "whom", "when", "after", "because", "while", "until", "which",
    ]
    private static let happenings: Set<String> = [
        "become", "becomes", "turns", "turned", "sells", "falls", "finds", "found", "discovers", "meets", "loses",
        "loss", "kills",
        "dies", "hunts", "hunted", "stranded", "survives", "survive", "wakes", "travels", "goes", "moves", "takes",
        "take", "lives",
        "marries", "marry", "fights", "escapes", "escape", "searches", "hides", "inherits", "returns", "leaves",
        "learns", "tries",
        "builds", "steals", "kidnapped", "raised", "trapped", "accused", "obsessed", "haunted", "shipwrecked",
        "orphaned", "forced",
        "sent", "adopted", "imprisoned", "betrayed", "murdered", "framed", "pretends", "disguised", "runs", "gets",
        "has", "keeps",
        "grows", "ages", "stay", "stays", "wants", "sees", "creates", "makes", "brings", "rides", "sails", "flies",
        "wins", "joins",
        "saves", "rescues", "swap", "swaps", "switch", "transforms", "transformed", "refuses", "waits", "dreams",
        "drowns",
    ]

    static func read(_ reading: Reading) -> Bool {
        let tokens = reading.tokens
        guard tokens.count >= 5 else { return false }
        switch reading.ask {
        case .recommend, .identify: break
        default: return false
        }
        // What is measured by another book, or judged, is no plot.
        guard reading.comparisons.isEmpty,
            !reading.stances.contains(where: { [.similar, .liked, .disliked, .read].contains($0) })
        else {
            return false
        }
        func has(_ words: Set<String>) -> Bool { tokens.contains { words.contains($0.folded) } }
        let content = tokens.filter { !StopWords.contains($0.folded) && $0.folded.utf8.count > 2 }.count
        guard content >= 3, has(people) else { return false }
        return has(happenings) || (has(links) && content >= 4)
    }
}
