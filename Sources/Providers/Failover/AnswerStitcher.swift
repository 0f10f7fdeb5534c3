// Several providers behind one name: which is asked, when the next is, how their answers become one.

import Chat

/// Joins the answers of several calls to one: what a call says is held back for as long as it repeats the text that an
/// earlier call, which broke off, has given. Then it goes on without a seam; or it differs, and the text is taken back and
/// given anew, where it can be taken back. Pure: it says what is to be passed on.
struct AnswerStitcher {
    private enum Phase {
        case passing
        /// The call's text so far is the beginning of what was given: `matched` bytes of it.
        case matching(given: [UInt8], matched: Int)
        /// It differed, or the like, and what was given cannot be taken back.
        case refused
    }

    /// What is to be told to the sink, in this order.
    struct Output: Equatable {
        var change: ProviderSwitch?
        /// What was held back, or is new.
        var text: [TextBatch] = []
        /// Whether what the call has just said is passed on as it is.
        var passes = false

        static let nothing = Output()
        static let passing = Output(passes: true)
    }

    private var phase = Phase.passing
    /// Bytes of text that the sink has been given since the last reset.
    private var givenBytes = 0
    private var hasToolCalls = false
    private var hasReasoning = false
    private var repeatsReasoning = false
    /// What to tell when the call goes on with the text.
    private var change: ProviderSwitch?
    /// What to tell when the call starts the text again.
    private var reset: ProviderSwitch?
    private let supportsReset: Bool

    /// Bytes of text of the present call, those held back included.
    private(set) var callBytes = 0

    init(supportsReset: Bool) { self.supportsReset = supportsReset }

    /// Whether text, or a part of a tool's call, has reached the sink.
    var hasOutput: Bool { givenBytes > 0 || hasToolCalls }

    /// Whether the present call's answer cannot be passed on.
    var isRefused: Bool { if case .refused = phase { true } else { false } }

    /// A call begins.
    /// - Parameters:
    ///   - change: from whom it takes over; nil for the first one.
    ///   - given: the last so many bytes of text that the sink was given.
    mutating func begin(_ change: ProviderSwitch?, given: (Int) -> [UInt8]) -> Output {
        callBytes = 0
        repeatsReasoning = hasReasoning
        // The same provider once more is no switch, unless the text starts again.
        self.change = change.flatMap { $0.from == $0.to ? nil : $0 }
        reset = change
        reset?.resetsText = true
        phase = .passing
        if hasToolCalls { return supportsReset ? takeBack() : refuse() }
        guard givenBytes > 0 else { return Output(change: self.change.take()) }
        phase = .matching(given: given(givenBytes), matched: 0)
        return .nothing
    }

    /// The call has said this.
    mutating func take(_ batch: TextBatch) -> Output {
        callBytes += batch.bytes.count
        switch phase {
        case .passing:
            givenBytes += batch.bytes.count
            return .passing
        case .refused: return .nothing
        case .matching(let given, let matched):
            let count = min(given.count - matched, batch.bytes.count)
            guard given[matched..<matched + count].elementsEqual(batch.bytes[..<count]) else {
                return differ(after: given[..<matched], batch)
            }
            if matched + count < given.count {
                phase = .matching(given: given, matched: matched + count)
                return .nothing
            }
            phase = .passing
            let rest = batch.dropping(count)
            givenBytes += rest.bytes.count
            return Output(change: change.take(), text: rest.isEmpty ? [] : [rest])
        }
    }

    /// The call has thought this.
    mutating func takeReasoning() -> Output {
        hasReasoning = true
        return repeatsReasoning || isRefused ? .nothing : .passing
    }

    /// The call asks for a tool: its text is over.
    mutating func takeToolCalls() -> Output {
        switch phase {
        case .refused: return .nothing
        case .passing:
            hasToolCalls = true
            return .passing
        case .matching:
            var output = endText()
            guard !isRefused else { return output }
            hasToolCalls = true
            output.passes = true
            return output
        }
    }

    /// The call has ended well. When its answer is shorter than what was given, and that cannot be taken back, it is refused.
    mutating func end() -> Output {
        guard case .matching = phase else { return .nothing }
        return endText()
    }

    private mutating func endText() -> Output {
        guard case .matching(let given, let matched) = phase else { return .nothing }
        if matched == given.count {
            phase = .passing
            return Output(change: change.take())
        }
        return differ(after: given[..<matched], TextBatch())
    }

    private mutating func differ(after matched: ArraySlice<UInt8>, _ batch: TextBatch) -> Output {
        guard supportsReset else { return refuse() }
        var output = takeBack()
        var head = TextBatch()
        head.append(utf8: matched)
        output.text = [head, batch].filter { !$0.isEmpty }
        givenBytes = matched.count + batch.bytes.count
        return output
    }

    private mutating func takeBack() -> Output {
        phase = .passing
        givenBytes = 0
        hasToolCalls = false
        change = nil
        return Output(change: reset.take())
    }

    private mutating func refuse() -> Output {
        phase = .refused
        return .nothing
    }
}

extension TextBatch {
    /// The same without its first `count` bytes; a piece that they end in begins where they end.
    func dropping(_ count: Int) -> TextBatch {
        var rest = TextBatch()
        var start = 0
        for end in ends {
            if end > count { rest.append(utf8: bytes[max(start, count)..<end]) }
            start = end
        }
        return rest
    }
}
