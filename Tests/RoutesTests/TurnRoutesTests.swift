import JSON
import Testing

@testable import Routes

/// How a dialect's clients ask, as far as the tests need to know it.
struct ClientOfATest: Sendable, CustomTestStringConvertible {
    let name: String
    let ask: String
    let body: JSONValue
    /// Before the reply's identifier; nil where nobody can come back.
    var follow: String?
    var stop: String?
    /// What the dialect calls the reply in its events, and in the body of a stop.
    var messageKey = "message_id"
    /// The type of the events that end a stream, and what else tells whether it was stopped.
    let ends: Set<String>
    /// What a client sends to get the reply whole, or as a stream.
    var whole = ["Accept": "application/json"]
    var streamed: [String: String] = [:]

    var testDescription: String { name }

    static let all = [
        ClientOfATest(
            name: "the book companion", ask: "/api/v1/chat/stream", body: ["message": "Hello"],
            follow: "/api/v1/chat/stream/", stop: "/api/v1/chat/stop", ends: ["complete", "error"]),
        ClientOfATest(
            name: "the tutor", ask: "/stream-chat", body: ["message": "Hello"], follow: "/stream-chat/",
            stop: "/stream-chat/stop", messageKey: "messageId", ends: ["done", "error"]),
        ClientOfATest(
            name: "the desk", ask: "/api/chat/stream", body: ["message": "Hello", "assistantType": "general"],
            follow: "/api/chat/stream/", stop: "/api/chat/stop", messageKey: "messageId",
            ends: ["chat_completed", "error"]),
        ClientOfATest(
            name: "a dialect that the program does not have", ask: "/helpdesk/ask", body: ["question": "Hello"],
            follow: "/helpdesk/answers/", stop: "/helpdesk/stop", ends: ["end", "failure"]),
    ]
}

@Suite(.timeLimit(.minutes(2))) struct TurnRoutesTests {
    private static func withSite(
        detachGraceMS: Int = 30_000, _ body: (TestSite) async throws -> Void
    ) async throws {
        let site = try TestSite(detachGraceMS: detachGraceMS)
        do {
            try await body(site)
        } catch {
            await site.close()
            throw error
        }
        await site.close()
    }

    /// The identifier of the reply whose stream has begun.
    private static func replyID(_ answer: TestAnswer) throws -> String {
        let first = try #require(answer.events.first?.data)
        return try #require(
            ["reply_id", "answer"].compactMap { first[$0]?.stringValue }.first ?? first["messageId"]?.stringValue)
    }

    private static func types(_ answer: TestAnswer) -> [String] {
        answer.events.compactMap { $0.data["type"]?.stringValue }
    }

    @Test(arguments: ClientOfATest.all)
    func `a stream has the text and one end, and a client that comes back gets what is left of it`(
        _ client: ClientOfATest
    ) async throws {
        try await Self.withSite { site in
            let stream = site.send("POST", client.ask, client.body)
            let replyID = try Self.replyID(await stream.answer(with: "One"))
            let returned = site.send("GET", client.follow! + replyID, fields: ["Last-Event-ID": "1"])
            #expect(!Self.types(await returned.answer(with: "One")).contains { client.ends.contains($0) })
            site.agent.open()
            let (all, rest) = (await stream.answer, await returned.answer)
            #expect(all.status == 200 && rest.status == 200)
            #expect(Self.types(all).filter { client.ends.contains($0) }.count == 1)
            #expect(client.ends.contains(try #require(Self.types(all).last)))
            #expect(all.events.dropFirst().map(\.data) == rest.events.map(\.data))
            #expect(all.events.compactMap(\.id) == Array(1...all.events.count))
        }
    }

    @Test(arguments: ClientOfATest.all)
    func `a client that wants no stream gets the reply whole`(_ client: ClientOfATest) async throws {
        try await Self.withSite { site in
            site.agent.open()
            let whole = await site.send("POST", client.ask, client.body, fields: client.whole).answer
            #expect(whole.status == 200)
            // The desk says below it where its figures are from.
            let text = (whole.json["content"] ?? whole.json["answer"])?.stringValue
            #expect(text?.hasPrefix("One two") == true)
        }
    }

    @Test(arguments: ClientOfATest.all)
    func `a stop ends the reply as stopped, and another user's is not found`(_ client: ClientOfATest) async throws {
        try await Self.withSite { site in
            let stream = site.send("POST", client.ask, client.body)
            let replyID = try Self.replyID(await stream.answer(with: "One"))
            let stop: JSONValue = .object(JSONObject([(client.messageKey, .string(replyID))]))
            #expect(await site.send("POST", client.stop!, stop, user: "mallory").answer.status == 404)
            #expect(await site.send("GET", client.follow! + replyID, user: "mallory").answer.status == 404)
            let stopped = await site.send("POST", client.stop!, stop).answer
            #expect(stopped.status == 200 && stopped.json[client.messageKey]?.stringValue == replyID)
            let end = try #require(await stream.answer.events.last?.data)
            #expect(end["status"]?.stringValue == "stopped" || end["stopped"]?.boolValue == true)
        }
    }

    @Test(arguments: ClientOfATest.all)
    func `a key names one turn for every client that sends it, and no other request`(
        _ client: ClientOfATest
    ) async throws {
        try await Self.withSite { site in
            let key = ["Idempotency-Key": "k1"]
            let first = site.send("POST", client.ask, client.body, fields: key)
            let replyID = try Self.replyID(await first.answer(with: "One"))
            let second = site.send("POST", client.ask, client.body, fields: key)
            #expect(try Self.replyID(await second.answer(with: "One")) == replyID)
            let text = client.body["message"] == nil ? "question" : "message"
            var members = client.body.objectValue!.members.map { ($0.key, $0.value) }
            members[members.firstIndex { $0.0 == text }!].1 = "Another"
            let other = await site.send("POST", client.ask, .object(JSONObject(members)), fields: key).answer
            #expect(other.status == 422)
            let wrong = await site.send("POST", client.ask, client.body, fields: ["Idempotency-Key": "a b"]).answer
            #expect(wrong.status == 400)
            site.agent.open()
            #expect(await first.answer.events.map(\.data) == second.answer.events.map(\.data))
        }
    }

    @Test(arguments: ClientOfATest.all, [false, true])
    func `when nobody is left and nobody comes back, the reply ends`(
        _ client: ClientOfATest, _ isWhole: Bool
    ) async throws {
        try await Self.withSite(detachGraceMS: 1) { site in
            let exchange = site.send("POST", client.ask, client.body, fields: isWhole ? client.whole : [:])
            await site.agent.gate.arrival()
            exchange.leave()
            await site.agent.gate.cancellation()
            #expect(
                await exchange.answer.events.allSatisfy { !client.ends.contains($0.data["type"]?.stringValue ?? "") })
        }
    }

    @Test(arguments: ClientOfATest.all)
    func `every mistake of a body is told at once`(_ client: ClientOfATest) async throws {
        try await Self.withSite { site in
            let answer = await site.send(
                "POST", client.ask, .object(JSONObject([("message", 1), ("question", 1), ("assistantType", 2)])),
                fields: ["Idempotency-Key": "a b"]
            ).answer
            #expect(answer.status == 400)
            let fields = answer.json["errors"]?.arrayValue?.compactMap { $0["field"]?.stringValue } ?? []
            #expect(fields.contains("Idempotency-Key") && fields.count > 1)
        }
    }
}
