/// What a price folder holds.
public struct PriceListing: Sendable, Equatable {
    /// The file of each symbol.
    let files: [Symbol: String]
    /// In order.
    public let symbols: [Symbol]
    /// What `names.csv` calls them; several names a symbol are possible, the first is the one to show.
    public let names: [Symbol: [String]]
    /// What betas are worked out against: the one that `names.csv` says, else the first of some usual indices and funds that
    /// has a file; nil when there is none.
    public let benchmark: Symbol?
    /// A sentence that belongs to every answer from these prices, out of `note.txt`; at most 500 bytes, one line.
    public let note: String?

    /// Looked for, in this order, where no benchmark is named: the S&P 500 as Yahoo and Stooq call it, and funds that follow it.
    public static let usualBenchmarks = ["^GSPC", "^SPX", "SPY", "VOO", "IVV"].compactMap { Symbol($0) }

    /// Nothing at all.
    public static let empty = PriceListing(files: [:], names: SymbolNames(), note: nil)

    public func contains(_ symbol: Symbol) -> Bool { files[symbol] != nil }

    /// The name to show beside a symbol; nil when there is none.
    public func name(of symbol: Symbol) -> String? { names[symbol]?.first }

    private init(files: [Symbol: String], names: SymbolNames, note: String?) {
        self.files = files
        self.names = names.names.filter { files[$0.key] != nil }
        self.note = note
        symbols = files.keys.sorted()
        let named = names.benchmark.flatMap { files[$0] == nil ? nil : $0 }
        benchmark = named ?? Self.usualBenchmarks.first { files[$0] != nil }
    }

    init(reading folder: borrowing DirectoryHandle, maximumSymbols: Int) throws(DirectoryError) {
        var files: [Symbol: String] = [:]
        try folder.forEachName { file in
            guard file != "names.csv", !file.hasPrefix("."), file.utf8.count > 4, file.lowercased().hasSuffix(".csv")
            else {
                return true
            }
            guard let symbol = Symbol(file.dropLast(4)) else { return true }
            guard files.count < maximumSymbols || files[symbol] != nil else { return false }
            // "aapl.csv" beside "AAPL.csv": always the same one of them.
            files[symbol] = min(files[symbol] ?? file, file)
            return true
        }
        self.init(files: files, names: Self.names(in: folder), note: Self.note(in: folder))
    }

    private static func names(in folder: borrowing DirectoryHandle) -> SymbolNames {
        var names = SymbolNames()
        var lines = LineSplitter()
        var bytes = 0
        do {
            _ = try folder.read("names.csv") { (piece) throws(PriceFileError) in
                bytes += piece.count
                guard bytes <= SymbolNames.maximumBytes else {
                    throw PriceFileError(reason: .tooLarge(limit: SymbolNames.maximumBytes), name: "names.csv")
                }
                try lines.feed(piece) { (line, _, isTooLong) throws(PriceFileError) in
                    if !isTooLong { names.take(line) }
                }
            }
            try lines.finish { (line, _, isTooLong) throws(PriceFileError) in
                if !isTooLong { names.take(line) }
            }
        } catch {
            // Names are a convenience; what was read before stays.
        }
        return names
    }

    private static func note(in folder: borrowing DirectoryHandle) -> String? {
        var bytes: [UInt8] = []
        guard
            (try? folder.read("note.txt") { (piece) throws(PriceFileError) in
                bytes += piece.prefix(max(0, 500 - bytes.count))
            }) != nil
        else { return nil }
        let text = String(decoding: bytes, as: UTF8.self).unicodeScalars.map {
            $0.properties.generalCategory == .control || $0 == "<" || $0 == ">" ? " " : Character($0)
        }
        let words = String(text).split(separator: " ").joined(separator: " ")
        return words.isEmpty ? nil : words
    }
}
