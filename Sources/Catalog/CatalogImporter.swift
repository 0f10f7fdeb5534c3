import SQLite

/// Brings files into `catalog.db`.
///
/// First the file's rows are stored as they are understood, then the works they concern are put together anew; both in
/// transactions of some thousand rows, so that readers are never held up and see whole works only. An import that was
/// killed is run again: what is there already is passed over quickly. Running it twice changes nothing. It does not
/// matter in which order files are imported.
public struct CatalogImporter: Sendable {
    private let path: String
    private let rowsPerTransaction: Int
    private let recordsPerMerge: Int

    /// - Parameter path: of `catalog.db`, which is made when it is missing; its folder must be there.
    public init(path: String) {
        // A transaction of this size takes well under a second.
        self.init(path: path, rowsPerTransaction: 4_000, recordsPerMerge: 2_000)
    }

    init(path: String, rowsPerTransaction: Int, recordsPerMerge: Int) {
        self.path = path
        self.rowsPerTransaction = rowsPerTransaction
        self.recordsPerMerge = recordsPerMerge
    }

    /// Imports one file; a file packed by gzip is unpacked while it is read. Blocks until it is done: for a command, or a
    /// thread of one's own.
    ///
    /// - Parameters:
    ///   - format: nil finds it out from the header line.
    ///   - progress: called on this thread, about once for every transaction. An error it throws ends the import, which
    ///     keeps what it has done.
    ///
    /// A row without use is no error: it is left out and stands in the report.
    ///
    /// Throws ``InputFileError`` when the file cannot be read, ``CatalogError`` when it is of no known format or lacks
    /// columns, ``CSVError`` when it is no proper table from some line on, and `SQLiteError` and `DatabaseError` when the
    /// catalogue cannot be written. Rows read before such an error are kept; run the import again once it is fixed.
    public func run(
        file: String, format: CatalogFormat? = nil, progress: @escaping (ImportProgress) throws -> Void = { _ in }
    ) throws -> ImportReport {
        let input = try InputFile(path: file)
        let connection = try Connection(path: path, options: CatalogSchema.options(cacheBytes: 64 << 20))
        try connection.migrate(to: CatalogSchema.schema)
        var run = ImportRun(connection: connection, input: input, format: format, report: progress)
        try run.read(rowsPerTransaction: rowsPerTransaction)
        try run.merge(recordsPerTransaction: recordsPerMerge)
        return try run.finish()
    }
}

/// One import under way.
private struct ImportRun {
    private let connection: Connection
    private let input: InputFile
    private let wanted: CatalogFormat?
    private let notify: (ImportProgress) throws -> Void
    private let records: RecordTable

    private var columns: CSVColumns?
    private var reader: (any RowReader)?
    private var report: ImportReport?
    private var batch: [SourceRecord] = []

    init(
        connection: Connection, input: InputFile, format: CatalogFormat?,
        report: @escaping (ImportProgress) throws -> Void
    ) {
        self.connection = connection
        self.input = input
        wanted = format
        notify = report
        records = RecordTable(connection: connection)
    }

    mutating func read(rowsPerTransaction: Int) throws {
        var parser = CSVParser()
        var buffer: [UInt8] = []
        while try input.read(into: &buffer) {
            try parser.feed(buffer) { record in
                try take(record)
                if batch.count >= rowsPerTransaction { try storeBatch() }
            }
        }
        try parser.finish { record in try take(record) }
        guard reader != nil else {
            throw CatalogError(reason: .unknownFormat, description: "The file is empty: it has no header line.")
        }
        if let last = reader?.finish() { batch.append(last) }
        try storeBatch()
        report?.furtherRows = reader?.furtherRows ?? 0
    }

    mutating func merge(recordsPerTransaction: Int) throws {
        let terms = TermTables()
        let merger = Merger(connection: connection, terms: terms)
        while let tally = try connection.transaction({ try merger.settle(limit: recordsPerTransaction) }) {
            report?.worksAdded += tally.added
            report?.worksUpdated += tally.updated
            report?.worksJoined += tally.joined
            try say(.merging)
        }
    }

