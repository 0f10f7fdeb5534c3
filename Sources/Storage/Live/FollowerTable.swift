// Live objects, in a file of their own that is not synced.

import Chat
import Glibc
import Scheduling

/// Until when each user's changes are waited for, for all processes that share a folder, in one small file.
///
/// Most users have no page open that follows what changes, and telling nobody would cost each of their turns two transactions. Users
/// share places by a hash of their names, so one may seem to be waited for who is not, which costs a needless transaction; the
/// converse cannot be. Where there is no file, as on a full disk, everybody is waited for.
final class FollowerTable: Sendable {
    /// 128 KiB, of which the disk holds what was ever written.
    private static let places: UInt64 = 16_384
    private static let placeBytes = MemoryLayout<Int64>.size

    private let descriptor: Int32

    /// - Parameter path: of the file, which is made when it is missing.
    init(path: String) {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        if descriptor >= 0 { FileOwner.inherit(descriptor, at: path) }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Extends the wait for a user's changes. Several processes may do so at once: the times that they write differ little.
    func extend(_ user: UserID, until time: Timestamp) {
        guard descriptor >= 0 else { return }
        var milliseconds = time.milliseconds
        guard read(user).map({ $0 < milliseconds }) ?? true else { return }
        pwrite(descriptor, &milliseconds, Self.placeBytes, Self.offset(of: user))
    }

    /// Whether somebody may wait for a user's changes.
    func mayWait(for user: UserID, at now: Timestamp) -> Bool {
        guard descriptor >= 0, let time = read(user) else { return true }
        return time > now.milliseconds
    }

    /// 0 where nothing was written yet; nil when it cannot be read.
    private func read(_ user: UserID) -> Int64? {
        var milliseconds: Int64 = 0
        return pread(descriptor, &milliseconds, Self.placeBytes, Self.offset(of: user)) >= 0 ? milliseconds : nil
    }

    /// By FNV-1a (RFC 9923): every process must find the same place, which Swift's hashes, seeded at random, would not.
    private static func offset(of user: UserID) -> off_t {
        let hash = user.rawValue.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return off_t(hash % places) * off_t(placeBytes)
    }
}
