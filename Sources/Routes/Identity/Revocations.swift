import Chat
import Scheduling
import Synchronization

/// Cuts off the streams that are open with a token or a key that was ended, in this process or another one.
///
/// As long as streams are open, it reads twice a second what was ended of late, which is nearly always nothing.
final class Revocations: Sendable {
    private static let pauseMS = 500
    /// How far back is looked: a transaction may be a while on its way, and a stream may open with what has just been ended.
    private static let windowMS: Int64 = 60_000

    /// A stream that is watched until this goes.
    final class Watch: Sendable {
        private let end: @Sendable () -> Void
        init(_ end: @escaping @Sendable () -> Void) { self.end = end }
        deinit { end() }
    }

    private struct Stream {
        let credential: Credential
        let waker: Waker
    }

    private struct State {
        var streams: [Int: Stream] = [:]
        var nextNumber = 0
        var isLooking = false
        /// What was ended within the window, as far as it was read: the last number, and all digests.
        var lastEnding: Int64 = 0
        var ended: Set<[UInt8]> = []
    }

    private let authenticator: Authenticator
    private let timers: TimerQueue
    private let state = Mutex(State())

    init(authenticator: Authenticator, timers: TimerQueue) {
        self.authenticator = authenticator
        self.timers = timers
    }

    /// Wakes a stream for `revocation` when what it was opened with holds no more.
    func watch(_ credential: Credential, _ waker: Waker) -> Watch {
        let stream = Stream(credential: credential, waker: waker)
        let (number, begins, mayHaveEnded) = state.withLock { state in
            state.nextNumber += 1
            state.streams[state.nextNumber] = stream
            let begins = !state.isLooking
            state.isLooking = true
            return (state.nextNumber, begins, credential.rests(onOneOf: state.ended))
        }
        if begins { Task { await look() } }
        if mayHaveEnded { Task { await check(stream) } }
        return Watch { [self] in state.withLock { _ = $0.streams.removeValue(forKey: number) } }
    }

    private func look() async {
        repeat {
            try? await timers.sleep(milliseconds: Self.pauseMS)
            // A store that cannot be read now is read the next time.
            if let endings = try? await authenticator.endings(
                since: Timestamp(milliseconds: Timestamp.now().milliseconds - Self.windowMS))
            {
                for stream in concerned(by: endings) { await check(stream) }
            }
        } while isNeeded()
    }

    /// Whether a stream is open; else looking ends.
    private func isNeeded() -> Bool {
        state.withLock { state in
            if state.streams.isEmpty {
                state.isLooking = false
                state.ended = []
            }
            return state.isLooking
        }
    }

    private func concerned(by endings: [TokenEnding]) -> [Stream] {
        state.withLock { state in
            let last = state.lastEnding
            let new = Set(endings.filter { $0.number > last }.map(\.digest))
            state.lastEnding = max(state.lastEnding, endings.map(\.number).max() ?? 0)
            state.ended = Set(endings.map(\.digest))
            guard !new.isEmpty else { return [] }
            return state.streams.values.filter { $0.credential.rests(onOneOf: new) }
        }
    }

    /// Another token of the user may have been ended, or all that were made before this one.
    private func check(_ stream: Stream) async {
        // Where the store cannot say, nobody is cut off.
        guard let holds = try? await authenticator.holds(stream.credential), !holds else { return }
        stream.waker.wake([.revocation, .disconnection])
    }
}
