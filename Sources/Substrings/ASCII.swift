// Texts by their bytes: what is in them, how far apart two are, what a byte is in ASCII.

/// What a byte is in ASCII.
extension UInt8 {
    @inlinable public var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    @inlinable public var isASCIILetterOrDigit: Bool {
        isASCIIDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lowercasedASCII)
    }

    @inlinable public var lowercasedASCII: UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self + 32 : self
    }

    /// 0 to 15; nil for what is no hexadecimal digit.
    @inlinable public var hexadecimalValue: UInt8? {
        if isASCIIDigit { return self - UInt8(ascii: "0") }
        let letter = lowercasedASCII
        return (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(letter) ? letter - UInt8(ascii: "a") + 10 : nil
    }

    /// `0` to `9` and `a` to `f`.
    @inlinable public var isLowercaseHexadecimal: Bool { hexadecimalValue != nil && self == lowercasedASCII }
}

extension StringProtocol {
    /// Whether the text has nothing but letters and digits of ASCII and the characters of `others`, which are ASCII.
    public func isAlphanumeric(or others: String = "") -> Bool {
        utf8.allSatisfy { $0.isASCIILetterOrDigit || others.utf8.contains($0) }
    }

    /// Whether this may be the name of a header (RFC 9110, section 5.6.2).
    public var isToken: Bool { !isEmpty && isAlphanumeric(or: "!#$%&'*+-.^_`|~") }

    /// What stands between separators, without spaces around it and only where there is something.
    public func list(_ isSeparator: (Character) -> Bool) -> [String] {
        split(whereSeparator: isSeparator).map { String($0.trimming { $0 == " " }) }.filter { !$0.isEmpty }
    }
}

extension BidirectionalCollection {
    /// Without the elements at both ends that `isEdge` names.
    @inlinable public func trimming(_ isEdge: (Element) -> Bool) -> SubSequence {
        var rest = drop(while: isEdge)
        while let last = rest.last, isEdge(last) { rest.removeLast() }
        return rest
    }
}
