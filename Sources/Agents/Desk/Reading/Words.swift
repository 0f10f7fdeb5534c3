/// A message cut into words, as the desk's rules look at it.
struct Words {
    struct Word {
        /// As written, without marks around it: `$AAPL`, `BRK-B`, `Apple`.
        var text: String
        /// In lower case.
        var folded: String
    }

    /// Words beyond this many are not looked at.
    static let maximum = 4000

    private(set) var words: [Word] = []
    /// The words in lower case, and their parts between hyphens: "risk-adjusted" has "risk" in it.
    private var known: Set<String> = []

    /// A word is a run of letters, digits and the marks that symbols have; marks at its end are left off.
    init(_ message: String) {
        var run = String.UnicodeScalarView()
        func isInside(_ scalar: Unicode.Scalar) -> Bool {
            scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "$^.-=_".unicodeScalars.contains(scalar)
        }
        let scalars = message.unicodeScalars
        for place in scalars.indices {
            let scalar = scalars[place]
            // "1,000" is one number.
            if scalar == ",", Self.groupsThousands(scalars, at: place) { continue }
            if isInside(scalar) {
                run.append(scalar)
                continue
            }
            append(&run)
            guard words.count < Self.maximum else { return }
        }
        append(&run)
    }

    /// Whether a comma stands between a digit and three others.
    private static func groupsThousands(_ scalars: String.UnicodeScalarView, at place: String.Index) -> Bool {
        func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
        guard place > scalars.startIndex, isDigit(scalars[scalars.index(before: place)]) else { return false }
        return scalars[scalars.index(after: place)...].prefix(4).prefix(while: isDigit).count == 3
    }

    private mutating func append(_ run: inout String.UnicodeScalarView) {
        var word = run[...]
        while let last = word.last, ".-=_$^".unicodeScalars.contains(last) { word.removeLast() }
        while let first = word.first, ".-=_".unicodeScalars.contains(first) { word.removeFirst() }
        run = String.UnicodeScalarView()
        guard !word.isEmpty else { return }
        let text = String(word)
        let folded = text.lowercased()
        words.append(Word(text: text, folded: folded))
        if known.insert(folded).inserted, folded.utf8.contains(UInt8(ascii: "-")) {
            known.formUnion(folded.split(separator: "-").map(String.init))
        }
    }

    /// Where a phrase begins first. A `*` at the end of one of its words stands for any ending: `volatil*`.
    func place(of phrase: [String]) -> Int? {
        guard !phrase.isEmpty, phrase.count <= words.count else { return nil }
        return (0...words.count - phrase.count).first { start in
            phrase.indices.allSatisfy { Self.matches(words[start + $0].folded, phrase[$0]) }
        }
    }

    /// Whether any of the phrases is there, each a few words with spaces between.
    func hasAny(_ phrases: [String]) -> Bool {
        phrases.contains { phrase in
            let words = phrase.split(separator: " ").map(String.init)
            // Most phrases have a word that is not in the message, which one look tells.
            guard words.allSatisfy({ $0.hasSuffix("*") || known.contains($0) }) else { return false }
            return place(of: words) != nil
        }
    }

    private static func matches(_ word: String, _ pattern: String) -> Bool {
        guard pattern.hasSuffix("*") else {
            if word == pattern { return true }
            // "risk-adjusted" has "risk" in it.
            return word.utf8.contains(UInt8(ascii: "-")) && word.split(separator: "-").contains { $0 == pattern }
        }
        return word.hasPrefix(pattern.dropLast())
    }
}
