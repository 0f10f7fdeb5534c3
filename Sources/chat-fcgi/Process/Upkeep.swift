import CLinux
import Chat
import Glibc
import Scheduling
import Storage
import Synchronization

/// What a worker process does beside answering: it says that it lives, ends the turns of workers that do not, and drops what
/// has been kept for long enough.
final class Upkeep: Sendable {
    /// How often a worker says that it lives, and how long its silence must last until its turns are given up.
    private static let heartbeatMS = 2_000
    private static let silenceMS: Int64 = 10_000
    /// How often the turns of silent workers are looked for.
    private static let sweepMS = 5_000
    /// The store is read whole at the start and then for a hundredth of the time, at most once a minute.
    private static let inspectionShare = 100
    private static let inspectionPauseMS = 60_000
    /// How often the locks of the others are looked at.
    private static let presenceMS = 500

    private let assembly: Assembly
    private var presence: WorkerPresence { assembly.workers }
    private let tasks = Mutex<[Task<Void, Never>]>([])

    init(_ assembly: Assembly) {
        self.assembly = assembly
    }

    /// Begins. A process that answers one request only is looked after by the next one.
    /// - Parameter sparesTheSilent: whether others have time to say that they live before their turns are given up.
    func start(sparesTheSilent: Bool = false) {
        let delayMS = sparesTheSilent ? Int(Self.silenceMS) : 0
        var tasks = [
            Task { await self.heartbeat() }, Task { await self.housekeep(afterMilliseconds: delayMS) },
            Task { await self.watchOthers() },
        ]
        if let milliseconds = ServiceManager.watchdogMilliseconds {
            tasks.append(Task { await self.feedWatchdog(everyMilliseconds: milliseconds) })
        }
        if assembly.staysUp { tasks.append(Task { await self.inspectStore() }) }
        self.tasks.withLock { $0 = tasks }
    }

    /// Ends, after the last turn has.
    func end() async {
        let tasks = tasks.withLock { $0 }
        for task in tasks { task.cancel() }
        // The first must not say once more that this worker lives; the others' housekeeping is anybody's, later.
        await tasks.first?.value
        do {
            try await noteVisitors()
            try await assembly.store.forget(assembly.engine.worker)
        } catch {
            assembly.log.warning("upkeep: \(error)")
        }
        presence.leave()
    }

    /// In a task of its own: no housekeeping may keep a worker from saying that it lives.
    private func heartbeat() async {
        // Beginning a turn says it as well; a process that ends with its first answer need not write twice.
        if !assembly.staysUp { try? await assembly.timers.sleep(milliseconds: Self.heartbeatMS) }
        while !Task.isCancelled {
            if assembly.staysUp, presence.hasOthers {
                presence.publish(assembly.figures.text(worker: assembly.engine.worker))
            }
            do {
                try await assembly.store.heartbeat(of: assembly.engine.worker, at: .now())
            } catch {
                assembly.log.warning("upkeep: \(error)")
            }
            try? await assembly.timers.sleep(milliseconds: Self.heartbeatMS)
        }
    }

    /// Tells the service manager that timers fire and tasks run. Whether the store can be written is not its question: a full disk is
    /// no reason to kill the process.
    private func feedWatchdog(everyMilliseconds milliseconds: Int) async {
        while !Task.isCancelled {
            ServiceManager.tell("WATCHDOG=1")
            try? await assembly.timers.sleep(milliseconds: milliseconds)
        }
    }

