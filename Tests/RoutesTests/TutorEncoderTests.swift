import JSON
import Testing

@testable import Chat
@testable import Routes

@Suite struct TutorEncoderTests {
    private static let replyID = MessageID(rawValue: "msg_r")
    private static let focus = SessionFocus(
        topic: "photosynthesis", objective: "Explain \"it\".", level: .beginner, steps: ["Read.", "Say it."],
        isCarriedOver: true)
    private static let sources = [SourceReference(title: "T", section: "A › B", excerpt: "E")]
    private static let completion = ChatEvent.completed(
        Completion(
            wasStopped: false, finishReason: "stop", provider: "p", model: "m",
            usage: Usage(promptTokens: 1, completionTokens: 2, isEstimated: true),
            metrics: ReplyMetrics(
                timeToFirstTokenMS: nil, durationMS: 3, tokensPerSecond: 1.5, attempts: 1, isCached: false)))

    private static func log(_ events: ChatEvent...) -> TurnLog {
        let log = TurnLog(replyID: replyID)
        log.append(
            .accepted(
                Acceptance(
                    userMessageID: MessageID(rawValue: "msg_u"), sessionID: SessionID(rawValue: "s"), replyID: replyID,
                    createdAt: Timestamp(milliseconds: 0))))
        for event in events {
            if case .text(let text) = event { log.append(TextBatch(text)) } else { log.append(event) }
        }
        return log
    }

    private static func change(resets: Bool) -> ChatEvent {
        .providerSwitch(ProviderSwitch(from: "a", to: "b", reason: "timeout", attempt: 2, resetsText: resets))
    }

    /// What a client gets that has seen the events up to `after`: number and JSON of each.
    private static func stream(_ log: TurnLog, after: Int = 0, tellsSwitches: Bool = false) throws -> [(Int, JSONValue)]
    {
        var reader = TurnReader(
            log: log, encoder: TutorEncoder(replyID: replyID, tellsSwitches: tellsSwitches), after: after)
        var bytes: [UInt8] = []
        while case let next = reader.next(atMost: 1), next.isMore || next.isEnd {
            bytes += next.bytes
            if next.isEnd { break }
        }
        return try String(decoding: bytes, as: UTF8.self).split(separator: "\n\n").map { block in
            let lines = block.split(separator: "\n")
            try #require(lines.count == 2 && lines[0].hasPrefix("id: ") && lines[1].hasPrefix("data: "))
            let number = try #require(Int(lines[0].dropFirst(4)))
            return (number, try JSONValue(parsing: Array(lines[1].dropFirst(6).utf8)))
        }
    }

    @Test func `a turn is told as the contract says, field by field`() throws {
        let log = Self.log(
            .note(Self.focus.note), .note(SourceReference.note(Self.sources)), .text("a\"\n"), .text("東"),
            Self.completion)
        let events = try Self.stream(log)
        #expect(events.map(\.0) == Array(1...6))
        let expected: [JSONValue] = [
            ["type": "start", "sessionId": "s", "userMessageId": "msg_u", "messageId": "msg_r"],
            [
                "type": "focus", "messageId": "msg_r",
                "focus": [
                    "topic": "photosynthesis", "objective": "Explain \"it\".", "level": "beginner",
                    "steps": ["Read.", "Say it."], "carriedOver": true,
                ],
            ],
            [
                "type": "sources", "messageId": "msg_r",
                "sources": [["title": "T", "section": "A › B", "excerpt": "E"]],
            ],
            ["type": "content", "messageId": "msg_r", "content": "a\"\n"],
            ["type": "content", "messageId": "msg_r", "content": "東"],
            [
                "type": "done", "messageId": "msg_r", "status": "complete", "finishReason": "stop", "provider": "p",
                "model": "m",
                "usage": ["prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3, "estimated": true],
            ],
        ]
        #expect(events.map(\.1) == expected)
    }

    @Test func `anyone who comes back gets each event after the one it has seen, once`() throws {
        let log = Self.log(.note(Self.focus.note), .text("a"), Self.completion)
        for after in 0...5 {
            let events = try Self.stream(log, after: after)
            #expect(events.map(\.0) == Array(1...4).filter { $0 > after })
        }
    }

    @Test func `text that is taken back is told, and a provider that only goes on is not`() throws {
        let log = Self.log(
            .text("a"), Self.change(resets: false), .text("b"), Self.change(resets: true), .text("c"), Self.completion)
        let events = try Self.stream(log)
        #expect(
            events.map { $0.1["type"]?.stringValue } == ["start", "content", "content", "reset", "content", "done"])
        #expect(events.map(\.0) == [1, 2, 4, 5, 6, 7])
        #expect(events[3].1 == ["type": "reset", "messageId": "msg_r", "reason": "timeout"])
    }

