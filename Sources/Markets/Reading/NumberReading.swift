import Substrings

/// Reads the numbers of price files: `1234.5`, `1,234.50`, `1.234,50`, `1'234.50`, `1 234,50`, `$101.25`, `101.25 EUR`, `12.3M`, `1.0125E+02`.
enum NumberReading {
    /// What separates the fraction.
    enum Mark: Equatable {
        case point, comma
    }

    enum Outcome: Equatable {
        case value(Double)
        /// Empty, `-`, `null`, `N/A`.
        case missing
        case unreadable
    }

    /// What a number by itself tells about the file's decimal mark; nil when it could be read either way, as `1,234`.
    static func evidence(of field: ArraySlice<UInt8>) -> Mark? {
        let points = field.count { $0 == UInt8(ascii: ".") }
        let commas = field.count { $0 == UInt8(ascii: ",") }
        if points > 0 && commas > 0 {
            let isCommaLast = field.lastIndex(of: UInt8(ascii: ",")) ?? 0 > field.lastIndex(of: UInt8(ascii: ".")) ?? 0
            return isCommaLast ? .comma : .point
        }
        if points > 1 { return .comma }
        if commas > 1 { return .point }
        guard let mark = field.firstIndex(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }) else {
            return nil
        }
        let digits = field[(mark + 1)...].prefix { (0x30...0x39).contains($0) }.count
        // "0.125" groups nothing.
        let isLeadingZero = field[..<mark].last == 0x30 && field[..<mark].count { (0x31...0x39).contains($0) } == 0
        guard digits != 3 || isLeadingZero else { return nil }
        return field[mark] == UInt8(ascii: ",") ? .comma : .point
    }

    /// The number that `field` writes. A currency sign before it is passed over; K, M and B behind it multiply where
    /// `allowsSuffix`.
    static func read(_ field: ArraySlice<UInt8>, mark: Mark, allowsSuffix: Bool = false) -> Outcome {
        var rest = withoutCurrency(plain(field))
        let lower = rest.map(\.lowercasedASCII)
        if Self.missing.contains(lower) { return .missing }
        var factor = 1.0
        if allowsSuffix, let last = lower.last, let scale = Self.scales[last] {
            factor = scale
            rest = rest.dropLast()
        }
        guard let plain = normalized(rest, mark: mark), let value = Double(plain), value.isFinite else {
            return .unreadable
        }
        return .value(value * factor)
    }

    private static let missing: Set<[UInt8]> = Set(
        ["", "-", "--", ".", "null", "n/a", "#n/a", "na", "<na>", "nan", "none"].map { Array($0.utf8) })
    private static let scales: [UInt8: Double] = [
        UInt8(ascii: "k"): 1e3, UInt8(ascii: "m"): 1e6, UInt8(ascii: "b"): 1e9,
    ]

    /// Without the sign or code of a currency ("$", "R$", "USD", "%" of bonds) before or behind it, and spaces.
    private static func withoutCurrency(_ field: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = trimmed(field)
        for sign in signs {
            if rest.starts(with: sign) { rest = trimmed(rest.dropFirst(sign.count)) }
            if rest.suffix(sign.count).elementsEqual(sign) { rest = trimmed(rest.dropLast(sign.count)) }
        }
        func isCode(_ letters: ArraySlice<UInt8>) -> Bool {
            letters.count == 3 && letters.allSatisfy { (0x41...0x5A).contains($0) }
        }
        if rest.count > 3, isCode(rest.prefix(3)) { rest = trimmed(rest.dropFirst(3)) }
        if rest.count > 3, isCode(rest.suffix(3)) { rest = trimmed(rest.dropLast(3)) }
        return rest
    }

    private static let signs = [
        "US$", "HK$", "R$", "C$", "A$", "$", "€", "£", "¥", "₹", "₩", "₽", "₺", "₪", "kr", "zł", "Kč", "%",
    ].map { Array($0.utf8) }

    private static func trimmed(_ field: ArraySlice<UInt8>) -> ArraySlice<UInt8> { field.trimming { $0 == 0x20 } }

    /// Spaces and apostrophes beyond ASCII as those within it: "1\u{202F}234,50", "1’234.50".
    private static func plain(_ field: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard field.contains(where: { $0 >= 0x80 }) else { return field }
        var scalars = String.UnicodeScalarView()
        for scalar in String(decoding: field, as: UTF8.self).unicodeScalars {
            switch scalar {
            case "\u{A0}", "\u{2009}", "\u{202F}": scalars.append(" ")
            case "\u{2019}": scalars.append("'")
            default: scalars.append(scalar)
            }
        }
        return Array(String(scalars).utf8)[...]
    }

    /// ASCII digits with a point; nil when the groups are no groups. Groups may have two digits but for the last, as in
    /// India: `1,23,456.50`.
    private static func normalized(_ field: ArraySlice<UInt8>, mark: Mark) -> String? {
        let decimal = UInt8(ascii: mark == .point ? "." : ",")
        let group = UInt8(ascii: mark == .point ? "," : ".")
        guard field.count <= 40 else { return nil }
        var text: [UInt8] = []
        var rest = field
        if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            text.append(sign)
            rest = rest.dropFirst()
        }
        var parts = rest.split(separator: decimal, maxSplits: 1, omittingEmptySubsequences: false)
        // "1E+02" has its exponent behind the whole number.
        if parts.count == 1, let mark = rest.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) {
            parts = [rest[..<mark], rest[mark...]]
        }
        let pieces = parts
        guard let whole = pieces.first else { return nil }
        let groups = whole.split(omittingEmptySubsequences: false) {
            $0 == group || $0 == UInt8(ascii: "'") || $0 == 0x20
        }
        for (place, digits) in groups.enumerated() {
            guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            if groups.count > 1 {
                let isLast = place == groups.count - 1
                guard
                    isLast
                        ? digits.count == 3
                        : place == 0 ? (1...3).contains(digits.count) : (2...3).contains(digits.count)
                else { return nil }
            }
            text += digits
        }
        var fraction = pieces.count > 1 ? pieces[1] : []
        var exponent: ArraySlice<UInt8> = []
        if let mark = fraction.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) {
            exponent = fraction[(mark + 1)...]
            fraction = fraction[..<mark]
            let digits = exponent.drop { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
            guard exponent.count - digits.count <= 1, (1...3).contains(digits.count),
                digits.allSatisfy({ (0x30...0x39).contains($0) })
            else { return nil }
        }
        guard fraction.allSatisfy({ (0x30...0x39).contains($0) }), !(whole.isEmpty && fraction.isEmpty) else {
            return nil
        }
        if whole.isEmpty { text.append(0x30) }
        if !fraction.isEmpty {
            text.append(UInt8(ascii: "."))
            text += fraction
        }
        if !exponent.isEmpty { text += [UInt8(ascii: "e")] + exponent }
        return String(decoding: text, as: UTF8.self)
    }
}
