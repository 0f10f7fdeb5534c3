/// A place that a message names, and what it has to do with a stay.
struct PlaceMention: Equatable {
    enum Role: Equatable {
        /// Somebody was there: "in France", "UK: 1 May to 5 May".
        case stay
        /// Somebody went there; the stay there may follow.
        case towards
        /// "I live in London", "from Turkey", "a French passport": it says nothing about a stay.
        case origin
    }

    /// Nil when the name is not known.
    var place: Place?
    /// As it was written.
    var text: String
    var role: Role
    /// Which of the message's parts it takes.
    var parts: Range<Int>
}

extension [PlaceMention] {
    /// Those within some of the message's parts. They stand in the message's order, so they are found by halves.
    func within(_ parts: Range<Int>) -> ArraySlice<PlaceMention> {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = (low + high) / 2
            if self[middle].parts.lowerBound < parts.lowerBound { low = middle + 1 } else { high = middle }
        }
        return self[low...].prefix { $0.parts.upperBound <= parts.upperBound }
    }
}

/// Finds places in a message.
struct PlaceReader {
    private let reader: DateReader
    private let words: [String]
    /// Whether the message has no capital letters to tell names by.
    private let isLowercase: Bool

    init(_ reader: DateReader) {
        self.reader = reader
        words = reader.parts.map { part in
            switch part {
            case .word(let word): Folding.fold(word)
            case .number, .sign: ""
            }
        }
        isLowercase = !reader.parts.indices.contains { reader.isCapitalized($0) }
    }

    func mentions() -> [PlaceMention] {
        var mentions: [PlaceMention] = []
        var index = 0
        while index < words.count {
            if let (place, length) = place(at: index) {
                let range = index..<(index + length)
                mentions.append(
                    PlaceMention(
                        place: isNegated(before: index) ? .elsewhere : place, text: reader.text(of: range),
                        role: role(of: range), parts: range))
                index += length
                continue
            }
            if let length = unknownName(at: index) {
                let range = index..<(index + length)
                mentions.append(
                    PlaceMention(place: nil, text: reader.text(of: range), role: role(of: range), parts: range))
                index += length
                continue
            }
            index += 1
        }
        return mentions
    }

    private func place(at index: Int) -> (Place, length: Int)? {
        let word = words[index]
        guard !word.isEmpty else { return nil }
        if let length = elsewhere(at: index) { return (.elsewhere, length) }
        if word == "schengen" {
            // "Schengen days", "the Schengen rule" are no place.
            let next = index + 1 < words.count ? words[index + 1] : ""
            let before = index > 0 ? words[index - 1] : ""
            if ["non", "nicht"].contains(before) || (index > 1 && words[index - 2] == "non") { return (.elsewhere, 1) }
            return Self.ruleWords.contains(next) || ["days", "tage", "jours", "dias"].contains(before)
                ? nil : (.schengen, 1)
        }
        for length in stride(from: min(PlaceTable.longestName, words.count - index), through: 1, by: -1) {
            // "Pays-Bas" has a sign between its words, "U.S." two.
            let run = words[index..<(index + length)].filter { !$0.isEmpty }
            guard !words[index + length - 1].isEmpty, let place = PlaceTable.places[run.joined(separator: " ")] else {
                continue
            }
            if !reader.parts[index..<(index + length)].allSatisfy(Self.isNamePart) { continue }
            // Words that are something else in small letters: "nice", "split", "us", "rom".
            if length == 1, Self.ambiguous.contains(word), !reader.isCapitalized(index), !isAfterPreposition(index) {
                continue
            }
            return (place, length)
        }
        // "the US", "in the US"
        if word == "us", reader.isCapitalized(index) || (index > 0 && words[index - 1] == "the") {
            return (Place(name: "the United States", area: .outside), 1)
        }
        return nil
    }

    private func isAfterPreposition(_ index: Int) -> Bool {
        index > 0
            && ["in", "to", "visited", "visiting", "from", "nach", "en", "a", "au", "aus"].contains(words[index - 1])
    }

    private static func isNamePart(_ part: DateReader.Part) -> Bool {
        switch part {
        case .word: true
        case .sign(let sign): sign == "-" || sign == "."
        case .number: false
        }
    }

    /// "outside", "at home", "back home", "away", "abroad" after words of being somewhere.
    private func elsewhere(at index: Int) -> Int? {
        let next = index + 1 < words.count ? words[index + 1] : ""
        switch words[index] {
        case "outside", "ausserhalb", "fuera", "hors": return outsideLength(at: index)
        case "out": return next == "of" ? outsideLength(at: index) : nil
        case "away", "abroad": return 1
        case "at", "back", "was", "been", "stayed", "am":
            return next == "home" ? 2 : nil
        case "zuhause", "daheim": return 1
        case "home":
            return index > 0 && ["country", "at", "back"].contains(words[index - 1]) || next == "country" ? 1 : nil
        default: return nil
        }
    }

    /// "outside" with what one was outside of.
    private func outsideLength(at index: Int) -> Int {
        var end = index + 1
        while end < words.count, end - index < 6,
            Self.articles.contains(words[end]) || Self.areaWords.contains(words[end])
                || words[end].hasPrefix("schengen")
        {
            end += 1
        }
        return end - index
    }

    /// "not in France", "wasn't in Schengen".
    private func isNegated(before index: Int) -> Bool {
        for word in before(index, atMost: 4) {
            if Self.negations.contains(word) { return true }
        }
        return false
    }

