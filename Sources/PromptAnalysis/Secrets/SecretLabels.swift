/// Finds values behind labels such as `password:`, while a text is gone through from its beginning to its end.
struct SecretLabels {
    private var previousRun = ""

    /// The value behind the label that begins at `start`; nil when none begins there.
    mutating func value(in inspection: Inspection, at start: Int, _ runEnd: Int, _ steps: inout Int) -> Range<Int>? {
        let scalars = inspection.scalars
        guard start < runEnd, start == 0 || !scalars[start - 1].isTokenScalar else { return nil }
        let run = scalars.lowercased(start, runEnd)
        defer { previousRun = run }
        steps += run.utf8.count
        let isPassword = SecretLabel.isLabel(run, after: previousRun, among: SecretLabel.passwords)
        let isKey =
            SecretLabel.isLabel(run, after: previousRun, among: SecretLabel.keys)
            || (run == "key" && SecretLabel.keyQualifiers.contains(previousRun))
        guard isPassword || isKey else { return nil }

        var position = runEnd
        let link = Self.link(scalars, &position, isBearer: run == "bearer")
        guard link != .none else { return nil }
        var isQuoted = false
        if position < scalars.count, Self.quotes.contains(scalars[position]) {
            isQuoted = true
            position += 1
        }
        let first = position
        while position < scalars.count, !scalars[position].isSpace, !Self.quotes.contains(scalars[position]) {
            steps += 1
            position += 1
        }
        isQuoted = isQuoted && position < scalars.count && Self.quotes.contains(scalars[position])
        if !isQuoted {
            while position > first, ".,;:!?)".unicodeScalars.contains(scalars[position - 1]) { position -= 1 }
        }
        let isLastOfLine = isQuoted || Self.endsLine(scalars, position)
        return Self.looksSecret(
            scalars[first..<position], isPassword: isPassword, isAssigned: link == .sign, standsAlone: isLastOfLine)
            ? first..<position : nil
    }

    private enum Link { case none, sign, word }

    private static let quotes: [Unicode.Scalar] = ["\"", "'", "`", "\u{201C}", "\u{201D}"]
    private static let isWords = ["is ", "is: ", "was "].map { Array($0.unicodeScalars) }

    /// Goes over what links a label to its value: `: `, ` = `, `": "`, ` is `.
    private static func link(_ scalars: [Unicode.Scalar], _ position: inout Int, isBearer: Bool) -> Link {
        if position < scalars.count, quotes.contains(scalars[position]) { position += 1 }
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

    private static func skipBlanks(_ scalars: [Unicode.Scalar], _ position: inout Int) {
        let limit = min(scalars.count, position + 3)
        while position < limit, scalars[position] == " " || scalars[position] == "\t" { position += 1 }
    }

    private static func endsLine(_ scalars: [Unicode.Scalar], _ position: Int) -> Bool {
        var position = position
        let limit = min(scalars.count, position + 3)
        while position < limit, !scalars[position].isNewline {
            guard ".,;:!?) ".unicodeScalars.contains(scalars[position]) else { return false }
            position += 1
        }
        return position == scalars.count || scalars[position].isNewline
    }

    private static func looksSecret(
        _ value: ArraySlice<Unicode.Scalar>, isPassword: Bool, isAssigned: Bool, standsAlone: Bool
    ) -> Bool {
        guard value.count >= (isPassword ? 6 : 8), let first = value.first else { return false }
        guard !"{<[$*%(#&".unicodeScalars.contains(first), !value.contains("("), !value.allSatisfy({ $0 == first })
        else { return false }
        let text = String(String.UnicodeScalarView(value)).lowercased()
        if SecretLabel.references.contains(where: text.hasPrefix) || text.contains("://") { return false }
        if value.contains(where: \.isASCIIDigit) { return true }
        // A word is a password only where it is given as one.
        return isPassword && isAssigned && standsAlone && !SecretLabel.ordinary.contains(text)
    }
}
