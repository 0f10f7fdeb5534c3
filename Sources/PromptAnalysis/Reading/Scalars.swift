import Counting
import Substrings

extension Unicode.Scalar {
    var isASCIILetter: Bool { (0x61...0x7A).contains(value) || (0x41...0x5A).contains(value) }
    var isASCIIDigit: Bool { (0x30...0x39).contains(value) }
    var isASCIIUppercase: Bool { (0x41...0x5A).contains(value) }

    /// What words are made of. Marks belong to the letter before them, so no span parts the two.
    var isWordScalar: Bool {
        if value < 0x80 { return isASCIILetter || isASCIIDigit }
        return properties.isAlphabetic || properties.numericType != nil || properties.generalCategory.isMark
    }

    var isLetter: Bool { value < 0x80 ? isASCIILetter : properties.isAlphabetic }

    var isSpace: Bool {
        switch value {
        case 0x20, 0x09...0x0D: true
        case 0..<0x85: false
        default: properties.isWhitespace
        }
    }

    var isNewline: Bool {
        switch value {
        case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }

    /// Characters of keys and tokens.
    var isTokenScalar: Bool { isASCIILetter || isASCIIDigit || self == "_" || self == "-" || self == "." }
}

extension Unicode.GeneralCategory {
    var isMark: Bool { self == .nonspacingMark || self == .spacingMark || self == .enclosingMark }
}

extension Counted<Unicode.Scalar> {
    /// Whether `text` stands at `position`.
    func has(_ text: [Unicode.Scalar], at position: Int) -> Bool {
        guard position >= 0, position + text.count <= count else { return false }
        return text.indices.allSatisfy { self[position + $0] == text[$0] }
    }

    /// A stretch as text, in lower case.
    func lowercased(_ start: Int, _ end: Int) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: self[start..<end])
        return String(view).lowercased()
    }
}

/// A comma-separated list as words or phrases.
func list(_ text: String) -> [String] { text.list { $0 == "," || $0 == "\n" } }
