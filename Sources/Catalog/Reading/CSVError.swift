// Files as they come: compressed, in tables, with lines of any kind.

/// Why a text is no table of comma-separated values (RFC 4180).
public struct CSVError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Reason: Hashable, Sendable {
        /// A quoted field was not closed before the end of the file.
        case unterminatedQuote
        /// Something other than a comma or a line's end follows a closing quote.
        case textAfterQuote
        case fieldTooLong(limit: Int)
        case recordTooLong(limit: Int)
        case tooManyFields(limit: Int)
    }

    public var reason: Reason
    /// Where the record begins, counted from 1.
    public var line: Int

    public var description: String {
        let words =
            switch reason {
            case .unterminatedQuote: "a quoted field is not closed"
            case .textAfterQuote: "text after a closing quote; write a quote inside a quoted field twice"
            case .fieldTooLong(let limit): "a field of more than \(limit) bytes"
            case .recordTooLong(let limit): "a record of more than \(limit) bytes"
            case .tooManyFields(let limit): "more than \(limit) fields in a record"
            }
        return "line \(line): \(words)"
    }
}
