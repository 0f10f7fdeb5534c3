import EventStream

/// Cuts a stream of JSON documents, one on each line (github.com/ndjson/ndjson-spec), as its bytes arrive, cut anywhere.
///
/// Lines end with LF, CR or CRLF; blank lines and a byte order mark at the start are skipped. Nothing is allocated for a
/// line once the buffer has grown to the longest one that came in parts.
struct DocumentLines: Sendable {
    private let maximumLineBytes: Int
    /// The beginning of a line whose end has not come yet.
    private var partial: [UInt8] = []
    private var isAtStart = true

    init(maximumLineBytes: Int) { self.maximumLineBytes = maximumLineBytes }

    /// Reads the next bytes and calls `onLine` for each line completed by them.
    ///
    /// - Throws: `EventStreamError` when a line is over the limit, and whatever `onLine` throws. After an error it must not
    ///   be used again.
    mutating func feed(_ bytes: UnsafeRawBufferPointer, _ onLine: (Span<UInt8>) throws -> Void) throws {
        var rest = bytes
        while let end = rest.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) {
            let line = UnsafeRawBufferPointer(rebasing: rest[..<end])
            rest = UnsafeRawBufferPointer(rebasing: rest[(end + 1)...])
            guard !partial.isEmpty else {
                try give(line, onLine)
                continue
            }
            try keep(line)
            try givePartial(onLine)
        }
        try keep(rest)
    }

    /// Reads what stands after the last line end: a document needs none behind it when nothing follows.
    mutating func end(_ onLine: (Span<UInt8>) throws -> Void) throws {
        if !partial.isEmpty { try givePartial(onLine) }
    }

    private mutating func givePartial(_ onLine: (Span<UInt8>) throws -> Void) throws {
        // Taken out while it is read, so that reading may change the rest.
        var whole: [UInt8] = []
        swap(&whole, &partial)
        try whole.withUnsafeBytes { try give($0, onLine) }
        whole.removeAll(keepingCapacity: true)
        swap(&whole, &partial)
    }

    private mutating func give(_ line: UnsafeRawBufferPointer, _ onLine: (Span<UInt8>) throws -> Void) throws {
        var line = line
        if isAtStart, !line.isEmpty {
            isAtStart = false
            if line.starts(with: [0xEF, 0xBB, 0xBF]) { line = UnsafeRawBufferPointer(rebasing: line[3...]) }
        }
        guard line.count <= maximumLineBytes else { throw tooLarge }
        if line.contains(where: { $0 != 0x20 && $0 != 0x09 }) {
            try line.withMemoryRebound(to: UInt8.self) { try onLine($0.span) }
        }
    }

    private mutating func keep(_ bytes: UnsafeRawBufferPointer) throws {
        guard partial.count + bytes.count <= maximumLineBytes else { throw tooLarge }
        partial.append(contentsOf: bytes)
    }

    private var tooLarge: EventStreamError {
        EventStreamError(detail: "a line is larger than \(maximumLineBytes) bytes")
    }
}
