/// Reads a JSON text in place: no value of it is copied unless it is asked for.
///
/// For the hot path (a provider's delta per token). A request body is better read into a `JSONValue`, which also refuses
/// duplicate keys; here the first of them counts.
///
/// Parsing is strict (RFC 8259 and UTF-8, by simdjson), at most 1,023 levels deep. The parser's memory belongs to the
/// thread, so a reader costs nothing to keep; one document may be read inside another's body.
public struct JSONReader: Sendable {
    public init() {}

    /// Parses `bytes`, which need no padding, and calls `body` with the document's root.
    ///
    /// - Throws: `JSONError` (`notJSON`, `invalidUTF8`, `tooDeep`, `tooLarge`), or what `body` throws.
    public func withDocument<R>(
        _ bytes: UnsafeRawBufferPointer, _ body: (borrowing JSONElement) throws -> R
    ) throws -> R {
        let document = try ParsedDocument(bytes)
        return try body(document.root)
    }

    /// The same on a span.
    public func withDocument<R>(_ bytes: Span<UInt8>, _ body: (borrowing JSONElement) throws -> R) throws -> R {
        try bytes.withUnsafeBytes { try withDocument($0, body) }
    }

    /// The same on an array.
    public func withDocument<R>(_ bytes: [UInt8], _ body: (borrowing JSONElement) throws -> R) throws -> R {
        try bytes.withUnsafeBytes { try withDocument($0, body) }
    }
}
