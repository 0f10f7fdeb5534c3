import JSON
import Testing

@testable import Routes

@Suite(.timeLimit(.minutes(2))) struct HistoryRoutesTests {
    private static func ask(_ message: JSONValue, _ site: TestSite) async -> TestAnswer {
        await site.send("POST", "/api/v1/chat/stream", ["message": message, "session_id": "s"]).answer
    }

    private static func history(_ site: TestSite, user: String = "alice", limit: JSONValue = 100) async -> TestAnswer {
        await site.send("POST", "/api/v1/chat/history", ["session_id": "s", "limit": limit], user: user).answer
    }

    private static func contents(_ answer: TestAnswer) -> [String] {
        answer.json["messages"]?.arrayValue?.compactMap { $0["content"]?.stringValue } ?? []
    }

    @Test func `a page that was read before has what was said since, and goes with its conversation`() async throws {
        let site = try TestSite()
        site.agent.open()
        _ = await Self.ask("First", site)
        let before = await Self.history(site)
        #expect(Self.contents(before) == ["First", "One two"])
        #expect(await Self.history(site).body == before.body)
        #expect(Self.contents(await Self.history(site, limit: 1)) == ["One two"])
        _ = await Self.ask("Second", site)
        #expect(Self.contents(await Self.history(site)) == ["First", "One two", "Second", "One two"])
        #expect(await Self.history(site, user: "bob").status == 404)
        #expect(await site.send("DELETE", "/api/v1/chat/sessions/s").answer.status == 204)
        #expect(await Self.history(site).status == 404)
        _ = await Self.ask("Third", site)
        #expect(Self.contents(await Self.history(site)) == ["Third", "One two"])
        await site.close()
    }

    @Test func `a reply that is being written is read anew`() async throws {
        let site = try TestSite()
        let stream = site.send("POST", "/api/v1/chat/stream", ["message": "Hello", "session_id": "s"])
        _ = await stream.answer(with: "One")
        var statuses = await Self.history(site).json["messages"]?.arrayValue?.map { $0["status"]?.stringValue }
        #expect(statuses == ["complete", "streaming"])
        site.agent.open()
        _ = await stream.answer
        let page = await Self.history(site)
        statuses = page.json["messages"]?.arrayValue?.map { $0["status"]?.stringValue }
        #expect(statuses == ["complete", "complete"] && Self.contents(page) == ["Hello", "One two"])
        await site.close()
    }
}
