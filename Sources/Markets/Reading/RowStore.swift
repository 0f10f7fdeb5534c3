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
        let order = dateOrder(of: forms)
        var prices: [DailyPrice] = []
        prices.reserveCapacity(count)
        for row in 0..<count {
            let day: TradingDay? =
                switch forms[row] {
                case .day(let day): day
                case .ambiguous(let first, let second, let third, _):
                    DateReading.day(first: first, second: second, third: third, order)
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
        // "10:1", "10-for-1" and "0.1" are read as they are; yfinance writes 0 where there was none.
        let told = field(.split, of: row)
        if case .value(let ratio) = NumberReading.read(told, mark: mark) {
            if ratio > 0, ratio != 1 { split = ratio }
        } else {
            let numbers = told.split { !(0x30...0x39).contains($0) && $0 != 0x2E && $0 != 0x2C }
                .compactMap { part -> Double? in
                    guard case .value(let value) = NumberReading.read(part, mark: mark), value > 0 else { return nil }
                    return value
                }
            if numbers.count == 2 { split = numbers[0] / numbers[1] }
        }
        return .success(
            DailyPrice(
                day: day, close: close, adjustedClose: read[.adjustedClose], volume: volume, split: split))
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

    /// The order that more of the ambiguous days are possible in. Where several do as well, the month is first with a slash, the
    /// day with a hyphen; the year where its place has fewer different numbers than the day's.
    private func dateOrder(of forms: [DateReading.Form?]) -> DateReading.Order {
        var possible: [DateReading.Order: Int] = [:]
        var usual = DateReading.Order.monthFirst
        var firsts: Set<Int> = []
        var thirds: Set<Int> = []
        for case .ambiguous(let first, let second, let third, let separator) in forms {
            if separator == UInt8(ascii: "-") { usual = .dayFirst }
            firsts.insert(first)
            thirds.insert(third)
            for order in [DateReading.Order.monthFirst, .dayFirst, .yearFirst]
            where DateReading.day(first: first, second: second, third: third, order) != nil {
                possible[order, default: 0] += 1
            }
        }
        let most = possible.values.max()
        let best = possible.filter { $0.value == most }.map(\.key)
        if best.contains(.yearFirst), best.count == 1 || firsts.count < thirds.count { return .yearFirst }
        let others = best.filter { $0 != .yearFirst }
        return others.count == 1 ? others[0] : usual
    }
}
