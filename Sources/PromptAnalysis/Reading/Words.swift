/// What stands between two words.
struct Marks: OptionSet {
    let rawValue: UInt16
    static let comma = Marks(rawValue: 1)
    static let colon = Marks(rawValue: 2)
    /// The end of a sentence.
    static let stop = Marks(rawValue: 4)
    static let question = Marks(rawValue: 8)
    static let newline = Marks(rawValue: 16)
    /// An empty line.
    static let paragraph = Marks(rawValue: 32)
    /// The sign of a list's item.
    static let bullet = Marks(rawValue: 64)
    /// A bracket, a dash, another sign.
    static let other = Marks(rawValue: 128)
    static let blank = Marks(rawValue: 256)
    /// Words of another region, which are no words of the author's.
    static let gap = Marks(rawValue: 512)
    static let placeholder = Marks(rawValue: 1024)

    /// What parts the words of a phrase.
    static let parting: Marks = [
        .comma, .colon, .stop, .question, .paragraph, .bullet, .other, .blank, .gap, .placeholder,
    ]
}

struct Word {
    var start: Int
    var end: Int
    /// In lower case, with plain apostrophes.
    var text: String
    var region: Region
    /// What stands between it and the next word.
    var after: Marks = []
}

extension Inspection {
    /// What stands before a word.
    func before(_ index: Int) -> Marks { index == 0 ? opening : words[index - 1].after }

    /// Whether nothing but a blank or a hyphen stands between a word and the next.
    func joinsNext(_ index: Int) -> Bool {
        index + 1 < words.count && words[index].after.isDisjoint(with: .parting)
            && words[index].region == words[index + 1].region
    }

    mutating func readWords() {
        var position = 0
        var marks: Marks = []
        var isLineStart = true
        while position < scalars.count {
            let region = regions[position]
            switch region {
            case .blank, .secret, .structure, .placeholder:
                if region == .blank { marks.insert(.blank) }
                if region == .placeholder || region == .secret { marks.insert(.placeholder) }
                if region == .structure { marks.insert(.gap) }
                isLineStart = isLineStart && region == .structure
                position += 1
            case .author, .data, .material:
                let scalar = scalars[position]
                if isLineStart, let end = listMark(at: position) {
                    marks.insert(.bullet)
                    mark(position, end, .structure)
                    position = end
                    isLineStart = false
                } else if scalar.isWordScalar {
                    note(&marks)
                    position = readWord(at: position)
                    isLineStart = false
                } else {
                    read(scalar, at: position, &marks)
                    if scalar.isNewline { isLineStart = true } else if !scalar.isSpace { isLineStart = false }
                    position += 1
                }
            }
        }
        note(&marks)
    }

    private mutating func note(_ marks: inout Marks) {
        if words.isEmpty { opening = marks } else { words[words.count - 1].after = marks }
        marks = []
    }

    private mutating func readWord(at start: Int) -> Int {
        let region = regions[start]
        var end = start
        var hasTypographicApostrophe = false
        while end < scalars.count, regions[end] == region {
            if scalars[end].isWordScalar {
                end += 1
            } else if scalars[end] == "'" || scalars[end] == "\u{2019}", end + 1 < scalars.count,
                scalars[end + 1].isLetter
            {
                hasTypographicApostrophe = hasTypographicApostrophe || scalars[end] == "\u{2019}"
                end += 1
            } else {
                break
            }
        }
        var text = scalars.lowercased(start, end)
        if hasTypographicApostrophe { text = String(text.map { $0 == "\u{2019}" ? "'" : $0 }) }
        words.append(Word(start: start, end: end, text: text, region: region))
        return end
    }

    private func read(_ scalar: Unicode.Scalar, at position: Int, _ marks: inout Marks) {
        switch scalar {
        case ",": marks.insert(.comma)
        case ":", "\u{FF1A}": marks.insert(.colon)
        case "?", "\u{FF1F}": marks.insert(.question)
        case "!", ";", "\u{2026}", "\u{3002}": marks.insert(.stop)
        case ".": if endsSentence(position) { marks.insert(.stop) }
        case "-", "'", "\u{2019}", "*", "_", "\"", "\u{201C}", "\u{201D}", "`": break
        default:
            if scalar.isNewline {
                marks.insert(marks.contains(.newline) && !isCarriageReturnPair(position) ? .paragraph : .newline)
            } else if !scalar.isSpace {
                marks.insert(.other)
            }
        }
    }

    private func isCarriageReturnPair(_ position: Int) -> Bool {
        scalars[position] == "\n" && position > 0 && scalars[position - 1] == "\r"
    }

    /// A full stop ends a sentence unless the text goes on without a space, or in lower case (e.g. after "e.g.").
    private func endsSentence(_ position: Int) -> Bool {
        guard position + 1 < scalars.count else { return true }
        guard scalars[position + 1].isSpace || scalars[position + 1] == "\"" || scalars[position + 1] == ")" else {
            return false
        }
        guard position + 2 < scalars.count else { return true }
        return !(scalars[position + 1] == " " && (0x61...0x7A).contains(scalars[position + 2].value))
    }

    /// Where the sign of a list's item ends: `- `, `* `, `• `, `1. `, `2) `, `a) `.
    private func listMark(at position: Int) -> Int? {
        let sign = scalars[position]
        if sign == "-" || sign == "*" || sign == "\u{2022}" || sign == "+" || sign == "\u{2013}" {
            return position + 1 < scalars.count && scalars[position + 1] == " " ? position + 2 : nil
        }
        var end = position
        while end < scalars.count, end < position + 3, scalars[end].isASCIIDigit { end += 1 }
        if end == position, sign.isASCIILetter, position + 1 < scalars.count, scalars[position + 1] == ")" { end += 1 }
        guard end > position, end + 1 < scalars.count, scalars[end] == "." || scalars[end] == ")",
            scalars[end + 1] == " "
        else { return nil }
        return end + 2
    }
}