    @Test func `with all events a provider that goes on is told, and who took over with text that is taken back`()
        throws
    {
        let log = Self.log(
            .text("a"), Self.change(resets: false), .text("b"), Self.change(resets: true), .text("c"), Self.completion)
        let events = try Self.stream(log, tellsSwitches: true)
        #expect(events.map(\.0) == Array(1...7))
        for (index, type, resets) in [(2, "provider_switch", false), (4, "reset", true)] {
            #expect(
                events[index].1 == [
                    "type": .string(type), "messageId": "msg_r", "from": "a", "to": "b", "reason": "timeout",
                    "attempt": 2,
                    "reset": .bool(resets),
                ])
        }
    }

    @Test func `what has no word here is left out, and the rest keeps its numbers`() throws {
        let log = Self.log(
            .recommendations([]), .note(AgentNote(kind: "workflow", json: Array("{}".utf8))), .reasoning("hm"),
            .toolCalls([]), .text("a"), Self.completion)
        let events = try Self.stream(log)
        #expect(events.map { $0.1["type"]?.stringValue } == ["start", "content", "done"])
        #expect(events.map(\.0) == [1, 6, 7])
    }

    @Test func `a failure is told with what it took, where that is known`() throws {
        var failure = ReplyFailure(code: "timeout", message: "Late.", isRetryable: true, isPartial: true)
        let told = try #require(try Self.stream(Self.log(.failed(failure))).last?.1)
        let expected: JSONValue = [
            "type": "error", "messageId": "msg_r", "code": "timeout", "message": "Late.", "retryable": true,
            "partial": true,
        ]
        #expect(told == expected)
        failure.usage = Usage(promptTokens: 3, completionTokens: 4, isEstimated: true)
        let counted = try #require(try Self.stream(Self.log(.failed(failure))).last?.1)
        #expect(counted["usage"]?["total_tokens"]?.integerValue == 7)
    }

    @Test func `the book companion's clients are spared what only others have words for`() throws {
        let log = Self.log(.note(Self.focus.note), .reasoning("hm"), .text("a"), Self.completion)
        var reader = TurnReader(log: log, encoder: BookCompanionEncoder(replyID: Self.replyID), after: 0)
        let text = String(decoding: reader.next(atMost: 8000).bytes, as: UTF8.self)
        #expect(text.split(separator: "\n").filter { $0.hasPrefix("id: ") } == ["id: 1", "id: 4", "id: 5", "id: 6"])
        #expect(!text.contains("photosynthesis"))
    }

    // MARK: - The whole reply

    private func whole(_ log: TurnLog) throws -> JSONValue {
        var writer = JSONWriter()
        EndedTurn(log).writeTutorReply(false, to: &writer)
        return try JSONValue(parsing: writer.bytes)
    }

    @Test func `as one object the turn has the fields of its events, and the text that counts`() throws {
        let log = Self.log(
            .note(Self.focus.note), .text("dropped"), Self.change(resets: true), .text("a"), .text("b"), Self.completion
        )
        let told = try whole(log)
        #expect(told["content"]?.stringValue == "ab")
        #expect(told["focus"]?["level"]?.stringValue == "beginner")
        #expect(told["sources"] == nil)
        #expect(told["status"]?.stringValue == "complete")
        #expect(told["finishReason"]?.stringValue == "stop")
        for (name, value) in [("sessionId", "s"), ("userMessageId", "msg_u"), ("messageId", "msg_r")] {
            #expect(told[name]?.stringValue == value)
        }
    }

    @Test(arguments: [("timeout", "failed"), (ReplyFailure.interruptedCode, "interrupted")])
    func `as one object a failed turn says why, and keeps the part`(_ code: String, _ status: String) throws {
        let told = try whole(
            Self.log(
                .text("a"), .failed(ReplyFailure(code: code, message: "m", isRetryable: true, isPartial: true))))
        #expect(told["status"]?.stringValue == status)
        #expect(told["content"]?.stringValue == "a")
        #expect(told["error"]?["code"]?.stringValue == code)
        #expect(told["finishReason"] == nil)
    }

    @Test func `focus and sources are told also when the events are kept no longer`() throws {
        let whole = Self.log(
            .note(Self.focus.note), .note(SourceReference.note(Self.sources)), .text("a"), .text("b"), Self.completion)
        let condensed = CondensedTurn(
            summary: whole.summary(endingWith: Self.completion), content: whole.replyText, recommendations: [])
        let told = try Self.stream(try TurnLog(replyID: Self.replyID, condensed: condensed))
        #expect(told.map { $0.1["type"]?.stringValue } == ["start", "focus", "sources", "content", "done"])
        #expect(told[3].1["content"]?.stringValue == "ab")
    }
}
