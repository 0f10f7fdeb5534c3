import JSON
import Testing

/// Reading JSON in place.
@Suite struct ElementTests {
    private let reader = JSONReader()

    @Test func `a provider's delta is reached without copying the rest`() throws {
        let bytes = Array(
            #"{"id":"c","choices":[{"index":0,"delta":{"content":"Ha\u006clo"},"finish_reason":null}]}"#.utf8)
        try reader.withDocument(bytes) { root in
            let choice = root["choices"]?.first
            #expect(choice?["delta"]?["content"]?.string == "Hallo")
            #expect(choice?["finish_reason"]?.isNull == true)
            #expect(choice?["index"]?.integer == 0)
            #expect((root["usage"]?.isNull) == nil)
        }
    }

    @Test func `a wrong type gives nil, never another value`() throws {
        try reader.withDocument(
            Array(#"{"s":"1","i":1,"d":1.5,"b":true,"n":null,"a":[10,[20],30],"u":18446744073709551615}"#.utf8)
        ) { root in
            #expect(root["s"]?.integer == nil)
            #expect(root["i"]?.string == nil)
            #expect(root["i"]?.bool == nil)
            #expect(root["b"]?.integer == nil)
            #expect(root["d"]?.integer == nil)
            #expect(root["d"]?.double == 1.5)
            #expect(root["i"]?.double == 1)
            #expect(root["u"]?.integer == nil)
            #expect((root["n"]?["x"]?.isNull) == nil)
            #expect((root["s"]?.first?.isNull) == nil)
            #expect(root["a"]?[2]?.integer == 30)
            #expect(root["a"]?[1]?[0]?.integer == 20)
            #expect((root["a"]?[3]?.isNull) == nil)
            #expect((root["a"]?[-1]?.isNull) == nil)
            #expect(root["s"]?.isString("1") == true)
            #expect(root["s"]?.isString("12") == false)
            #expect(root["i"]?.isString("1") == false)
        }
    }

    @Test func `an array's elements come in order`() throws {
        var seen: [Int64] = []
        try reader.withDocument(Array(#"[1,{"x":[9]},"s",2.0,[],3]"#.utf8)) { root in
            root.forEachElement { if let value = $0.integer { seen.append(value) } }
        }
        #expect(seen == [1, 2, 3])
    }

    @Test func `one document may be read inside another, and each keeps its own text`() throws {
        try reader.withDocument(Array(#"{"outer":"first"}"#.utf8)) { outer in
            try reader.withDocument(Array(#"{"inner":"second, and longer"}"#.utf8)) { inner in
                #expect(inner["inner"]?.string == "second, and longer")
                _ = try JSONValue(parsing: Array("[1,2,3]".utf8))
            }
            #expect(outer["outer"]?.string == "first")
        }
    }

    @Test func `any text cut short is refused, at every length`() throws {
        let bytes = Array(#"{"choices":[{"delta":{"content":"é😀\n"}}],"x":[true,null,1.5e3]}"#.utf8)
        for length in 0..<bytes.count {
            #expect(throws: JSONError.self) {
                try reader.withDocument(Array(bytes[..<length])) { _ in }
            }
        }
    }

    @Test func `an error of the body comes through`() {
        struct Stop: Error {}
        #expect(throws: Stop.self) { try reader.withDocument([0x31]) { _ in throw Stop() } }
    }

    @Test(
        arguments: [
            #"{"a":{"b":[1,-2,{"c":null}],"":true},"d":"q\"\\\n\u0000é😀","e":[],"f":{}}"#,
            "[9223372036854775807,-9223372036854775808,18446744073709551615,0.1,-1.5e-07,1e+300]",
            #"{"twice":1,"twice":2}"#, "\"text\"", "false", "17",
        ])
    func `an element is written as the text it was read from, without white space`(_ text: String) throws {
        let inner = try reader.withDocument(Array("{\"x\": [ 1 , \(text) ]}".utf8)) { $0["x"]?[1]?.encoded }
        #expect(inner.map { String(decoding: $0, as: UTF8.self) } == text)
    }

    @Test func `an element is written after others with its comma, down to the deepest level that is read`() throws {
        let deep = String(repeating: "[", count: 1000) + String(repeating: "]", count: 1000)
        var writer = JSONWriter()
        writer.beginArray()
        try reader.withDocument(Array(deep.utf8)) { root in
            root.write(to: &writer)
            root.write(to: &writer)
        }
        writer.endArray()
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "[\(deep),\(deep)]")
    }
}
