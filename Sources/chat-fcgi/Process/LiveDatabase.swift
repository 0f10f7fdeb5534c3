import Glibc
import Storage
import Substrings

/// Where the live objects of this installation lie.
///
/// Nothing is ever synced there: a sync would hold up every cursor, and the objects live half a minute. Such a file may be
/// broken after a power loss, so each boot of the machine has a file of its own, and those of earlier boots are removed.
enum LiveDatabase {
    /// Opens or makes it. Blocks: call it at start.
    /// - Throws: `StoreError`.
    static func open(in folder: String) throws -> SQLiteLiveStore {
        guard let boot = bootID() else {
            return try SQLiteLiveStore(path: folder + "/live.db", survivesPowerLoss: true)
        }
        let name = "live-\(boot).db"
        removeOthers(in: folder, but: name)
        return try SQLiteLiveStore(path: folder + "/" + name, survivesPowerLoss: false)
    }

    /// The kernel's name for this boot (random(4)), as 32 hexadecimal digits.
    private static func bootID() -> String? {
        let descriptor = Glibc.open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = read(descriptor, &bytes, bytes.count)
        guard count > 0 else { return nil }
        let digits = bytes.prefix(count).filter { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        return digits.count == 32 ? String(decoding: digits, as: UTF8.self) : nil
    }

    private static func removeOthers(in folder: String, but name: String) {
        // With its -wal and -shm. Nobody has an earlier boot's file open.
        for other in Folder.names(in: folder)
        where other.hasPrefix("live-") && other.contains(".db") && !other.hasPrefix(name) {
            unlink(folder + "/" + other)
        }
    }
}
