/// The rows of a file as they are written, until all are there and it can be told how to read them.
///
/// All fields lie in one buffer: an array a field would take ten times the memory.
struct RowStore {
    /// Longest field of interest, in bytes. Nothing that is a day or a number is longer.
    private static let maximumField = 64

    private var bytes: [UInt8] = []
    /// Where each field ends in `bytes`, one a column and row.
    private var ends: [Int] = []
    private var lines: [Int] = []

    var count: Int { lines.count }

    /// Keeps the fields that `layout` knows. False, and nothing kept, when one of them is too long.
    mutating func append(_ fields: [[UInt8]], line: Int, layout: ColumnLayout) -> Bool {
        let mine = ColumnLayout.Column.allCases.map { column -> [UInt8] in
            guard let place = layout[column], place < fields.count else { return [] }
            return fields[place]
        }
        guard mine.allSatisfy({ $0.count <= Self.maximumField }) else { return false }
        for field in mine {
            bytes += field
            ends.append(bytes.count)
        }
        lines.append(line)
        return true
    }

    /// The prices in the file's own order; rows that cannot be read are noted in `report`.
    func prices(layout: ColumnLayout, report: inout PriceFileReport) -> [DailyPrice] {
        let mark = decimalMark(layout: layout)
        let forms = (0..<count).map { DateReading.form(of: Array(field(.day, of: $0))) }
        let order = dateOrder(of: forms, report: &report)
        var prices: [DailyPrice] = []
        prices.reserveCapacity(count)
        for row in 0..<count {
            let day: TradingDay? =
                switch forms[row] {
                case .day(let day): day
                case .ambiguous(let first, let second, let year, _):
                    DateReading.day(first: first, second: second, year: year, order)
                case nil: nil
                }
            guard let day else {
                report.skip(lines[row], .day)
                continue
            }
            switch price(of: row, day: day, mark: mark) {
            case .success(let price): prices.append(price)
            case .failure(let bad): report.skip(lines[row], bad.reason)
            }
        }
        // Skipped in two passes: first by form, then by content.
        report.firstSkipped.sort { $0.line < $1.line }
        return prices
    }

    private struct BadRow: Error {
        var reason: SkippedRow.Reason
    }

    private func field(_ column: ColumnLayout.Column, of row: Int) -> ArraySlice<UInt8> {
        let place = row * ColumnLayout.Column.allCases.count + column.rawValue
        return bytes[(place == 0 ? 0 : ends[place - 1])..<ends[place]]
    }

    /// Prices above this are slips. It keeps every figure finite.
    private static let priceLimit = 1e12
    private static let leastPrice = 1e-9

    private func price(of row: Int, day: TradingDay, mark: NumberReading.Mark) -> Result<DailyPrice, BadRow> {
        var read: [ColumnLayout.Column: Double] = [:]
        for column in ColumnLayout.Column.allCases where column.isPrice {
            switch NumberReading.read(field(column, of: row), mark: mark) {
            case .missing: continue
            case .unreadable: return .failure(BadRow(reason: .number))
            case .value(let value):
                guard value >= Self.leastPrice, value < Self.priceLimit else {
                    // Some exports write 0 where they have no opening price; without a close there is nothing.
                    if value == 0, column != .close, column != .adjustedClose { continue }
                    return .failure(BadRow(reason: .range))
                }
                read[column] = value
            }
        }
        guard let close = read[.close] else { return .failure(BadRow(reason: .noClose)) }
        if let high = read[.high], let low = read[.low], high < low { return .failure(BadRow(reason: .highBelowLow)) }
        var volume: Double?
        // A price is worth having without its volume.
        if case .value(let value) = NumberReading.read(field(.volume, of: row), mark: mark, allowsSuffix: true),
            value >= 0
        {
            volume = value
        }
        var split: Double?
        // "10:1" and "0.1" are read as they are; yfinance writes 0 where there was none.
        let ratio = field(.split, of: row).split(separator: UInt8(ascii: ":"))
        if case .value(let new)? = ratio.first.map({ NumberReading.read($0, mark: mark) }), new > 0,
            new != 1 || ratio.count == 2
        {
            split = new
            if ratio.count == 2, case .value(let old) = NumberReading.read(ratio[1], mark: mark), old > 0 {
                split = new / old
            }
        }
        return .success(
            DailyPrice(
                day: day, open: read[.open], high: read[.high], low: read[.low], close: close,
                adjustedClose: read[.adjustedClose], volume: volume, split: split))
    }

    /// What most prices that can be read in one way only say. Where none does, a comma in a file that has other separators is
    /// a decimal comma.
    private func decimalMark(layout: ColumnLayout) -> NumberReading.Mark {
        var points = 0
        var commas = 0
        var hasComma = false
        for row in 0..<count {
            for column in ColumnLayout.Column.allCases where column.isPrice {
                let field = field(column, of: row)
                switch NumberReading.evidence(of: field) {
                case .point: points += 1
                case .comma: commas += 1
                case nil: hasComma = hasComma || field.contains(UInt8(ascii: ","))
                }
            }
        }
        if points != commas { return points > commas ? .point : .comma }
        return hasComma && layout.delimiter != UInt8(ascii: ",") ? .comma : .point
    }

    /// The order that more of the ambiguous days are possible in. Where both do as well, the month is first with a slash, the
    /// day with a hyphen.
    private func dateOrder(of forms: [DateReading.Form?], report: inout PriceFileReport) -> DateReading.Order {
        var monthFirst = 0
        var dayFirst = 0
        var usual = DateReading.Order.monthFirst
        var ambiguous = 0
        for case .ambiguous(let first, let second, let year, let separator) in forms {
            ambiguous += 1
            if separator == UInt8(ascii: "-") { usual = .dayFirst }
            if DateReading.day(first: first, second: second, year: year, .monthFirst) != nil { monthFirst += 1 }
            if DateReading.day(first: first, second: second, year: year, .dayFirst) != nil { dayFirst += 1 }
        }
        if monthFirst != dayFirst { return monthFirst > dayFirst ? .monthFirst : .dayFirst }
        report.isDateOrderGuessed = ambiguous > 0
        return usual
    }
}
