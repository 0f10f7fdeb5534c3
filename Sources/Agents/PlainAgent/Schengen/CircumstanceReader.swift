/// What a message says of the traveller that decides whether the rule for short stays counts their days at all.
struct Circumstances: Equatable {
    /// A citizen of a state whose citizens move freely.
    enum Citizen: Equatable { case traveller, relative }

    /// Days under a residence permit or a long-stay (type D) visa of a member state do not count (Article 6(2)).
    var hasPermit = false
    var citizen: Citizen?
    /// The days that a visa allows, where it allows fewer than the rule.
    var visaDays: Int?
}

/// Reads a traveller's circumstances from a message's words.
struct CircumstanceReader {
    private let words: [String]
    private let reader: DateReader
    private let places: [PlaceMention]

    init(_ reader: DateReader, places: [PlaceMention]) {
        self.reader = reader
        self.places = places
        words = reader.parts.map { part in
            switch part {
            case .word(let word): Folding.fold(word)
            case .number(let value, _): String(value)
            case .sign(let sign): sign == "-" || sign == "'" ? "" : String(sign)
            }
        }
    }

    func read() -> Circumstances {
        var found = Circumstances()
        for index in words.indices {
            if let length = length(of: Self.permits, at: index), !isDenied(index),
                !isElsewhere(index..<(index + length))
            {
                found.hasPermit = true
            }
            if let citizen = citizen(at: index), found.citizen != .traveller { found.citizen = citizen }
        }
        found.visaDays = visaDays()
        return found
    }

    // MARK: - Permits

    /// Phrases of folded words; signs between words do not matter.
    private static let permits: [[String]] = """
        residence permit;residence permits;residence card;residence title;resident permit;residency;residency permit;permanent residence;\
        permanent resident;temporary residence;long stay visa;long term visa;longstay visa;d visa;visa d;type d;d type;category d;class d;\
        national visa;d visum;visum d;nationales visum;aufenthaltstitel;aufenthaltserlaubnis;aufenthaltskarte;aufenthaltsgenehmigung;\
        niederlassungserlaubnis;fiktionsbescheinigung;blue card;blaue karte;titre de sejour;carte de sejour;visa long sejour;\
        visa de long sejour;vls ts;permiso de residencia;tarjeta de residencia;residencia;visado d;visado nacional;visado de larga duracion;\
        student visa;study visa;studentenvisum;studienvisum;work visa;work permit;working holiday;working holiday visa;temporary protection;\
        digital nomad visa;golden visa;job seeker visa;au pair visa;family reunion visa;permesso di soggiorno
        """.split(separator: ";").map { $0.split(separator: " ").map(String.init) }

    /// A permit of another state ("a UK residence permit") changes nothing.
    private func isElsewhere(_ range: Range<Int>) -> Bool {
        let near = places.filter {
            $0.parts.upperBound <= range.lowerBound && range.lowerBound - $0.parts.upperBound <= 2
                || $0.parts.lowerBound >= range.upperBound && $0.parts.lowerBound - range.upperBound <= 3
        }
        return !near.isEmpty && near.allSatisfy { $0.place?.area == .outside && $0.place != .elsewhere }
    }

    // MARK: - Citizens

    private static let demonyms: Set<String> = Set(
        """
        eu eea efta austrian belgian bulgarian croatian cypriot czech danish dane estonian finnish finn french german greek hungarian
        icelandic icelander irish italian latvian liechtensteiner lithuanian luxembourgish maltese dutch norwegian polish pole portuguese
        romanian slovak slovenian slovene spanish spaniard swedish swede swiss european osterreicher osterreicherin deutscher deutsche
        franzose franzosin italiener italienerin spanier spanierin schweizer schweizerin ire irin pole polin grieche griechin
        francais francaise allemand allemande espagnol espagnole italien italienne belge suisse irlandais irlandaise portugais portugaise
        polonais polonaise espanol espanola frances francesa aleman alemana italiano italiana suizo suiza irlandes irlandesa portugues
        portuguesa polaco polaca griego griega europeo europea
        """.split(whereSeparator: \.isWhitespace).map(String.init))

    private static let citizenship: Set<String> = [
        "citizen", "citizens", "national", "nationals", "nationality", "citizenship", "passport", "passports",
        "staatsburger",
        "staatsburgerin", "burger", "burgerin", "pass", "staatsangehorigkeit", "reisepass", "dual",
    ]

    private static let relatives: Set<String> = [
        "wife", "husband", "spouse", "partner", "married", "son", "daughter", "child", "children", "mother", "father",
        "parents",
        "frau", "mann", "ehefrau", "ehemann", "mari", "femme", "marido", "esposa", "family", "fiance", "girlfriend",
        "boyfriend",
    ]

