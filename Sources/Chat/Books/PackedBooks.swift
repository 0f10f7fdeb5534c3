import JSON

/// Book cards that wait to be told, in a tenth of the memory: their JSON in one buffer, where the cards are a hundred strings
/// and arrays.
public struct PackedBooks: Sendable {
    private let json: [UInt8]

    public init(_ books: [Book]) {
        var writer = JSONWriter(reservingCapacity: 512)
        Book.write(books, to: &writer)
        // A copy without the room that a growing buffer has to spare.
        json = writer.bytes.withUnsafeBufferPointer { Array($0) }
    }

    /// The cards as they were.
    public var books: [Book] { Book.list(json: try? JSONValue(parsing: json)) }
}
