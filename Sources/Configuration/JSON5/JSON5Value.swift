/// Where something stands in a text.
struct TextLocation: Hashable, Comparable, Sendable {
    /// From 1. CR, LF and CR LF end a line, as in editors.
    var line: Int
    /// From 1, in Unicode scalars; a tab counts as one.
    var column: Int

    static func < (left: Self, right: Self) -> Bool { (left.line, left.column) < (right.line, right.column) }
}

/// A value of a JSON5 text, and where it begins.
struct JSON5Value: Sendable {
    enum Content: Sendable {
        case null
        case boolean(Bool)
        /// A literal without fraction and exponent that fits.
        case integer(Int64)
        /// Any other number; `Infinity` and `NaN` too.
        case number(Double)
        case string(String)
        case array([JSON5Value])
        /// In the order of the text, each key once.
        case object([JSON5Member])
    }

    var content: Content
    var location: TextLocation

    /// "a string", for messages.
    var kindName: String {
        switch content {
        case .null: "null"
        case .boolean: "true or false"
        case .integer, .number: "a number"
        case .string: "a string"
        case .array: "a list"
        case .object: "an object"
        }
    }
}

/// A key of an object with its value.
struct JSON5Member: Sendable {
    var key: String
    var keyLocation: TextLocation
    var value: JSON5Value
}

/// A whole JSON5 text.
struct JSON5Document: Sendable {
    var root: JSON5Value
    /// A key that its object has already, once for each time too many. The first of them is the one that is kept. They
    /// are mistakes, but do not end the reading, so that they can be told together with the others.
    var duplicateKeys: [JSON5Error]
}

/// Why a text is not JSON5, or over a limit. `detail` is a sentence that quotes nothing of the text.
struct JSON5Error: Error, Equatable, Sendable {
    enum Kind: Sendable {
        case syntax, invalidUTF8, duplicateKey, tooLarge, tooDeep
    }

    var kind: Kind
    var location: TextLocation
    var detail: String
    /// For a duplicate key: the keys and, as `[0]`, the places in lists that lead to it.
    var path: [String] = []
}
