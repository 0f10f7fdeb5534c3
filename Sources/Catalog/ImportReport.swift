/// What an import did.
public struct ImportReport: Sendable, Equatable {
    /// A row that was left out.
    public struct Skip: Sendable, Equatable {
        /// Where the row begins in the file, counted from 1.
        public var line: Int
        public var reason: String
    }

    public var format: CatalogFormat
    /// Rows of the table, without its header. Each is in exactly one of the five numbers that follow.
    public var rows = 0
    /// Books of the source that were new.
    public var recordsAdded = 0
    /// Books of the source of which it says something else than at the last import.
    public var recordsUpdated = 0
    public var recordsUnchanged = 0
    /// Rows that only gave a further author of a book.
    public var furtherRows = 0
    /// Rows left out.
    public var rowsSkipped = 0
    /// Rows that are no UTF-8 and were read as Windows-1252.
    public var rowsInWindows1252 = 0
    /// The first hundred of them, each with its reason.
    public var skips: [Skip] = []
    /// Works that are new in the catalogue.
    public var worksAdded = 0
    /// Works that are other than before: they have a further edition, or more is known of them.
    public var worksUpdated = 0
    /// Works that turned out to be the same as another one and are one with it now.
    public var worksJoined = 0
    /// Works in the catalogue after the import.
    public var worksTotal = 0

    init(format: CatalogFormat) {
        self.format = format
    }

    mutating func skip(_ line: Int, _ reason: String) {
        rowsSkipped += 1
        if skips.count < 100 { skips.append(Skip(line: line, reason: reason)) }
    }
}

/// How far an import is.
public struct ImportProgress: Sendable, Equatable {
    public enum Phase: String, Sendable {
        /// The file is being read.
        case reading
        /// Works are being put together; they can be found as soon as they are.
        case merging
        /// The indexes are being tidied.
        case finishing
    }

    public var phase: Phase
    public var rows: Int
    /// Bytes of the file that have been read, and that it has, as it lies on the disk.
    public var bytesRead: Int
    public var bytesTotal: Int
    /// Works added, updated or joined so far.
    public var works: Int
}
