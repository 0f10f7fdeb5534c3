import FCGIApp
import Testing

@testable import Routes

@Suite struct OpenAIAddressTests {
    private static let route = Route("GET", "/v1/models/{model}", takesRest: true) { _ in
        .response(Response(status: 200))
    }

    @Test(arguments: [
        ("/v1/models/m", "m"), ("/v1/models/org/m", "org/m"), ("/v1/models/a/b/c:8b", "a/b/c:8b"),
        ("/v1/models/a/b/", "a/b"), ("/v1/models/a+b", "a+b"), ("/v1/models/a//b", "a//b"),
        ("/v1/models/org%2Fm", "org%2Fm"),
        ("/v1/models", nil), ("/v1/model/m", nil), ("/v1", nil),
    ])
    func `the rest of the path is the name`(_ path: String, _ name: String?) {
        #expect(Self.route.match(path.split(separator: "/")).map(String.init) == name)
    }

    @Test func `a plus is a space in a query and itself in a path`() {
        #expect(Query.decoded("a+b%2Bc".utf8) == "a b+c")
        #expect(Query.decoded("a+b%2Bc".utf8, isForm: false) == "a+b+c")
    }

    @Test(arguments: [
        "/v1", "/v1/x", "/api/v2", "/api/v2/x", "/chat/completions", "/models", "/models/org/x", "/embeddings",
        "/api/v1/chat/completions", "/api/v1/models", "/api/chat/completions",
        "/openai/deployments/x/chat/completions", "/completions", "/openai/v1/models/org/x", "/openai/v1/files",
        "/v2/x", "/v3/embeddings", "/api/v1/models/org/x",
    ])
    func `errors have OpenAI's form where OpenAI's clients ask`(_ path: String) {
        #expect(OpenAIAddress.isMeant(by: path))
    }

    @Test(arguments: [
        "/", "/api/v1/chat/stream", "/api/v1", "/v1beta", "/api/v20/x", "/stream-chat", "/api/agent/chat",
        "/api/chat/stream", "/healthz", "/api/v1/chat/history",
    ])
    func `elsewhere they have the usual one`(_ path: String) { #expect(!OpenAIAddress.isMeant(by: path)) }

    @Test(arguments: [
        ("/chat/completions", "with /v1 at its end"), ("/models", "with /v1 at its end"),
        ("/v1/v1/chat/completions", "with /v1 at its end"), ("/v1/v1/models", "with /v1 at its end"),
        ("/v1/chat/completions/chat/completions", "with /v1 at its end"),
        ("/v1/chat/completions/models", "with /v1 at its end"), ("/v1/chat/models", "with /v1 at its end"),
        ("/v1/chat/chat/completions", "with /v1 at its end"),
        ("/api/v2/v1/chat/completions", "with /api/v2 at its end"),
        ("/api/v2/api/v2/models", "with /api/v2 at its end"),
        ("/api/v1/chat/completions", "with /v1 at its end"),
        ("/openai/deployments/x/chat/completions", "with /v1 at its end"),
        ("/v1", "GET /v1/models"), ("/api/v2", "GET /api/v2/models"), ("/v1/embeddings", "embeddings are not"),
        ("/v1/audio/speech", "speech and transcription are not"), ("/v1/completions", "legacy completions are not"),
        ("/api/v2/responses/resp_1", "responses are not"), ("/v1/threads/t/runs", "threads are not"),
        ("/v1/chat/completions/chatcmpl-1", "own history"), ("/v1/anything", "POST /v1/chat/completions"),
        ("/v1/chat", "POST /v1/chat/completions"),
    ])
    func `one sentence tells what to do`(_ path: String, _ remedy: String) {
        let problem = OpenAIAddress.nothing(at: path, method: "POST")
        #expect(problem.status == 404 && problem.code == "unknown_url")
        #expect(problem.detail.contains(remedy), "\(problem.detail)")
        #expect(problem.detail.contains("POST \(path)"))
    }

    @Test func `a long path is not told whole`() {
        let problem = OpenAIAddress.nothing(at: "/v1/" + String(repeating: "x", count: 60_000), method: "GET")
        #expect(problem.detail.utf8.count < 500)
    }
}
