/// Where a provider's interface begins, as the configuration has it.
struct ProviderAddress: Sendable, Equatable {
    private let root: String

    /// - Parameters:
    ///   - base: with or without the interface's own first folder, with or without a slash at the end.
    ///   - folders: the folders it may end with; the first of them is put behind a base that has none.
    init(_ base: String, folders: [String]) {
        var base = base[...]
        while base.last == "/" { base.removeLast() }
        let hasFolder = folders.contains { base.hasSuffix("/" + $0) }
        root = hasFolder ? String(base) : base + "/" + (folders.first ?? "")
    }

    /// The URL of a path below.
    func url(_ path: String) -> String { root + "/" + path }
}
