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
    /// (5), with volume (6), with adjusted close before the volume (7, Yahoo).
    init?(line: ArraySlice<UInt8>) {
        delimiter = Fields.delimiter(of: line)
        guard let fields = Fields.split(line, at: delimiter) else { return nil }
        width = fields.count
        places = Array(repeating: nil, count: Column.allCases.count)
        if DateReading.form(of: fields[0]) != nil {
            guard let columns = Self.unnamed[width] else { return nil }
            isHeaderless = true
            for (place, column) in columns.enumerated() { places[column.rawValue] = place }
            return
        }
        names = fields.map(Self.folded)
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
        return fields.contains { field in
            let name = folded(field)
            return Column.allCases.contains { $0 != .close && Self.names[$0]?.contains(name) == true }
        }
    }

    /// Of columns that several symbols have, takes those of one.
    /// - Parameter tickers: the line that tells whose each column is.
    mutating func choose(_ symbol: String, of tickers: [[UInt8]]) {
        for column in Column.allCases where column != .day {
            guard let place = self[column] else { continue }
            let own = names.indices.first {
                names[$0] == names[place] && $0 < tickers.count
                    && String(decoding: tickers[$0], as: UTF8.self).uppercased() == symbol
            }
            if let own { places[column.rawValue] = own }
        }
    }

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
            "date", "timestamp", "day", "datum", "tag", "tradedate", "datetime", "time", "unix", "unixtime",
            "unixtimestamp",
        ],
        .open: ["open", "openprice", "eröffn", "eröffnung", "eröffnungskurs", "erster"],
        .high: ["high", "highprice", "hoch", "tageshoch", "hochkurs"],
        .low: ["low", "lowprice", "tief", "tagestief", "tiefkurs"],
        .close: [
            "close", "closelast", "closeprice", "last", "lastprice", "price", "schluss", "schlusskurs", "zuletzt",
            "kurs",
        ],
        .adjustedClose: ["adjclose", "adjustedclose", "adjcloseprice", "closeadj"],
        .volume: ["volume", "vol", "volumen", "stücke", "shares"],
        .split: ["splitcoefficient", "stocksplits", "split", "splits", "splitratio", "splitfactor"],
    ]

    /// Lower case, letters only: "Close/Last" is "closelast", "<DATE>" is "date", "5. adjusted close" is "adjustedclose".
    private static func folded(_ field: [UInt8]) -> String {
        let text = String(decoding: field, as: UTF8.self).lowercased()
        return String(String.UnicodeScalarView(text.unicodeScalars.filter(\.properties.isAlphabetic)))
    }
}
