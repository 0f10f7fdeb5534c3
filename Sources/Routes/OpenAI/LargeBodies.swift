import Synchronization

/// Bounds what large requests take of the process's memory together: their pictures and files are there as long as the answer takes.
final class LargeBodies: Sendable {
    /// Bodies up to here are not counted: they are as large as those of every other endpoint.
    static let smallBytes = 1_048_576
    /// Bytes of all large bodies at once.
    static let maximumBytes = 512 * 1_048_576

    private let held = Mutex(0)

    /// Counts a body for as long as what is returned is held; nil for one that is not counted.
    /// - Throws: `Problem` 503 when there are too many.
    func hold(_ bytes: Int) throws(Problem) -> Hold? {
        guard bytes > Self.smallBytes else { return nil }
        let isTaken = held.withLock { held in
            guard held + bytes <= Self.maximumBytes else { return false }
            held += bytes
            return true
        }
        guard isTaken else {
            throw Problem(
                status: 503, code: "too_many_large_requests",
                detail: "The server holds as many large requests as it can. Try again shortly.",
                fields: [("Retry-After", "5")])
        }
        return Hold(bytes, of: self)
    }

    final class Hold: Sendable {
        private let bytes: Mutex<Int>
        private let owner: LargeBodies

        fileprivate init(_ bytes: Int, of owner: LargeBodies) {
            self.bytes = Mutex(bytes)
            self.owner = owner
        }

        func release() {
            let count = bytes.withLock { bytes in
                defer { bytes = 0 }
                return bytes
            }
            owner.held.withLock { $0 -= count }
        }

        deinit { release() }
    }
}
