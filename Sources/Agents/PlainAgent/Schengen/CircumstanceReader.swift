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
    /// The places by their first part, and by the part after their last.
    private let beginning: [Int: PlaceMention]
    private let ending: [Int: PlaceMention]
    /// Whether the message speaks of a state of the area, or of the area.
    private let isOfArea: Bool

    init(_ reader: DateReader, places: [PlaceMention]) {
        self.reader = reader
        beginning = Dictionary(uniqueKeysWithValues: places.map { ($0.parts.lowerBound, $0) })
        ending = Dictionary(uniqueKeysWithValues: places.map { ($0.parts.upperBound, $0) })
        words = reader.parts.map { part in
            switch part {
            case .word(let word): Folding.fold(word)
            case .number(let value, _): String(value)
            case .sign(let sign): sign == "-" || sign == "'" ? "" : String(sign)
            }
        }
        isOfArea =
            words.contains { $0.hasPrefix("schengen") || Self.demonyms.contains($0) }
            || places.contains { if case .inside? = $0.place?.area { true } else { false } }
    }

    func read() -> Circumstances {
        var found = Circumstances()
        for index in words.indices {
            if !found.hasPermit, !isDenied(index) {
                let length = length(of: Self.areaPermits, at: index)
                if let length = length ?? (isOfArea ? self.length(of: Self.permits, at: index) : nil),
                    !isElsewhere(index..<(index + length))
                {
                    found.hasPermit = true
                }
            }
            if let citizen = citizen(at: index), found.citizen != .traveller { found.citizen = citizen }
        }
        found.visaDays = visaDays()
        return found
    }

    // MARK: - Permits

    /// Phrases of folded words; signs between words do not matter.
    private static func phrases(_ text: String) -> [[String]] {
        text.split(separator: ";").map { $0.split(separator: " ").map(String.init) }
    }

    /// What only states of the area give out.
    private static let areaPermits = phrases(
        """
        d visa;visa d;type d;d type;category d;class d;d visum;visum d;nationales visum;aufenthaltstitel;aufenthaltserlaubnis;\
        aufenthaltskarte;aufenthaltsgenehmigung;niederlassungserlaubnis;fiktionsbescheinigung;blue card;blaue karte;titre de sejour;\
        carte de sejour;visa long sejour;visa de long sejour;vls ts;visado d;visado nacional;visado de larga duracion;permesso di soggiorno;\
        karta pobytu;verblijfsvergunning;nie card;tarjeta tie
        """)
    /// What other states have as well.
    private static let permits = phrases(
        """
        residence permit;residence permits;residence card;residence title;resident permit;residency;residency permit;permanent residence;\
        permanent resident;temporary residence;resident card;long stay visa;long term visa;longstay visa;national visa;\
        permiso de residencia;tarjeta de residencia;residencia;student visa;study visa;studentenvisum;studienvisum;work visa;\
        work permit;working holiday;working holiday visa;temporary protection;digital nomad visa;nomad visa;golden visa;job seeker visa;\
        au pair visa;family reunion visa
        """)

    /// A permit of another state ("a UK residence permit") changes nothing.
    private func isElsewhere(_ range: Range<Int>) -> Bool {
        // "A UK residence permit", and only without a place before it "a residence permit of the UK".
        var near = (range.lowerBound - 2...range.lowerBound).compactMap { ending[$0] }
        if near.isEmpty { near = (range.upperBound...range.upperBound + 3).compactMap { beginning[$0] } }
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
        portuguesa polaco polaca griego griega europeo europea deutschen franzosischer franzosische italienischer italienische
        spanischer spanische polnischer polnische niederlandischer niederlandische osterreichischer osterreichische schwedischer
        schwedische danischer danische irischer irische griechischer griechische portugiesischer portugiesische frenchman
        frenchwoman dutchman dutchwoman irishman irishwoman luxembourger belge belga croata rumano rumana roumain roumaine
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
        "boyfriend", "fiancee", "epouse", "epoux", "esposo", "pareja", "freundin", "freund", "partnerin", "mutter",
        "vater", "mere",
        "pere", "madre", "padre", "mom", "mum", "dad", "grandmother", "grandfather", "verheiratet", "mariee", "casado",
        "casada",
    ]
    private static let being: Set<String> = ["is", "are", "ist", "sind", "est", "es"]

    private func citizen(at index: Int) -> Circumstances.Citizen? {
        let word = words[index]
        func next(_ offset: Int) -> String { words.indices.contains(index + offset) ? words[index + offset] : "" }
        if isFromFreeState(index) { return holder(index) }
        if ["unionsburger", "unionsburgerin", "euburger"].contains(word) { return holder(index) }
        if ["citoyen", "citoyenne", "ressortissant", "ressortissante", "ciudadano", "ciudadana"].contains(word) {
            let following = (1...4).map(next)
            return following.contains { Self.demonyms.contains($0) || ["ue", "lue", "europeenne"].contains($0) }
                ? holder(index) : nil
        }
        if ["nationalite", "nacionalidad", "pasaporte", "passeport"].contains(word) {
            return Self.demonyms.contains(next(1)) ? holder(index) : nil
        }
        if Self.demonyms.contains(word) || word.last == "s" && Self.demonyms.contains(String(word.dropLast())) {
            if isOfRelative(index) { return isDenied(index) ? nil : .relative }
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
            if ends, isSelf(before.first ?? "", before: index) { return holder(index) }
            return nil
        }
        if ["citizen", "citizens", "national", "nationals", "passport", "citizenship", "nationality"].contains(word) {
            // "citizen of Spain", "a passport from Ireland", "Spain passport"
            var after = ["of", "from"].contains(next(1)) ? (1...3).compactMap { beginning[index + $0] }.first : nil
            // "Dual citizenship, Brazil and Italy": either may be the free one.
            if index > 0, ["dual", "double"].contains(words[index - 1]) {
                for offset in 1...5 {
                    if let mention = beginning[index + offset], case .inside? = mention.place?.area { after = mention }
                }
            }
            guard let place = (ending[index] ?? after)?.place else { return nil }
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

    /// "I am", "we're", "as a".
    private func isSelf(_ word: String, before index: Int) -> Bool {
        if ["am", "im", "bin", "suis", "soy", "as", "als", "comme", "como"].contains(word) { return true }
        return reader.parts[max(0, index - 3)..<index].contains { part in
            if case .word(let word) = part { return ["we're", "we’re"].contains(word) }
            return false
        }
            || ["are", "sind", "sommes", "somos"].contains(word)
                && words[max(0, index - 4)..<index].contains { ["we", "wir", "nous"].contains($0) }
    }

    /// "my Italian wife", "my wife is Italian", "married to an Italian".
    private func isOfRelative(_ index: Int) -> Bool {
        if index + 1 < words.count, Self.relatives.contains(words[index + 1]) { return true }
        var before = words[max(0, index - 5)..<index].filter {
            !["a", "an", "the", "also", "eine", "ein", "une", "un", ""].contains($0)
        }
        guard let last = before.popLast() else { return false }
        if Self.relatives.contains(last) { return true }
        if last == "to" || last == "with" || last == "mit" || last == "con" || last == "a" {
            return before.last.map(Self.relatives.contains) ?? false
        }
        return Self.being.contains(last) && before.contains(where: Self.relatives.contains)
    }

    /// "I am from Spain".
    private func isFromFreeState(_ index: Int) -> Bool {
        guard ["from", "aus", "de"].contains(words[index]), index > 0,
            ["am", "im", "come", "bin", "komme", "suis", "viens", "soy", "originally"].contains(words[index - 1]),
            let place = beginning[index + 1]?.place
        else { return false }
        if case .inside = place.area { return place != .schengen }
        return ["Ireland", "Cyprus"].contains(place.name)
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
        let visas: Set<String> = ["visa", "visum", "visado", "sticker"]
        let grants: Set<String> = [
            "allows", "allow", "permits", "allowing", "for", "of", "gives", "grants", "duration", "erlaubt", "fur",
            "permet", "permite",
        ]
        let others: Set<String> = ["stayed", "spent", "used", "was", "applied", "months", "within", "refused"]
        // Of the sentence, up to here.
        var start = 0
        var namesVisa = false
        var tellsOther = false
        for index in words.indices {
            if case .sign(let sign) = reader.parts[index], ".!?;\n".contains(sign) {
                start = index + 1
                (namesVisa, tellsOther) = (false, false)
            }
            if visas.contains(words[index]) { namesVisa = true }
            if others.contains(words[index]) { tellsOther = true }
            guard case .number(let days, 1...2) = reader.parts[index], (1..<90).contains(days) else { continue }
            var next = index + 1
            while next < words.count, words[next].isEmpty { next += 1 }
            guard next < words.count, ["day", "days", "tage", "tag", "jours", "dias"].contains(words[next]) else {
                continue
            }
            if namesVisa, !tellsOther, words[start..<index].suffix(6).contains(where: grants.contains) { return days }
            if words[(next + 1)...].prefix(2).contains(where: visas.contains) { return days }
        }
        return nil
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
