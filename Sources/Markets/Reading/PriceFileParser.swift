/// A price file that was read: its prices, and what was found on the way.
public struct PriceFile: Sendable, Equatable {
    public var series: PriceSeries
    public var report: PriceFileReport
}

/// What reading a price file came to.
public struct PriceFileReport: Sendable, Equatable {
    /// Rows passed over.
    public var skipped = 0
    /// The first of them, 20 at most.
    public var firstSkipped: [SkippedRow] = []
}

/// Reads daily prices from comma-separated values, in pieces of any size.
///
/// Read are the layouts of Yahoo, Stooq, Alpha Vantage, Nasdaq and investing.com, and what comes out of spreadsheets: comma,
/// semicolon, tab or `|` between fields; decimal point or comma; either order of days. Which decimal mark and which order of
/// month and day a file has is decided once, from all its rows, when it has been read to its end.
///
/// Where rows cannot be read they are skipped and counted. A row without a closing price, with a price of 0 or below, or with
/// its high below its low counts as one.
public struct PriceFileParser {
    public struct Limits: Sendable {
        /// Of the file, in bytes: 32 MiB.
        public var bytes = 32 << 20
        /// 50,000: daily prices of two hundred years.
        public var rows = 50_000

        public init() {}
    }

    private let symbol: Symbol
    private let limits: Limits
    private var lines = LineSplitter()
    private var layout: ColumnLayout?
    private var rows = RowStore()
    private var report = PriceFileReport()
    private var bytes = 0
    /// Lines before the one that names the columns: an address, Excel's "sep=;".
    private var preamble = 0
    /// The last of them that tells whose each column is.
    private var tickers: [[UInt8]]?
    private static let maximumPreamble = 8

    public init(symbol: Symbol, limits: Limits = Limits()) {
        self.symbol = symbol
        self.limits = limits
    }

    /// Takes the next bytes. After an error the parser is not used again.
    /// - Throws: `PriceFileError` when the file is over a limit, is no text, or its first line names no columns.
    public mutating func feed(_ piece: some Collection<UInt8>) throws(PriceFileError) {
        bytes += piece.count
        guard bytes <= limits.bytes else { throw error(.tooLarge(limit: limits.bytes)) }
        guard !piece.contains(0) else { throw error(.notText) }
        var splitter = lines
        try splitter.feed(piece) { (line, number, isTooLong) throws(PriceFileError) in
            try take(line, number, isTooLong: isTooLong)
        }
        lines = splitter
    }

    /// What the whole file says.
    /// - Throws: `PriceFileError` when there is not one row that can be read.
    public mutating func finish() throws(PriceFileError) -> PriceFile {
        var splitter = lines
        try splitter.finish { (line, number, isTooLong) throws(PriceFileError) in
            try take(line, number, isTooLong: isTooLong)
        }
        guard let layout else { throw error(preamble > 0 ? .noColumns : .empty) }
        let prices = rows.prices(layout: layout, report: &report)
        guard let series = PriceSeries(symbol: symbol, prices: prices) else {
            throw error(.noRows(skipped: report.skipped, first: report.firstSkipped.first))
        }
        return PriceFile(series: series, report: report)
    }

    private func error(_ reason: PriceFileError.Reason) -> PriceFileError {
        PriceFileError(reason: reason, name: symbol.name)
    }

    private mutating func take(_ line: ArraySlice<UInt8>, _ number: Int, isTooLong: Bool) throws(PriceFileError) {
        guard line.contains(where: { $0 != 0x20 && $0 != 0x09 }) else { return }
        guard let layout else {
            // UTF-16 without a zero byte in it does not happen: digits have one. Its mark is enough.
            if line.first == 0xFF || line.first == 0xFE { throw error(.notText) }
            guard !isTooLong else { throw error(.noColumns) }
            guard var found = ColumnLayout(line: line, symbol: symbol) else {
                preamble += 1
                // What names columns and no close among them is the heading, and of no use.
                guard preamble <= Self.maximumPreamble, !ColumnLayout.isHeading(line) else { throw error(.noColumns) }
                if let fields = Fields.split(line, at: Fields.delimiter(of: line)), let first = fields.first,
                    String(decoding: first, as: UTF8.self).lowercased() == "ticker"
                {
                    tickers = fields
                }
                return
            }
            if let tickers, !found.choose(symbol, of: tickers) { throw error(.otherSymbols) }
            layout = found
            if found.isHeaderless { try takeRow(line, number, isTooLong: false, found) }
            return
        }
        try takeRow(line, number, isTooLong: isTooLong, layout)
    }

    private mutating func takeRow(
        _ line: ArraySlice<UInt8>, _ number: Int, isTooLong: Bool, _ layout: ColumnLayout
    ) throws(PriceFileError) {
        guard rows.count + report.skipped < limits.rows else { throw error(.tooManyRows(limit: limits.rows)) }
        guard !isTooLong else { return report.skip(number, .length) }
        guard let fields = Fields.split(line, at: layout.delimiter) else { return report.skip(number, .quotes) }
        // A separator at the end of each row but the first line is common.
        guard fields.dropFirst(layout.width).allSatisfy(\.isEmpty) else { return report.skip(number, .fields) }
        if rows.count == 0, report.skipped == 0, layout.isHeading(fields) {
            var chosen = layout
            guard chosen.choose(symbol, of: fields) else { throw error(.otherSymbols) }
            self.layout = chosen
            return
        }
        guard !rows.append(fields, line: number, layout: layout) else { return }
        report.skip(number, .length)
    }
}

extension PriceFileReport {
    mutating func skip(_ line: Int, _ reason: SkippedRow.Reason) {
        skipped += 1
        if firstSkipped.count < 20 { firstSkipped.append(SkippedRow(line: line, reason: reason)) }
    }
}
