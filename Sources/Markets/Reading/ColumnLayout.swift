// Price files as people have them: headers, separators, dates, numbers, splits.

/// Which field of a row is what.
struct ColumnLayout: Equatable {
    enum Column: Int, CaseIterable {
        case day, open, high, low, close, adjustedClose, volume, split

        var isPrice: Bool { self != .day && self != .volume && self != .split }
    }

    /// By column; nil where the file has none.
    private(set) var places: [Int?]
    /// Fields of the first line.
    private(set) var width: Int
    let delimiter: UInt8
    /// Whether the first line is a row already.
    private(set) var isHeaderless = false
    /// The first line's names, folded.
    private var names: [String] = []

    subscript(column: Column) -> Int? { places[column.rawValue] }

    /// Reads the first line. Nil when it names no day or no closing price.
    ///
    /// Without names, a first line that begins with a date is read as day, close (2 fields), day, open, high, low, close
    /// (5), with volume (6), with adjusted close before the volume (7, Yahoo). Exchanges that write Unix times write no adjusted
    /// close, and more behind the volume.
    init?(line: ArraySlice<UInt8>, symbol: Symbol) {
        delimiter = Fields.delimiter(of: line)
        guard let fields = Fields.split(line, at: delimiter) else { return nil }
        width = fields.count
        places = Array(repeating: nil, count: Column.allCases.count)
        if DateReading.form(of: fields[0]) != nil {
            let isUnix = fields[0].count > 8 && fields[0].allSatisfy { (0x30...0x39).contains($0) }
            guard let columns = Self.unnamed[isUnix ? min(width, 6) : width] else { return nil }
            isHeaderless = true
            for (place, column) in columns.enumerated() { places[column.rawValue] = place }
            return
        }
        // A line of symbols alone tells whose the columns are that the next line names.
        let isTickers = Self.folded(fields[0]) == "ticker"
        names = fields.map { isTickers ? Self.folded($0) : Self.name($0, of: symbol) }
        for column in Column.allCases {
            // The order of the names is the order of preference: a file may have both "date" and "time".
            places[column.rawValue] = Self.names[column]?.lazy.compactMap { [names] in names.firstIndex(of: $0) }.first
        }
        // The index of a table that pandas wrote has no name, or that of all columns together.
        if self[.day] == nil, self[.close] != 0, ["", "price", "unnamed", "index", "ticker"].contains(names[0]) {
            places[Column.day.rawValue] = 0
        }
        if self[.close] == nil, let adjusted = self[.adjustedClose] {
            places[Column.close.rawValue] = adjusted
            places[Column.adjustedClose.rawValue] = nil
        }
        guard self[.day] != nil, self[.close] != nil else { return nil }
    }

    /// Whether a line goes on with the heading: yfinance writes the symbols into a second line and "Date" into a third.
    func isHeading(_ fields: [[UInt8]]) -> Bool {
        guard let place = self[.day], place < fields.count else { return false }
        return ["ticker", "symbol", "date", "datetime", "price"].contains(Self.folded(fields[place]))
    }

    /// Whether a line names any column but a close.
    static func isHeading(_ line: ArraySlice<UInt8>) -> Bool {
        let fields = Fields.split(line, at: Fields.delimiter(of: line)) ?? []
        return fields.contains { column(of: folded($0)).map { $0 != .close } ?? false }
    }

    /// Of columns that several symbols have, takes those of one.
    /// - Parameter tickers: the line that tells whose each column is.
    /// - Returns: false where several symbols have columns and this one has none.
    mutating func choose(_ symbol: Symbol, of tickers: [[UInt8]]) -> Bool {
        let owners = tickers.map { Self.plain(String(decoding: $0, as: UTF8.self)) }
        let symbol = Self.plain(symbol.name)
        for column in Column.allCases where column != .day {
            guard let place = self[column] else { continue }
            let own = names.indices.first {
                names[$0] == names[place] && $0 < owners.count && owners[$0] == symbol
            }
            if let own { places[column.rawValue] = own }
        }
        guard let close = self[.close], close < owners.count, owners[close] != symbol else { return true }
        let same = names.indices.filter { names[$0] == names[close] && $0 < owners.count }
        return Set(same.map { owners[$0] }).count < 2
    }

