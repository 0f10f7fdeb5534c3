import CLinux

/// Texts in texts, by their UTF-8 bytes. The standard library's own methods of these names go over characters, and bring a parser of regular
/// expressions along: 1.4 MB of the program.
extension StringProtocol {
    public func contains(_ other: some StringProtocol) -> Bool { firstRange(of: other) != nil }

    /// The first place of `other`; nil where there is none. An empty text is at the beginning of every other.
    public func firstRange(of other: some StringProtocol) -> Range<Index>? {
        var text = Substring(self)
        var sought = Substring(other)
        let length = sought.utf8.count
        guard let offset = text.withUTF8({ text in sought.withUTF8 { offset(of: $0, in: text) } }) else { return nil }
        let start = utf8.index(utf8.startIndex, offsetBy: offset)
        return start..<utf8.index(start, offsetBy: length)
    }

    /// With `new` in every place of `other`, from the beginning on; unchanged where `other` is empty.
    public func replacing(_ other: some StringProtocol, with new: String) -> String {
        parts(separatedBy: other).joined(separator: new)
    }

    /// What stands before, between and after the places of `other`, also where that is empty; the whole where `other` is empty.
    public func parts(separatedBy other: some StringProtocol) -> [Substring] {
        var rest = Substring(self)
        var parts: [Substring] = []
        while !other.isEmpty, let place = rest.firstRange(of: other) {
            parts.append(rest[..<place.lowerBound])
            rest = rest[place.upperBound...]
        }
        return parts + [rest]
    }
}

private func offset(of sought: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let first = sought.baseAddress, !sought.isEmpty else { return 0 }
    let offset = clinux_offset(first, sought.count, text.baseAddress, text.count)
    return offset < 0 ? nil : offset
}
