/// One event of a `text/event-stream`, to be sent (html.spec.whatwg.org/multipage/server-sent-events.html).
public struct ServerSentEvent: Sendable, Equatable {
    /// What the client sends back as `Last-Event-ID`; nil sends no `id:` line.
    public var id: UInt64?
    /// The event's type; nil is the client's `message`.
    public var event: String?
    /// UTF-8. Line ends inside it (LF, CR, CRLF) all reach the client as LF, because the format sends line by line.
    public var data: [UInt8]

    public init(id: UInt64? = nil, event: String? = nil, data: [UInt8]) {
        self.id = id
        self.event = event
        self.data = data
    }

    /// Appends the event as it goes over the wire, with its closing blank line.
    public func encode(to bytes: inout [UInt8]) {
        EventStreamEncoder.append(id: id, event: event, data: data.span, to: &bytes)
    }
}

/// Writes a `text/event-stream`. Nothing is allocated while `bytes` has room.
public enum EventStreamEncoder {
    /// Appends an event: `id: 7`, `event: name`, a `data:` line for each line of `data`, a blank line.
    ///
    /// Line ends and NUL in `event` are left out: they would let a name forge fields (CWE-93,
    /// cwe.mitre.org/data/definitions/93.html).
    public static func append(
        id: UInt64? = nil, event: String? = nil, data: Span<UInt8>, to bytes: inout [UInt8]
    ) {
        if let id {
            append("id: ", to: &bytes)
            appendDigits(of: id, to: &bytes)
            bytes.append(lineFeed)
        }
        if let event {
            append("event: ", to: &bytes)
            for byte in event.utf8 where byte != lineFeed && byte != carriageReturn && byte != 0 { bytes.append(byte) }
            bytes.append(lineFeed)
        }
        data.withUnsafeBytes { appendLines(of: $0, to: &bytes) }
        bytes.append(lineFeed)
    }

    /// The same with the data as an array.
    public static func append(id: UInt64? = nil, event: String? = nil, data: [UInt8], to bytes: inout [UInt8]) {
        append(id: id, event: event, data: data.span, to: &bytes)
    }

    /// Appends a comment and a blank line; clients ignore it, proxies see a live connection. `text` has no line end.
    public static func appendComment(_ text: StaticString = "ping", to bytes: inout [UInt8]) {
        append(": ", to: &bytes)
        append(text, to: &bytes)
        bytes.append(lineFeed)
        bytes.append(lineFeed)
    }

    /// Appends `retry: N` and a blank line: how long a client waits before it connects again.
    public static func appendRetry(milliseconds: UInt64, to bytes: inout [UInt8]) {
        append("retry: ", to: &bytes)
        appendDigits(of: milliseconds, to: &bytes)
        bytes.append(lineFeed)
        bytes.append(lineFeed)
    }

    private static func appendLines(of data: UnsafeRawBufferPointer, to bytes: inout [UInt8]) {
        var lines = LineSplitter(data)
        while true {
            let line = lines.next()
            append("data: ", to: &bytes)
            bytes.append(contentsOf: line ?? lines.rest)
            bytes.append(lineFeed)
            if line == nil { return }
        }
    }

    private static func append(_ text: StaticString, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private static func appendDigits(of value: UInt64, to bytes: inout [UInt8]) {
        var rest = value
        let start = bytes.count
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
    }
}

let lineFeed: UInt8 = 0x0A
let carriageReturn: UInt8 = 0x0D
