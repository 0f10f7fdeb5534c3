import Chat
import FCGIApp
import JSON
import Synchronization
import Testing

@testable import Routes

private let statusRequest = Request(
    variables: [("REQUEST_METHOD", "GET"), ("SCRIPT_NAME", "/api/agent/status")], body: [], bodyState: .complete)

@Suite struct StatusTests {
    private func status(
        of providers: [ModelAvailability], modes: [String] = ["general"]
    ) async throws -> JSONValue {
        let routes = StatusRoutes(availability: { providers }, modes: modes, version: "1.2.3").routes
        let route = try #require(routes.first { $0.match(["api", "agent", "status"]) != nil && $0.method == "GET" })
        let reply = try await route.answer(
            Exchange(
                request: statusRequest, requestID: "r", pathParameter: "",
                query: try Query(""), sender: nil, limits: Request.Limits()))
        guard case .response(let response) = reply else {
            Issue.record("no whole response")
            return .null
        }
        #expect(response.head.status == 200)
        return try JSONValue(parsing: response.body)
    }

    private func provider(_ isAvailable: Bool, _ reason: String) -> ModelAvailability {
        ModelAvailability(provider: "p", kind: "openai", model: "m", isAvailable: isAvailable, reason: reason)
    }

    @Test func `it tells the modes, the version, and the providers in their order`() async throws {
        let told = try await status(
            of: [
                ModelAvailability(
                    provider: "cloud", kind: "anthropic", model: "large", isAvailable: false,
                    reason: "no ANTHROPIC_API_KEY in the environment"),
                ModelAvailability(
                    provider: "builtin", kind: "builtin", model: "librarian", isAvailable: true, reason: "built in"),
            ], modes: ["general", "visa_expert"])
        let expected: JSONValue = [
            "status": "ok", "streaming": true, "modes": ["general", "visa_expert"],
            "providers": [
                [
                    "name": "cloud", "kind": "anthropic", "model": "large", "available": false,
                    "reason": "not configured",
                ],
                [
                    "name": "builtin", "kind": "builtin", "model": "librarian", "available": true,
                    "reason": "available",
                ],
            ], "version": "1.2.3",
        ]
        #expect(told == expected)
    }

    @Test(arguments: [
        (false, "no OPENAI_API_KEY in the environment", "not configured"),
        (false, "cannot read the key file /etc/chat-fcgi/key: Permission denied", "not configured"),
        (false, "resting after 3 failures of http://10.0.0.2/v1", "resting after failures"),
        (false, "parked at the wish of http://10.0.0.2/v1", "resting as its provider asked"),
        (true, "key from OPENAI_API_KEY in the environment", "available"),
    ])
    func `nothing of the operator's reason is told to everybody`(
        _ isAvailable: Bool, _ reason: String, _ expected: String
    ) async throws {
        var known = provider(isAvailable, reason)
        known.rest = reason.hasPrefix("resting") ? .afterFailures : reason.hasPrefix("parked") ? .asAsked : nil
        let told = try await status(of: [known])
        #expect(told["providers"]?.arrayValue?.first?["reason"]?.stringValue == expected)
    }

    @Test func `the standing is asked anew for each request`() async throws {
        let count = Mutex(0)
        let routes = StatusRoutes(
            availability: {
                count.withLock { $0 += 1 }
                return []
            }, modes: [], version: ""
        ).routes
        for _ in 0..<2 {
            _ = try await routes[0].answer(
                Exchange(
                    request: statusRequest, requestID: "r", pathParameter: "",
                    query: try Query(""), sender: nil, limits: Request.Limits()))
        }
        #expect(count.withLock { $0 } == 2)
    }

    @Test func `nobody needs to be known, but everybody is counted`() throws {
        let route = try #require(StatusRoutes(availability: { [] }, modes: [], version: "").routes.first)
        guard case .onlookers = route.access else {
            Issue.record("\(route.access)")
            return
        }
    }
}
