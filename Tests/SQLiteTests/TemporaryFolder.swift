import Foundation

/// A folder of a test's own, removed when the test lets go of it.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/chat-fcgi-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func file(_ name: String = "test.db") -> String { path + "/" + name }

    /// The bytes of a database and of its log, as they lie on the disk.
    func bytes(_ name: String = "test.db") -> Data {
        var all = Data()
        for suffix in ["", "-wal"] {
            if let data = FileManager.default.contents(atPath: file(name + suffix)) { all.append(data) }
        }
        return all
    }
}
