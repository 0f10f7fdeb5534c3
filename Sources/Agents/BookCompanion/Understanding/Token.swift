/// A word of a message with what its surroundings tell.
struct Token: Sendable, Equatable {
    /// What stands between this word and the one before.
    enum Break: Int, Sendable, Comparable {
        case none, hyphen, comma, clause, sentence
        static func < (left: Break, right: Break) -> Bool { left.rawValue < right.rawValue }
    }

    /// As it was typed.
    var text: String
    /// See `Folding.fold`.
    var folded: String
    /// Folded, without a possessive ending.
    var base: String
    var isCapitalized: Bool
    var isPossessive: Bool
    var breakBefore: Break
    /// Number of the quoted passage it stands in; nil outside of quotation marks.
    var quote: Int?
    /// Offset of its first byte in the message's UTF-8.
    var start: Int
    /// Offset after its last byte.
    var end: Int

    var stem: String { Folding.stem(base) }
    var startsSentence: Bool { breakBefore == .sentence }
}

/// Takes a message apart into words.
struct Tokenizer {
    /// Words beyond this many are left out: a question is short, and the reading's cost grows with its words.
    static let maximumTokens = 400

    private var tokens: [Token] = []
    private var word = String.UnicodeScalarView()
    private var wordStart = 0
    private var pendingBreak = Token.Break.sentence
    private var openQuote: Unicode.Scalar?
    private var quoteCount = 0

    static func tokens(of message: String) -> [Token] {
        var tokenizer = Tokenizer()
        tokenizer.run(message)
        return tokenizer.tokens
    }

    private mutating func run(_ message: String) {
        let scalars = Array(message.unicodeScalars)
        var offset = 0
        for (index, scalar) in scalars.enumerated() where tokens.count < Self.maximumTokens {
            let next = index + 1 < scalars.count ? scalars[index + 1] : " "
            if isWordPart(scalar) || (Self.isApostrophe(scalar) && !word.isEmpty && isWordPart(next)) {
                if word.isEmpty { wordStart = offset }
                word.append(scalar)
            } else {
                closeWord(at: offset, before: scalar, next: next)
            }
            offset += UTF8.width(scalar)
        }
        closeWord(at: offset, before: " ", next: " ")
    }

    private mutating func closeWord(at offset: Int, before sign: Unicode.Scalar, next: Unicode.Scalar) {
        let endsPlural = Self.isApostrophe(sign) && !word.isEmpty && word.last == "s" && openQuote == nil
        if !word.isEmpty {
            let text = String(word)
            let folded = Folding.fold(text)
            if !folded.isEmpty {
                tokens.append(token(text, folded: folded, end: offset, isPluralPossessive: endsPlural))
            }
            word = String.UnicodeScalarView()
            pendingBreak = .none
        }
        guard !endsPlural else { return }
        note(sign, next: next)
    }

    private func token(_ text: String, folded: String, end: Int, isPluralPossessive: Bool) -> Token {
        let scalars = Array(text.unicodeScalars)
        let isPossessive =
            isPluralPossessive
            || (scalars.count > 2 && Self.isApostrophe(scalars[scalars.count - 2]) && scalars.last == "s")
        let base = isPossessive && !isPluralPossessive ? String(folded.dropLast()) : folded
        return Token(
            text: text, folded: folded, base: base, isCapitalized: scalars[0].properties.isUppercase,
            isPossessive: isPossessive, breakBefore: pendingBreak, quote: openQuote == nil ? nil : quoteCount,
            start: wordStart, end: end)
    }

    /// Takes note of a sign between words.
    private mutating func note(_ sign: Unicode.Scalar, next: Unicode.Scalar) {
        if let closing = openQuote {
            if sign == closing || (closing == "\u{201D}" && sign == "\"") {
                openQuote = nil
                raise(to: .hyphen)
                return
            }
        } else if let closing = Self.quotes[sign] {
            openQuote = closing
            quoteCount += 1
            return
        }
        switch sign {
        case ",": raise(to: .comma)
        case ";", ":", "(", ")", "\u{2014}", "\u{2013}": raise(to: .clause)
        case "!", "?", "\n": raise(to: .sentence)
        case ".": if !isAbbreviation && !isWordPart(next) { raise(to: .sentence) }
        case "-": raise(to: next == "-" || next == " " ? .clause : .hyphen)
        default: break
        }
    }

    private mutating func raise(to level: Token.Break) {
        pendingBreak = max(pendingBreak, level)
    }

    /// "H. G. Wells" and "Mr. Darcy" go on after the full stop.
    private var isAbbreviation: Bool {
        guard pendingBreak == .none, let last = tokens.last else { return false }
        return (last.folded.utf8.count == 1 && last.folded != "i" && (last.isCapitalized || last.folded != "a"))
            || ["mr", "mrs", "dr", "st", "ms", "vs", "no", "prof"].contains(last.folded) && last.isCapitalized
    }

    private func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            || scalar.properties.generalCategory == .nonspacingMark
    }

    private static func isApostrophe(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "'" || scalar == "\u{2019}"
    }

    /// Opening quotation marks and what closes them. A straight apostrophe is not among them: it is ambiguous.
    private static let quotes: [Unicode.Scalar: Unicode.Scalar] = [
        "\"": "\"", "\u{201C}": "\u{201D}", "\u{00AB}": "\u{00BB}", "\u{201E}": "\u{201C}", "*": "*", "_": "_",
    ]
}
