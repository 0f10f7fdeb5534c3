/// What a date in a message is of.
enum DateUse: Equatable {
    /// A stay, or the day asked about.
    case stay
    /// The day on which the message is written.
    case today
    /// A visa's validity.
    case validity
    /// A birthday, a passport, an application.
    case unrelated

    static let rangeWords: Set<String> = [
        "to", "until", "till", "til", "through", "thru", "bis", "au", "hasta", "al", "jusqu'au", "jusqu’au",
    ]
    static let exitWords: Set<String> = [
        "left", "leave", "leaving", "exit", "exited", "exiting", "departed", "depart", "out", "return", "returned",
        "ended", "end", "home", "back", "departing", "returning", "flew", "flying", "ausgereist", "abgereist", "zurück",
        "retour",
        "reparti", "repartie", "parti", "partie", "salí", "regresé", "volví",
    ]
    static let entryWords: Set<String> = [
        "entered", "arrived", "arriving", "entering", "enter", "arrive", "entry", "from", "then", "also", "again",
        "another", "second", "since",
        "came",
    ]
    static let sinceWords: Set<String> = [
        "entered", "arrived", "arriving", "entering", "since", "came", "landed", "returned", "reentered", "seit",
        "eingereist", "angekommen",
        "arrivé",
        "arrivée", "depuis", "llegué", "entré",
    ]
    /// Words of a journey; where it goes tells whether one enters or leaves.
    static let travelWords: Set<String> = [
        "flew", "travelled", "traveled", "drove", "went", "crossed", "moved", "train", "bus", "ferry", "sailed",
        "cycled", "walked",
        "hitchhiked", "took", "flight", "flog", "geflogen", "gefahren", "fuhr", "gereist", "volé", "allé", "allée",
        "viajé", "fui",
    ]
    /// Words of leaving; a date after them ends a stay.
    static let leaveWords: Set<String> = [
        "left", "leave", "leaving", "exit", "exited", "exiting", "departed", "depart", "departing", "home",
        "ausgereist", "abgereist",
        "quitté", "reparti", "repartie", "salí",
    ]
    static let returnWords: Set<String> = [
        "returned", "return", "back", "reentered", "re", "entered", "arrived", "came", "again", "reenter",
    ]
    /// Words by which a day is asked about.
    static let questions: Set<String> = ["may", "can", "could", "must", "when", "should", "allowed"]

    private static func set(_ text: String) -> Set<String> {
        Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
    }

    private static let unrelatedWords = set(
        """
        born birthday birth dob anniversary passport expires expire expiry expiring expired applied apply application applying
        submitted appointment interview issued booked bought reserved refused rejected approved granted decision married wedding
        graduated graduation biometrics deadline geboren geburtstag abläuft läuft beantragt antrag termin ausgestellt né née
        naissance anniversaire demande rendez délivré nací nacimiento cumpleaños caduca solicitud solicité cita expedido
        """)
    private static let validityWords = set(
        "valid validity gültig gültigkeit valable validité válido válida vigente runs")
    private static let visaWords = set("visa visum visado")
    private static let todayWords = set("today heute hoy")
    /// Words of being, coming and going.
    private static let presenceWords = set(
        """
        i've been stayed stay staying visited visit visiting entered arrived enter enters arrive arriving left leave exited departed
        spent went go going travelled traveled travel flew return returned came trip stamped landed plan
        """)
    private static let neutralWords = set(
        "on is the from to until till of was at for and dated be bis au al am vom le el du del den it my ends ended on: - through"
    )

    static func uses(of dates: [DateMention], in reader: DateReader, places: [PlaceMention]) -> [DateUse] {
        var uses: [DateUse] = []
        for index in dates.indices {
            let before = words(before: index, of: dates, in: reader)
            if let last = uses.last, last == .unrelated || last == .validity,
                isContinuation(
                    from: dates[index - 1], to: dates[index], in: reader,
                    isBetween: words(before: index - 1, of: dates, in: reader).contains(where: betweenWords.contains))
            {
                uses.append(last)
                continue
            }
            uses.append(use(index, dates, before, reader, places))
        }
        return uses
    }

    private static func use(
        _ index: Int, _ dates: [DateMention], _ before: [String], _ reader: DateReader, _ places: [PlaceMention]
    ) -> DateUse {
        if isUnrelatedAfter(dates[index], index + 1 < dates.count ? dates[index + 1].parts.lowerBound : nil, reader) {
            return .unrelated
        }
        let joined = index > 0 && before.contains(where: rangeWords.contains)
        var isOfVisa = false
        for (offset, word) in before.enumerated() {
            if unrelatedWords.contains(word) { return .unrelated }
            if validityWords.contains(word) { return .validity }
            if todayWords.contains(word), !joined { return .today }
            if visaWords.contains(word) { isOfVisa = true }
            // "I was in Rome", but not "my visa was from".
            let isPresent =
                ["was", "were", "am"].contains(word) && before.indices.contains(offset + 1)
                && ["i", "we", "he", "she"].contains(before[offset + 1])
            if presenceWords.contains(word) || isPresent { return .stay }
        }
        guard isOfVisa else { return .stay }
        // "In Italy on a visa from 1 May to 10 May" is a stay all the same.
        let start = index > 0 ? dates[index - 1].parts.upperBound : 0
        let isPlaced = places.within(start..<dates[index].parts.lowerBound).contains { $0.role == .stay }
        return isPlaced ? .stay : .validity
    }

    /// "1 September to 31 December": the second date is of the same thing as the first.
    private static let betweenWords: Set<String> = ["between", "zwischen", "entre"]

    private static func isContinuation(
        from first: DateMention, to second: DateMention, in reader: DateReader, isBetween: Bool
    ) -> Bool {
        reader.parts[first.parts.upperBound..<second.parts.lowerBound].allSatisfy { part in
            switch part {
            case .word(let word):
                neutralWords.contains(word) && word != "and" || isBetween && ["and", "und", "et", "y"].contains(word)
            case .sign(let sign): !";\n.?!,".contains(sign)
            case .number: false
            }
        }
    }

    /// "1 May 2027 is my birthday", "10 May (my birthday)".
    private static func isUnrelatedAfter(_ date: DateMention, _ next: Int?, _ reader: DateReader) -> Bool {
        var words: [String] = []
        for part in reader.parts[date.parts.upperBound..<(next ?? reader.parts.count)].prefix(8) {
            if case .word(let word) = part {
                words.append(word)
            } else if case .sign(let sign) = part, ";\n.?!".contains(sign) {
                break
            }
        }
        switch words.first {
        case "is", "was", "ist", "est", "es": return words.prefix(6).contains(where: unrelatedWords.contains)
        case "my", "our", "mein", "meine": return words.dropFirst().first.map(unrelatedWords.contains) ?? false
        default: return false
        }
    }

    /// Up to eight words before a date, the nearest first, back to the date before it or the sentence's beginning.
    static func words(before index: Int, of dates: [DateMention], in reader: DateReader) -> [String] {
        let start = index > 0 ? dates[index - 1].parts.upperBound : 0
        var words: [String] = []
        for part in reader.parts[start..<dates[index].parts.lowerBound].reversed() {
            switch part {
            case .word(let word): words.append(word)
            case .sign(let sign) where ";\n.?!".contains(sign): return words
            default: break
            }
            if words.count == 8 { break }
        }
        return words
    }
}
