import Chat

/// Reads from a message what it tells of the user's taste.
enum PreferenceInference {
    /// Characters of the message kept as evidence.
    static let maximumExcerpt = 160
    /// Most preferences read from one message.
    static let maximumCount = 12

    /// - Returns: one entry for each type and value, the strongest of the message.
    static func preferences(
        in reading: Reading, mentions: [Mention], message: MessageID, at time: Timestamp
    ) -> [InferredPreference] {
        var found: [InferredPreference] = []
        func add(_ type: PreferenceType, _ value: String, _ weight: Double, _ index: Int) {
            let value = normal(value)
            guard !reading.others[index] else { return }
            guard !value.isEmpty, value.utf8.count <= 200, weight != 0 else { return }
            let evidence = Evidence(messageID: message, excerpt: excerpt(reading, around: index), createdAt: time)
            if let place = found.firstIndex(where: { $0.type == type && $0.value == value }) {
                if abs(weight) > abs(found[place].weight) { found[place].weight = weight }
            } else {
                found.append(InferredPreference(type: type, value: value, weight: weight, evidence: evidence))
            }
        }
        for mention in mentions { note(mention, with: add) }
        for mention in reading.concepts where !mentions.contains(where: { $0.range.overlaps(mention.range) }) {
            guard mention.concept.kind != .audience else { continue }
            let weight = direct(mention.stance) * (mention.concept.name == "novel" ? 0.3 : 1)
            add(.topic, mention.concept.name, weight, mention.range.lowerBound)
        }
        if let period = reading.period, !period.isLoose, !mentions.contains(where: { $0.range.overlaps(period.range) })
        {
            add(.era, period.label, direct(reading.stances[period.range.lowerBound]), period.range.lowerBound)
        }
        for mention in reading.nations where mention.isLanguage {
            add(
                .language, mention.nation.name, direct(reading.stances[mention.range.lowerBound]),
                mention.range.lowerBound)
        }
        if let length = reading.length, length.lengths.count == 1, let only = length.lengths.first {
            let stance = reading.stances[length.range.lowerBound]
            add(.length, only.rawValue, stance.isAgainst ? direct(.wanted) : direct(stance), length.range.lowerBound)
        }
        return Array(found.prefix(maximumCount))
    }

    private static func note(_ mention: Mention, with add: (PreferenceType, String, Double, Int) -> Void) {
        let index = mention.range.lowerBound
        switch mention.referent {
        case .author(let name): add(.author, name, direct(mention.stance), index)
        case .series(let series): add(.author, series.author, direct(mention.stance) * 0.8, index)
        case .work(let entry):
            // A book that is liked speaks for its author, and a little for its kind.
            let weight = direct(mention.stance)
            guard weight != 0, mention.stance != .wanted else { return }
            if let author = entry.authors.first { add(.author, author, weight * 0.5, index) }
            let genres = entry.subjects.prefix(6).compactMap { Lexicon.shared.concept(named: $0) }
                .filter { $0.kind == .genre || $0.kind == .topic }
            for genre in genres.prefix(2) { add(.topic, genre.name, weight * 0.4, index) }
        }
    }

    /// How much one mention speaks for or against what it names.
    private static func direct(_ stance: Stance) -> Double {
        switch stance {
        case .liked: 0.8
        case .disliked: -0.8
        case .similar: 0.5
        // Asked for, or refused, this once.
        case .wanted: 0.25
        case .avoided: -0.3
        case .softened: -0.15
        case .read: 0.2
        case .background: 0
        }
    }

    private static func normal(_ value: String) -> String {
        value.lowercased().split { $0.isWhitespace }.joined(separator: " ")
    }

    /// The sentence around a word, cut to whole words.
    private static func excerpt(_ reading: Reading, around index: Int) -> String {
        let tokens = reading.tokens
        let start = tokens[...index].lastIndex { $0.startsSentence } ?? 0
        let end = tokens[(index + 1)...].firstIndex { $0.startsSentence } ?? tokens.count
        func text(_ range: Range<Int>) -> String {
            let bytes = reading.text.utf8
            let from = bytes.index(bytes.startIndex, offsetBy: tokens[range.lowerBound].start)
            let to = bytes.index(bytes.startIndex, offsetBy: tokens[range.upperBound - 1].end)
            return String(reading.text[from..<to])
        }
        var range = start..<end
        while text(range).count > maximumExcerpt, range.count > 1 {
            // Words go from the end that is further from what was said.
            range =
                index - range.lowerBound > range.upperBound - 1 - index
                ? (range.lowerBound + 1)..<range.upperBound : range.lowerBound..<(range.upperBound - 1)
        }
        return String(text(range).prefix(maximumExcerpt))
    }
}
