/// A message's words as wordings have them: folded, without fillers, with usual spellings for disguised ones.
struct WordingText: Sendable {
    /// Where more is written, the beginning and the end are read, half each.
    static let maximumBytes = 32_768

    enum Break: Int, Sendable { case none, clause, sentence }

    private(set) var words: [String] = []
    /// What stands before each word.
    private var breaks: [Break] = []
    /// Which words stand in quotation marks.
    private var isQuoted: [Bool] = []

    /// - Parameter vocabulary: words that are right as they are.
    init(_ message: String, vocabulary: WordingPattern.Words) {
        var scanner = Scanner(vocabulary: vocabulary)
        let bytes = message.utf8
        if bytes.count <= Self.maximumBytes {
            scanner.scan(message.unicodeScalars)
        } else {
            let half = Self.maximumBytes / 2
            scanner.scan(String(decoding: bytes.prefix(half), as: UTF8.self).unicodeScalars)
            scanner.note(.sentence)
            scanner.scan(String(decoding: bytes.suffix(half), as: UTF8.self).unicodeScalars)
        }
        self = scanner.finish()
    }

    fileprivate init() {}

    fileprivate mutating func append(_ word: String, _ before: Break, isQuoted quoted: Bool) {
        words.append(word)
        breaks.append(before)
        isQuoted.append(quoted)
    }

    /// Whether a sentence other than the first begins with a word.
    func isSentence(at index: Int) -> Bool { index > 0 && index < breaks.count && breaks[index] == .sentence }

    func isClauseStart(at index: Int) -> Bool {
        index == 0 || (index < breaks.count && breaks[index] != .none) || Self.openers.contains(words[index - 1])
    }

    func isClauseEnd(at index: Int) -> Bool {
        index >= words.count || breaks[index] != .none || Self.closers.contains(words[index])
    }

    /// Takes words out, so that no wording is found in them. The gap that stays is no word.
    mutating func blank(_ range: Range<Int>) {
        for index in range { words[index] = "" }
    }

    /// Puts a word in the place of the last one: "my self".
    fileprivate mutating func join(_ word: String) {
        words[words.count - 1] = word
    }

    fileprivate mutating func unquote(from index: Int) {
        for index in index..<max(index, words.count) { isQuoted[index] = false }
    }

    /// Takes out what is quoted where the message speaks of something written: the words of a title are nobody's own.
    mutating func blankQuotations(unlessFewerThan least: Int, ifAny context: WordingPattern.Words) {
        let own = words.indices.filter { !isQuoted[$0] }
        guard own.count < words.count, own.count >= least, own.contains(where: { context.contains(words[$0]) }) else {
            return
        }
        for index in words.indices where isQuoted[index] { words[index] = "" }
    }

    private static func set(_ text: String) -> Set<String> {
        Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
    }

    private static let openers = set(
        """
        and but so because cause cuz bc that then hi hello hey please und aber weil dass hallo denn et mais que parce car bonjour
        y pero porque hola
        """)

    private static let closers = set(
        """
        anymore any because cause cuz bc but please if since now tonight today tomorrow right lately idk like mehr weil aber denn
        bitte heute jetzt wenn mais parce car maintenant si comme pero porque ahora hoy como ya mas or und y et and
        """)
}

/// Takes a message apart.
private struct Scanner {
    let vocabulary: WordingPattern.Words
    private var text = WordingText()
    private var word = ""
    /// Whether signs stand for letters in it.
    private var isDisguised = false
    private var pending = WordingText.Break.sentence
    private var closing: Unicode.Scalar?
    /// The first word in the quotation marks that are open.
    private var opening = 0
    /// Single letters in a row, that may be a word in disguise: "k m s".
    private var letters: [(letter: String, before: WordingText.Break)] = []

    init(vocabulary: WordingPattern.Words) { self.vocabulary = vocabulary }

    mutating func scan(_ scalars: String.UnicodeScalarView) {
        var last: Unicode.Scalar = " "
        var index = scalars.startIndex
        while index < scalars.endIndex {
            let scalar = scalars[index]
            scalars.formIndex(after: &index)
            let next = index < scalars.endIndex ? scalars[index] : " "
            if Self.isWordPart(scalar) {
                word.unicodeScalars.append(scalar)
            } else if isDisguise(scalar, after: last, before: next) {
                isDisguised = true
                word.unicodeScalars.append(scalar)
            } else if !Self.isPassedOver(scalar) {
                close()
                mark(scalar)
            }
            last = scalar
        }
        close()
    }

    mutating func finish() -> WordingText {
        close()
        joinLetters()
        // A mark that nothing closes has quoted nothing.
        if closing != nil { text.unquote(from: opening) }
        return text
    }

    /// A sign that stands for a letter: "k!ll", "su*cide", "h@te".
    private func isDisguise(_ sign: Unicode.Scalar, after last: Unicode.Scalar, before next: Unicode.Scalar) -> Bool {
        switch sign {
        case "@", "$": Self.isWordPart(next)
        case "*":
            Self.isWordPart(last) && (next == "*" || Self.isWordPart(next))
                || last == "*" && Self.isWordPart(next) && !word.isEmpty
        case "!": word.unicodeScalars.count <= 2 && !word.isEmpty && Self.isWordPart(next)
        default: false
        }
    }

