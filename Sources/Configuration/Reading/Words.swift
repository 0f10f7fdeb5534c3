import Substrings

/// `text` for a message: control characters are shown as ?, and what is longer than `limit` scalars is cut, so that a
/// file cannot draw on the operator's terminal.
func quotable(_ text: String, limit: Int = 64) -> String {
    var shown = String.UnicodeScalarView()
    for (index, scalar) in text.unicodeScalars.enumerated() {
        guard index < limit else { return String(shown) + "…" }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: shown.append("?")
        default: shown.append(scalar)
        }
    }
    return String(shown)
}

/// `text` for a message, in quotes.
func quoted(_ text: String) -> String { "\"" + quotable(text) + "\"" }

/// The path of `key` in the object at `path`: `a.b`, or `a["unusual key"]`.
func keyPath(_ path: String, _ key: String) -> String {
    guard key.isAlphanumeric(or: "_-"), !key.isEmpty, key.utf8.count <= 64 else { return "\(path)[\(quoted(key))]" }
    return path.isEmpty ? key : "\(path).\(key)"
}

/// "a, b or c".
func alternatives(_ words: [String]) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
}

/// A number with the word for what is counted: "1 user", "2,000 users".
public func counted(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
    "\(grouped(number)) \(number == 1 ? noun : plural ?? noun + "s")"
}

/// "1048576" is hard to read: "1,048,576".
func grouped(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    var text = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
        if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
        text.append(digit)
    }
    return text
}

/// Which of `words` was probably meant by `word`; nil when none is near.
///
/// Near is at most two slips (a letter wrong, missing, too many, or two changed over), and fewer than half of the letters,
/// with capitals and the signs - and _ not counted.
func nearest(to word: String, among words: [String]) -> String? {
    let wanted = plain(word)
    guard wanted.count <= 64 else { return nil }
    var best: (word: String, distance: Int)?
    for candidate in words {
        let letters = plain(candidate)
        let distance = editDistance(wanted, letters)
        let allowed = min(2, max(wanted.count, letters.count) / 2 - 1)
        // What is a beginning of a longer key was probably meant as that key: "heartbeat".
        let begins = wanted.count >= 4 && letters.starts(with: wanted)
        guard distance <= max(allowed, 0) || begins else { continue }
        if best == nil || distance < best?.distance ?? 0 { best = (candidate, distance) }
    }
    return best?.word
}

private func plain(_ word: String) -> [UInt8] {
    word.utf8.filter { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "-") }.map(\.lowercasedASCII)
}

/// The optimal string alignment distance.
func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in 1..<left.count + 1 {
        var current = [row]
        for column in 1..<right.count + 1 {
            var cost = min(
                last[column] + 1, current[column - 1] + 1,
                last[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1))
            if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                cost = min(cost, beforeLast[column - 2] + 1)
            }
            current.append(cost)
        }
        beforeLast = last
        last = current
    }
    return last[right.count]
}
