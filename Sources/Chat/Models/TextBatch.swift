/// Pieces of text in one buffer, so that a token costs no allocation.
public struct TextBatch: Sendable, Equatable {
    /// All pieces, one after the other, each valid UTF-8.
    public private(set) var bytes: [UInt8] = []
    /// Where each piece ends in `bytes`.
    public private(set) var ends: [Int] = []

    public init() {}

    public init(_ pieces: String...) {
        for piece in pieces { append(piece) }
    }

    public var isEmpty: Bool { ends.isEmpty }
    public var count: Int { ends.count }

    /// Appends one piece. An empty piece is left out.
    public mutating func append(_ piece: String) {
        guard !piece.isEmpty else { return }
        bytes.append(contentsOf: piece.utf8)
        ends.append(bytes.count)
    }

    /// Appends one piece of valid UTF-8. An empty piece is left out.
    public mutating func append(utf8 piece: some Collection<UInt8>) {
        guard !piece.isEmpty else { return }
        bytes.append(contentsOf: piece)
        ends.append(bytes.count)
    }

    /// Appends the pieces of another batch.
    public mutating func append(contentsOf batch: TextBatch) {
        let base = bytes.count
        bytes.append(contentsOf: batch.bytes)
        for end in batch.ends { ends.append(base + end) }
    }

    public mutating func removeAll(keepingCapacity: Bool) {
        bytes.removeAll(keepingCapacity: keepingCapacity)
        ends.removeAll(keepingCapacity: keepingCapacity)
    }
}
