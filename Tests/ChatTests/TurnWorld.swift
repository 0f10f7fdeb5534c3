import Testing

@testable import Chat

/// Random numbers that a seed makes again (SplitMix64, https://prng.di.unimi.it/splitmix64.c).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

/// What somebody knows of a turn who has read its events in order: a client's screen.
struct TurnScreen {
    var numbers: [Int] = []
    var text: [UInt8] = []
    var terminals = 0

    var last: Int { numbers.last ?? 0 }

    mutating func show(_ event: ChatEvent, number: Int) {
        numbers.append(number)
        if event.isTerminal { terminals += 1 }
        switch event {
        case .text(let piece): text += piece.utf8
        case .providerSwitch(let change) where change.resetsText: text = []
        default: break
        }
    }
}

/// One turn, its log, what of it is in the store, and its clients; with a plain list of events beside it that says what
/// is right.
struct TurnWorld {
    var random: SeededGenerator
    private(set) var log = TurnLog(replyID: MessageID(rawValue: "msg_r"))
    /// All events so far.
    private(set) var events: [ChatEvent] = []
    /// As the store keeps them: by their first event, the later one in the place of the earlier.
    private(set) var stored: [Int: TurnBatch] = [:]
    private(set) var confirmed = 0
    /// Taken from the log, on its way to the store.
    private var underWay: TurnBatch?
    private(set) var clients: [(screen: TurnScreen, isAttached: Bool)] = []

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        append(
            .accepted(
                Acceptance(
                    userMessageID: MessageID(rawValue: "msg_u"), sessionID: SessionID(rawValue: "s"),
                    replyID: log.replyID, createdAt: Timestamp(milliseconds: 5))))
        send()
        arrive(isConfirmed: true)
    }

    var lastStored: Int { stored.values.map(\.lastEvent).max() ?? 0 }

    // MARK: - What can happen

    /// - Returns: the client that has read, if one did.
    mutating func step() -> Int? {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<30: appendText()
        case 30..<34: append(.recommendations([]))
        case 34..<38: appendSwitch(resetsText: Bool.random(using: &random))
        case 38..<44: clients.append((TurnScreen(), true))
        case 44..<70:
            guard let index = anyClient() else { return nil }
            read(index, atMost: Int.random(in: 1...5, using: &random))
            return index
        case 70..<76: if let index = anyClient() { clients[index].isAttached.toggle() }
        case 76..<86: send()
        case 86..<92: arrive(isConfirmed: true)
        case 92..<95: arrive(isConfirmed: false)
        default: underWay = nil
        }
        return nil
    }

    private mutating func anyClient() -> Int? { clients.indices.randomElement(using: &random) }

    private mutating func appendText() {
        let words = ["a", "Grüße, ", "東京", "\"", "\n", "👩‍🚀", "data: x\n\n", String(repeating: "long ", count: 60)]
        var batch = TextBatch()
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let word = words.randomElement(using: &random)!
            batch.append(word)
            events.append(.text(word))
        }
        log.append(batch)
    }

    private mutating func appendSwitch(resetsText: Bool) {
        append(
            .providerSwitch(
                ProviderSwitch(from: "a", to: "b", reason: "timeout", attempt: 2, resetsText: resetsText)))
    }

    private mutating func append(_ event: ChatEvent) {
        events.append(event)
        log.append(event)
    }

    mutating func read(_ index: Int, atMost limit: Int = .max) {
        guard clients[index].isAttached else { return }
        var screen = clients[index].screen
        var left = limit
        _ = log.read(after: screen.last) { number, view in
            switch view {
            case .text(let piece): screen.show(.text(String(decoding: piece, as: UTF8.self)), number: number)
            case .event(let event): screen.show(event, number: number)
            }
            left -= 1
            return left > 0
        }
        clients[index].screen = screen
    }

    /// The recorder takes what is not confirmed.
    private mutating func send() {
        if underWay == nil { underWay = log.unrecorded() }
    }

    /// The store has it; unconfirmed when the answer was lost.
    private mutating func arrive(isConfirmed: Bool) {
        guard let batch = underWay else { return }
        stored[batch.firstEvent] = batch
        underWay = nil
        guard isConfirmed else { return }
        confirmed = max(confirmed, batch.lastEvent)
        log.confirmRecorded(upTo: batch.lastEvent)
    }

    /// The turn ends, as `ConversationEngine` ends it: stored, then shown. Then every client reads on.
    mutating func end(with terminal: ChatEvent) {
        let batch = log.unrecorded(andEnd: terminal)!
        stored[batch.firstEvent] = batch
        append(terminal)
        // Whatever comes late, from the agent or a second end, is nobody's any more.
        log.append(TextBatch("late"))
        log.append(terminal)
        readToEnd()
    }

    /// The process is gone: another one has the recorded batches, and ends the turn as interrupted.
    mutating func crash() throws {
        underWay = nil
        log = try recordedLog()
        events.removeLast(events.count - log.lastEvent)
        log.confirmRecorded(upTo: log.lastEvent)
        end(with: .failed(.interrupted(isPartial: log.replyLength > 0)))
    }

    func recordedLog() throws -> TurnLog {
        try TurnLog(replyID: log.replyID, batches: stored.values.sorted { $0.firstEvent < $1.firstEvent })
    }

    private mutating func readToEnd() {
        for index in clients.indices {
            clients[index].isAttached = true
            read(index)
        }
    }

    // MARK: - What is right

    /// What the first `count` events show.
    func expected(after count: Int) -> TurnScreen {
        var screen = TurnScreen()
        for (index, event) in events.prefix(count).enumerated() { screen.show(event, number: index + 1) }
        return screen
    }
}
