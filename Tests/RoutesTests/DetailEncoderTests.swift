import JSON
import Testing

@testable import Agents
@testable import Chat
@testable import Routes

/// All events of a reply.
@Suite struct DetailEncoderTests {
    private static let replyID = MessageID(rawValue: "msg_r")
    private static let step = AgentNote(kind: "step", json: Array(#"{"id":1,"name":"search_books"}"#.utf8))
    private static let focus = AgentNote(kind: "focus", json: Array(#"{"topic":"t"}"#.utf8))

    private static func log(_ events: [ChatEvent]) -> TurnLog {
        let log = TurnLog(replyID: replyID)
        let acceptance = Acceptance(
            userMessageID: MessageID(rawValue: "msg_u"), sessionID: SessionID(rawValue: "s"), replyID: replyID,
            createdAt: Timestamp(milliseconds: 0))
        log.append(.accepted(acceptance))
        for event in events { log.append(event) }
        return log
    }

    private func read(
        _ events: [ChatEvent], after: Int = 0, _ encoder: any TurnEncoder
    ) throws -> [(id: Int?, value: JSONValue)] {
        let log = Self.log(events + [.failed(.interrupted(isPartial: true))])
        var reader = TurnReader(log: log, encoder: encoder, after: after)
        var bytes: [UInt8] = []
        while case let next = reader.next(atMost: 1), next.isMore || next.isEnd {
            bytes += next.bytes
            if next.isEnd { break }
        }
        return try String(decoding: bytes, as: UTF8.self).split(separator: "\n\n").map { block in
            let lines = block.split(separator: "\n")
            let data = try #require(lines.last)
            let id = lines[0].hasPrefix("id: ") ? Int(lines[0].dropFirst(4)) : nil
            return (id, try JSONValue(parsing: Array(data.dropFirst(6).utf8)))
        }
    }

    private func types(_ events: [(id: Int?, value: JSONValue)]) -> [String?] {
        events.map { $0.value["type"]?.stringValue }
    }

    @Test func `what a dialect has no word for comes without a number, or under one that it leaves out`() throws {
        let base = BookCompanionEncoder(replyID: Self.replyID)
        let update = WorkflowEvent.update(
            WorkflowUpdate(
                workflowID: "wf_r", agent: "analyst", status: .completed, progress: 1, figures: Array("{}".utf8),
                durationMS: 7))
        let events: [ChatEvent] = [
            .note(Self.step), .reasoning("hm"), .note(update.note), .note(AgentNote(kind: "other", json: [])),
            .text("A"), .note(Self.focus),
        ]
        let plain = try read(events, base)
        #expect(types(plain) == ["user_message_received", "content_chunk", "error"])
        #expect(plain.map(\.id) == [1, 5, 7])
        let all = try read(events, DetailEncoder(base, replyID: Self.replyID, idKey: "message_id", told: []))
        #expect(
            types(all) == [
                "user_message_received", "step", "thinking", "workflow_update", "content_chunk", "focus", "error",
            ])
        #expect(all.map(\.id) == [1, nil, 2, 3, 5, 6, 7])
        #expect(all[1].value["message_id"]?.stringValue == "msg_r")
        #expect(all[1].value["step"]?["name"]?.stringValue == "search_books")
        #expect(all[2].value["content"]?.stringValue == "hm")
        #expect(all[3].value["durationMs"]?.integerValue == 7)
        let rest = try read(events, after: 5, DetailEncoder(base, replyID: Self.replyID, idKey: "message_id", told: []))
        #expect(types(rest) == ["focus", "error"])
    }

    @Test func `what a dialect tells itself is told once`() throws {
        let encoder = DetailEncoder(
            TutorEncoder(replyID: Self.replyID), replyID: Self.replyID, idKey: "messageId", told: TutorEncoder.notes)
        let events = try read([.note(Self.step), .note(Self.focus), .text("A")], encoder)
        #expect(types(events) == ["start", "step", "focus", "content", "error"])
        #expect(events.allSatisfy { $0.value["messageId"]?.stringValue == "msg_r" })
    }

    @Test func `a step stands in the history as it was last`() throws {
        let later = AgentNote(kind: "step", json: Array(#"{"id":1,"name":"search_books","fit":3}"#.utf8))
        var writer = JSONWriter()
        writer.beginObject()
        writer.details([Self.step, Self.focus, later])
        writer.endObject()
        let json = try JSONValue(parsing: writer.bytes)
        #expect(json["steps"]?.arrayValue?.count == 1)
        #expect(json["steps"]?.arrayValue?.first?["fit"]?.integerValue == 3)
        #expect(json["focus"]?["topic"]?.stringValue == "t")
        #expect(json["workflow"] == nil)
    }

    @Test(arguments: 0...5)
    func `the numbers are the same with and without it, and a client comes back to the same place`(after: Int) throws {
        let days = AgentNote(kind: "days", json: Array("{}".utf8))
        let events: [ChatEvent] = [.note(Self.step), .note(days), .text("A"), .text("B"), .note(Self.step), .text("C")]
        let base = BookCompanionEncoder(replyID: Self.replyID)
        let plain = try read(events, after: after, base)
        // The failure at the end counts as not seen by a client that had seen more than is kept.
        if after < 5 { #expect(plain.map(\.id) == Array((after + 1)...5)) }
        let all = try read(
            events, after: after, DetailEncoder(base, replyID: Self.replyID, idKey: "message_id", told: []))
        #expect(all.compactMap(\.id) == plain.compactMap(\.id))
        let details = types(all).filter { $0 == "step" || $0 == "days" }
        if after < 5 { #expect(details.count == (after <= 1 ? 3 : after <= 3 ? 1 : 0)) }
    }
}
