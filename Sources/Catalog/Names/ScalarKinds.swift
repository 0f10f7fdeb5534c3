/// Kinds of scalars, told without the property tables for ASCII: most of what a catalogue holds, and a tenth of an
/// import's time when asked of the tables.
extension Unicode.Scalar {
    /// White space, and control characters, which no title means to have.
    var isGap: Bool {
        if value < 0x80 { return value <= 0x20 || value == 0x7f }
        return (0x80...0xa0).contains(value) || (value > 0x167f && properties.isWhitespace)
    }

    var isLetter: Bool {
        if value < 0x80 { return (0x61...0x7a).contains(value | 0x20) }
        return properties.isAlphabetic
    }

    var isDigit: Bool { (0x30...0x39).contains(value) }
}
