// Names and titles as they are compared: folded, sounded, cut into their parts.

/// A name as it is shown and as it is compared.
struct AuthorName: Equatable {
    /// In natural order: "H. G. Wells".
    var display: String
    /// The folded name: "h g wells".
    var key: String
    /// Words by which the person may be filed: "wells"; "cervantes" and "saavedra".
    var surnames: [String]
    /// First letter of the first given name; empty when there is none.
    var initial: String
    var dates: LifeDates?

    /// Reads a name in natural order ("J.R.R. Tolkien"). Nil when it names nobody ("Unknown", "Various").
    init?(natural text: some StringProtocol) {
        let display = Self.spaced(text)
        let key = Folding.key(display)
        guard !key.isEmpty, !Self.nobody.contains(key) else { return nil }
        var words = key.foldedWords[...]
        while words.count > 1, let last = words.last, Self.suffixes.contains(String(last)) { words.removeLast() }
        while words.count > 1, let first = words.first, Self.titles.contains(String(first)) { words.removeFirst() }
        self.display = display
        self.key = key
        surnames = words.last.map { [String($0)] } ?? []
        initial = words.count > 1 ? String(words.first?.prefix(1) ?? "") : ""
    }

    /// Reads a library heading: "Wells, H. G. (Herbert George), 1866-1946". Nil when it names nobody, or somebody who is
    /// no author ("… [Translator]").
    init?(heading text: some StringProtocol) {
        var rest = String(text)
        if rest.hasSuffix("]"), let bracket = rest.lastIndex(of: "[") {
            let role = Folding.key(rest[bracket...])
            guard Self.authorRoles.contains(role) else { return nil }
            rest = String(rest[..<bracket])
        }
        var parts = Self.withoutParentheses(rest).split(separator: ",").map { Self.spaced($0) }.filter { !$0.isEmpty }
        if parts.count > 1, let last = parts.last, let dates = LifeDates(last) {
            self.dates = dates
            parts.removeLast()
        }
        guard let family = parts.first, !Self.nobody.contains(Folding.key(family)) else { return nil }
        display = parts.count == 1 ? family : Self.natural(family: family, rest: Array(parts.dropFirst()))
        key = Folding.key(display)
        guard !key.isEmpty else { return nil }
        let isPerson = parts.count > 1
        let familyWords = Folding.words(family).map(String.init).filter { !Self.particles.contains($0) }
        // A corporate name, or one of a single part such as "Dante Alighieri": by its last word, as a natural name is.
        surnames = isPerson ? [familyWords.first, familyWords.last].compactMap { $0 } : [familyWords.last ?? key]
        if surnames.count == 2 && surnames[0] == surnames[1] { surnames.removeLast() }
        let given = isPerson ? Folding.words(parts[1]).first { !Self.titles.contains(String($0)) } : nil
        initial = isPerson ? String((given ?? "").prefix(1)) : familyWords.count > 1 ? String(key.prefix(1)) : ""
    }

    private static func natural(family: String, rest: [String]) -> String {
        var given = rest[0]
        let words = Folding.words(given)
        // "Chrétien, de Troyes", "Augustine, of Hippo": a by-name, which follows.
        if let first = given.unicodeScalars.first, first.properties.isLowercase, words.count > 1 {
            return family + " " + given
        }
        // "Alexander, Mrs.", "Marguerite, Queen".
        if words.count == 1, titles.contains(String(words[0])) { return given + " " + family }
        // "Tennyson, Alfred Tennyson, Baron": the family name is in the given name already.
        if Folding.key(given).hasSuffix(" " + Folding.key(family)) { return given }
        var suffix = ""
        for extra in rest.dropFirst() {
            let key = Folding.key(extra)
            if suffixes.contains(key) { suffix = " " + extra }
            // "Ségur, Sophie, comtesse de" is Sophie de Ségur.
            if let last = extra.split(separator: " ").last, ["de", "von", "d'", "d’"].contains(last) {
                given += " " + last
            }
        }
        let joint = given.hasSuffix("'") || given.hasSuffix("’") ? "" : " "
        return given + joint + family + suffix
    }

    /// Single spaces, and one after the full stop of an initial: "J.R.R." is "J. R. R.".
    static func spaced(_ text: some StringProtocol) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count + 4)
        var last: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            if scalar.isGap {
                if last != " " { result.unicodeScalars.append(" ") }
                last = " "
                continue
            }
            if last == ".", scalar.isLetter { result.unicodeScalars.append(" ") }
            result.unicodeScalars.append(scalar)
            last = scalar
        }
        if last == " " && !result.isEmpty { result.unicodeScalars.removeLast() }
        return result
    }

    private static func withoutParentheses(_ text: String) -> String {
        guard text.utf8.contains(0x28) else { return text }
        var depth = 0
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar == "(" { depth += 1 }
            if depth == 0 { result.unicodeScalars.append(scalar) }
            if scalar == ")" { depth = max(0, depth - 1) }
        }
        return result
    }

    static let nobody: Set<String> = [
        "various", "anonymous", "unknown", "anon", "unknown author", "various authors", "none", "na", "n a",
        "author unknown",
        "not available", "anonymous author",
    ]
    private static let authorRoles: Set<String> = ["author", "attributed author", "dubious author", "joint author"]
    static let suffixes: Set<String> = ["jr", "sr", "ii", "iii", "iv", "phd", "ph d", "md", "m d", "esq"]
    static let particles: Set<String> = [
        "de", "la", "le", "du", "des", "von", "van", "der", "den", "di", "da", "dos", "d", "l", "af", "av", "ten",
        "ter", "zu",
        "und", "y", "e", "of", "the", "del", "della",
    ]
    static let titles: Set<String> = [
        "sir", "lord", "lady", "mrs", "mr", "miss", "ms", "dr", "doctor", "rev", "reverend", "captain", "capt", "major",
        "colonel", "general", "saint", "st", "baron", "baroness", "count", "countess", "queen", "king", "prince",
        "princess",
        "dame", "mme", "madame", "professor", "prof", "pope", "father", "brother", "sister", "emperor",
    ]
}
