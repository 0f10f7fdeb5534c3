/// What a process waits to hear of turns from the others that share its store, asked for at once.
public struct TurnWatch: Sendable {
    /// Whose turns others may ask to stop.
    public var worker: WorkerID
    /// Turns that wait for earlier ones of their conversation.
    public var queued: [MessageID] = []
    /// Turns that run elsewhere, each with the last of its events that is known here.
    public var followed: [MessageID: Int] = [:]
}

/// What there is to hear, all of it at one moment.
public struct TurnNews: Sendable {
    /// What has come of a turn that runs elsewhere.
    public struct Progress: Sendable {
        /// Recorded batches that reach beyond the event that was known, in order.
        public var batches: [TurnBatch]
        /// Whether the turn is there and has not ended.
        public var isOpen: Bool

        public init(batches: [TurnBatch], isOpen: Bool) {
            self.batches = batches
            self.isOpen = isOpen
        }
    }

    /// The worker's turns that it was asked to stop.
    public var stopRequests: [MessageID]
    /// The queued turns before which no other is open any more.
    public var next: [MessageID]
    /// Of the followed turns, those that have grown or are not open.
    public var progress: [MessageID: Progress]

    public init(
        stopRequests: [MessageID] = [], next: [MessageID] = [], progress: [MessageID: Progress] = [:]
    ) {
        self.stopRequests = stopRequests
        self.next = next
        self.progress = progress
    }
}
