import Chat
import Testing

@Suite struct RequestOriginTests {
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    private static let parent = "00f067aa0ba902b7"

    @Test func `a traceparent goes on as it came`() throws {
        let header = "00-\(Self.trace)-\(Self.parent)-01"
        let parsed = try #require(TraceParent(header))
        #expect("\(parsed)" == header)
        #expect(parsed.traceID == Self.trace)
    }

    @Test func `of a later version the part that this one knows is kept`() {
        #expect(
            TraceParent("cc-\(Self.trace)-\(Self.parent)-01-more").map { "\($0)" }
                == "00-\(Self.trace)-\(Self.parent)-01")
    }

    @Test(arguments: [
        "", "00", "00-\(trace)-\(parent)", "00-\(trace)-\(parent)-01-more", "00-\(trace)-\(parent)-01\n",
        "ff-\(trace)-\(parent)-01", "00-\(trace.uppercased())-\(parent)-01",
        "00-00000000000000000000000000000000-\(parent)-01", "00-\(trace)-0000000000000000-01",
        "00-\(trace.dropLast())\n-\(parent)-01", "cc-\(trace)-\(parent)-01x", "00-\(trace)-\(parent)-é",
        "00_\(trace)_\(parent)_01",
    ])
    func `what is none is passed over`(header: String) {
        #expect(TraceParent(header) == nil)
    }
}

@Suite struct TurnReportTests {
    private func report(of agent: ScriptedAgent) async throws -> TurnReport? {
        let (stream, continuation) = AsyncStream.makeStream(of: (TurnReport, RequestOrigin?).self)
        let fixture = EngineFixture(whenTurnEnded: { continuation.yield(($0, RequestOrigin.current)) })
        let origin = RequestOrigin(requestID: "r1")
        _ = try await RequestOrigin.$current.withValue(origin) { try await fixture.begin(agent) }
        for await (report, told) in stream {
            #expect(told == origin)
            return report
        }
        return nil
    }

    @Test func `a turn that ends is reported once, with who answered`() async throws {
        let report = try #require(try await report(of: .brief("a", "b")))
        #expect(report.ending == .complete)
        #expect(report.agent == "test")
        #expect(report.account.provider == "test")
        #expect(report.error == nil)
        #expect(report.timeToFirstTextMS != nil)
    }

    @Test func `a turn that fails is reported with the code of its error`() async throws {
        let report = try #require(
            try await report(of: ScriptedAgent { _ in throw ModelError(kind: .timeout, provider: "p", detail: "late") })
        )
        #expect(report.ending == .failed)
        #expect(report.error == "provider_timeout")
        #expect(report.timeToFirstTextMS == nil)
        #expect(report.tokensPerSecond == nil)
    }
}
