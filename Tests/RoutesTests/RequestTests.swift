import Chat
import FCGIApp
import JSON
import Scheduling
import Testing

@testable import Routes

@Suite struct QueryTests {
    @Test func `parameters are decoded, and the first of a name counts`() throws {
        let query = try Query("a=1&b=x%20y+z&a=2&c&d=&=e&%C3%A4=%E6%9D%B1&f=1=2")
        #expect(query["a"] == "1")
        #expect(query["b"] == "x y z")
        #expect(query["c"] == "")
        #expect(query["d"] == "")
        #expect(query["ä"] == "東")
        #expect(query["f"] == "1=2")
        #expect(query["none"] == nil)
    }

    @Test(arguments: ["a=%", "a=%2", "a=%zz", "%ff=1", "a=%C3", "a=%ED%A0%80"])
    func `what is not percent-encoded UTF-8 is refused`(_ text: String) {
        #expect(throws: Problem.self) { try Query(text) }
    }

    @Test func `a hundred parameters are the most`() throws {
        let hundred = Array(repeating: "a=1", count: 100).joined(separator: "&")
        _ = try Query(hundred)
        #expect(throws: Problem.self) { try Query(hundred + "&a=1") }
    }
}

@Suite struct ProblemTests {
    @Test func `who has spent the day's tokens is told how many, and to come back at midnight`() throws {
        let evening = try #require(Timestamp(rfc3339: "2026-11-21T23:58:59.001Z"))
        let problem = Problem.tokenLimitReached(used: 205, reserved: 0, allowed: 200, at: evening)
        #expect(problem.status == 429 && problem.code == "token_limit_reached")
        #expect(problem.detail.contains("205 of 200") && problem.detail.contains("2026-11-22T00:00:00.000Z"))
        #expect(problem.fields.map(\.value) == ["61"])
    }

    @Test func `a problem is JSON that names every field`() throws {
        let problem = Problem.invalid([.init(field: "a", detail: "is \"odd\"\n"), .init(field: "b", detail: "c")])
        let response = problem.response(requestID: "req_1")
        #expect(response.head.status == 400)
        #expect(response.head.fields.first { $0.name == "Content-Type" }?.value == "application/problem+json")
        let json = try JSONValue(parsing: response.body)
        #expect(json["status"]?.integerValue == 400)
        #expect(json["title"]?.stringValue == "Bad Request")
        #expect(json["instance"]?.stringValue == "req_1")
        #expect(json["code"]?.stringValue == "invalid_request")
        #expect(json["detail"]?.stringValue == "a: is \"odd\"\n; b: c")
        guard case .array(let errors)? = json["errors"] else {
            Issue.record("errors are missing")
            return
        }
        #expect(errors.map { $0["field"]?.stringValue } == ["a", "b"])
    }
}

@Suite struct BodyFieldsTests {
    private static func request(_ body: String, state: Request.BodyState = .complete) -> Request {
        Request(variables: [], body: Array(body.utf8), bodyState: state)
    }

    private static func fields(_ body: String) throws -> BodyFields { try BodyFields(request(body), limit: 100) }

    private static func code(_ request: Request) -> String? {
        do {
            _ = try BodyFields(request, limit: 100)
            return nil
        } catch {
            return "\(error.status) \(error.code)"
        }
    }

    @Test func `a body that is no JSON object in UTF-8 is refused by its own name`() {
        #expect(Self.code(Self.request("{}")) == nil)
        #expect(Self.code(Self.request("", state: .tooLarge)) == "413 body_too_large")
        #expect(
            Self.code(Self.request("{}", state: .mismatch(declared: 9, received: 2))) == "400 body_length_mismatch")
        #expect(Self.code(Self.request("[]")) == "400 not_an_object")
        #expect(Self.code(Self.request("{")) == "400 not_json")
        #expect(Self.code(Self.request("")) == "400 not_json")
        #expect(Self.code(Self.request(#"{"a":18446744073709551616}"#)) == "400 number_too_large")
        #expect(Self.code(Self.request(#"{"a":1,"a":2}"#)) == "400 duplicate_key")
        let depth = 5000
        let deep = #"{"a":"# + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}"
        #expect(Self.code(Self.request(deep)) == "400 json_too_deep")
    }

    @Test func `all mistakes are told at once, those of inner objects by their path`() throws {
        var body = try Self.fields(
            #"{"text":"","word":"x","count":1.5,"weight":2,"flag":1,"time":"now","id":"a b","in":{"weight":"1"},"free":[]}"#
        )
        let givenA = body.string("text", bytes: 1...5)
        #expect(givenA == nil)
        let givenB = body.string("missing", bytes: 1...5, isRequired: true)
        #expect(givenB == nil)
        let givenC = body.word("word", PreferenceType.self)
        #expect(givenC == nil)
        let givenD = body.integer("count", in: 1...9, default: 4)
        #expect(givenD == 4)
        let givenE = body.number("weight", in: -1...1)
        #expect(givenE == nil)
        let givenF = body.bool("flag", default: false)
        #expect(!givenF)
        let givenG = body.timestamp("time")
        #expect(givenG == nil)
        let givenH = body.identifier("id")
        #expect(givenH == nil)
        let givenI = body.json("free", maximumBytes: 10)
        #expect(givenI == nil)
        let object = body.object("in")
        var inner = try #require(object)
        let givenJ = inner.number("weight", in: -1...1)
        #expect(givenJ == nil)
        body.absorb(inner)
        let names = ["text", "missing", "word", "count", "weight", "flag", "time", "id", "free", "in.weight"]
        #expect(body.errors.map(\.field) == names)
        #expect(throws: Problem.self) { try body.check() }
    }

    @Test func `null counts as absent, and bounds count bytes and are inclusive`() throws {
        var body = try Self.fields(
            #"{"none":null,"text":"äb","count":9,"weight":-1,"data":{"a":[1,"x"]},"other":true}"#)
        let givenK = body.string("none", bytes: 1...2)
        #expect(givenK == nil)
        let givenL = body.string("text", bytes: 3...3)
        #expect(givenL == "äb")
        let givenM = body.integer("count", in: 1...9, default: 4)
        #expect(givenM == 9)
        let givenN = body.number("weight", in: -1...1)
        #expect(givenN == -1)
        let givenO = body.json("data", maximumBytes: 13) == Array(#"{"a":[1,"x"]}"#.utf8)
        #expect(givenO)
        try body.check()
        let givenP = body.json("data", maximumBytes: 12)
        #expect(givenP == nil)
        #expect(body.errors.count == 1)
    }
}
