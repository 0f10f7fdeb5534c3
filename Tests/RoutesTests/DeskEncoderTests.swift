import Agents
import JSON
import Testing

@testable import Chat
@testable import Routes

@Suite struct DeskEncoderTests {
    private static let replyID = MessageID(rawValue: "msg_r")
    private static let start = DeskStart(
        assistant: .riskManager,
        firstAsked: ModelAvailability(provider: "p", kind: "openai", model: "m", isAvailable: true, reason: ""))
    private static let completion = ChatEvent.completed(
        Completion(
            wasStopped: false, finishReason: "stop", provider: "q", model: "n",
            usage: Usage(promptTokens: 1, completionTokens: 2, isEstimated: false),
            metrics: ReplyMetrics(
                timeToFirstTokenMS: nil, durationMS: 3, tokensPerSecond: 1.5, attempts: 1, isCached: false)))
    private static let failure = ChatEvent.failed(.interrupted(isPartial: true))
    private static let detected = WorkflowEvent.detected(
        id: "wf_r", name: "comparison", agents: ["analyst", "advisor"])
    private static let update = WorkflowEvent.update(
        WorkflowUpdate(workflowID: "wf_r", agent: "analyst", status: .completed, progress: 0.5, summary: "a\"\n東"))

    /// accepted, then `events`.
    private static func log(_ events: ChatEvent...) -> TurnLog {
        let log = TurnLog(replyID: replyID)
        log.append(
            .accepted(
                Acceptance(
                    userMessageID: MessageID(rawValue: "msg_u"), sessionID: SessionID(rawValue: "s"), replyID: replyID,
                    createdAt: Timestamp(milliseconds: 0))))
        for event in events { log.append(event) }
        return log
    }

    private static func reset(_ isReset: Bool) -> ChatEvent {
        .providerSwitch(ProviderSwitch(from: "p", to: "q", reason: "timeout", attempt: 2, resetsText: isReset))
    }

    /// What a client gets that has seen the events up to `after`.
    private func read(
        _ log: TurnLog, after: Int = 0, _ encoder: (TurnLog) -> any TurnEncoder
    ) throws -> [(id: Int, value: JSONValue)] {
        var reader = TurnReader(log: log, encoder: encoder(log), after: after)
        var bytes: [UInt8] = []
        while case let next = reader.next(atMost: 1), next.isMore || next.isEnd {
            bytes += next.bytes
            if next.isEnd { break }
        }
        return try String(decoding: bytes, as: UTF8.self).split(separator: "\n\n").map { block in
            let lines = block.split(separator: "\n")
            try #require(lines.count == 2 && lines[0].hasPrefix("id: ") && lines[1].hasPrefix("data: "))
            return (
                try #require(Int(lines[0].dropFirst(4))), try JSONValue(parsing: Array(lines[1].dropFirst(6).utf8))
            )
        }
    }

    private func stream(_ log: TurnLog, after: Int = 0) throws -> [(id: Int, value: JSONValue)] {
        try read(log, after: after) { DeskEncoder($0, start: Self.start) }
    }

    private func workflow(_ log: TurnLog, after: Int = 0) throws -> [(id: Int, value: JSONValue)] {
        try read(log, after: after) { WorkflowEncoder($0) }
    }

    private func types(_ events: [(id: Int, value: JSONValue)]) -> [String?] {
        events.map { $0.value["type"]?.stringValue }
    }

    @Test func `a turn begins with who was asked and who would answer first`() throws {
        let event = try #require(try stream(Self.log()).first?.value)
        let expected = [
            ("type", "chat_started"), ("messageId", "msg_r"), ("userMessageId", "msg_u"), ("sessionId", "s"),
            ("assistantType", "riskManager"), ("provider", "p"), ("model", "m"),
            ("timestamp", "1970-01-01T00:00:00.000Z"),
        ]
        for (key, value) in expected { #expect(event[key]?.stringValue == value, "\(key)") }
        #expect(event.objectValue?.members.count == expected.count)
    }

    @Test func `the whole text is that of the tokens since the last reset`() throws {
        let log = Self.log(
            .text("void"), Self.reset(true), .text("a\"\n"), Self.reset(false), .text("東\u{0}"), Self.completion)
        let events = try stream(log)
        #expect(
            types(events)
                == ["chat_started", "token", "provider_switch", "token", "provider_switch", "token", "chat_completed"])
        #expect(events.map(\.id) == Array(1...7))
        let end = events[6].value
        #expect(end["content"]?.stringValue == "a\"\n東\u{0}")
        #expect(events[3].value["content"]?.stringValue == "a\"\n")
        #expect(events[2].value["reset"]?.boolValue == true && events[4].value["reset"]?.boolValue == false)
        #expect(end["status"]?.stringValue == "complete" && end["provider"]?.stringValue == "q")
        #expect(end["usage"]?["total_tokens"]?.integerValue == 3 && end["metrics"]?["duration_ms"]?.integerValue == 3)
    }