    /// Letters and digits alone: "BRK-B" is "BRK.B", "GSPC" is "^GSPC".
    private static func plain(_ symbol: String) -> String { symbol.uppercased().filter { $0.isLetter || $0.isNumber } }

    private static let unnamed: [Int: [Column]] = [
        2: [.day, .close],
        5: [.day, .open, .high, .low, .close],
        6: [.day, .open, .high, .low, .close, .volume],
        7: [.day, .open, .high, .low, .close, .adjustedClose, .volume],
    ]

    /// Names as `folded` leaves them. Yahoo, Stooq (its own files have `<DATE>`, `<VOL>`), Alpha Vantage, Nasdaq
    /// (`Close/Last`), investing.com in English and German, and what banks in Germany write.
    private static let names: [Column: [String]] = [
        .day: [
            "date", "timestamp", "day", "datum", "tag", "tradedate", "tradingday", "observationdate", "fecha",
            "datetime",
            "time", "opentime", "gmttime", "unix", "unixtime", "unixtimestamp",
        ],
        .open: [
            "open", "openprice", "eröffn", "eröffnung", "eröffnungskurs", "erster", "ouv", "ouverture", "apertura",
        ],
        .high: ["high", "highprice", "hoch", "tageshoch", "hochkurs", "plushaut", "máximo"],
        .low: ["low", "lowprice", "tief", "tagestief", "tiefkurs", "plusbas", "mínimo"],
        .close: [
            "close", "closelast", "closeprice", "closingprice", "last", "lastprice", "price", "schluss", "schlusskurs",
            "schlußkurs", "zuletzt", "kurs", "dernier", "clôture", "cours", "cierre", "último", "settle", "nav",
            "value",
        ],
        .adjustedClose: ["adjclose", "adjustedclose", "adjcloseprice", "closeadj", "closeadjusted"],
        .volume: ["volume", "vol", "volumen", "stücke", "shares"],
        .split: ["splitcoefficient", "stocksplits", "split", "splits", "splitratio", "splitfactor"],
    ]

    /// A column's name as `names` has it, where it is one of them: "Close (USD)", "TEST Close", "('Close', 'TEST')" and "Price EUR" tell
    /// more than that. A column that has the symbol's name has its closes.
    private static func name(_ field: [UInt8], of symbol: Symbol) -> String {
        let whole = folded(field)
        guard column(of: whole) == nil else { return whole }
        let own = folded(Array(symbol.name.utf8))
        if !own.isEmpty, whole == own { return "close" }
        var shorter = [folded(Array(field.prefix { $0 != UInt8(ascii: "(") }))]
        if !own.isEmpty, whole.hasPrefix(own) { shorter.append(String(whole.dropFirst(own.count))) }
        if !own.isEmpty, whole.hasSuffix(own) { shorter.append(String(whole.dropLast(own.count))) }
        // A volume in money is no number of shares.
        if currencies.contains(String(whole.suffix(3))) {
            let rest = String(whole.dropLast(3))
            if column(of: rest)?.isPrice == true { shorter.append(rest) }
        }
        return shorter.first { column(of: $0) != nil } ?? whole
    }

    private static func column(of name: String) -> Column? {
        Column.allCases.first { names[$0]?.contains(name) == true }
    }

    private static let currencies: Set<String> = [
        "usd", "eur", "gbp", "chf", "jpy", "cad", "aud", "inr", "cny", "hkd", "sek", "nok", "dkk", "pln", "brl", "mxn",
    ]

    /// Lower case, letters only: "Close/Last" is "closelast", "<DATE>" is "date", "5. adjusted close" is "adjustedclose".
    private static func folded(_ field: [UInt8]) -> String {
        let text = String(decoding: field, as: UTF8.self).lowercased()
        return String(String.UnicodeScalarView(text.unicodeScalars.filter(\.properties.isAlphabetic)))
    }
}