    private func citizen(at index: Int) -> Circumstances.Citizen? {
        let word = words[index]
        func next(_ offset: Int) -> String { words.indices.contains(index + offset) ? words[index + offset] : "" }
        if ["unionsburger", "unionsburgerin", "euburger"].contains(word) { return holder(index) }
        if ["citoyen", "citoyenne", "ressortissant", "ressortissante", "ciudadano", "ciudadana"].contains(word) {
            let following = (1...4).map(next)
            return following.contains { Self.demonyms.contains($0) || ["ue", "lue", "europeenne"].contains($0) }
                ? holder(index) : nil
        }
        if ["nationalite", "nacionalidad", "pasaporte", "passeport"].contains(word) {
            return Self.demonyms.contains(next(1)) ? holder(index) : nil
        }
        if Self.demonyms.contains(word) {
            if Self.citizenship.contains(next(1))
                || (next(1).isEmpty || next(1) == "/") && Self.citizenship.contains(next(2))
            {
                return holder(index)
            }
            // "I am Spanish", "I'm a German".
            let before = (1...3).map { index - $0 }.filter { $0 >= 0 }.map { words[$0] }.filter {
                !["a", "an", "also"].contains($0)
            }
            let ends = ["", ",", ".", ";", "and", "but", "!", "?", "so", "und", "et", "y"].contains(next(1))
            if ends, ["am", "im", "bin", "suis", "soy"].contains(before.first ?? "") { return holder(index) }
            return nil
        }
        if ["citizen", "citizens", "national", "nationals", "passport", "citizenship", "nationality"].contains(word) {
            // "citizen of Spain", "a passport from Ireland", "Spain passport"
            let near = places.first {
                $0.parts.lowerBound > index && $0.parts.lowerBound - index <= 3 && ["of", "from"].contains(next(1))
                    || $0.parts.upperBound == index
            }
            guard let place = near?.place else { return nil }
            let isFree: Bool
            switch place.area {
            case .inside: isFree = true
            case .outside: isFree = ["Ireland", "Cyprus"].contains(place.name)
            case .unclear: isFree = place.name == "Europe"
            }
            return isFree ? holder(index) : nil
        }
        return nil
    }

    /// Whose citizenship it is; nil when it is denied.
    private func holder(_ index: Int) -> Circumstances.Citizen? {
        if isDenied(index) { return nil }
        let before = words[max(0, index - 7)..<index]
        return before.contains(where: Self.relatives.contains) ? .relative : .traveller
    }

    // MARK: - A visa's days

    /// "My visa allows 30 days", "a visa for 30 days", "a 30-day visa".
    private func visaDays() -> Int? {
        for index in words.indices {
            guard case .number(let days, 1...2) = reader.parts[index], (1..<90).contains(days) else { continue }
            var next = index + 1
            while next < words.count, words[next].isEmpty { next += 1 }
            guard next < words.count, ["day", "days", "tage", "tag", "jours", "dias"].contains(words[next]) else {
                continue
            }
            let start = sentence(before: index)
            let before = words[start..<index]
            let isVisa: (String) -> Bool = { ["visa", "visum", "visado", "sticker"].contains($0) }
            let grants = [
                "allows", "allow", "permits", "allowing", "for", "of", "gives", "grants", "duration", "erlaubt", "fur",
                "permet", "permite",
            ]
            if before.contains(where: isVisa), before.suffix(6).contains(where: grants.contains),
                !before.contains(
                    where: ["stayed", "spent", "used", "was", "applied", "months", "within", "refused"].contains)
            {
                return days
            }
            if words[(next + 1)...].prefix(2).contains(where: isVisa) { return days }
        }
        return nil
    }

    private func sentence(before index: Int) -> Int {
        var start = index
        while start > 0 {
            if case .sign(let sign) = reader.parts[start - 1], ".!?;\n".contains(sign) { break }
            start -= 1
        }
        return start
    }

    // MARK: - Words

    private func length(of phrases: [[String]], at index: Int) -> Int? {
        for phrase in phrases where phrase[0] == words[index] {
            var place = index
            var isWhole = true
            for word in phrase {
                while place < words.count, words[place].isEmpty { place += 1 }
                guard place < words.count, words[place] == word else {
                    isWhole = false
                    break
                }
                place += 1
            }
            if isWhole { return place - index }
        }
        return nil
    }

    /// "no residence permit", "I am not an EU citizen", "without a D visa".
    private func isDenied(_ index: Int) -> Bool {
        words[max(0, index - 5)..<index].contains {
            [
                "no", "not", "never", "without", "dont", "isnt", "arent", "havent", "doesnt", "non", "neither", "ohne",
                "kein", "keine",
                "keinen", "nicht", "sans", "pas", "aucun", "sin", "ningun", "cannot", "wasnt", "nor",
            ].contains($0)
        }
    }
}
