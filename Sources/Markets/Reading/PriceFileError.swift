/// Why a file gives no prices at all. Rows that cannot be read are not among the reasons: they are skipped and counted.
public struct PriceFileError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Reason: Hashable, Sendable {
        /// More bytes than the limit.
        case tooLarge(limit: Int)
        /// More rows than the limit.
        case tooManyRows(limit: Int)
        /// UTF-16, or no text at all.
        case notText
        case empty
        /// The first line names no column for the day, or none for the closing price.
        case noColumns
        /// The columns are those of several symbols, and this one is not among them.
        case otherSymbols
        /// Not one row could be read; how many were skipped, and the first of them.
        case noRows(skipped: Int, first: SkippedRow?)
        /// The system refused; `errno`'s text.
        case system(String)
        /// A folder, a symbolic link, a device.
        case notAFile
        /// There is no such file in the folder.
        case unknown
    }

    public var reason: Reason
    /// What the file should have had prices of.
    public var name: String

    public var description: String {
        switch reason {
        case .tooLarge(let limit): "\(name): more than \(limit >> 20) MiB; keep daily prices only"
        case .tooManyRows(let limit): "\(name): more than \(limit) rows; keep daily prices only"
        case .notText: "\(name): not a text in UTF-8; export it again as CSV in UTF-8"
        case .empty: "\(name): the file is empty"
        case .noColumns:
            "\(name): the first line must name the columns, a day (Date) and a closing price (Close) at least"
        case .otherSymbols: "\(name): the file has columns of other symbols only; name it after the one that is meant"
        case .noRows(let skipped, let first):
            "\(name): none of its \(skipped) rows can be read" + (first.map { "; \($0)" } ?? "")
        case .system(let text): "\(name): \(text)"
        case .notAFile: "\(name): not a plain file; put a copy there instead of a link"
        case .unknown: "\(name): there is no such file"
        }
    }
}

/// A row that was passed over.
public struct SkippedRow: Hashable, Sendable, CustomStringConvertible {
    public enum Reason: String, Hashable, Sendable {
        case day = "the day cannot be read"
        case number = "a price cannot be read"
        case noClose = "there is no closing price"
        case range = "a price must be above 0 and below a million million"
        case highBelowLow = "the high is below the low"
        case quotes = "a quoted field is not closed, or text follows it"
        case fields = "it has more fields than the first line"
        case length = "it is too long"
    }

    /// Counted from 1.
    public var line: Int
    public var reason: Reason

    public var description: String { "line \(line): \(reason.rawValue)" }
}
