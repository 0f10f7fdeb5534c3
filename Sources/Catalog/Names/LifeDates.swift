/// The dates that library headings put behind a name: "1819-1891", "-1731", "1951-", "-496--406", "active 15th century",
/// "active 150 B.C.", "approximately 1462", "1832?-1899", "jin shi 1053".
struct LifeDates: Equatable {
    var birth: Int?
    var death: Int?
    /// When the person is known to have written, where that is all that is known.
    var active: ClosedRange<Int>?

    /// Nil when the text is no such date.
    init?(_ text: some StringProtocol) {
        let key = Folding.key(text)
        let numbers = Self.scan(text)
        guard numbers.contains(where: { $0 != nil }), numbers.compactMap({ $0 }).allSatisfy({ $0 <= 9_999 }) else {
            return nil
        }
        let words = key.foldedWords.filter { $0.contains { $0.isLetter } && !$0.contains { $0.isNumber } }
        guard words.allSatisfy({ Self.knownWords.contains(String($0)) }) else { return nil }
        let isBefore = words.contains("b") || words.contains("bc") || words.contains("bce")
        if words.contains("century") {
            let centuries = numbers.compactMap { $0 }.filter { (1...40).contains($0) }
            guard let first = centuries.first, let last = centuries.last else { return nil }
            let low = isBefore ? -max(first, last) * 100 : (min(first, last) - 1) * 100 + 1
            let high = isBefore ? -(min(first, last) - 1) * 100 - 1 : max(first, last) * 100
            active = low...high
        } else if isBefore || !words.isEmpty && !words.allSatisfy(Self.vagueWords.contains) || !numbers.contains(nil) {
            // One year of activity stands for the working life around it.
            let years = numbers.compactMap { $0 }.map { isBefore ? -$0 : $0 }
            guard let low = years.min(), let high = years.max() else { return nil }
            active = (low - 20)...(high + 30)
        } else {
            (birth, death) = Self.life(numbers)
            // "1450-1400" is a slip of the heading; the birth is believed.
            if let birth, let last = death, last <= birth { death = nil }
            if birth == nil && death == nil { return nil }
        }
    }

    /// The years within which the person may have written: from about 18 to the end of life.
    var writingYears: ClosedRange<Int>? {
        if let active { return active }
        switch (birth, death) {
        case (let birth?, let death?): return (birth + min(18, death - birth))...death
        case (let birth?, nil): return (birth + 18)...(birth + 80)
        case (nil, let death?): return (death - 50)...death
        case (nil, nil): return nil
        }
    }

    private static let vagueWords: Set<Substring> = ["approximately", "ca", "circa", "about", "or", "born", "died"]
    private static let knownWords: Set<String> = [
        "approximately", "ca", "circa", "about", "or", "born", "died", "active", "fl", "jin", "shi", "ju", "ren",
        "century",
        "b", "c", "bc", "bce", "ad", "and", "late", "early",
    ]

    /// The numbers of the text in order, with nil for each dash. A second number without a dash before it ("1562 or 3")
    /// is left out, except for centuries.
    private static func scan(_ text: some StringProtocol) -> [Int?] {
        var numbers: [Int?] = []
        var number: Int?
        for byte in Array(text.utf8) + [0] {
            if byte >= 0x30 && byte <= 0x39 {
                number = min((number ?? 0) * 10 + Int(byte - 0x30), 1_000_000)
                continue
            }
            if let found = number {
                if numbers.isEmpty || numbers.last == .some(nil) { numbers.append(found) }
                number = nil
            }
            // A hyphen, or the last byte of an en dash in UTF-8.
            if byte == 0x2d || byte == 0x93 { numbers.append(nil) }
        }
        return numbers
    }

    /// "N-N" is a life; years before the common era have a minus of their own: "-N--N", "-N-N", "--N". "-N" is a death.
    private static func life(_ numbers: [Int?]) -> (birth: Int?, death: Int?) {
        switch (numbers.count, numbers.first ?? nil) {
        case (1, _): (numbers[0], nil)
        case (2, nil): (nil, numbers[1])
        case (2, let birth?): (birth, nil)
        case (3, nil) where numbers[1] == nil: (nil, numbers[2].map { -$0 })
        case (3, nil): (numbers[1].map { -$0 }, nil)
        case (3, let birth?): (birth, numbers[2])
        case (4, nil) where numbers[1] != nil && numbers[3] != nil: (numbers[1].map { -$0 }, numbers[3])
        case (4, let birth?): (birth, numbers[3].map { -$0 })
        case (5, nil) where numbers[1] != nil: (numbers[1].map { -$0 }, numbers[4].map { -$0 })
        default: (nil, nil)
        }
    }
}
