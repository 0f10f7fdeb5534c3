/// A title taken apart for showing and for finding equal works.
struct TitleForms: Equatable {
    /// For the card: without volume marks, and without the explanations that follow on further lines.
    var display: String
    /// Folded, without leading article, subtitle and volume: "frankenstein".
    var main: String
    /// Folded, without leading article and volume, with the subtitle.
    var full: String
    /// The second title of "Frankenstein; or, The Modern Prometheus", folded, without its article.
    var second: String?
    /// True when the main title is all there is, apart from explanations that tell no works apart.
    var isBare: Bool
    /// True for a part of something longer ("Volume 2", "Tome premier").
    var isVolume: Bool

    /// - Parameters:
    ///   - cutsVolumes: "Volume 2" and what follows it are left out; otherwise they belong to the title.
    ///   - cutsParts: so are "Part 2" and "Book 3" (not for plays: the parts of Henry IV are two works).
    ///   - owners: surnames of the authors; "of Homer" at the end is left out for Homer's.
    init(_ title: String, cutsVolumes: Bool, cutsParts: Bool, owners: [String] = []) {
        var lines = Self.joiningBrokenLines(Self.segments(title))
        var head = lines.isEmpty ? "" : lines.removeFirst()
        // A reading of the book.
        if head.hasPrefix("Audio: ") { head.removeFirst(7) }
        isVolume = false
        if let cut = VolumeMark.find(in: head, includingParts: cutsParts) {
            isVolume = true
            if cutsVolumes {
                let kept = Self.trimmed(head[..<cut])
                if !Folding.key(kept).isEmpty {
                    head = kept
                    lines = []
                }
            }
        }
        head = Self.trimmed(head)
        display = head.isEmpty ? Self.trimmed(title) : head
        let split = Self.subtitleStart(head)
        let mainText = split.map { Self.trimmed(head[..<$0]) } ?? head
        full = Self.withoutArticle(Folding.key(display))
        var main = Self.withoutArticle(Folding.key(mainText))
        if main.isEmpty { main = full }
        isBare = split == nil || main == full
        main = Self.withoutKind(Self.withoutOwner(main, owners))
        self.main = Self.canonical(main)
        full = Self.canonical(full)
        second = split.flatMap { Self.second(Folding.words(head[$0...])) }
    }

    /// Every folded title by which it may be looked for.
    var lookupKeys: [String] {
        var keys = [full]
        for key in [main, second ?? ""] where !key.isEmpty && !keys.contains(key) { keys.append(key) }
        return keys
    }

    private static func second(_ words: [Substring]) -> String? {
        guard words.count > 1, orWords.contains(String(words[0])) else { return nil }
        let key = canonical(withoutArticle(words.dropFirst().joined(separator: " ")))
        return key.utf8.count >= 5 ? key : nil
    }

    /// Lines, and what library records part with " : $b ".
    private static func segments(_ title: String) -> [String] {
        var text = ""
        var segments: [String] = []
        var last: Unicode.Scalar = " "
        var isAfterDollar = false
        func close() {
            let trimmed = trimmed(text)
            if !trimmed.isEmpty { segments.append(trimmed) }
            text = ""
        }
        for scalar in title.unicodeScalars {
            if isAfterDollar {
                isAfterDollar = false
                if scalar == "b" || scalar == "c" {
                    close()
                    last = " "
                    continue
                }
                text.unicodeScalars.append("$")
            }
            if scalar == "\n" || scalar == "\r" {
                close()
                last = " "
            } else if scalar == "$" && last == " " {
                isAfterDollar = true
            } else {
                let isSpace = scalar.isGap
                if !(isSpace && last == " ") { text.unicodeScalars.append(isSpace ? " " : scalar) }
                last = isSpace ? " " : scalar
            }
        }
        if isAfterDollar { text.unicodeScalars.append("$") }
        close()
        return segments
    }

    /// A line that ends or goes on with a small word was broken only because it was long.
    private static func joiningBrokenLines(_ lines: [String]) -> [String] {
        guard lines.count > 1 else { return lines }
        var joined = [lines[0]]
        for (before, line) in zip(lines, lines.dropFirst()) {
            let end = before.foldedWords.last ?? ""
            let start = line.foldedWords.first ?? ""
            if joined.count == 1, smallWords.contains(String(end)) || start == "of" || start == "and" {
                joined[0] += " " + line
            } else {
                joined.append(line)
            }
        }
        return joined
    }

    private static let smallWords: Set<String> = [
        "of", "the", "and", "to", "in", "for", "from", "with", "by", "a", "an", "on", "at", "his", "her", "or", "de",
        "la", "du",
        "des", "et", "der", "und", "von",
    ]

    /// Where a subtitle or a second title begins within a line: after ": ", "; ", " -- ", a long dash, " (", "or,".
    private static func subtitleStart(_ text: String) -> String.Index? {
        let bytes = Array(text.utf8)
        func offset(_ index: Int) -> String.Index { text.utf8.index(text.startIndex, offsetBy: index) }
        for index in bytes.indices.dropFirst() {
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0x20
            switch bytes[index] {
            case 0x3a where next == 0x20: return offset(index)
            case 0x3b where next == 0x20: return offset(index)
            case 0x2d where next == 0x2d || (next == 0x20 && bytes[index - 1] == 0x20): return offset(index)
            // The first byte of an em dash or an en dash; the latter only between spaces.
            case 0xe2 where index + 2 < bytes.count && next == 0x80:
                if bytes[index + 2] == 0x94 || (bytes[index + 2] == 0x93 && bytes[index - 1] == 0x20) {
                    return offset(index)
                }
            case 0x28 where bytes[index - 1] == 0x20: return offset(index)
            case 0x20 where isSecondTitle(bytes[(index + 1)...], after: bytes[index - 1]): return offset(index)
            default: continue
            }
        }
        return nil
    }

