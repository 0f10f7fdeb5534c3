import Substrings

/// A question as far as another one may have the same answer.
///
/// Careful rather than clever: a wrong answer costs more than a call. Two questions are alike only when one has all that the other
/// has, in the same order, and what it has beyond that limits and turns nothing.
struct SimilarQuestion: Sendable, Equatable {
    /// Words that carry the meaning, in order.
    private let words: [String]
    private let language: QuestionLanguage

    /// Bytes of the longest question that is compared with others.
    static let maximumBytes = 512

    /// - Parameter normal: a question in the form of ``QuestionForm``. Nil where its language is not told by it, or it has no word
    ///   that carries meaning.
    init?(_ normal: String) {
        guard normal.utf8.count <= Self.maximumBytes else { return nil }
        var all = normal.split(separator: " ").map(String.init)
        guard let language = QuestionLanguage(of: all) else { return nil }
        let vocabulary = language.vocabulary
        for opening in vocabulary.openings where all.starts(with: opening) && all.count > opening.count {
            all.removeFirst(opening.count)
            break
        }
        words = all.filter { !vocabulary.empty.contains($0) }.map(Self.singular)
        guard !words.isEmpty else { return nil }
        self.language = language
    }

    /// How much of both questions' words is in both, by weight, from 0 to 1; 0 where they cannot be the same question.
    /// - Parameter weight: of a word: the rarer, the more.
    func similarity(to other: SimilarQuestion, weight: (String) -> Double) -> Double {
        guard language == other.language else { return 0 }
        let (short, long) = words.count <= other.words.count ? (words, other.words) : (other.words, words)
        if short == long { return 1 }
        // With fewer words in common, each further one makes another question of it.
        guard short.count >= 3 else { return 0 }
        let limiting = language.vocabulary.limiting
        var rest = short[...]
        var shared = 0.0
        var all = 0.0
        for word in long {
            all += weight(word)
            if word == rest.first {
                shared += weight(word)
                rest.removeFirst()
            } else if limiting.contains(word) || word.contains(where: \.isNumber) || word.contains("n't") {
                return 0
            }
        }
        return rest.isEmpty ? shared / all : 0
    }

    /// What two questions may have in common.
    var distinctWords: Set<String> { Set(words) }

    /// `wines` as `wine`. Too little rather than too much: `bus`, `glass`, `this`.
    private static func singular(_ word: String) -> String {
        guard word.utf8.count >= 5, word.hasSuffix("s"), !word.hasSuffix("ss"), !word.hasSuffix("us"),
            !word.hasSuffix("is")
        else { return word }
        return String(word.dropLast())
    }
}

/// A language whose small words are known.
enum QuestionLanguage: CaseIterable, Sendable {
    case english, german, spanish, french

    struct Vocabulary: Sendable {
        /// Words that a question may have or not have and mean the same.
        var empty: Set<String>
        /// Words that make another question of it: negations, numbers, times, limits.
        var limiting: Set<String>
        /// Other words that tell the language.
        var small: Set<String>
        /// How a question may begin and mean the same; longest first.
        var openings: [[String]]

        init(empty: String, limiting: String, small: String, openings: [String]) {
            self.empty = Set(empty.split(separator: " ").map(String.init))
            self.limiting = Set(limiting.split(separator: " ").map(String.init))
            self.small = Set(small.split(separator: " ").map(String.init))
            self.openings = openings.map { $0.split(separator: " ").map(String.init) }.sorted { $0.count > $1.count }
        }
    }

    /// The language that most of the small words are of; nil where none is ahead.
    init?(of words: [String]) {
        var best: (language: QuestionLanguage, count: Int)?
        var isTied = false
        for language in Self.allCases {
            let vocabulary = language.vocabulary
            let count = words.reduce(0) { count, word in
                count
                    + (vocabulary.empty.contains(word) || vocabulary.small.contains(word)
                        || vocabulary.limiting.contains(word)
                        ? 1 : 0)
            }
            if count > best?.count ?? 0 {
                best = (language, count)
                isTied = false
            } else if count == best?.count {
                isTied = true
            }
        }
        guard let best, !isTied else { return nil }
        self = best.language
    }

