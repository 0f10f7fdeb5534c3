import Markets

/// Finds the symbols that a message names.
///
/// Taken are:
/// - `$AAPL`, whether or not there are prices of it;
/// - a symbol in capitals that has a price file; of one letter only with `$`, for "I" and "A" are words;
/// - a symbol that no word could be, such as `brk-b` or `DEMO1`, in any case, when it has a price file; of digits only with `$`;
/// - a name out of `names.csv`, whole or without "Inc" and the like; a name of one word only where it is capitalised.
///
/// In a message that is all in capitals common words are no symbols.
struct SymbolFinder {
    struct Found: Equatable {
        /// In the order of the message, each once.
        var symbols: [Symbol] = []
        /// Words in capitals that look like symbols and have no price file. They are not taken for symbols; where there is
        /// nothing else to speak of, they explain why.
        var unlisted: [Symbol] = []
    }

    private let listing: PriceListing
    /// By the first word of the name.
    private let names: [String: [(words: [String], symbol: Symbol)]]

    init(_ listing: PriceListing) {
        self.listing = listing
        var names: [String: [(words: [String], symbol: Symbol)]] = [:]
        for (symbol, all) in listing.names {
            for name in all {
                let words = Words(name).words.map(\.folded)
                var short = words
                while short.count > 1, let last = short.last, Self.legalForms.contains(last) { short.removeLast() }
                guard let first = short.first, short.joined().utf8.count >= 3 else { continue }
                names[first, default: []].append((short, symbol))
            }
        }
        // The longest first, so that "Demo Bank North" is not taken for "Demo Bank"; then by symbol, to be the same each time.
        self.names = names.mapValues { $0.sorted { ($1.words.count, $0.symbol) < ($0.words.count, $1.symbol) } }
    }

    func symbols(in message: String) -> Found {
        let words = Words(message)
        let isShouting = Self.isShouting(words)
        var found = Found()
        var place = 0
        while place < words.words.count {
            if let (symbol, count) = name(at: place, in: words) {
                found.symbols.append(symbol)
                place += count
                continue
            }
            take(words.words[place].text, isShouting: isShouting, into: &found)
            place += 1
        }
        found.symbols = found.symbols.uniqued()
        found.unlisted = found.unlisted.uniqued()
        return found
    }

    private func take(_ word: String, isShouting: Bool, into found: inout Found) {
        let isMarked = word.hasPrefix("$")
        guard let symbol = Symbol(isMarked ? word.dropFirst() : word[...]) else { return }
        let isCapital = word == word.uppercased()
        let isNumber = symbol.name.utf8.allSatisfy { !(0x41...0x5A).contains($0) }
        if isMarked {
            // "$100" is money.
            guard !isNumber || listing.contains(symbol) else { return }
        } else {
            if isNumber || (symbol.isPlainWord && symbol.name.utf8.count == 1) { return }
            if symbol.isPlainWord && (!isCapital || (isShouting && Self.commonWords.contains(symbol.name))) { return }
            guard listing.contains(symbol) else {
                if symbol.isPlainWord, isCapital, !isShouting, (3...5).contains(symbol.name.utf8.count),
                    !Self.abbreviations.contains(symbol.name)
                {
                    found.unlisted.append(symbol)
                }
                return
            }
        }
        found.symbols.append(symbol)
    }

    private func name(at place: Int, in words: Words) -> (Symbol, count: Int)? {
        for (name, symbol) in names[words.words[place].folded] ?? [] {
            guard place + name.count <= words.words.count,
                name.indices.allSatisfy({ words.words[place + $0].folded == name[$0] })
            else { continue }
            let first = words.words[place].text
            guard name.count > 1 || first.first?.isUppercase == true else { continue }
            return (symbol, name.count)
        }
        return nil
    }

    /// Whether a message of several words has no small letter.
    private static func isShouting(_ words: Words) -> Bool {
        let long = words.words.filter { $0.text.count > 1 }
        return long.count >= 3 && long.allSatisfy { $0.text == $0.text.uppercased() }
    }

    private static let legalForms: Set<String> = [
        "inc", "corp", "corporation", "co", "company", "ltd", "limited", "plc", "ag", "se", "sa", "nv", "group",
        "holdings",
        "holding",
    ]

    /// Common words that are symbols at some exchange as well.
    private static let commonWords: Set<String> = [
        "ALL", "AN", "AND", "ANY", "ARE", "AS", "AT", "BE", "BIG", "BUY", "BY", "CAN", "CAR", "CASH", "COST", "DAY",
        "DO",
        "EAT", "FAST", "FOR", "FROM", "FUN", "GO", "GOOD", "HAS", "HE", "HOLD", "HOPE", "HOW", "IF", "IN", "IS", "IT",
        "KEY",
        "LIFE", "LOVE", "LOW", "MAN", "MAY", "ME", "MY", "NEW", "NEXT", "NICE", "NO", "NOT", "NOW", "OF", "OLD", "ON",
        "ONE",
        "OR", "OUT", "PLAY", "REAL", "RISK", "SAFE", "SEE", "SELL", "SHOP", "SO", "TELL", "THE", "TO", "TRUE", "TWO",
        "UP",
        "US", "VS", "WE", "WELL", "WHY", "WITH", "WORK", "YOU",
    ]

    /// Capitals that are no symbols where people speak of money.
    private static let abbreviations: Set<String> = [
        "API", "CEO", "CFO", "CPI", "CSV", "DCF", "ECB", "EPS", "ESG", "ETF", "ETFS", "EUR", "FAQ", "FED", "FOMC",
        "FTSE", "FYI",
        "GBP", "GDP", "IPO", "IRA", "IRS", "JPY", "JSON", "LLC", "MACD", "MAX", "NAV", "NYSE", "OECD", "OPEC", "PCE",
        "PDF",
        "PMI", "REIT", "ROE", "ROI", "RSI", "SEC", "SMA", "TLDR", "USA", "USD", "VAR", "VIX", "YTD",
    ]
}
