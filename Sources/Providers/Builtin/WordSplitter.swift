import Chat

/// Cuts text into chunks of a word or a few with the white space after them. Joined, the chunks are the text, byte for byte.
///
/// A word whose end has not come yet is kept back, so it makes no difference how the text is cut into pieces before.
struct WordSplitter {
    /// A chunk ends with the first word that brings it to this size: short words go together.
    static let minimumBytes = 8
    /// Text without white space is cut here, at a scalar's end.
    static let maximumBytes = 64

    private var kept: [UInt8] = []

    /// The chunks that `piece` completes.
    mutating func split(_ piece: String) -> TextBatch {
        var chunks = TextBatch()
        for byte in piece.utf8 {
            let isScalarStart = byte & 0xC0 != 0x80
            if isScalarStart, isComplete(before: byte) { flush(into: &chunks) }
            kept.append(byte)
        }
        return chunks
    }

    /// What is kept back, at the text's end.
    mutating func rest() -> TextBatch {
        var chunks = TextBatch()
        flush(into: &chunks)
        return chunks
    }

    private func isComplete(before byte: UInt8) -> Bool {
        if kept.count >= Self.maximumBytes { return true }
        guard let last = kept.last, kept.count >= Self.minimumBytes else { return false }
        return Self.isSpace(last) && !Self.isSpace(byte)
    }

    private mutating func flush(into chunks: inout TextBatch) {
        chunks.append(utf8: kept)
        kept.removeAll(keepingCapacity: true)
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D }
}
