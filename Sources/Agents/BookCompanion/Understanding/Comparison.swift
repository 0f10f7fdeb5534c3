/// How a book should differ from those it is compared with.
enum Comparison: String, Sendable, CaseIterable {
    case shorter, longer, older, newer

    /// For an answer.
    var label: String { rawValue }
}

/// Reads "shorter", "older", "more recent", and moods that are compared: "funnier", "less sad".
enum ComparisonReader {
    struct Mention: Sendable, Equatable {
        var comparison: Comparison?
        /// A mood of the lexicon to have more of, or less.
        var mood: String?
        var isLess = false
        var range: Range<Int>
    }

    static func read(_ tokens: [Token]) -> [Mention] {
        var mentions: [Mention] = []
        var index = 0
        while index < tokens.count {
            // "Not too long" is a condition of its own.
            let isDenied = index > 0 && tokens[index].folded == "too" && denials.contains(tokens[index - 1].folded)
            if !isDenied, let (mention, length) = phrases.match(at: index, of: tokens) {
                var mention = mention
                mention.range = index..<(index + length)
                mentions.append(mention)
                index += length
            } else {
                index += 1
            }
        }
        return mentions
    }

    private static let denials: Set<String> = ["not", "isnt", "arent", "never", "nothing"]

    private static func comparison(_ comparison: Comparison) -> Mention {
        Mention(comparison: comparison, range: 0..<0)
    }
    private static func mood(_ mood: String, isLess: Bool = false) -> Mention {
        Mention(mood: mood, isLess: isLess, range: 0..<0)
    }

    private static let phrases = PhraseTable<Mention>([
        (
            comparison(.shorter),
            "shorter;not as long;not so long;less long;too long;half as long;half the length;half as thick;half the size;quicker;briefer;slimmer;thinner"
        ),
        (comparison(.longer), "longer;too short;lengthier;more substantial;meatier;bigger"),
        (comparison(.older), "older;something earlier;earlier than;more old fashioned"),
        (
            comparison(.newer),
            "newer;more recent;more modern;something later;later than;more contemporary;less old;less dated;too old;too old fashioned;too dated"
        ),
        (mood("funny"), "funnier;more funny;more humorous;more fun;wittier;sillier;with more humour"),
        (
            mood("light"),
            "lighter;easier;simpler;too heavy;too difficult;too serious;too hard;less heavy;less serious;less difficult;less demanding"
        ),
        (mood("dark"), "darker;bleaker;grimmer;more serious;more dark"),
        (mood("creepy"), "scarier;creepier;spookier;more scary;more frightening"),
        (
            mood("creepy", isLess: true),
            "less scary;less creepy;less frightening;less spooky;not as scary;too scary;too creepy;too frightening"
        ),
        (mood("uplifting"), "happier;more cheerful;more hopeful;more uplifting"),
        (mood("sad"), "sadder;more tragic;more sad"),
        (
            mood("sad", isLess: true),
            "less sad;less depressing;less tragic;less gloomy;not as sad;less bleak;too sad;too depressing;too bleak;too gloomy"
        ),
        (mood("dark", isLess: true), "less dark;less grim;not as dark;too dark;too grim"),
        (
            mood("gentle"),
            "gentler;cosier;cozier;calmer;quieter;softer;more gentle;less violent;too violent;too bloody;too brutal"
        ),
        (
            mood("exciting"),
            "more exciting;faster;more gripping;more thrilling;less slow;less boring;too slow;too boring;too dull"
        ),
        (mood("strange"), "weirder;stranger;odder;more weird;more strange"),
        (mood("romance"), "more romantic;more romance"),
        (mood("thoughtful"), "deeper;more thoughtful;more philosophical"),
        (mood("romance", isLess: true), "less romantic;less romance"),
    ])
}
