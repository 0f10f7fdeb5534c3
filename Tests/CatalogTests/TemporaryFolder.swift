import Foundation

/// A folder that goes with its owner.
final class TemporaryFolder: Sendable {
    private let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("catalog-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    func path(_ name: String) -> String { url.appendingPathComponent(name).path }

    /// Writes a text and returns its path.
    func file(_ name: String, _ text: String) throws -> String {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
        return path(name)
    }
}

/// Where the data for trying are: `gutenberg/pg_catalog.csv.gz` and `goodbooks/books.csv.gz`.
enum TrialData {
    static func path(_ name: String) -> String? {
        let folder = ProcessInfo.processInfo.environment["CHAT_FCGI_DATA"] ?? "../shared/data"
        let path = folder + "/" + name
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }

    static let gutenberg = path("gutenberg/pg_catalog.csv.gz")
    static let goodbooks = path("goodbooks/books.csv.gz")
}

extension Thread {
    /// Runs a blocking body away from Swift's cooperative threads; returns the words of the error it throws.
    static func detached(_ body: @escaping @Sendable () throws -> Void) async -> String? {
        await withCheckedContinuation { continuation in
            let thread = Thread {
                do {
                    try body()
                    continuation.resume(returning: nil)
                } catch {
                    continuation.resume(returning: "\(error)")
                }
            }
            // A debug build wants more than a thread's 512 KiB.
            thread.stackSize = 8 << 20
            thread.start()
        }
    }
}
