import JSON
import Testing

/// Reading JSON into values.
@Suite struct ReadingTests {
    private func parse(_ text: String) throws -> JSONValue { try JSONValue(parsing: Array(text.utf8)) }

    private func refusal(of bytes: [UInt8], maximumDepth: Int = 64) -> JSONError? {
        do throws(JSONError) {
            _ = try JSONValue(parsing: bytes, maximumDepth: maximumDepth)
            return nil
        } catch {
            return error
        }
    }

    private func refusal(of text: String) -> JSONError? { refusal(of: Array(text.utf8)) }

    @Test func `every kind of value is read, members in their order`() throws {
        let value = try parse(#" {"z":[1,-2.5,true,false,null],"a":{"é":"\u00e9\ud83d\ude00"},"e":"","o":{},"l":[]} "#)
        let expected: JSONValue = [
            "z": [1, -2.5, true, false, .null], "a": ["é": "é😀"], "e": "", "o": [:], "l": [],
        ]
        #expect(value == expected)
        #expect(value.objectValue?.members.map(\.key) == ["z", "a", "e", "o", "l"])
    }

    @Test func `integers stay integers, and only true and false are booleans`() throws {
        #expect(try parse("9223372036854775807") == .integer(.max))
        #expect(try parse("-9223372036854775808") == .integer(.min))
        #expect(try parse("9223372036854775808") == .number(9_223_372_036_854_775_808))
        #expect(try parse("7.0") == .number(7))
        #expect(try parse("7.0").integerValue == 7)
        #expect(try parse("7.5").integerValue == nil)
        #expect(try parse("1e300").integerValue == nil)
        #expect(try parse("7").numberValue == 7)
        #expect(try parse("1").boolValue == nil)
        #expect(try parse("true").integerValue == nil)
        #expect(try parse("true").boolValue == true)
        #expect(try parse("\"7\"").integerValue == nil)
    }

    @Test(
        arguments: [
            "", " ", "{", "[1,]", "{\"a\":1,}", "[1 2]", "{\"a\" 1}", "{a:1}", "'a'", "tru", "nul", "True", "NaN",
            "Infinity",
            "01", "1.", ".5", "+1", "-", "1e", "0x1", "-01", "00", "1e+", "1.e5", "1e400x", "100000000000000000000a",
            "[1e400,01]",
            "\"a", "\"\\x\"", "\"\\u12g4\"", "\"a\nb\"", "\"a\tb\"",
            "\"\\ud83d\"", "\"\\udc00\"", "\"\\ud83dx\"", "[]]", "1 2", "{} x", "// c\n1", "[1]/**/", "\u{FEFF}1",
            "\u{0}",
            "[\u{0B}1]",
        ])
    func `what RFC 8259 does not allow is refused`(_ text: String) {
        #expect(refusal(of: text)?.kind == .notJSON)
    }

    @Test(
        arguments: [
            "100000000000000000000", "18446744073709551616", "-9223372036854775809", "1e400", "-1.5E+999",
            #"{"a \" 01":[1, 2.5e3, {"b":100000000000000000000}]}"#,
        ])
    func `a number that 64 bits do not hold is not called malformed`(_ text: String) {
        #expect(refusal(of: text)?.kind == .numberTooLarge)
    }

    @Test func `bytes that are not UTF-8 are refused as such`() {
        for bytes: [UInt8] in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82]] {
            #expect(refusal(of: [0x22] + bytes + [0x22])?.kind == .invalidUTF8)
        }
    }

    @Test func `a key given twice is refused, and the error says where`() {
        #expect(refusal(of: #"{"a":1,"a":1}"#)?.path == "a")
        #expect(refusal(of: #"{"m":[{"r":1},{"r":1,"r":2}]}"#)?.path == "m[1].r")
        #expect(refusal(of: #"{"a":1,"\u0061":2}"#)?.kind == .duplicateKey)
        #expect(refusal(of: #"{"":1,"":2}"#)?.kind == .duplicateKey)
        let many = (0..<5000).map { "\"k\($0)\":0" }
        #expect(refusal(of: "{" + many.joined(separator: ",") + "}") == nil)
        #expect(refusal(of: "{" + (many + ["\"k7\":0"]).joined(separator: ",") + "}")?.path == "k7")
        let long = refusal(of: "{\"\(String(repeating: "k", count: 4000))\":{\"a\":1,\"a\":2}}")
        #expect(long.map { ($0.path ?? "").utf8.count <= 128 } == true)
    }

    @Test func `one letter in two spellings of Unicode is two keys and two values`() throws {
        let value = try parse("{\"\u{E9}\":1,\"e\u{301}\":2}")
        #expect(value["\u{E9}"] == 1)
        #expect(value["e\u{301}"] == 2)
        #expect(JSONValue.string("\u{E9}") != .string("e\u{301}"))
    }

    @Test func `the depth limit counts levels`() {
        func nested(_ levels: Int) -> [UInt8] {
            Array((String(repeating: "[", count: levels) + String(repeating: "]", count: levels)).utf8)
        }
        #expect(refusal(of: nested(64)) == nil)
        #expect(refusal(of: nested(65))?.kind == .tooDeep)
        #expect(refusal(of: nested(3), maximumDepth: 2)?.kind == .tooDeep)
        #expect(refusal(of: Array(#"{"a":{"b":[]}}"#.utf8), maximumDepth: 2)?.kind == .tooDeep)
        #expect(refusal(of: nested(1000), maximumDepth: 1000) == nil)
        #expect(refusal(of: nested(1_000_000))?.kind == .tooDeep)
    }

    @Test func `a text beyond the limit is not even looked at`() {
        #expect(throws: JSONError(kind: .tooLarge, detail: "the text is larger than 3 bytes")) {
            try JSONValue(parsing: Array("[1]x".utf8), maximumBytes: 3)
        }
    }

    @Test func `small texts read well after large ones, and the reverse`() throws {
        for size in [1, 100_000, 3, 600, 511, 512, 513, 2_000_000, 7] {
            let text = String(repeating: "x", count: size)
            #expect(try parse("\"\(text)\"") == .string(text))
        }
    }

    @Test func `an object's members can be set, replaced and removed`() {
        var object: JSONObject = ["a": 1, "b": 2]
        object["a"] = 3
        object["c"] = .null
        object["b"] = nil
        #expect(object == ["a": 3, "c": .null])
        #expect(object["c"]?.isNull == true)
        #expect(object != ["c": .null, "a": 3])
    }
}
