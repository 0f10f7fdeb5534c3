import Glibc
import Scheduling
import Synchronization

/// How full many token buckets are, for all processes that share a folder, in one small file.
///
/// A bucket is one number: when it would be full again if nobody took anything more (the virtual scheduling form of the generic
/// cell rate algorithm, ITU-T I.371). It says how much is left at any time, whatever the rate, and a bucket that is full says
/// nothing and makes room. So limits hold over processes, plain CGI, a reload and a restart, and cost a few system calls instead of
/// a transaction.
///
/// The file has a fixed size. A key's bucket lies in one of the eight places of a group; of a group with eight buckets in use the
/// fullest is dropped, which is that of who asked least. Keys are kept as keyed hashes. Where there is no file, as on a full
/// disk, the same numbers are kept in the process.
///
/// A process that is frozen (SIGSTOP, a debugger) while it has the lock keeps it. The others wait for a quarter of a second once, and
/// then count without it until it is free again: what two of them take in the same moment may count once.
final class BucketTable: Sendable {
    private static let placesOfGroup = 8
    /// The lock is held for some microseconds.
    private static let patienceMS = 250
    /// 262,144 buckets, 4 MiB, of which the disk holds what was ever written.
    private static let groups = 32_768
    /// Two numbers of 8 bytes: the key's hash, and the time in nanoseconds since 1970.
    private static let placeBytes = 16

    private let descriptor: Int32
    /// flock(2) is for the other processes; threads of this one share its descriptor.
    private let state = Mutex(State())

    private struct State {
        /// What could not be kept in the file, by group.
        var places: [Int: [Place]] = [:]
        /// Whether another process keeps the lock for longer than it should.
        var isLockStuck = false
    }

    private struct Place {
        var key: UInt64 = 0
        var fullAt: UInt64 = 0
    }

    /// - Parameter path: of the file, which is made when it is missing; nil keeps everything in the process.
    init(path: String?) {
        descriptor = path.map(Self.file) ?? -1
    }

    private static func file(_ path: String) -> Int32 {
        let made = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if made >= 0 {
            FileOwner.inherit(made, at: path)
            return made
        }
        return open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Changes when the bucket of `key` is full, with every other process and thread kept out.
    /// - Parameter body: is given the time at which it will be full, `now` when it is, and gives the new one with its result.
    func update<Result: Sendable>(
        _ key: UInt64, at now: UInt64, _ body: (_ fullAt: UInt64) -> (fullAt: UInt64, result: Result)
    ) -> Result {
        let group = Int(key % UInt64(Self.groups))
        return state.withLock { state in
            if descriptor >= 0, lock(&state) {
                defer { if !state.isLockStuck { flock(descriptor, LOCK_UN) } }
                if var places = read(group) {
                    let (index, result) = Self.change(&places, key, now, body)
                    if write(places[index], at: group * Self.placesOfGroup + index) { return result }
                }
            }
            var places = state.places[group] ?? Array(repeating: Place(), count: Self.placesOfGroup)
            let (_, result) = Self.change(&places, key, now, body)
            state.places[group] = places
            return result
        }
    }

    private static func change<Result: Sendable>(
        _ places: inout [Place], _ key: UInt64, _ now: UInt64, _ body: (UInt64) -> (fullAt: UInt64, result: Result)
    ) -> (index: Int, result: Result) {
        let known = places.firstIndex { $0.key == key && $0.fullAt > now }
        // The fullest: those that are full first.
        let index = known ?? places.indices.min { places[$0].fullAt < places[$1].fullAt } ?? 0
        let (fullAt, result) = body(known.map { places[$0].fullAt } ?? now)
        places[index] = Place(key: key, fullAt: fullAt)
        return (index, result)
    }

    /// Takes the lock, or finds out that it is stuck; false where locks do not work.
    private func lock(_ state: inout State) -> Bool {
        let begun = MonotonicTime.now()
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            guard errno == EWOULDBLOCK else { return false }
            if state.isLockStuck || MonotonicTime.now().milliseconds(since: begun) > Self.patienceMS {
                state.isLockStuck = true
                return true
            }
            usleep(100)
        }
        state.isLockStuck = false
        return true
    }

    private func read(_ group: Int) -> [Place]? {
        var numbers = [UInt64](repeating: 0, count: Self.placesOfGroup * 2)
        let size = Self.placesOfGroup * Self.placeBytes
        let count = numbers.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, size, off_t(group * size)) }
        // What was never written is full buckets.
        guard count >= 0 else { return nil }
        return (0..<Self.placesOfGroup).map { Place(key: numbers[$0 * 2], fullAt: numbers[$0 * 2 + 1]) }
    }

    private func write(_ place: Place, at index: Int) -> Bool {
        let numbers = [place.key, place.fullAt]
        return numbers.withUnsafeBytes {
            pwrite(descriptor, $0.baseAddress, Self.placeBytes, off_t(index * Self.placeBytes))
        } == Self.placeBytes
    }
}
