import Substrings

extension String {
    /// Whether a short word or phrase is in the text, whatever the case of its letters.
    ///
    /// By bytes: `contains` and `lowercased` read characters, which takes some microseconds even in a short header.
    /// - Parameter phrase: ASCII in lower case.
    package func containsIgnoringCase(_ phrase: StaticString) -> Bool {
        var copy = self
        return copy.withUTF8 { bytes in
            let sought = UnsafeBufferPointer(start: phrase.utf8Start, count: phrase.utf8CodeUnitCount)
            guard bytes.count >= sought.count else { return false }
            return (0...bytes.count - sought.count).contains { start in
                sought.indices.allSatisfy { bytes[start + $0].lowercasedASCII == sought[$0] }
            }
        }
    }
}
