import Synchronization

/// A folder of price files that an operator maintains: `SYMBOL.csv` each, and optionally `names.csv` and `note.txt`.
///
/// Files may come, change and go at any time; what is asked for next is read anew. Everything here blocks: for threads of
/// one's own.
public final class PriceFolder: Sendable {
    public struct Options: Sendable {
        /// Files beyond this many are not seen.
        public var maximumSymbols = 10_000
        /// Days of prices kept in memory, of all symbols together; some 20 bytes each.
        public var maximumCachedDays = 400_000
        public var file = PriceFileParser.Limits()

        public init() {}
    }

    private struct Cached {
        var file: PriceFile
        var stamp: FileStamp
        var lastUse: Int
    }

    /// By which it is told whether the listing is still true.
    private struct Stamps: Equatable {
        var folder: FileStamp
        var names: FileStamp?
        var note: FileStamp?

        var isSettled: Bool { folder.isSettled && names?.isSettled ?? true && note?.isSettled ?? true }
    }

    private struct State {
        var listing: (listing: PriceListing, stamps: Stamps)?
        var files: [Symbol: Cached] = [:]
        var uses = 0
    }

    private let path: String
    private let options: Options
    private let state = Mutex(State())

    public init(path: String, options: Options = Options()) {
        self.path = path
        self.options = options
    }

    /// What there is.
    /// - Throws: `PriceFileError` when the folder cannot be read. An empty folder is no error.
    public func listing() throws(PriceFileError) -> PriceListing {
        do {
            let folder = try DirectoryHandle(path: path)
            let stamps = Stamps(
                folder: try folder.stamp(), names: folder.stamp(of: "names.csv"), note: folder.stamp(of: "note.txt"))
            let known = state.withLock { $0.listing }
            if let known, known.stamps == stamps { return known.listing }
            let listing = try PriceListing(reading: folder, maximumSymbols: options.maximumSymbols)
            state.withLock { $0.listing = stamps.isSettled ? (listing, stamps) : nil }
            return listing
        } catch {
            // The folder's path is the operator's business and stays out of the message.
            throw PriceFileError(reason: .system(error.text), name: "the folder of prices")
        }
    }

    /// A symbol's prices.
    ///
    /// The name of the file is taken from the folder's own listing, never made of what somebody asked for (CWE-22).
    /// - Throws: `PriceFileError`; `unknown` when there is no such file.
    public func prices(of symbol: Symbol) throws(PriceFileError) -> PriceFile {
        guard let name = try listing().files[symbol] else { throw PriceFileError(reason: .unknown, name: symbol.name) }
        let folder: DirectoryHandle
        do {
            folder = try DirectoryHandle(path: path)
        } catch {
            throw PriceFileError(reason: .system(error.text), name: symbol.name)
        }
        if let stamp = folder.stamp(of: name), let known = cached(symbol, stamp: stamp) { return known }
        var parser = PriceFileParser(symbol: symbol, limits: options.file)
        let stamp: FileStamp
        do {
            stamp = try folder.read(name) { (piece) throws(PriceFileError) in try parser.feed(piece) }
        } catch {
            throw PriceFileError(reason: error.reason, name: symbol.name)
        }
        let file = try parser.finish()
        if stamp.isSettled { keep(file, of: symbol, stamp: stamp) }
        return file
    }

    private func cached(_ symbol: Symbol, stamp: FileStamp) -> PriceFile? {
        state.withLock { state in
            guard let known = state.files[symbol], known.stamp == stamp else { return nil }
            state.uses += 1
            state.files[symbol]?.lastUse = state.uses
            return known.file
        }
    }

    private func keep(_ file: PriceFile, of symbol: Symbol, stamp: FileStamp) {
        state.withLock { state in
            state.uses += 1
            state.files[symbol] = Cached(file: file, stamp: stamp, lastUse: state.uses)
            var days = state.files.values.reduce(0) { $0 + $1.file.series.days.count }
            while days > options.maximumCachedDays,
                let oldest = state.files.min(by: { $0.value.lastUse < $1.value.lastUse })
            {
                days -= oldest.value.file.series.days.count
                state.files[oldest.key] = nil
            }
        }
    }
}
