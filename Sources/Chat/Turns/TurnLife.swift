/// What becomes of one turn, from its admission to its end: a value that is told what has happened and says what is to be done.
///
/// It asks no store, runs no agent and reads no clock; `ConversationEngine` does what it says. What happens in an order that a turn
/// cannot have changes nothing.
struct TurnLife: Equatable {
    enum Phase: Equatable, CaseIterable {
        /// The store is asked to take its beginning.
        case opening
        /// Earlier turns of its conversation come first.
        case queued
        case answering
        /// The store is asked to take its end.
        case closing
    }

    /// Why a turn is made to end before its time.
    enum EndReason: CaseIterable { case stop, shutdown, departure }

    /// How a turn ends, if the store takes it.
    enum Outcome {
        case completed(ModelCompletion)
        case stopped
        case interrupted
        case failed(any Error)
    }

    /// What the store said to a turn's end.
    enum Closing: CaseIterable {
        case taken
        /// Somebody else took this turn for abandoned and ended it, or it was removed.
        case endedElsewhere
        case notTaken

        /// The terminal event that is shown: it follows what is kept.
        func shown(for terminal: ChatEvent, isPartial: Bool, usage: Usage) -> ChatEvent {
            switch self {
            case .taken: terminal
            case .endedElsewhere: .failed(.interrupted(isPartial: isPartial, usage: usage))
            case .notTaken: .failed(.unstored(isPartial: isPartial, usage: usage))
            }
        }
    }

    /// What becomes of a turn that nobody has followed here for the grace period.
    enum Unfollowed: Equatable {
        case ends
        case waits(milliseconds: Int)
    }

    private(set) var phase = Phase.opening
    /// The first reason to end it; later ones do not count.
    private(set) var endReason: EndReason?

    /// The store has its beginning.
    /// - Returns: whether it is to be cancelled at once: somebody asked for its end meanwhile.
    mutating func opened(isQueued: Bool) -> Bool {
        guard phase == .opening else { return false }
        phase = isQueued ? .queued : .answering
        return endReason != nil
    }

    /// No earlier turn of its conversation is open any more.
    mutating func isNext() {
        if phase == .queued { phase = .answering }
    }

    /// It is to end before its time.
    /// - Returns: whether it is to be cancelled now; one that is not open yet is when it is.
    mutating func end(_ reason: EndReason) -> Bool {
        guard phase != .closing, endReason == nil else { return false }
        endReason = reason
        return phase != .opening
    }

    /// The agent has answered, or has thrown an error.
    /// - Returns: how the turn ends. A whole answer is one, even where the turn was to end before.
    mutating func answered(_ answer: Result<ModelCompletion, any Error>) -> Outcome {
        phase = .closing
        switch answer {
        case .success(let completion): return .completed(completion)
        case .failure(let error):
            return switch endReason {
            case .stop: .stopped
            case .shutdown, .departure: .interrupted
            case nil: .failed(error)
            }
        }
    }

    /// Nobody has followed the turn here for the grace period.
    /// - Parameters:
    ///   - seen: when somebody was last known to follow it through another process; nil when nobody was.
    ///   - markMS: how often that is noted; they may have gone at any time until the next note.
    static func unfollowed(lastSeenElsewhere seen: Timestamp?, at now: Timestamp, graceMS: Int, markMS: Int)
        -> Unfollowed
    {
        guard let seen else { return .ends }
        let left = seen.milliseconds + Int64(graceMS + markMS) - now.milliseconds
        return left > 0 ? .waits(milliseconds: Int(left)) : .ends
    }
}
