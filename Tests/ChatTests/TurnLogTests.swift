import Scheduling
import Testing

@testable import Chat

@Suite struct TurnLogTests {
    private let log = TurnLog(replyID: MessageID(rawValue: "msg_r"))

    private func read(after: Int) -> (numbers: [Int], text: String, isEnd: Bool) {
        var numbers: [Int] = []
        var text: [UInt8] = []
        let (_, isEnd) = log.read(after: after) { number, view in
            numbers.append(number)
            if case .text(let piece) = view { text += piece }
            return true
        }
        return (numbers, String(decoding: text, as: UTF8.self), isEnd)
    }

    private static let end = ChatEvent.failed(
        ReplyFailure(code: "x", message: "y", isRetryable: false, isPartial: true))

    @Test func `a reader continues after any number and gets each event once, in order`() {
        log.append(.recommendations([]))
        log.append(TextBatch("a", "b", "c"))
        log.append(Self.end)
        for after in 0...5 {
            let (numbers, text, isEnd) = read(after: after)
            #expect(numbers == Array(1...5).filter { $0 > after })
            #expect(text == "abc".dropFirst(max(0, after - 1)))
            #expect(isEnd)
        }
    }

    @Test func `nothing comes after the terminal event`() {
        log.append(Self.end)
        log.append(TextBatch("late"))
        log.append(Self.end)
        #expect(read(after: 0).numbers == [1])
    }

    @Test func `a reset voids the text before it and keeps the events`() {
        log.append(TextBatch("old"))
        log.append(
            .providerSwitch(ProviderSwitch(from: "a", to: "b", reason: "timeout", attempt: 2, resetsText: true)))
        log.append(TextBatch("new"))
        #expect(String(decoding: log.replyText, as: UTF8.self) == "new")
        #expect(read(after: 0).text == "oldnew")
    }

    @Test func `what was recorded gives the same log back, however the batches overlap`() throws {
        log.append(
            .accepted(
                Acceptance(
                    userMessageID: MessageID(rawValue: "msg_u"), sessionID: SessionID(rawValue: "s"),
                    replyID: log.replyID,
                    createdAt: Timestamp(milliseconds: 5))))
        let first = try #require(log.unrecorded())
        log.append(TextBatch("Grüße, ", "東京 ", "\n\"quoted\""))
        let second = try #require(log.unrecorded())
        log.confirmRecorded(upTo: 2)
        let third = try #require(log.unrecorded(andEnd: Self.end))
        log.append(Self.end)
        let copy = try TurnLog(replyID: log.replyID, batches: [first, second, third])
        var events: [[ChatEvent]] = []
        for each in [log, copy] {
            var list: [ChatEvent] = []
            _ = each.read(after: 0) { _, view in
                switch view {
                case .text(let piece): list.append(.text(String(decoding: piece, as: UTF8.self)))
                case .event(let event): list.append(event)
                }
                return true
            }
            events.append(list)
        }
        #expect(events[0] == events[1])
        #expect(copy.isEnded)
        #expect(copy.replyText == log.replyText)
    }

    @Test func `a gap between batches, or cut bytes, are no log`() throws {
        log.append(TextBatch("one", "two"))
        let batch = try #require(log.unrecorded())
        for length in [1, 2, 4, batch.payload.count - 1] {
            var cut = batch
            cut.payload = Array(batch.payload.prefix(length))
            #expect(throws: ArchiveError.self) { try TurnLog(replyID: log.replyID, batches: [cut]) }
        }
        var late = batch
        late.firstEvent = 2
        #expect(throws: ArchiveError.self) { try TurnLog(replyID: log.replyID, batches: [late]) }
    }

    @Test func `every follower is woken by what is appended`() async {
        let wakers = [Waker(), Waker(), Waker()]
        for waker in wakers {
            log.follow(waker)
            #expect(await waker.wait() == .data)
        }
        log.append(TextBatch("x"))
        for waker in wakers { #expect(await waker.wait() == .data) }
        #expect(log.unfollow(wakers[0]) == 2)
    }
}
