import JSON
import Testing

@Suite struct WritingTests {
    private func written(_ write: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter(reservingCapacity: 64)
        write(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test func `commas come by themselves`() {
        let text = written { json in
            json.beginObject()
            json.key("a")
            json.beginArray()
            json.integer(1)
            json.beginArray()
            json.endArray()
            json.beginObject()
            json.endObject()
            json.bool(true)
            json.null()
            json.endArray()
            json.key("b")
            json.string("x")
            json.key("c")
            json.rawJSON(Array("[1]".utf8))
            json.key("d" as StaticString)
            json.number(0.5)
            json.endObject()
        }
        #expect(text == #"{"a":[1,[],{},true,null],"b":"x","c":[1],"d":0.5}"#)
    }

    @Test func `what must be escaped is, and the rest is left alone`() {
        let text = written { $0.string("\"\\/\u{8}\u{9}\u{A}\u{C}\u{D}\u{0}\u{1F}\u{7F} é😀\u{2028}\r\n") }
        #expect(text == #""\"\\/\b\t\n\f\r\u0000\u001f\u007f é😀"# + "\u{2028}" + #"\r\n""#)
    }

    @Test func `every Unicode scalar comes back as it was`() throws {
        var all = String.UnicodeScalarView()
        for value in UInt32(0)...0x10FFFF {
            if let scalar = Unicode.Scalar(value) { all.append(scalar) }
        }
        let value = JSONValue.string(String(all))
        let encoded = value.encoded
        #expect(try JSONValue(parsing: encoded) == value)
        #expect(!encoded.contains { $0 < 0x20 || $0 == 0x7F })
    }

    @Test func `bytes that are not UTF-8 are written as replacement characters`() {
        #expect(written { $0.string(utf8: [0x61, 0xFF, 0x62] as [UInt8]) } == "\"a\u{FFFD}b\"")
        #expect(written { $0.string(utf8: Array("aé\n".utf8)[...]) } == "\"aé\\n\"")
        #expect(written { $0.string(utf8: [] as [UInt8]) } == "\"\"")
    }

    @Test func `integers of every length`() {
        #expect(written { $0.integer(Int64.min) } == "-9223372036854775808")
        #expect(written { $0.integer(Int64.max) } == "9223372036854775807")
        #expect(written { $0.integer(0) } == "0")
        #expect(written { $0.integer(UInt8(205)) } == "205")
        #expect(written { $0.integer(-10) } == "-10")
    }

    @Test func `a double is written shortest and reads back the same`() throws {
        let doubles = [0.1, -0.0, 1e21, 5e-324, Double.greatestFiniteMagnitude, 1.0 / 3, 100, 123_456_789.125, 2.5e-7]
        for value in doubles {
            let encoded = JSONValue.number(value).encoded
            #expect(try JSONValue(parsing: encoded).numberValue == value)
        }
        #expect(written { $0.number(0.1) } == "0.1")
        #expect(written { $0.number(.infinity) } == "null")
        #expect(written { $0.number(.nan) } == "null")
    }

    @Test func `a value written and read again is the same value`() throws {
        let value: JSONValue = ["z": [1, 2.5, .null, true, ["k": "v\n"]], "a": [:], "": "", "é": [[], [[]]]]
        #expect(try JSONValue(parsing: value.encoded) == value)
    }

    @Test func `a writer is used again without its commas going wrong`() {
        var writer = JSONWriter()
        for _ in 0..<2 {
            writer.removeAll(keepingCapacity: true)
            writer.beginArray()
            writer.integer(1)
            writer.integer(2)
            writer.endArray()
            #expect(writer.bytes == Array("[1,2]".utf8))
        }
    }
}