    private func housekeep(afterMilliseconds delayMS: Int) async {
        if delayMS > 0 { try? await assembly.timers.sleep(milliseconds: delayMS) }
        var gap = ClockGap()
        while !Task.isCancelled {
            do {
                // What a burst of questions has taken and freed goes back to the kernel: the C library would keep it.
                malloc_trim(0)
                let now = Timestamp.now()
                // After the machine has slept, everybody seems to have been silent; at the next look they have spoken.
                if !gap.hasOpened() {
                    let since = Timestamp(milliseconds: now.milliseconds - Self.silenceMS)
                    try await assembly.engine.endAbandonedTurns(since: since)
                    try await assembly.store.endEphemeralTurns(ofWorkersSilentSince: since)
                }
                try await noteVisitors()
                for key in try await assembly.store.takeUnloggedKeys() {
                    assembly.journal.keyWas(revoked: key.isRevoked, id: key.id)
                }
                try await dropOldEvents(now)
                try await removeWhatIsOld(now)
                try await assembly.store.resumeRemovals()
                try await assembly.liveStore.dropExpired()
            } catch {
                // The process ends: what is not done is done by another, or at the next start.
                if Task.isCancelled { return }
                assembly.log.warning("upkeep: \(error)")
            }
            try? await assembly.timers.sleep(milliseconds: Self.sweepMS)
        }
    }

    /// Whether the time of day has run ahead of the process's own: the machine slept, or its clock was set.
    private struct ClockGap {
        private var offset = Self.offset()

        private static func offset() -> Int64 {
            Timestamp.now().milliseconds - Int64(MonotonicTime.now().nanoseconds / 1_000_000)
        }

        mutating func hasOpened() -> Bool {
            let before = offset
            offset = Self.offset()
            return offset - before > 1_000
        }
    }

    /// Ends the turns of workers that were killed. What cannot be done now is tried again.
    private func watchOthers() async {
        while !Task.isCancelled {
            for worker in presence.gone() {
                do {
                    try await assembly.store.noteGone(worker)
                    while try await assembly.engine.endAbandonedTurns(since: Timestamp(milliseconds: 1)) > 0 {}
                    try await assembly.store.endEphemeralTurns(ofWorkersSilentSince: Timestamp(milliseconds: 1))
                    presence.forget(worker)
                } catch {
                    if Task.isCancelled { return }
                    assembly.log.warning("turns of \(worker), which is gone: \(error)")
                }
            }
            try? await assembly.timers.sleep(milliseconds: Self.presenceMS)
        }
    }

    private func noteVisitors() async throws {
        let visitors = assembly.visitors.take()
        if !visitors.isEmpty { try await assembly.store.noteSeen(visitors, at: .now()) }
    }

    private func removeWhatIsOld(_ now: Timestamp) async throws {
        let limits = assembly.settings.limits
        let rules = RetentionRules(
            conversationDays: limits.retentionDays,
            guestDays: assembly.settings.auth.modes.contains(.guest) ? limits.guestDays : 0)
        while !Task.isCancelled, try await assembly.store.applyRetention(rules, at: now) {}
    }

    /// Looks for damage in the store that nobody has come upon yet.
    private func inspectStore() async {
        var known: String?
        while !Task.isCancelled {
            let begun = MonotonicTime.now()
            do {
                let damage = try await assembly.store.inspect()
                if let damage, damage != known {
                    assembly.log.error(
                        "the store is damaged: stop the program, keep chat.db and restore the last backup, or what chat-fcgi salvage reads of it",
                        ["damage": .text(damage)])
                } else if damage == nil, known != nil {
                    assembly.log.info("the store is sound again")
                }
                known = damage
            } catch is CancellationError {
                return
            } catch {
                if Task.isCancelled { return }
                assembly.log.warning("the store could not be checked: \(error)")
            }
            let tookMS = MonotonicTime.now().milliseconds(since: begun)
            try? await assembly.timers.sleep(
                milliseconds: max(Self.inspectionPauseMS, tookMS * Self.inspectionShare))
        }
    }

    /// Events of turns that ended long ago go; the message itself tells the turn from then on.
    private func dropOldEvents(_ now: Timestamp) async throws {
        let end = Timestamp(milliseconds: now.milliseconds - Int64(assembly.settings.stream.replaySeconds) * 1_000)
        // In small steps: others write meanwhile.
        while !Task.isCancelled, try await assembly.store.dropEvents(endedBefore: end, among: 20_000) > 0 {}
    }
}
