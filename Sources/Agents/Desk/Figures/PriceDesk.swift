import Chat
import Markets
import Scheduling

/// Gathers the figures for a request, on a thread of its own: reading and computing take a processor and may wait for a disk.
struct PriceDesk: Sendable {
    private let folders: [PriceFolder]
    private let gate = AsyncSemaphore(places: 2)

    /// - Parameter folders: the first that has prices is gone by, decided anew for each request.
    init(folders: [PriceFolder]) {
        self.folders = folders
    }

    /// What a request is about, and the figures for it.
    ///
    /// Symbols come from the context and the message; where neither names one, from the last of `earlier` that does.
    /// - Parameter earlier: the user's messages before, the newest first.
    /// - Throws: `CancellationError`. Prices that cannot be read are no error: they are missing.
    func figures(
        for message: String, reading: RequestReading, context: DeskContext, earlier: [String], today: TradingDay
    ) async throws -> DeskFigures {
        try await gate.withPermit {
            try Task.checkCancellation()
            return await withCheckedContinuation { continuation in
                Thread.start(name: "prices") {
                    continuation.resume(
                        returning: gather(message, reading: reading, context: context, earlier: earlier, today: today))
                }
            }
        }
    }

    private func gather(
        _ message: String, reading: RequestReading, context: DeskContext, earlier: [String], today: TradingDay
    ) -> DeskFigures {
        var figures = DeskFigures(
            timeframe: context.timeframe ?? reading.timeframe ?? .oneYear, tolerance: context.riskTolerance ?? .medium,
            today: today)
        let (folder, listing) = listing()
        figures.note = listing.note
        figures.hints = context.notes
        figures.examples = Array(listing.symbols.prefix(8))
        figures.available = listing.symbols.count

        let wanted = symbols(message, reading, context, earlier, listing, &figures)
        let (series, missing) = read(wanted, folder, listing, &figures)
        figures.missing = missing
        figures.series = series
        figures.symbols = series.map { SymbolFigures($0, timeframe: figures.timeframe) }
        figures.names = Dictionary(
            uniqueKeysWithValues: (wanted + [listing.benchmark].compactMap { $0 }).uniqued().compactMap { symbol in
                listing.name(of: symbol).map { (symbol, $0) }
            })
        let benchmark = listing.benchmark.flatMap { symbol in
            series.first { $0.symbol == symbol } ?? (try? folder?.prices(of: symbol))?.series
        }
        figures.benchmarkSeries = benchmark
        figures.benchmark = benchmark.map { SymbolFigures($0, timeframe: figures.timeframe) }
        guard !series.isEmpty else { return figures }
        figures.group = GroupFigures(series, benchmark: benchmark, timeframe: figures.timeframe)
        return figures
    }

    /// The folder that is gone by, and what is in it. One that cannot be read counts as empty.
    private func listing() -> (PriceFolder?, PriceListing) {
        for folder in folders {
            if let listing = try? folder.listing(), !listing.symbols.isEmpty { return (folder, listing) }
        }
        return (nil, .empty)
    }

    private func symbols(
        _ message: String, _ reading: RequestReading, _ context: DeskContext, _ earlier: [String],
        _ listing: PriceListing, _ figures: inout DeskFigures
    ) -> [Symbol] {
        let finder = SymbolFinder(listing)
        let found = finder.symbols(in: message)
        figures.unlisted = found.unlisted
        var wanted = (found.symbols + context.symbols).uniqued()
        if wanted.isEmpty, found.unlisted.isEmpty, reading.direct?.isOfAll == true, !reading.pointsBack {
            wanted = listing.symbols.filter { $0 != listing.benchmark }
            figures.isOfAll = true
        }
        if wanted.isEmpty, found.unlisted.isEmpty, !reading.isSmallTalk, !reading.isExplanation {
            wanted = earlier.lazy.map { finder.symbols(in: $0).symbols }.first { !$0.isEmpty } ?? []
        }
        if reading.direct?.kind == .correlation, wanted.count == 1, let benchmark = listing.benchmark,
            !wanted.contains(benchmark),
            ["index", "benchmark", "market"].contains(where: Words(message).words.map(\.folded).contains)
        {
            wanted.append(benchmark)
        }
        figures.leftOut = max(0, wanted.count - DeskContext.maximumSymbols)
        return Array(wanted.prefix(DeskContext.maximumSymbols))
    }

    private func read(
        _ wanted: [Symbol], _ folder: PriceFolder?, _ listing: PriceListing, _ figures: inout DeskFigures
    ) -> ([PriceSeries], [DeskFigures.Missing]) {
        var series: [PriceSeries] = []
        var missing: [DeskFigures.Missing] = []
        for symbol in wanted {
            guard listing.contains(symbol), let folder else {
                missing.append(DeskFigures.Missing(symbol: symbol, reason: .noPrices))
                continue
            }
            do {
                let file = try folder.prices(of: symbol)
                series.append(file.series)
                if file.report.skipped > 0 { figures.skippedRows[symbol] = file.report.skipped }
            } catch {
                missing.append(
                    DeskFigures.Missing(symbol: symbol, reason: error.reason == .unknown ? .noPrices : .unreadable))
            }
        }
        return (series, missing)
    }
}

extension Array where Element: Hashable {
    /// Each element once, where it came first.
    func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
