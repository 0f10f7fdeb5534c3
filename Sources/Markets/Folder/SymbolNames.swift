/// What `names.csv` says: names of symbols, and which one is the benchmark.
///
/// The file is optional. Its first line names the columns, `symbol`, `name` and, if wanted, `role`; a symbol may have several
/// rows with other names. A row whose `role` is `benchmark` makes its symbol the one that betas are worked out against.
struct SymbolNames: Equatable {
    /// Largest file, in bytes.
    static let maximumBytes = 4 << 20
    /// Longest name, in bytes. Longer ones are left out.
    static let maximumNameBytes = 120

    private(set) var names: [Symbol: [String]] = [:]
    private(set) var benchmark: Symbol?
    private var columns: (symbol: Int, name: Int, role: Int?, delimiter: UInt8)?

    static func == (a: SymbolNames, b: SymbolNames) -> Bool { a.names == b.names && a.benchmark == b.benchmark }

    /// Takes one line. What cannot be read is passed over: names are a convenience.
    mutating func take(_ line: ArraySlice<UInt8>) {
        guard let columns else {
            let delimiter = Fields.delimiter(of: line)
            let titles = (Fields.split(line, at: delimiter) ?? []).map {
                String(decoding: $0, as: UTF8.self).lowercased()
            }
            guard let symbol = titles.firstIndex(of: "symbol"), let name = titles.firstIndex(of: "name") else { return }
            self.columns = (symbol, name, titles.firstIndex(of: "role"), delimiter)
            return
        }
        guard let fields = Fields.split(line, at: columns.delimiter), columns.symbol < fields.count,
            columns.name < fields.count,
            let symbol = Symbol(String(decoding: fields[columns.symbol], as: UTF8.self))
        else { return }
        if let role = columns.role, role < fields.count, String(decoding: fields[role], as: UTF8.self) == "benchmark" {
            benchmark = benchmark ?? symbol
        }
        let name = String(decoding: fields[columns.name], as: UTF8.self)
        guard (1...Self.maximumNameBytes).contains(name.utf8.count),
            // A name is shown to people and put before language models: one line.
            !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else { return }
        names[symbol, default: []].append(name)
    }
}
