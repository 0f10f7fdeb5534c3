// The catalogue of books: an SQLite file that is imported and searched.

/// A refusal by the catalogue.
public struct CatalogError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Reason: Hashable, Sendable {
        /// The file's header line is of none of the known formats, or the file has none.
        case unknownFormat
        /// The file lacks columns that the format must have.
        case missingColumns([String])
        /// The database holds what this program never writes.
        case damaged
    }

    public var reason: Reason
    /// Plain words that say what to do.
    public var description: String
}