    mutating func note(_ level: WordingText.Break) {
        if level.rawValue > pending.rawValue { pending = level }
    }

    private mutating func mark(_ scalar: Unicode.Scalar) {
        if let open = closing {
            if scalar == open || (open == "\u{201D}" && scalar == "\"") || (open == "\u{201C}" && scalar == "\u{201D}")
            {
                closing = nil
            }
        } else {
            closing = Self.quotes[scalar]
            opening = text.words.count
        }
        switch scalar {
        case ".", "!", "?", ";", "\n", "\u{2026}": note(.sentence)
        case ",", ":", "(", ")", "-", "\u{2013}", "\u{2014}": note(scalar == "-" ? .none : .clause)
        default: break
        }
    }

    private mutating func close() {
        guard !word.isEmpty else { return }
        let folded = Folding.fold(isDisguised ? Self.undisguised(word) : word)
        word = ""
        isDisguised = false
        guard !folded.isEmpty else { return }
        if folded.utf8.count == 1, Int(folded) == nil {
            letters.append((folded, pending))
            pending = .none
            return
        }
        joinLetters()
        add(folded)
    }

    /// Three single letters in a row are a word; "I" and "a" by themselves are what they are.
    private mutating func joinLetters() {
        guard !letters.isEmpty else { return }
        let run = letters
        letters = []
        let last = pending
        let joined = run.map(\.letter).joined()
        if run.count >= 3, vocabulary.contains(joined) {
            pending = run[0].before
            add(joined)
        } else {
            for (letter, before) in run {
                pending = before
                add(letter)
            }
        }
        pending = last
    }

    private mutating func add(_ folded: String) {
        let word = spelled(folded)
        let previous = text.words.last ?? ""
        if word == "self", previous == "my" { return text.join("myself") }
        if word == "2" || word == "too", ["want", "going", "need", "wants", "about"].contains(previous) {
            return append("to")
        }
        if Self.fillers.contains(word) { return }
        guard let parts = Spellings.expansions[word] else { return append(word) }
        for part in parts { append(part) }
    }

    private mutating func append(_ word: String) {
        text.append(word, pending, isQuoted: closing != nil)
        pending = .none
    }

    /// The usual spelling of a word that was typed in haste or in disguise.
    private func spelled(_ word: String) -> String {
        if vocabulary.contains(word) || Spellings.expansions[word] != nil || word.utf8.count > 24 { return word }
        var word = word
        if Int(word) == nil, word.utf8.contains(where: { (0x30...0x39).contains($0) }) {
            let read = String(word.map { Self.digits[$0] ?? $0 })
            if vocabulary.contains(read) || Spellings.expansions[read] != nil { return read }
            word = read
        }
        for most in [2, 1] {
            let candidate = Self.repeated(word, atMost: most)
            if candidate != word, vocabulary.contains(candidate) { return candidate }
        }
        if word.utf8.count >= 5, let meant = Spellings.misspelt(word) { return meant }
        return word
    }

    /// A word with each letter so many times in a row at most.
    private static func repeated(_ word: String, atMost most: Int) -> String {
        var (kept, last, run) = ([UInt8](), UInt8?.none, 0)
        for letter in word.utf8 {
            run = letter == last ? run + 1 : 1
            last = letter
            if run <= most { kept.append(letter) }
        }
        return String(decoding: kept, as: UTF8.self)
    }

    private static func undisguised(_ word: String) -> String {
        if word.contains("*") {
            let letters = Array(word.lowercased())
            let hidden = Spellings.hidden.first { candidate in
                candidate.count == letters.count && zip(candidate, letters).allSatisfy { $1 == "*" || $0 == $1 }
            }
            if let hidden { return hidden }
        }
        return String(word.map { ["@": "a", "$": "s", "!": "i"][$0] ?? $0 })
    }

    private static let digits: [Character: Character] = [
        "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b",
    ]
    private static let quotes: [Unicode.Scalar: Unicode.Scalar] = [
        "\"": "\"", "\u{201C}": "\u{201D}", "\u{00AB}": "\u{00BB}", "\u{201E}": "\u{201C}",
    ]

    /// Words that may stand anywhere and change nothing.
    private static let fillers: Set<String> = Set(
        """
        just really actually honestly literally even seriously kinda basically probably maybe simply sometimes often constantly
        fucking freaking damn totally truly completely still also very already perhaps wirklich echt einfach nur halt eben auch
        doch schon manchmal oft immer gerade ehrlich vielleicht endlich vraiment juste parfois souvent toujours franchement
        solo solamente realmente simplemente tambien siempre quiza quizas
        """.split(whereSeparator: \.isWhitespace).map(String.init))

    private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        case _ where scalar.isASCII: false
        default: scalar.properties.isAlphabetic || scalar.properties.generalCategory == .nonspacingMark
        }
    }

    /// Apostrophes, and what cannot be seen.
    private static func isPassedOver(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x27, 0x60, 0xB4, 0x2018, 0x2019, 0x201B, 0x2BC: true
        case ..<0x80: false
        default: scalar.properties.generalCategory == .format
        }
    }
}
