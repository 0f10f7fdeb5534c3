import Substrings

/// The request on whose behalf something is done: for the log, and for traces that go on at providers.
///
/// It goes along with the task, as ``Caller`` does; a turn keeps that of the request that began it.
public struct RequestOrigin: Sendable, Equatable {
    /// As in `X-Request-Id`.
    public var requestID: String
    /// The client's `traceparent`, checked; nil when none came.
    public var trace: TraceParent?

    public init(requestID: String, trace: TraceParent? = nil) {
        self.requestID = requestID
        self.trace = trace
    }

    /// Of the task's request; nil outside of any.
    @TaskLocal public static var current: RequestOrigin?
}

/// Where a request belongs in a distributed trace (https://www.w3.org/TR/trace-context/#traceparent-header).
public struct TraceParent: Sendable, Equatable, CustomStringConvertible {
    private static let length = 55

    /// The header field's value.
    public let description: String

    /// 32 lower-case hexadecimal digits.
    public var traceID: Substring { description.dropFirst(3).prefix(32) }

    /// Nil for what is not of version 00, which is to be passed over (section 3.2.4). Later versions may be longer; of them the
    /// part that version 00 has is kept.
    public init?(_ header: String) {
        let bytes = Array(header.utf8.prefix(Self.length + 1))
        guard bytes.count >= Self.length else { return nil }
        let parts = bytes.prefix(Self.length).split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        let isVersion0 = bytes.starts(with: "00".utf8)
        guard parts.map(\.count) == [2, 32, 16, 2], parts.allSatisfy({ $0.allSatisfy(\.isLowercaseHexadecimal) }),
            !bytes.starts(with: "ff".utf8),
            bytes.count == Self.length || (!isVersion0 && bytes.last == UInt8(ascii: "-")),
            parts[1].contains(where: { $0 != UInt8(ascii: "0") }), parts[2].contains(where: { $0 != UInt8(ascii: "0") })
        else { return nil }
        description = "00" + String(decoding: bytes[2..<Self.length], as: UTF8.self)
    }
}
