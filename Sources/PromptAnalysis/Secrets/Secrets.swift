extension Inspection {
    /// Finds passwords, keys and tokens, and every further place where the same ones stand.
    mutating func findSecrets() {
        var values = ScalarSearch(by: work)
        var labels = SecretLabels()
        var position = 0
        // The end of the run of token characters that `position` is in: each run is looked through once.
        var runEnd = 0
        // The same without the full stop or dash after a key.
        var keyEnd = 0
        while position < scalars.count {
            if runEnd <= position {
                runEnd = position
                while runEnd < scalars.count, scalars[runEnd].isTokenScalar { runEnd += 1 }
                keyEnd = runEnd
                while keyEnd > position, scalars[keyEnd - 1] == "." || scalars[keyEnd - 1] == "-" { keyEnd -= 1 }
            }
            if let end = key(at: position, keyEnd) ?? privateKey(at: position) ?? addressPassword(at: position)
                ?? labels.value(in: scalars, at: position, runEnd)
            {
                let start = end.lowerBound
                if isSecret(start, end.upperBound) { values.insert(scalars[start..<end.upperBound]) }
                position = max(position + 1, end.upperBound)
            } else {
                position += 1
            }
        }
        guard !values.isEmpty else { return }
        for found in values.occurrences(in: scalars) { note(secret: found) }
    }

    private mutating func note(secret found: Range<Int>) {
        mark(found.lowerBound, found.upperBound, .secret)
        let span = text.span(found.lowerBound, found.upperBound)
        lose(10, of: .safety)
        findings.add(
            .secret, .critical, span,
            "This looks like a password or a key. Anyone who runs the model or keeps its logs can read it.",
            Draft(
                title: "Take the secret out",
                rationale: "No answer needs a secret's value. If this one was ever sent, change it.",
                edits: [Edit(span: span, replacement: String(String.UnicodeScalarView(Sign.removedSecret)))]),
            isBinding: true)
    }

    /// Whether a value is none of the texts that are put in: it could not be kept out of the result.
    private func isSecret(_ start: Int, _ end: Int) -> Bool {
        !OwnText.contains(String(String.UnicodeScalarView(scalars[start..<end])))
    }

    private func key(at start: Int, _ end: Int) -> Range<Int>? {
        guard start == 0 || !(scalars[start - 1].isASCIILetter || scalars[start - 1].isASCIIDigit) else { return nil }
        guard let pattern = KeyPattern.all.first(where: { scalars.has($0.prefix, at: start) }) else { return nil }
        // A key has a digit before long; words with hyphens have none.
        let sample = min(end, start + 80)
        guard end - start >= pattern.least else { return nil }
        guard scalars[start..<sample].contains(where: \.isASCIIDigit) else { return nil }
        return start..<end
    }

    private func privateKey(at start: Int) -> Range<Int>? {
        guard scalars[start] == "-", scalars.has(KeyPattern.privateKeyStart, at: start) else { return nil }
        var position = start + KeyPattern.privateKeyStart.count
        let nameLimit = min(scalars.count, position + 40)
        while position < nameLimit, !scalars.has(KeyPattern.privateKeyName, at: position) { position += 1 }
        guard position < nameLimit else { return nil }
        while position < scalars.count {
            if scalars.has(KeyPattern.privateKeyEnd, at: position) {
                while position < scalars.count, !scalars[position].isNewline { position += 1 }
                return start..<position
            }
            position += 1
        }
        return start..<scalars.count
    }

    /// The password in `https://user:password@host`.
    private func addressPassword(at start: Int) -> Range<Int>? {
        guard scalars[start] == ":", start + 2 < scalars.count, scalars[start + 1] == "/", scalars[start + 2] == "/"
        else { return nil }
        var position = start + 3
        var colon: Int?
        while position < min(scalars.count, start + 200) {
            let scalar = scalars[position]
            if scalar == "/" || scalar.isSpace { return nil }
            if scalar == ":", colon == nil { colon = position }
            if scalar == "@" {
                guard let colon, position - colon > 4, !"{<[$".unicodeScalars.contains(scalars[colon + 1]) else {
                    return nil
                }
                return (colon + 1)..<position
            }
            position += 1
        }
        return nil
    }
}