    private func role(of range: Range<Int>) -> PlaceMention.Role {
        let before = before(range.lowerBound, atMost: 5)
        let after = words[range.upperBound...].prefix(2).filter { !$0.isEmpty }
        // "My UK visa" is held, "a UK student visa" is asked for.
        let isHeld = before.contains {
            ["my", "our", "his", "her", "their", "with", "have", "hold", "holding", "valid"].contains($0)
        }
        if after.contains(where: { Self.documents.contains($0) && ($0 != "visa" || isHeld) }) { return .origin }
        guard let nearest = before.first(where: { !Self.articles.contains($0) }) else { return .stay }
        if [
            "from", "aus", "via", "depuis", "desde", "after", "before", "left", "leaving", "leave", "exited",
            "departed",
        ].contains(
            nearest)
        {
            return .origin
        }
        // "A work trip to Munich" goes there.
        let isTrip = before.contains {
            ["trip", "journey", "holiday", "holidays", "vacation", "reise", "voyage", "viaje"].contains($0)
        }
        // "I have a permit and was in Paris": what was said before is of something else.
        let clause = before.prefix { !["and", "then", "but", "und", "et", "y"].contains($0) }
        // "Can my parents come to live with me in Canada?"
        let isMove = clause.contains { ["come", "join", "bring", "move", "moving", "invite"].contains($0) }
        if !isTrip, !isMove, clause.contains(where: Self.originWords.contains) { return .origin }
        if ["to", "for", "nach", "into", "towards", "back"].contains(nearest) { return .towards }
        return .stay
    }

    /// A name after "in" or "visited" that no table has: it may lie anywhere.
    private func unknownName(at index: Int) -> Int? {
        guard index > 0, ["in", "visited", "visiting"].contains(words[index - 1]), !words[index].isEmpty else {
            return nil
        }
        guard !Self.harmless.contains(words[index]), PlaceTable.places[words[index]] == nil, words[index] != "schengen",
            reader.isCapitalized(index) || isLowercase
        else { return nil }
        // "in late May": a time is no place.
        if CalendarDay.months.contains(where: { $0.lowercased() == words[index] }) { return nil }
        return 1
    }

    /// The words before a part, the nearest first, back to a date or a sign that ends a clause.
    private func before(_ index: Int, atMost count: Int) -> [String] {
        var found: [String] = []
        var place = index - 1
        while place >= 0, found.count < count {
            switch reader.parts[place] {
            case .word: found.append(words[place])
            case .number: return found
            case .sign(let sign): if ",;.?!:\n()".contains(sign) { return found }
            }
            place -= 1
        }
        return found
    }

    private static let ruleWords: Set<String> = [
        "days", "day", "visa", "visas", "rule", "rules", "limit", "calculator", "allowance", "count", "period", "stay",
        "stays",
        "tage", "visum", "regel", "regle", "dias", "jours", "quota", "border", "borders", "calculation", "law", "tag",
    ]
    private static let areaWords: Set<String> = [
        "area", "zone", "raum", "espace", "lespace", "espacio", "states", "eu", "europe", "countries",
    ]
    private static let articles: Set<String> = [
        "the", "of", "a", "an", "my", "der", "die", "das", "des", "dem", "den", "la", "le", "les", "l", "el", "los",
        "del", "de",
        "du", "both", "only", "just",
    ]
    private static let negations: Set<String> = [
        "not", "never", "nicht", "pas", "no", "nunca", "jamais", "nie", "neither", "nor", "without", "wasnt", "werent",
        "isnt",
        "havent", "hasnt", "didnt", "wont", "hadnt", "arent", "am not",
    ]
    private static let originWords: Set<String> = [
        "live", "living", "lives", "resident", "residing", "based", "born", "citizen", "passport", "national",
        "embassy",
        "consulate", "applied", "apply", "applying", "family", "wohne", "lebe", "habite", "vivo", "work", "job",
        "permit",
        "residence", "residency", "issued", "home",
    ]
    private static let documents: Set<String> = [
        "citizen", "citizens", "passport", "national", "nationals", "visa", "residence", "permit", "embassy",
        "consulate",
        "nationality", "citizenship", "resident",
    ]
    /// Names that are ordinary words in small letters, in one of the languages.
    private static let ambiguous: Set<String> = [
        "nice", "split", "rom", "island", "turkey", "jordan", "cork", "chile", "rio", "eu", "ue", "jersey", "pula",
        "bern", "faro",
        "riga", "america", "reading", "china", "petra", "rhodes", "bath", "lima", "santiago", "malaga", "corse",
        "valencia", "reunion",
    ]
    private static let harmless: Set<String> = [
        "the", "my", "a", "an", "this", "that", "these", "total", "all", "which", "it", "there", "between", "order",
        "advance",
        "case", "fact", "need", "addition", "any", "each", "every", "one", "two", "three", "four", "five", "and", "or",
        "on",
        "as", "days", "months", "weeks", "transit", "both", "different", "other", "various", "spring", "summer",
        "autumn", "winter",
        "fall", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
        "november",
        "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "der", "die",
        "den", "im",
        "dem", "total", "half", "time", "late", "early", "mid", "past", "last", "next", "our", "your", "their", "his",
        "her", "own",
        "i", "again", "person", "future", "days", "schengen", "states", "area", "zone", "question", "short", "several",
        "some",
    ]
}