    var vocabulary: Vocabulary {
        switch self {
        case .english: Self.englishWords
        case .german: Self.germanWords
        case .spanish: Self.spanishWords
        case .french: Self.frenchWords
        }
    }

    private static let englishWords = Vocabulary(
        empty: "a an the of is are do does what please thanks",
        limiting: """
            no not never none nobody nothing neither nor cannot without except unless isn't aren't don't doesn't can't won't but \
            one two three four five six seven eight nine ten eleven twelve hundred thousand million half first second third last \
            only before after until since under over above below between more less fewer most least best worst than or versus vs \
            was were did had will would should must always any all every both instead against if when where who why again opposite
            """,
        small:
            "i you he she it we they me my your in on at to for from with by how which about and can could this that there be",
        openings: [
            "can you", "could you", "would you", "will you", "can you please", "could you please", "can you tell me",
            "could you tell me", "can you explain", "could you explain", "please tell me", "please explain", "tell me",
            "explain", "describe", "please", "i want to know", "i would like to know", "do you know", "hi", "hello",
        ])
    private static let germanWords = Vocabulary(
        empty: "der die das dem den des ein eine einen einem einer eines ist sind was bitte danke von",
        limiting: """
            nicht kein keine keinen keinem keiner nie niemals nichts niemand ohne außer weder noch aber nur zwei drei vier fünf sechs \
            sieben acht neun zehn elf zwölf hundert tausend halb erste ersten zweite dritte letzte vor nach bis seit unter über \
            zwischen mehr weniger meisten wenigsten beste besten schlechteste als oder war waren wird wurde würde soll muss immer \
            alle jeder beide statt gegen wenn wann wo wer warum gegenteil
            """,
        small:
            "ich du er sie es wir ihr mir mich mein dein im in am an zu zum zur für aus mit bei wie welche welcher über und kann auf",
        openings: [
            "kannst du", "können sie", "kannst du mir sagen", "können sie mir sagen", "sag mir", "bitte", "erkläre",
            "erklär",
            "erkläre mir", "beschreibe", "ich möchte wissen", "weißt du", "hallo",
        ])
    private static let spanishWords = Vocabulary(
        empty: "el la los las un una unos unas es son qué que de del gracias",
        limiting: """
            no nunca jamás nada nadie ninguno ninguna ningún sin excepto salvo ni pero solo sólo dos tres cuatro cinco seis siete ocho \
            nueve diez cien mil medio primero primera segundo tercero último última antes después hasta desde bajo sobre entre más \
            menos mejor peor o fue era fueron será sería debe siempre todo todos cada ambos contra si cuándo dónde quién porqué contrario
            """,
        small: "yo tú él ella me mi tu su en a al para por con cómo cuál y se lo como puede hay por",
        openings: [
            "puedes", "podrías", "puedes decirme", "podrías decirme", "dime", "explica", "explícame", "por favor",
            "quiero saber",
            "sabes", "hola",
        ])
    private static let frenchWords = Vocabulary(
        empty: "le la les un une des est sont que quoi de du d'un d'une merci",
        limiting: """
            ne pas jamais rien personne aucun aucune sans sauf ni mais seulement deux trois quatre cinq six sept huit neuf dix cent \
            mille demi premier première deuxième troisième dernier dernière avant après jusque depuis sous sur entre plus moins \
            meilleur pire ou était étaient sera serait doit toujours tout tous chaque contre si quand où qui pourquoi contraire
            """,
        small:
            "je tu il elle nous vous me moi mon ton son en à au aux pour par avec comment quel quelle et ce cette qu'est-ce c'est dans",
        openings: [
            "peux-tu", "pouvez-vous", "peux-tu me dire", "pouvez-vous me dire", "dis-moi", "dites-moi", "explique",
            "expliquez",
            "s'il te plaît", "s'il vous plaît", "je veux savoir", "sais-tu", "bonjour",
        ])
}