    @Test func `notes of a workflow are its events, whatever is in their texts, and other notes are none`() throws {
        let other = AgentNote(kind: "focus", json: Array(#"{"topic":"x"}"#.utf8))
        let log = Self.log(
            .note(Self.detected.note), .note(other), .note(Self.update.note), .recommendations([]), .text("t"),
            Self.completion)
        let events = try stream(log)
        #expect(types(events) == ["chat_started", "workflow_detected", "workflow_update", "token", "chat_completed"])
        #expect(events.map(\.id) == [1, 2, 4, 6, 7])
        #expect(events[1].value["agents"]?.arrayValue?.compactMap(\.stringValue) == ["analyst", "advisor"])
        #expect(events[2].value["summary"]?.stringValue == "a\"\n東")
        #expect(events[2].value["progress"]?.numberValue == 0.5)
    }

    @Test func `who comes back gets each event after the one it has seen`() throws {
        for end in [
            Self.completion, .failed(ReplyFailure(code: "c", message: "m", isRetryable: true, isPartial: true)),
        ] {
            let log = Self.log(.note(Self.detected.note), .note(Self.update.note), .text("t"), end)
            let (all, followed) = (try stream(log), try workflow(log))
            #expect(all.map(\.id) == Array(1...5))
            #expect(followed.map(\.id) == [2, 3, 5])
            for after in 0...6 {
                #expect(try stream(log, after: after).map(\.value) == all.filter { $0.id > after }.map(\.value))
                #expect(try workflow(log, after: after).map(\.value) == followed.filter { $0.id > after }.map(\.value))
            }
        }
    }

    @Test func `who has seen more than is kept is told the reply, and the workflow, anew`() throws {
        let log = Self.log(.note(Self.detected.note), .text("t"), Self.failure)
        let all = try stream(log, after: 9)
        #expect(types(all) == ["provider_switch", "workflow_detected", "token", "error"])
        #expect(all.map(\.id) == [10, 11, 12, 13])
        #expect(all[3].value["code"]?.stringValue == "interrupted" && all[3].value["partial"]?.boolValue == true)
        let followed = try workflow(log, after: 9)
        #expect(types(followed) == ["workflow_detected", "workflow_failed"])
        #expect(followed.map(\.id) == [11, 13])
    }

    @Test func `a workflow is followed from its first event to its only end, without the text`() throws {
        let log = Self.log(
            .note(Self.detected.note), .note(Self.update.note), Self.reset(true), .text("t"), Self.completion)
        let events = try workflow(log)
        #expect(types(events) == ["workflow_detected", "workflow_update", "workflow_completed"])
        let end = events[2].value
        #expect(end["workflowId"]?.stringValue == "wf_r" && end["messageId"]?.stringValue == "msg_r")
        #expect(end["status"]?.stringValue == "complete")
        let failed = try workflow(Self.log(.note(Self.detected.note), Self.failure))
        #expect(types(failed) == ["workflow_detected", "workflow_failed"])
        #expect(failed[1].value["code"]?.stringValue == "interrupted")
    }

    @Test func `who waits for a workflow that does not come is told so`() throws {
        for end in [Self.completion, Self.failure] {
            let events = try workflow(Self.log(.text("t"), end))
            #expect(types(events) == ["error"])
            #expect(events[0].value["code"]?.stringValue == "no_workflow")
        }
    }

    @Test func `whether a turn has a workflow is known from its first text on`() {
        #expect(Self.log().workflowState == .undecided)
        #expect(Self.log(Self.reset(false)).workflowState == .undecided)
        #expect(Self.log(.note(Self.detected.note)).workflowState == .detected)
        #expect(Self.log(.note(Self.detected.note), .text("t"), Self.completion).workflowState == .detected)
        #expect(Self.log(.text("t")).workflowState == .none)
        #expect(Self.log(Self.failure).workflowState == .none)
    }

    @Test func `when the events are kept no longer, the text is told in one piece, and the workflow as before`() throws
    {
        let whole = Self.log(.note(Self.detected.note), .text("a"), .text("b"), Self.completion)
        let condensed = CondensedTurn(
            summary: whole.summary(endingWith: Self.completion), content: whole.replyText, recommendations: [])
        let log = try TurnLog(replyID: Self.replyID, condensed: condensed)
        let events = try stream(log)
        #expect(types(events) == ["chat_started", "workflow_detected", "token", "chat_completed"])
        #expect(events[2].value["content"]?.stringValue == "ab" && events[3].value["content"]?.stringValue == "ab")
        #expect(log.workflowState == .detected)
        #expect(types(try workflow(log)) == ["workflow_detected", "workflow_completed"])
        // A number from before is of other events.
        #expect(types(try workflow(log, after: 2)) == ["workflow_detected", "workflow_completed"])
    }

    @Test func `a workflow's name leads to its reply and back, and a seat's to who was asked`() {
        let reply = Identifiers.message()
        let workflow = WorkflowID(of: reply)
        #expect(workflow.rawValue == "wf_" + reply.rawValue.dropFirst(4))
        #expect(workflow.replyID == reply)
        for name in ["", "wf_", "msg_x", "WF_x"] { #expect(WorkflowID(rawValue: name).replyID == nil, "\(name)") }
        for assistant in AssistantType.allCases {
            #expect(DeskAgent.assistant(named: "desk." + assistant.rawValue) == assistant)
        }
        for name in ["desk", "desk.", "desk.x", "noah", "analyst"] { #expect(DeskAgent.assistant(named: name) == nil) }
    }
}
