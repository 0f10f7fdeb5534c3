/// Finds where a title turns into the number of a part: "Les Misérables, v. 2/5: Cosette", "The Nursery, No. 106",
/// "Mardi, Vol. 2 (of 2)", "Rózsa Sándor II. kötet", "Harper's Young People, June 29, 1880".
enum VolumeMark {
    /// The place from which on the title is about the part; nil when it names no part or begins with it.
    static func find(in title: String, includingParts: Bool) -> String.Index? {
        // Most titles name no part: they are done with after a look at their words.
        let hasBracket = title.utf8.contains(0x28)
        let mayName = Folding.words(title).dropFirst().contains { word in
            let word = String(word)
            return volumeWords.contains(word) || months.contains(word) || isGluedMark(word)
                || includingParts && partWords.contains(word) || word == "of" && hasBracket
        }
        guard mayName else { return nil }
        let words = split(title)
        for index in words.indices.dropFirst() {
            let word = words[index]
            let next = index + 1 < words.count ? words[index + 1].key : ""
            if volumeWords.contains(word.key) || (includingParts && partWords.contains(word.key)) {
                if isNumber(next) || next == "the" && index + 2 < words.count && isNumber(words[index + 2].key) {
                    return word.start
                }
                // "2. Teil", "I osa": the number stands before.
                let previous = words[index - 1]
                if index > 1, laterWords.contains(word.key) || partWords.contains(word.key), isNumber(previous.key),
                    includingParts || !partWords.contains(word.key)
                {
                    return previous.start
                }
            }
            // "(2 of 8)".
            if word.key == "of", isDigits(next), isDigits(words[index - 1].key), index > 1 {
                return words[index - 1].start
            }
            // "v.2", "Vol.2" are one word of letters and digits.
            if isGluedMark(word.key) { return word.start }
            if months.contains(word.key), hasYear(words[(index + 1)...].prefix(2)), word.isAfterComma {
                return word.start
            }
        }
        return nil
    }

    private struct Word {
        var key: String
        var start: String.Index
        var isAfterComma: Bool
    }

    private static func split(_ title: String) -> [Word] {
        var words: [Word] = []
        var start: String.Index?
        var isAfterComma = false
        var comma = false
        let scalars = title.unicodeScalars
        var index = scalars.startIndex
        func close(_ end: String.Index) {
            guard let from = start else { return }
            words.append(Word(key: Folding.key(title[from..<end]), start: from, isAfterComma: isAfterComma))
            start = nil
        }
        while index < scalars.endIndex {
            let scalar = scalars[index]
            if scalar.isLetter || scalar.isDigit || scalar == "'" || scalar == "’"
                || scalar == "°" || scalar == "º"
            {
                if start == nil {
                    start = index
                    isAfterComma = comma
                    comma = false
                }
            } else {
                close(index)
                if scalar == "," || scalar == "(" { comma = true }
            }
            index = scalars.index(after: index)
        }
        close(scalars.endIndex)
        return words
    }

    private static func isNumber(_ key: String) -> Bool {
        guard !key.isEmpty else { return false }
        if key.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) { return key.utf8.count <= 5 }
        if numberWords.contains(key) { return true }
        // Roman numerals; "mix" and "civil" are none that count volumes.
        if key.utf8.count <= 7, key.utf8.allSatisfy({ "ivxlc".utf8.contains($0) }) { return true }
        // "1st", "2nd", "22nd", "3e".
        let digits = key.utf8.prefix { $0 >= 0x30 && $0 <= 0x39 }
        return !digits.isEmpty && key.utf8.count - digits.count <= 2
    }

    private static func isDigits(_ key: String) -> Bool {
        !key.isEmpty && key.utf8.count <= 3 && key.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    }

    private static func isGluedMark(_ key: String) -> Bool {
        for prefix in ["v", "vol", "no", "nr"] where key.hasPrefix(prefix) {
            let rest = key.dropFirst(prefix.count)
            if !rest.isEmpty, rest.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), rest.utf8.count <= 4 { return true }
        }
        return false
    }

    private static func hasYear(_ words: ArraySlice<Word>) -> Bool {
        words.contains { $0.key.utf8.count == 4 && Int($0.key).map { (1_500...2_100).contains($0) } ?? false }
    }

    private static let volumeWords: Set<String> = [
        "vol", "vols", "volume", "volumes", "v", "tome", "tomo", "tom", "band", "bd", "deel", "osa", "nide", "kotet",
        "no",
        "nos", "nr", "n", "num", "number", "nummer", "numero", "numer", "bind", "del", "slice", "issue", "volumen",
    ]
    private static let partWords: Set<String> = [
        "part", "parts", "book", "books", "teil", "theil", "partie", "parte", "section", "chapter", "chapters",
    ]
    private static let laterWords: Set<String> = [
        "osa", "nide", "kotet", "band", "deel", "bind", "del", "volume", "vol",
    ]
    private static let numberWords: Set<String> = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "first",
        "second",
        "third", "fourth", "fifth", "sixth", "last", "premier", "premiere", "deuxieme", "second", "seconde",
        "troisieme",
        "primero", "segundo", "tercero", "primeira", "segunda", "primo", "secondo", "terzo", "erster", "zweiter",
        "dritter",
        "erste", "zweite", "dritte", "ensimmainen", "toinen", "kolmas",
    ]
    private static let months: Set<String> = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december", "jan", "feb", "aug", "sept", "sep", "oct", "nov", "dec",
    ]
}
