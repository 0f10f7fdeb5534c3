import JSON
import Testing

@testable import Routes

@Suite struct RequestFingerprintTests {
    private func fingerprint(_ json: String, path: String = "a") throws -> [UInt8] {
        let body = try #require(try JSONValue(parsing: Array(json.utf8)).objectValue)
        return RequestFingerprint.of(path: path, body) { Array($0.utf8)[...] }
    }

    @Test(arguments: [
        #"{ "a" : 1,"b":[true,null] }"#, #"{"b":[true,null],"a":1}"#, #"{"a":1,"b":[true, null]}"#,
    ])
    func `white space and the order of members make no difference`(_ json: String) throws {
        #expect(try fingerprint(json) == fingerprint(#"{"a":1,"b":[true,null]}"#))
    }

    @Test func `everything else makes one`() throws {
        let bodies = [
            "{}", #"{"a":"b"}"#, #"{"b":"a"}"#, #"{"a":"b","c":"d"}"#, #"{"a":["b","c"]}"#, #"{"a":["c","b"]}"#,
            #"{"a":["bc"]}"#, #"{"a":[["b"],"c"]}"#, #"{"a":[["b","c"]]}"#, #"{"a":{"b":"c"}}"#, #"{"a":null}"#,
            #"{"a":"null"}"#, #"{"a":1}"#, #"{"a":"1"}"#, #"{"a":true}"#, #"{"a":"é"}"#, #"{"a":"e\#u{301}"}"#,
            #"{"ab":"c"}"#, #"{"a":"b:c"}"#,
        ]
        let all = try bodies.flatMap { [try fingerprint($0), try fingerprint($0, path: "b")] }
        #expect(Set(all).count == all.count)
        #expect(all.allSatisfy { $0.count == 32 })
    }

    @Test func `what a large body leaves where it is counts as well`() throws {
        func large(_ end: String) throws -> [UInt8] {
            let data = String(repeating: "A", count: 20_000) + end
            let content = #"[{"type":"x","y":"\#(data)"}]"#
            let json = #"{"messages":[{"role":"user","content":\#(content)}],"user":"\#(data)"}"#
            let body = try LargeBody(Array(json.utf8))
            #expect(body.json.count < 1_000)
            let value = try #require(body.restored(try JSONValue(parsing: body.json)).objectValue)
            let fingerprint = RequestFingerprint.of(path: "a", value, bytes: body.bytes)
            #expect(try fingerprint == self.fingerprint(json))
            return fingerprint
        }
        #expect(try large("A") == large("A"))
        #expect(try large("A") != large("B"))
    }
}
