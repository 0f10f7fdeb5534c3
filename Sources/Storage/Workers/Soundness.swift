// The processes that share the store, and whether its file is sound.

import Chat
import SQLite
import Scheduling
import Synchronization

/// Whether the file is whole: a glance for who asks, and a check of every page now and then.
extension SQLiteChatStore {
    /// What is known of damage.
    struct Soundness {
        /// Of the last damage that was seen; nil when the last check found none.
        var damage: String?
        /// Counts what was seen, so that a check does not take back what was found while it ran.
        var findings = 0
        /// How the last glance ended, and when.
        var glance: (at: MonotonicTime, error: StoreError?)?
    }

    /// For how long a glance holds: nobody who asks often makes the store read often.
    private static let glanceMS = 1_000

    public func checkSound() async throws {
        if let damage = damage { throw StoreError(damage: damage) }
        let known = soundness.withLock { $0.glance }
        if let known, MonotonicTime.now().milliseconds(since: known.at) < Self.glanceMS {
            if let error = known.error { throw error }
            return
        }
        let error = await fault { try await inspection.glance() }
        soundness.withLock { $0.glance = (.now(), error) }
        if let error { throw error }
    }

    /// Reads every page, which takes as long as the store is large. Ends early when its task is cancelled.
    /// - Returns: the damage, for the operator; nil when there is none.
    /// - Throws: `StoreError` when it could not be looked for; `CancellationError`.
    public func inspect() async throws -> String? {
        let before = soundness.withLock { $0.findings }
        do {
            try await inspection.check()
            soundness.withLock { soundness in
                if soundness.findings == before { soundness.damage = nil }
                soundness.glance = nil
            }
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            note(error)
            guard StoreError.isDamage(error) else { throw StoreError(error) }
        }
        return damage
    }

    /// What is damaged, as far as is known; nil when nothing is.
    public var damage: String? { soundness.withLock { $0.damage } }

    /// Takes account of an error of any work: damage may show in any of them.
    func note(_ error: any Error) {
        guard StoreError.isDamage(error) else { return }
        soundness.withLock { soundness in
            soundness.damage = "\(error)"
            soundness.findings += 1
        }
    }

    /// Nil when `body` was done, or another process was in its way, which says nothing.
    private func fault(_ body: () async throws -> Void) async -> StoreError? {
        do {
            try await body()
            return nil
        } catch {
            note(error)
            let fault = StoreError(error)
            return fault.kind == .overloaded ? nil : fault
        }
    }
}

extension StoreError {
    init(damage: String) {
        self.init(kind: .unavailable, detail: damage)
        isDamage = true
    }

    static func isDamage(_ error: any Error) -> Bool {
        switch error {
        case let error as SQLiteError: error.isCorrupt
        case let error as DatabaseError: error.reason == .damaged
        default: false
        }
    }
}
