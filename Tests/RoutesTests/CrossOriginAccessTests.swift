import FCGIApp
import Testing

@testable import Routes

@Suite struct CrossOriginAccessTests {
    private static let friend = "https://app.example.org"
    private let access = CrossOriginAccess(origins: [friend, "http://localhost:5173"])

    private func request(
        _ method: String = "OPTIONS", origin: String?, asks: String? = "POST", headers: String? = nil
    ) -> Request {
        var variables = [("REQUEST_METHOD", method), ("SCRIPT_NAME", "/v1/chat/completions")]
        if let origin { variables.append(("HTTP_ORIGIN", origin)) }
        if let asks { variables.append(("HTTP_ACCESS_CONTROL_REQUEST_METHOD", asks)) }
        if let headers { variables.append(("HTTP_ACCESS_CONTROL_REQUEST_HEADERS", headers)) }
        return Request(variables: variables, body: [], bodyState: .complete)
    }

    private func fields(_ fields: [(name: String, value: String)]) -> [String: String] {
        Dictionary(fields.map { ($0.name, $0.value) }) { first, _ in first }
    }

    @Test func `a listed origin may send what OpenAI's library sends`() throws {
        let asked =
            "authorization,content-type,x-stainless-arch,x-stainless-lang,x-stainless-os,x-stainless-package-version,x-stainless-retry-count,x-stainless-runtime,x-stainless-runtime-version,x-stainless-timeout,cache-control,last-event-id,idempotency-key"
        let answer = try #require(access.preflight(request(origin: Self.friend, headers: asked)))
        #expect(answer.head.status == 204)
        let told = fields(answer.head.fields)
        let allowed = Set(
            (told["Access-Control-Allow-Headers"] ?? "").lowercased().split(separator: ", ").map(String.init))
        #expect(allowed.isSuperset(of: asked.split(separator: ",").map(String.init)))
        #expect(told["Access-Control-Allow-Methods"]?.contains("DELETE") ?? false)
        let common = fields(access.fields(for: request(origin: Self.friend)))
        #expect(common["Access-Control-Allow-Origin"] == Self.friend)
        #expect(common["Vary"] == "Origin")
    }

    @Test(
        arguments: [
            "https://evil.example", "https://app.example.org.evil.example", "https://app.example.org.", "null",
            "http://app.example.org", "https://APP.example.org", "https://app.example.org:443",
            "https://app.example.org/",
            "*", "http://localhost", "http://localhost:51730", nil,
        ])
    func `any other origin gets nothing but that it matters`(_ origin: String?) {
        #expect(access.preflight(request(origin: origin)) == nil)
        #expect(fields(access.fields(for: request("POST", origin: origin))) == ["Vary": "Origin"])
    }

    @Test func `what is no question of a browser's is a request as any other`() {
        #expect(access.preflight(request(origin: Self.friend, asks: nil)) == nil)
        #expect(access.preflight(request("POST", origin: Self.friend)) == nil)
    }

    @Test func `names that are none are not given back`() throws {
        let answer = try #require(
            access.preflight(request(origin: Self.friend, headers: "x-good, a:b, <script>, \u{E9}, x-good, *,")))
        let allowed = fields(answer.head.fields)["Access-Control-Allow-Headers"] ?? ""
        #expect(allowed.hasSuffix("X-Request-Id, x-good, *"))
    }

    @Test func `without a list there is nothing of it`() {
        let none = CrossOriginAccess(origins: [])
        #expect(none.preflight(request(origin: Self.friend)) == nil)
        #expect(none.fields(for: request(origin: Self.friend)).isEmpty)
    }
}