    mutating func finish() throws -> ImportReport {
        guard var report else {
            throw CatalogError(reason: .unknownFormat, description: "The file is empty: it has no header line.")
        }
        if report.worksAdded + report.worksUpdated + report.worksJoined > 0 {
            try say(.finishing)
            try refreshStatistics()
        }
        report.worksTotal = try connection.first("SELECT count(*) FROM works") { row in try row.int(0) } ?? 0
        return report
    }

    /// Statistics for SQLite's planner; sampling a few hundred rows of each index is enough.
    private func refreshStatistics() throws {
        try connection.execute("PRAGMA analysis_limit = 400")
        do {
            // In a transaction that begins as a writer: by itself, the pragma reads first, and a writer that came in between
            // makes it fail at once, whatever the busy timeout.
            try connection.transaction { try connection.execute("PRAGMA optimize") }
        } catch let error as SQLiteError where error.isBusy {
            // Another import writes, and it ends with this as well.
        }
    }

    private mutating func take(_ row: borrowing CSVRecord) throws {
        guard let columns else { return try begin(row) }
        report?.rows += 1
        if !row.isUTF8 { report?.rowsInWindows1252 += 1 }
        guard row.count == columns.count else {
            report?.skip(row.line, "\(row.count) fields; the header has \(columns.count)")
            return
        }
        do throws(RowRefusal) {
            if let record = try reader?.read(row, columns) { batch.append(record) }
        } catch {
            report?.skip(row.line, error.reason)
        }
    }

    private mutating func begin(_ header: borrowing CSVRecord) throws {
        try Self.checkText(header)
        let columns = CSVColumns(header)
        guard let format = wanted ?? CatalogFormat.detected(from: columns) else {
            throw CatalogError(
                reason: .unknownFormat,
                description: "The header line is of none of the formats "
                    + CatalogFormat.allCases.map(\.rawValue).joined(separator: ", ")
                    + "; a plain table needs at least the column title.")
        }
        let missing = format.requiredColumns.filter { !columns.has($0) }
        guard missing.isEmpty else {
            throw CatalogError(
                reason: .missingColumns(missing),
                description: "The format \(format.rawValue) needs the columns \(missing.joined(separator: ", ")).")
        }
        self.columns = columns
        report = ImportReport(format: format)
        reader =
            switch format {
            case .gutenberg: GutenbergRows()
            case .goodbooks: GoodbooksRows()
            case .goodreads: GoodreadsRows()
            case .csv: PlainRows()
            }
    }

    /// A header that is no text of comma-separated values, with its cause.
    private static func checkText(_ header: borrowing CSVRecord) throws {
        let first = header[0]
        if first.starts(with: [0xFF, 0xFE]) || first.starts(with: [0xFE, 0xFF]) || first.contains(0) {
            throw CatalogError(
                reason: .unknownFormat,
                description: "The file is in UTF-16. Save it again as CSV in UTF-8 (Excel: \"CSV UTF-8\").")
        }
        guard header.count == 1 else { return }
        for (sign, name) in [(UInt8(ascii: ";"), "semicolons"), (0x09, "tabs")] where first.contains(sign) {
            throw CatalogError(
                reason: .unknownFormat,
                description: "The fields of the file are parted by \(name). Save it again with commas between them.")
        }
    }

    private mutating func storeBatch() throws {
        let batch = batch
        let changes = try connection.transaction { try batch.map { try records.store($0) } }
        for change in changes {
            switch change {
            case .added: report?.recordsAdded += 1
            case .updated: report?.recordsUpdated += 1
            case .unchanged: report?.recordsUnchanged += 1
            }
        }
        self.batch.removeAll(keepingCapacity: true)
        try say(.reading)
    }

    private func say(_ phase: ImportProgress.Phase) throws {
        guard let report else { return }
        try notify(
            ImportProgress(
                phase: phase, rows: report.rows, bytesRead: input.consumedBytes, bytesTotal: input.totalBytes,
                works: report.worksAdded + report.worksUpdated + report.worksJoined))
    }
}
