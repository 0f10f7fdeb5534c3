import JSON
import Testing

@testable import Chat
@testable import Routes

@Suite struct BookCompanionEncoderTests {
    private static let replyID = MessageID(rawValue: "msg_r")
    private static let completion = ChatEvent.completed(
        Completion(
            wasStopped: false, finishReason: "stop", provider: "p", model: "m",
            usage: Usage(promptTokens: 1, completionTokens: 2, isEstimated: false),
            metrics: ReplyMetrics(
                timeToFirstTokenMS: nil, durationMS: 3, tokensPerSecond: 1.5, attempts: 1, isCached: false)))

    /// accepted, two pieces, and `end`: events 1 to 4.
    private static func log(end: ChatEvent?) -> TurnLog {
        let log = TurnLog(replyID: replyID)
        log.append(
            .accepted(
                Acceptance(
                    userMessageID: MessageID(rawValue: "msg_u"), sessionID: SessionID(rawValue: "s"), replyID: replyID,
                    createdAt: Timestamp(milliseconds: 0))))
        log.append(TextBatch("a\"\n", "東"))
        if let end { log.append(end) }
        return log
    }

    /// What a client gets that has seen the events up to `after`: number and JSON of each.
    private static func stream(
        _ log: TurnLog, after: Int, atMost limit: Int = 1, merging: Bool = false
    ) throws -> (events: [(Int, JSONValue)], isEnd: Bool) {
        var reader = TurnReader(log: log, encoder: BookCompanionEncoder(replyID: replyID), after: after)
        var bytes: [UInt8] = []
        var isEnd = false
        while !isEnd, case let next = reader.next(atMost: limit, merging: merging), next.isMore || next.isEnd {
            bytes += next.bytes
            isEnd = next.isEnd
        }
        var events: [(Int, JSONValue)] = []
        for block in String(decoding: bytes, as: UTF8.self).split(separator: "\n\n") {
            let lines = block.split(separator: "\n")
            try #require(lines.count == 2 && lines[0].hasPrefix("id: ") && lines[1].hasPrefix("data: "))
            let json = try JSONValue(parsing: Array(lines[1].dropFirst(6).utf8))
            events.append((try #require(Int(lines[0].dropFirst(4))), json))
        }
        return (events, isEnd)
    }

    @Test func `anyone who comes back gets each event after the one it has seen, once, whichever that was`() throws {
        let log = Self.log(end: Self.completion)
        let types = ["user_message_received", "content_chunk", "content_chunk", "content_chunk", "complete"]
        for after in 0...6 {
            let (events, isEnd) = try Self.stream(log, after: after)
            #expect(events.map(\.0) == Array(1...5).filter { $0 > after })
            #expect(events.map { $0.1["type"]?.stringValue } == types.dropFirst(after).map { $0 })
            #expect(isEnd)
        }
    }

    @Test(arguments: [1, 10_000])
    func `pieces that wait go out as one, under the number of the last; who comes back gets the rest of them`(
        limit: Int
    ) throws {
        let log = Self.log(end: nil)
        log.append(.note(AgentNote(kind: "step", json: Array("{}".utf8))))
        log.append(TextBatch("b", "c"))
        log.append(Self.completion)
        let pieces = ["a\"\n", "東", "b", "c"]
        for after in 0...6 {
            let (events, isEnd) = try Self.stream(log, after: after, atMost: limit, merging: true)
            let numbers = events.map(\.0)
            #expect(isEnd && zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 })
            let text = events.compactMap { $0.1["content"]?.stringValue }.joined()
            #expect(text == pieces.dropFirst(max(0, after - 1)).joined())
            if after == 0 { #expect(numbers == [1, 3, 5, 6, 7]) }
        }
    }

    @Test func `what waits is one event of 4 KiB of text at most, but a larger piece goes out whole`() throws {
        let log = Self.log(end: nil)
        for length in [3_000, 1_000, 1_000, 10_000, 90, 4_000, 7] {
            log.append(TextBatch(String(repeating: "x", count: length)))
        }
        log.append(Self.completion)
        let (events, _) = try Self.stream(log, after: 2, atMost: 8_000, merging: true)
        #expect(events.map(\.0) == [5, 6, 7, 9, 10, 11, 12])
        #expect(events.map { $0.1["content"]?.stringValue?.utf8.count } == [4_003, 1_000, 10_000, 4_090, 7, 0, nil])
    }

    @Test func `more pieces than are read at a time come as several events, and a single one alone`() throws {
        let log = Self.log(end: nil)
        let words = (0..<1_000).map { "w\($0) " }
        var batch = TextBatch()
        for word in words { batch.append(utf8: Array(word.utf8)) }
        log.append(batch)
        log.append(Self.completion)
        let (events, _) = try Self.stream(log, after: 0, atMost: 8_000, merging: true)
        #expect(events.count < 40)
        #expect(events.compactMap { $0.1["content"]?.stringValue }.joined() == "a\"\n東" + words.joined())
        var reader = TurnReader(log: log, encoder: BookCompanionEncoder(replyID: Self.replyID), after: 0)
        #expect(reader.next(atMost: 1, merging: true).isMore)
    }

    @Test func `anyone who has seen more than is kept is told to start again, and then has what is kept`() throws {
        let log = Self.log(end: .failed(.lost))
        for after in 4...9 {
            let (events, isEnd) = try Self.stream(log, after: after)
            #expect(events.map(\.0) == Array(after + 1...after + 4))
            #expect(
                events.map { $0.1["type"]?.stringValue }
                    == ["provider_switch", "content_chunk", "content_chunk", "error"])
            #expect(events[0].1["reset"]?.boolValue == true)
            #expect(events[1...2].map { $0.1["content"]?.stringValue } == ["a\"\n", "東"])
            #expect(isEnd)
        }
        // Who has not seen more goes on as if nothing had happened.
        for after in 0...3 {
            let (events, _) = try Self.stream(log, after: after)
            #expect(events.map(\.0) == Array(1...4).filter { $0 > after })
        }
    }

    @Test func `a reader that is ahead of a turn that then breaks off is told to start again`() throws {
        let log = Self.log(end: nil)
        var reader = TurnReader(log: log, encoder: BookCompanionEncoder(replyID: Self.replyID), after: 6)
        while reader.next(atMost: 1).isMore {}
        log.append(.failed(.lost))
        var bytes: [UInt8] = []
        var isEnd = false
        while !isEnd, case let next = reader.next(atMost: 1), next.isMore || next.isEnd {
            bytes += next.bytes
            isEnd = next.isEnd
        }
        let blocks = String(decoding: bytes, as: UTF8.self).split(separator: "\n\n")
        #expect(blocks.map { $0.prefix(6) } == ["id: 7\n", "id: 8\n", "id: 9\n", "id: 10"])
    }

    @Test func `when the events are kept no longer, the reply is told in one piece`() throws {
        let whole = Self.log(end: Self.completion)
        let condensed = CondensedTurn(
            summary: whole.summary(endingWith: Self.completion), content: whole.replyText, recommendations: [])
        let log = try TurnLog(replyID: Self.replyID, condensed: condensed)
        let (fresh, _) = try Self.stream(log, after: 0)
        #expect(fresh.map { $0.1["content"]?.stringValue } == [nil, "a\"\n東", "", nil])
        #expect(fresh.map(\.0) == [1, 2, 3, 4])
        // Where its numbers came from is gone: anyone who has seen a part starts again.
        let (rest, isEnd) = try Self.stream(log, after: 3)
        #expect(
            rest.map { $0.1["type"]?.stringValue }
                == ["provider_switch", "content_chunk", "content_chunk", "complete"])
        #expect(rest.map(\.0) == [4, 5, 6, 7])
        #expect(isEnd)
    }

    @Test func `a failed turn's end is shown once`() throws {
        let log = Self.log(end: .failed(ReplyFailure(code: "x", message: "y", isRetryable: true, isPartial: true)))
        for after in 0...5 {
            let (events, isEnd) = try Self.stream(log, after: after)
            #expect(events.map(\.0) == Array(1...4).filter { $0 > after })
            #expect(isEnd)
        }
    }

    @Test func `a failed turn tells what it took, where that is known`() throws {
        var failure = ReplyFailure(code: "x", message: "y", isRetryable: true, isPartial: true)
        #expect(try Self.stream(Self.log(end: .failed(failure)), after: 3).events.map { $0.1["usage"] } == [nil])
        failure.usage = Usage(promptTokens: 3, completionTokens: 4, isEstimated: true)
        let usage = try #require(try Self.stream(Self.log(end: .failed(failure)), after: 3).events.first?.1["usage"])
        #expect(usage["total_tokens"]?.integerValue == 7)
        #expect(usage["estimated"]?.boolValue == true)
    }

    @Test func `the contents joined are the reply, and the last chunk is final and empty`() throws {
        let (events, _) = try Self.stream(Self.log(end: Self.completion), after: 0)
        let chunks = events.map(\.1).filter { $0["type"]?.stringValue == "content_chunk" }
        #expect(chunks.compactMap { $0["content"]?.stringValue }.joined() == "a\"\n東")
        #expect(chunks.map { $0["is_final"]?.boolValue } == [false, false, true])
        #expect(chunks.last?["content"]?.stringValue == "")
        #expect(events[4].1["usage"]?["total_tokens"]?.integerValue == 3)
        #expect(events[0].1["created_at"]?.stringValue == "1970-01-01T00:00:00.000Z")
    }

    @Test func `a client ahead of a turn that goes on waits, and gets what it has not seen`() throws {
        let log = Self.log(end: nil)
        let early = try Self.stream(log, after: 4)
        #expect(early.events.isEmpty)
        #expect(!early.isEnd)
        var reader = TurnReader(log: log, encoder: BookCompanionEncoder(replyID: Self.replyID), after: 4)
        _ = reader.next(atMost: 8000)
        log.append(TextBatch("seen"))
        log.append(TextBatch("new"))
        let next = reader.next(atMost: 8000)
        let text = String(decoding: next.bytes, as: UTF8.self)
        #expect(text.hasPrefix("id: 5\n"))
    }
}

extension ReplyFailure {
    fileprivate static let lost = ReplyFailure.interrupted(isPartial: true)
}