    /// "or" in several languages, set off by a comma on one side.
    private static func isSecondTitle(_ rest: ArraySlice<UInt8>, after last: UInt8) -> Bool {
        for word in orWords {
            // Letter case aside: 0x20 tells lower from upper in ASCII.
            guard rest.prefix(word.utf8.count).map({ $0 | 0x20 }).elementsEqual(word.utf8) else { continue }
            let next = rest.dropFirst(word.utf8.count).first ?? 0
            if next == 0x2c || next == 0x3a || next == 0x3b { return true }
            if next == 0x20 && (last == 0x2c || last == 0x2e) { return true }
        }
        return false
    }

    private static let orWords: Set<String> = ["or", "ou", "oder", "tai", "vagy", "eli", "eller"]

    static func trimmed(_ text: some StringProtocol) -> String {
        let edge: (Unicode.Scalar) -> Bool = { scalar in
            switch scalar {
            case ",", ";", ":", "-", "–", "—", "/": true
            default: scalar.isGap
            }
        }
        var scalars = Substring(text).unicodeScalars
        while let last = scalars.last, edge(last) || last == "(" { scalars.removeLast() }
        while let first = scalars.first, edge(first) { scalars.removeFirst() }
        if scalars.last == ".", scalars.filter({ $0 == "." }).count == 1, scalars.count > 3 {
            // "The Adventures of Tom Sawyer." but not "R.U.R." or "etc."
            if !scalars.dropLast().suffix(3).contains(" ") { scalars.removeLast() }
        }
        return String(Substring(scalars))
    }

    /// Drops one leading article of the languages that are frequent in catalogues, when a word remains.
    static func withoutArticle(_ key: String) -> String {
        guard let space = key.firstIndex(of: " ") else { return key }
        return articles.contains(String(key[..<space])) ? String(key[key.index(after: space)...]) : key
    }

    private static let articles: Set<String> = [
        "the", "a", "an", "le", "la", "les", "un", "une", "der", "die", "das", "ein", "eine", "el", "los", "las", "il",
        "lo",
        "gli", "de", "het", "een", "o", "os", "az",
    ]

    /// "iliad of homer" is "iliad" for Homer's works, "poems by emily dickinson" is "poems" for hers.
    private static func withoutOwner(_ key: String, _ owners: [String]) -> String {
        var words = key.foldedWords
        // "Newton's Principia" among Newton's works.
        if words.count > 1, owners.contains(where: { words[0] == $0 + "s" }) { words.removeFirst() }
        let key = words.joined(separator: " ")
        guard let last = words.last, owners.contains(String(last)) else { return key }
        for count in 2...5 where words.count > count {
            let start = words.count - count
            if ["of", "by", "de", "von", "par", "di"].contains(words[start]) {
                return words[..<start].joined(separator: " ")
            }
        }
        return key
    }

    /// "history of don quixote" is "don quixote": the older titles of novels say what they are.
    private static func withoutKind(_ key: String) -> String {
        for kind in ["history of ", "tragedy of ", "tragicall historie of ", "life and adventures of ", "on the "]
        where key.hasPrefix(kind) {
            let rest = withoutArticle(String(key.dropFirst(kind.count)))
            // "History of Rome" is a history.
            if rest.contains(" ") || kind == "tragedy of " { return rest }
        }
        return key
    }

    /// One spelling of words that titles spell in two ways, and numbers as words.
    private static func canonical(_ key: String) -> String {
        let words = key.foldedWords
        guard words.contains(where: { spellings[String($0)] != nil }) else { return spellingNumbers(key) }
        return spellingNumbers(words.map { spellings[String($0)] ?? String($0) }.joined(separator: " "))
    }

    private static let spellings: [String: String] = [
        "dr": "doctor", "mr": "mister", "mrs": "missis", "st": "saint", "centre": "center", "colour": "color",
        "colours": "colors", "grey": "gray", "honour": "honor", "labour": "labor", "theatre": "theater",
        "neighbour": "neighbor",
        "traveller": "traveler", "travellers": "travelers", "travelling": "traveling", "through": "thru",
    ]

    private static func spellingNumbers(_ key: String) -> String {
        guard key.utf8.contains(where: { $0 >= 0x30 && $0 <= 0x39 }) else { return key }
        var text = key
        // "20,000" was folded to two words.
        let words = key.foldedWords
        if let index = words.indices.dropLast().first(where: {
            words[$0].utf8.count <= 3 && words[$0 + 1] == "000" && words[$0].allSatisfy(\.isNumber)
        }) {
            var joined = words.map(String.init)
            joined[index] += joined.remove(at: index + 1)
            text = joined.joined(separator: " ")
        }
        return text.foldedWords.map { NumberWords.spelled($0) ?? String($0) }.joined(separator: " ")
    }
}
