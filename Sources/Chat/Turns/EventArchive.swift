import JSON

/// The form in which a turn's events are kept: a kind, a length, the bytes; text as it is, everything else as JSON.
///
/// Text is most of it, so recording a token costs two bytes more than the token.
public struct EventArchive: Sendable {
    private enum Kind {
        static let text: UInt8 = 1
        static let event: UInt8 = 2
    }

    /// The archived events, one after the other.
    public private(set) var bytes: [UInt8] = []

    public init() {}

    /// Appends an event.
    public mutating func append(_ view: TurnLog.View) {
        switch view {
        case .text(let piece):
            appendHeader(Kind.text, piece.count)
            bytes.append(contentsOf: piece)
        case .event(.text(let piece)):
            appendHeader(Kind.text, piece.utf8.count)
            bytes.append(contentsOf: piece.utf8)
        case .event(let event):
            var writer = JSONWriter()
            event.write(to: &writer)
            appendHeader(Kind.event, writer.bytes.count)
            bytes.append(contentsOf: writer.bytes)
        }
    }

    /// The kind, then the length in base 128, low part first, the high bit set on all bytes but the last.
    private mutating func appendHeader(_ kind: UInt8, _ length: Int) {
        bytes.append(kind)
        var rest = length
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Reads archived events.
    /// - Throws: `ArchiveError` when the bytes are not what `append` wrote.
    public static func read(_ bytes: [UInt8], _ body: (TurnLog.View) -> Void) throws(ArchiveError) {
        var offset = 0
        while offset < bytes.count {
            let kind = bytes[offset]
            offset += 1
            var length = 0
            var shift = 0
            while true {
                guard offset < bytes.count, shift <= 28 else { throw ArchiveError() }
                let byte = bytes[offset]
                offset += 1
                length |= Int(byte & 0x7F) << shift
                shift += 7
                if byte & 0x80 == 0 { break }
            }
            guard length <= bytes.count - offset else { throw ArchiveError() }
            let content = bytes[offset..<(offset + length)]
            offset += length
            switch kind {
            case Kind.text: body(.text(content))
            case Kind.event:
                guard let value = try? JSONValue(parsing: Array(content)), let event = ChatEvent(json: value) else {
                    throw ArchiveError()
                }
                body(.event(event))
            default: throw ArchiveError()
            }
        }
    }
}

/// Archived bytes that cannot be read.
public struct ArchiveError: Error, Sendable {
    public init() {}
}

extension TurnLog {
    /// A turn's log as the store has it.
    /// - Throws: `ArchiveError`; also when events are missing between batches.
    public convenience init(replyID: MessageID, batches: [TurnBatch]) throws(ArchiveError) {
        self.init(replyID: replyID)
        try append(batches)
    }

    /// The log of a turn whose events are kept no longer: its first event, its agent's notes, the reply in one piece,
    /// its cards and its terminal event.
    /// - Throws: `ArchiveError`.
    convenience init(replyID: MessageID, condensed turn: CondensedTurn) throws(ArchiveError) {
        self.init(replyID: replyID, isCondensed: true)
        var pieces = TextBatch()
        pieces.append(utf8: turn.content)
        try EventArchive.read(turn.summary) { view in
            guard case .event(let event) = view else { return }
            if event.isTerminal {
                append(pieces)
                if !turn.recommendations.isEmpty { append(.recommendations(turn.recommendations)) }
            }
            append(event)
        }
        guard isEnded else { throw ArchiveError() }
    }

    /// The first event, the notes, and `terminal`, archived: what `init(replyID:condensed:)` reads.
    func summary(endingWith terminal: ChatEvent) -> [UInt8] {
        var archive = EventArchive()
        _ = read(after: 0) { _, view in
            switch view {
            case .event(.accepted), .event(.note): archive.append(view)
            default: break
            }
            return true
        }
        archive.append(.event(terminal))
        return archive.bytes
    }

    /// Appends what of `batches` is not there yet.
    /// - Throws: `ArchiveError`; also when events are missing between batches.
    public func append(_ batches: [TurnBatch]) throws(ArchiveError) {
        for batch in batches {
            var number = batch.firstEvent
            guard number <= lastEvent + 1 else { throw ArchiveError() }
            try EventArchive.read(batch.payload) { view in
                defer { number += 1 }
                guard number > lastEvent else { return }
                switch view {
                case .text(let piece):
                    var pieces = TextBatch()
                    pieces.append(utf8: piece)
                    append(pieces)
                case .event(let event): append(event)
                }
            }
        }
    }
}
