import Counting

/// Finds values behind labels such as `password:`, while a text is gone through from its beginning to its end.
struct SecretLabels {
    private var previousRun = ""
    /// The last stretch that a value was looked for in. `a=b=c=…` has a value behind every label, and all end at one place:
    /// the stretch is read once, not once for each label.
    private var stretch = ValueStretch.none

    /// The value behind the label that begins at `start`; nil when none begins there.
    mutating func value(in scalars: Counted<Unicode.Scalar>, at start: Int, _ runEnd: Int) -> Range<Int>? {
        guard start < runEnd, start == 0 || !scalars[start - 1].isTokenScalar else { return nil }
        let run = scalars.lowercased(start, runEnd)
        defer { previousRun = run }
        let isPassword = SecretLabel.isLabel(run, after: previousRun, among: SecretLabel.passwords)
        let isKey =
            SecretLabel.isLabel(run, after: previousRun, among: SecretLabel.keys)
            || (run == "key" && SecretLabel.keyQualifiers.contains(previousRun))
        guard isPassword || isKey else { return nil }

        var position = runEnd
        let link = Self.link(scalars, &position, isBearer: run == "bearer")
        guard link != .none else { return nil }
        var isQuoted = false
        if position < scalars.count, ValueStretch.quotes.contains(scalars[position]) {
            isQuoted = true
            position += 1
        }
        if position >= stretch.end { stretch = ValueStretch(scalars, from: position) }
        isQuoted = isQuoted && stretch.isClosedByQuote
        let value = position..<max(position, isQuoted ? stretch.end : stretch.trimmedEnd)
        let standsAlone = isQuoted || Self.endsLine(scalars, value.upperBound)
        return looksSecret(
            value, in: scalars, isPassword: isPassword, isAssigned: link == .sign, standsAlone: standsAlone)
            ? value : nil
    }

    private enum Link { case none, sign, word }

    private static let isWords = ["is ", "is: ", "was "].map { Array($0.unicodeScalars) }

    /// Goes over what links a label to its value: `: `, ` = `, `": "`, ` is `.
    private static func link(_ scalars: Counted<Unicode.Scalar>, _ position: inout Int, isBearer: Bool) -> Link {
        if position < scalars.count, ValueStretch.quotes.contains(scalars[position]) { position += 1 }
        skipBlanks(scalars, &position)
        guard position < scalars.count else { return .none }
        if scalars[position] == ":" || scalars[position] == "=" {
            while position < scalars.count, ":=>".unicodeScalars.contains(scalars[position]) { position += 1 }
            skipBlanks(scalars, &position)
            return .sign
        }
        if let word = isWords.first(where: { scalars.has($0, at: position) }) {
            position += word.count
            skipBlanks(scalars, &position)
            return .word
        }
        return isBearer ? .word : .none
    }

    private static func skipBlanks(_ scalars: Counted<Unicode.Scalar>, _ position: inout Int) {
        let limit = min(scalars.count, position + 3)
        while position < limit, scalars[position] == " " || scalars[position] == "\t" { position += 1 }
    }

    private static func endsLine(_ scalars: Counted<Unicode.Scalar>, _ position: Int) -> Bool {
        var position = position
        let limit = min(scalars.count, position + 3)
        while position < limit, !scalars[position].isNewline {
            guard ".,;:!?) ".unicodeScalars.contains(scalars[position]) else { return false }
            position += 1
        }
        return position == scalars.count || scalars[position].isNewline
    }

    private func looksSecret(
        _ value: Range<Int>, in scalars: Counted<Unicode.Scalar>, isPassword: Bool, isAssigned: Bool, standsAlone: Bool
    ) -> Bool {
        guard value.count >= (isPassword ? 6 : 8) else { return false }
        let start = value.lowerBound
        guard !"{<[$*%(#&".unicodeScalars.contains(scalars[start]), stretch.lastBracket < start,
            stretch.lastAddress < start, !stretch.isMonotonous(value)
        else { return false }
        let beginning = scalars.lowercased(start, min(value.upperBound, start + SecretLabel.longestReference))
        if SecretLabel.references.contains(where: beginning.hasPrefix) { return false }
        if stretch.lastDigit >= start { return true }
        // A word is a password only where it is given as one.
        guard isPassword, isAssigned, standsAlone else { return false }
        return value.count > SecretLabel.longestOrdinary
            || !SecretLabel.ordinary.contains(scalars.lowercased(start, value.upperBound))
    }
}

/// What stands between two blanks or quotation marks, and where the last of each sign in it is that tells what it can be: so
/// that every part that reaches to its end is judged without being read again.
private struct ValueStretch {
    static let quotes: [Unicode.Scalar] = ["\"", "'", "`", "\u{201C}", "\u{201D}"]
    static let none = ValueStretch()

    private(set) var end = 0
    /// Where it ends without the sentence's signs behind it.
    private(set) var trimmedEnd = 0
    private(set) var isClosedByQuote = false
    private(set) var lastBracket = -1
    private(set) var lastDigit = -1
    /// Where the last "://" begins.
    private(set) var lastAddress = -1
    /// The last character that differs from the one after it, in the whole and up to `trimmedEnd`.
    private var lastChange = (whole: -1, trimmed: -1)

    private init() {}

    init(_ scalars: Counted<Unicode.Scalar>, from start: Int) {
        end = start
        while end < scalars.count {
            let scalar = scalars[end]
            if scalar.isSpace { break }
            if Self.quotes.contains(scalar) {
                isClosedByQuote = true
                break
            }
            if scalar == "(" { lastBracket = end }
            if scalar.isASCIIDigit { lastDigit = end }
            if scalar == "/", end - start >= 2, scalars[end - 1] == "/", scalars[end - 2] == ":" {
                lastAddress = end - 2
            }
            end += 1
        }
        trimmedEnd = end
        while trimmedEnd > start, ".,;:!?)".unicodeScalars.contains(scalars[trimmedEnd - 1]) { trimmedEnd -= 1 }
        func lastChange(before end: Int) -> Int {
            var position = end - 2
            while position >= start, scalars[position] == scalars[position + 1] { position -= 1 }
            return position
        }
        self.lastChange = (lastChange(before: end), lastChange(before: trimmedEnd))
    }

    /// Whether a value that ends with the stretch is one character over and over.
    func isMonotonous(_ value: Range<Int>) -> Bool {
        (value.upperBound == end ? lastChange.whole : lastChange.trimmed) < value.lowerBound
    }
}
