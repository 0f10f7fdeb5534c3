/// Reads a `text/event-stream` as its bytes arrive, cut anywhere.
///
/// The rules are the standard's (html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation):
/// lines end with LF, CR or CRLF, a byte order mark at the start is skipped, comments are skipped, an `id` with NUL is
/// ignored, an event without data is not dispatched, nor is one whose blank line never came, unless `end` asks for it.
/// A field `error`, which the standard would ignore, is read as the data of an event of that type: some servers of language
/// models tell a failure so.
///
/// Nothing is allocated per event once the buffers have grown to the stream's longest event.
public struct EventStreamParser: Sendable {
    /// The last event's `id`, as bytes; empty when there was none.
    public private(set) var lastEventID: [UInt8] = []

    private let maximumEventBytes: Int
    /// The beginning of a line whose end has not come yet.
    private var partialLine: [UInt8] = []
    private var data: [UInt8] = []
    private var type: [UInt8] = []
    private var id: [UInt8] = []
    private var isAtStart = true
    /// The last byte was a CR that ended a line: an LF that comes next belongs to it.
    private var skipsLineFeed = false

    /// - Parameter maximumEventBytes: the limit on one line, and on the data of one event, each.
    public init(maximumEventBytes: Int = 1024 * 1024) { self.maximumEventBytes = maximumEventBytes }

    /// Reads the next bytes and calls `onEvent` for each event completed by them.
    ///
    /// - Throws: `EventStreamError` when a line or an event is over the limit, and whatever `onEvent` throws. After
    ///   an error the parser must not be used again.
    public mutating func feed(_ bytes: [UInt8], _ onEvent: (borrowing EventView) throws -> Void) throws {
        try bytes.withUnsafeBytes { try feed($0, onEvent) }
    }

    /// The same on a buffer, which is not kept.
    public mutating func feed(
        _ bytes: UnsafeRawBufferPointer, _ onEvent: (borrowing EventView) throws -> Void
    ) throws {
        guard !bytes.isEmpty else { return }
        let isRestOfLineEnd = skipsLineFeed && bytes[0] == lineFeed
        var lines = LineSplitter(isRestOfLineEnd ? UnsafeRawBufferPointer(rebasing: bytes[1...]) : bytes)
        if !partialLine.isEmpty, let line = lines.next() {
            try Self.append(line, to: &partialLine, limit: maximumEventBytes)
            // Taken out while it is read, so that reading may change the rest of the parser.
            var whole: [UInt8] = []
            swap(&whole, &partialLine)
            try whole.withUnsafeBytes { try read(line: $0, onEvent) }
            whole.removeAll(keepingCapacity: true)
            swap(&whole, &partialLine)
        }
        while let line = lines.next() { try read(line: line, onEvent) }
        try Self.append(lines.rest, to: &partialLine, limit: maximumEventBytes)
        skipsLineFeed = lines.endsWithCarriageReturn
    }

    /// Calls `onEvent` for the last event when its blank line never came. It may have been cut off anywhere: the standard
    /// drops it, and who takes it must see for himself whether it is whole.
    ///
    /// - Throws: what `onEvent` throws.
    public mutating func end(_ onEvent: (borrowing EventView) throws -> Void) throws {
        var line: [UInt8] = []
        swap(&line, &partialLine)
        if !line.isEmpty { try line.withUnsafeBytes { try read(line: $0, onEvent) } }
        try dispatch(onEvent)
    }

    private mutating func read(
        line: UnsafeRawBufferPointer, _ onEvent: (borrowing EventView) throws -> Void
    ) throws {
        var line = line
        if isAtStart {
            isAtStart = false
            if line.starts(with: [0xEF, 0xBB, 0xBF]) { line = UnsafeRawBufferPointer(rebasing: line[3...]) }
        }
        guard line.count <= maximumEventBytes else { throw Self.tooLarge(maximumEventBytes) }
        guard !line.isEmpty else { return try dispatch(onEvent) }
        let field = EventField(line)
        switch field.name {
        case .data:
            try Self.append(field.value, to: &data, limit: maximumEventBytes)
            data.append(lineFeed)
        case .event:
            type.removeAll(keepingCapacity: true)
            type.append(contentsOf: field.value)
        case .id:
            guard !field.value.contains(0) else { return }
            id.removeAll(keepingCapacity: true)
            id.append(contentsOf: field.value)
        case .error:
            type = Array("error".utf8)
            try Self.append(field.value, to: &data, limit: maximumEventBytes)
            data.append(lineFeed)
        case .other: break
        }
    }

    private mutating func dispatch(_ onEvent: (borrowing EventView) throws -> Void) throws {
        // Assigned only when it changed: an assignment shares the buffer, and the next `id` would then copy it.
        if lastEventID != id {
            lastEventID.removeAll(keepingCapacity: true)
            lastEventID.append(contentsOf: id)
        }
        defer {
            data.removeAll(keepingCapacity: true)
            type.removeAll(keepingCapacity: true)
        }
        guard !data.isEmpty else { return }
        data.removeLast()
        try onEvent(EventView(type: type.span, data: data.span))
    }

    private static func append(_ bytes: UnsafeRawBufferPointer, to buffer: inout [UInt8], limit: Int) throws {
        guard buffer.count + bytes.count <= limit else { throw tooLarge(limit) }
        buffer.append(contentsOf: bytes)
    }

    private static func tooLarge(_ limit: Int) -> EventStreamError {
        EventStreamError(detail: "an event is larger than \(limit) bytes")
    }
}

/// An event as it was received, valid during the call that hands it over.
public struct EventView: ~Escapable {
    /// The event's type as sent; empty means `message`.
    public let type: Span<UInt8>
    /// The data without its last line end, not checked to be UTF-8.
    public let data: Span<UInt8>

    @_lifetime(copy type, copy data)
    init(type: Span<UInt8>, data: Span<UInt8>) {
        self.type = type
        self.data = data
    }
}

/// A line or an event's data is over the parser's limit.
public struct EventStreamError: Error, Equatable, Sendable {
    public var detail: String

    public init(detail: String) { self.detail = detail }
}
