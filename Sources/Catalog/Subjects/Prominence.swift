import Glibc

/// How well known a work is, 0 to 1, from what the sources show of it.
enum Prominence {
    /// From a shelf of chosen books of Project Gutenberg's, by its folded name; nil for a shelf of all sorts.
    static func ofShelf(_ key: String) -> Double? { chosen[key] }

    /// From the number of readers' ratings: 0 at a thousand, 1 at five million.
    static func ofRatings(_ count: Int) -> Double {
        min(1, max(0.05, (log10(Double(max(1, count))) - 3) / (log10(5e6) - 3)))
    }

    /// From the number of editions that somebody took the trouble to make.
    static func ofEditions(_ count: Int) -> Double {
        min(0.2, 0.06 * log2(Double(max(1, count))))
    }

    /// What independent signs say together: each leaves less room for doubt.
    static func together(_ signs: [Double]) -> Double {
        1 - signs.reduce(1) { $0 * (1 - min(1, max(0, $1))) }
    }

    private static let chosen: [String: Double] = [
        "best books ever listings": 0.4, "harvard classics": 0.25, "category classics of literature": 0.12,
        "banned books from anne haights list": 0.15, "banned books list from the american library association": 0.15,
        "movie books": 0.15, "bestsellers american 1895 1923": 0.05, "nobel prizes in literature": 0.05,
        "6 best loved spanish literary classics": 0.2, "gothic fiction": 0.1, "science fiction by women": 0.02,
        "precursors of science fiction": 0.05, "classical antiquity": 0.05,
    ]
}
