public import Scheduling
import Synchronization

/// Writes what happens in live turns to the store, for all turns together, every 25 to 50 ms.
///
/// A turn with nothing new costs nothing. While the store cannot write, events stay in the logs and go out with a later
/// batch, so the turns go on.
public final class TurnRecorder: Sendable {
    private struct State {
        var unrecorded: [TurnLog] = []
        var isScheduled = false
        /// Whether the last try failed, and the operator knows.
        var isFailing = false
    }

    private let store: any TurnStore
    private let timers: TimerQueue
    private let intervalMS: Int
    private let log: @Sendable (String) -> Void
    private let state = Mutex(State())

    /// - Parameters:
    ///   - intervalMS: how long events are gathered before they are written.
    ///   - log: takes a line for the operator.
    public init(store: any TurnStore, timers: TimerQueue, intervalMS: Int, log: @escaping @Sendable (String) -> Void) {
        self.store = store
        self.timers = timers
        self.intervalMS = intervalMS
        self.log = log
    }

    /// Begins to record a turn, whose first event is in the store already.
    func record(_ turn: TurnLog) {
        turn.whenUnrecorded { [weak self, weak turn] in
            guard let self, let turn else { return }
            enqueue(turn)
        }
    }

    private func enqueue(_ turn: TurnLog) {
        let schedules = state.withLock { state in
            state.unrecorded.append(turn)
            defer { state.isScheduled = true }
            return !state.isScheduled
        }
        if schedules { schedule() }
    }

    private func schedule() {
        timers.schedule(afterMilliseconds: intervalMS) { Task { await self.write() } }
    }

    private func write() async {
        let turns = state.withLock { state in
            defer { state.unrecorded = [] }
            return state.unrecorded
        }
        // A turn that has ended was written whole by its end.
        let batches = turns.compactMap { $0.isEnded ? nil : $0.unrecorded() }
        var isWritten = true
        if !batches.isEmpty {
            do {
                try await store.append(batches)
                if changed(isFailing: false) { log("recorder: the store takes what waited") }
            } catch {
                isWritten = false
                // Once, not at every try: that would be 25 lines a second.
                if changed(isFailing: true) { log("recorder: \(batches.count) turns wait for the store: \(error)") }
            }
        }
        if isWritten {
            let lastEvents = Dictionary(batches.map { ($0.replyID, $0.lastEvent) }, uniquingKeysWith: max)
            for turn in turns {
                if let last = lastEvents[turn.replyID] { turn.confirmRecorded(upTo: last) }
                if !turn.isEnded { record(turn) }
            }
        } else {
            state.withLock { $0.unrecorded += turns.filter { !$0.isEnded } }
        }
        let continues = state.withLock { state in
            state.isScheduled = !state.unrecorded.isEmpty
            return state.isScheduled
        }
        if continues { schedule() }
    }

    /// Notes how the last try went. True when the one before went otherwise.
    private func changed(isFailing: Bool) -> Bool {
        state.withLock { state in
            defer { state.isFailing = isFailing }
            return state.isFailing != isFailing
        }
    }
}
