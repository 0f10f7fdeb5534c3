import Testing

@testable import Configuration

/// A value without places, to compare with.
private indirect enum Plain: Equatable, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    case null
    case boolean(Bool)
    case integer(Int64)
    case number(Double)
    case string([UInt8])
    case array([Plain])
    case object([Pair])

    struct Pair: Equatable {
        var key: String
        var value: Plain
    }

    init(_ value: JSON5Value) {
        self =
            switch value.content {
            case .null: .null
            case .boolean(let value): .boolean(value)
            case .integer(let value): .integer(value)
            case .number(let value): .number(value)
            case .string(let value): .string(Array(value.utf8))
            case .array(let values): .array(values.map(Plain.init))
            case .object(let members): .object(members.map { Pair(key: $0.key, value: Plain($0.value)) })
            }
    }

    init(integerLiteral value: Int64) { self = .integer(value) }
    init(stringLiteral value: String) { self = .string(Array(value.utf8)) }
    init(arrayLiteral elements: Plain...) { self = .array(elements) }
    init(dictionaryLiteral elements: (String, Plain)...) {
        self = .object(elements.map { Pair(key: $0.0, value: $0.1) })
    }
}

@Suite struct JSON5Tests {
    private func refusal(of bytes: [UInt8]) -> JSON5Error? {
        do throws(JSON5Error) {
            _ = try JSON5Parser.document(of: bytes)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        arguments: [
            ("{}", [:]), ("[]", []), ("null", .null), ("true", .boolean(true)), ("false", .boolean(false)),
            ("{a:1}", ["a": 1]), ("{a:1,}", ["a": 1]), ("[1,]", [1]), ("[1,2]", [1, 2]),
            ("{'a':1,\"b\":2,$c_1:3,é:4}", ["a": 1, "b": 2, "$c_1": 3, "é": 4]),
            ("{\\u0061b:1}", ["ab": 1]), ("{ª\u{200C}:1}", ["ª\u{200C}": 1]),
            ("{null:1,true:2,Infinity:3}", ["null": 1, "true": 2, "Infinity": 3]),
            ("// c\r\n1 // d", 1), ("/* a\n * / b **/1/**/", 1), ("// c\u{2028}1", 1), ("//\r1", 1),
            ("\u{FEFF}\u{A0}\u{2003}\t\u{0B}\u{0C}\u{2029}1", 1),
            ("'a\"b'", "a\"b"), ("\"a'b\"", "a'b"), ("'\\'\\\"\\\\\\/\\a\\é'", "'\"\\/aé"),
            ("'\\b\\f\\n\\r\\t\\v\\0'", "\u{8}\u{C}\n\r\t\u{B}\0"),
            ("'\\x41\\u00e9\\ud83d\\ude00'", "Aé😀"), ("'a\\\nb\\\r\nc\\\rd\\\u{2028}e'", "abcde"),
            ("'a\u{2028}\tb'", "a\u{2028}\tb"),
            ("0", 0), ("-0", 0), ("+7", 7), ("1e3", .number(1000)), ("1E+2", .number(100)), ("5e-1", .number(0.5)),
            (".5", .number(0.5)), ("5.", .number(5)), ("-.25", .number(-0.25)), ("0.5", .number(0.5)),
            ("5.e1", .number(50)), ("0xFf", 255), ("-0X10", -16), ("0x7fffffffffffffff", .integer(.max)),
            ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
            ("9223372036854775808", .number(9_223_372_036_854_775_808)),
            ("Infinity", .number(.infinity)), ("-Infinity", .number(-.infinity)),
        ] as [(String, Plain)])
    fileprivate func `what the specification allows is read`(_ text: String, _ expected: Plain) throws {
        #expect(Plain(try JSON5Parser.document(of: Array(text.utf8)).root) == expected)
    }

    @Test func `NaN is a number`() throws {
        guard case .number(let value) = try JSON5Parser.document(of: Array("+NaN".utf8)).root.content else {
            Issue.record("no number")
            return
        }
        #expect(value.isNaN)
    }

    @Test(
        arguments: [
            ("", 1, 1), (" // c", 1, 6), ("{", 1, 2), ("[", 1, 2), ("[1", 1, 3), ("{a", 1, 3), ("{a:", 1, 4),
            ("{a:1", 1, 5), ("[,]", 1, 2), ("{,}", 1, 2), ("[1,,]", 1, 4), ("[1 2]", 1, 4), ("{a 1}", 1, 4),
            ("{a:1 b:2}", 1, 6), ("{1a:1}", 1, 2), ("{a-b:1}", 1, 3), ("{\\x61:1}", 1, 2), ("{\\u0020:1}", 1, 2),
            ("tru", 1, 1), ("truex", 1, 1), ("True", 1, 1), ("nul", 1, 1), ("undefined", 1, 1), ("1 2", 1, 3),
            ("{} x", 1, 4), ("/", 1, 1), ("/* x", 1, 1), ("1 /* x *", 1, 3), ("'a", 1, 1), ("'a\n'", 1, 1),
            ("'a\r'", 1, 1), ("'\\1'", 1, 2), ("'\\01'", 1, 2), ("'\\x4'", 1, 5), ("'\\u12g4'", 1, 6),
            ("'\\ud83d'", 1, 2), ("'\\udc00'", 1, 2), ("'\\ud83d\\u0041'", 1, 2), ("'\\", 1, 2),
            ("01", 1, 1), ("-01", 1, 1), (".", 1, 2), ("+", 1, 2), ("--1", 1, 2), ("- 1", 1, 2), ("1e", 1, 3),
            ("1e+", 1, 4), ("0x", 1, 3), ("0xg", 1, 3), ("1a", 1, 2), ("1\\u0061", 1, 2), ("0x1g", 1, 4),
            ("Infinit", 1, 1), ("1e400", 1, 1), ("0xffffffffffffffff", 1, 1), ("[\n\t'é😀', x]", 2, 8),
            ("[\r\n1\r2]", 3, 1), ("\u{0}", 1, 1),
        ])
    func `what the specification does not allow is refused with its place`(_ text: String, _ line: Int, _ column: Int) {
        let error = refusal(of: Array(text.utf8))
        #expect(error?.kind == .syntax)
        #expect(error?.location == TextLocation(line: line, column: column))
    }

    @Test func `a text cut anywhere is refused, and never read as something shorter`() {
        let text = Array("{a:[1.5e3,0x1F,'\\u00e9\\ud83d\\ude00é',],/*c*/\"b\":{c:-Infinity,},}".utf8)
        #expect(refusal(of: text) == nil)
        for end in text.indices { #expect(refusal(of: Array(text[..<end])) != nil, "cut at \(end)") }
    }

    @Test func `bytes that are not UTF-8 are refused with their place`() {
        for bytes: [UInt8] in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82], [0xF4, 0x90, 0x80, 0x80]] {
            let error = refusal(of: Array("'é\\\n".utf8) + bytes + [UInt8(ascii: "'")])
            #expect(error?.kind == .invalidUTF8)
            #expect(error?.location == TextLocation(line: 2, column: 1))
        }
    }

    @Test func `keys and values keep their places, counted in characters`() throws {
        let text = "// é\r\n{ é: 1,\r  'b' /* \n */ :\n\t[ 'x', {} ] }"
        guard case .object(let members) = try JSON5Parser.document(of: Array(text.utf8)).root.content,
            case .array(let elements) = members[1].value.content
        else {
            Issue.record("no object with a list")
            return
        }
        #expect(members[0].keyLocation == TextLocation(line: 2, column: 3))
        #expect(members[0].value.location == TextLocation(line: 2, column: 6))
        #expect(members[1].keyLocation == TextLocation(line: 3, column: 3))
        #expect(members[1].value.location == TextLocation(line: 5, column: 2))
        #expect(elements.map(\.location) == [TextLocation(line: 5, column: 4), TextLocation(line: 5, column: 9)])
    }

    @Test func `each key that is there twice is told with its place and path; the first is kept`() throws {
        let document = try JSON5Parser.document(of: Array("{a:1,\n'\\u0061':2, b:[{c:1,\"c\":2}],\na:3}".utf8))
        #expect(document.duplicateKeys.map(\.location.line) == [2, 2, 3])
        #expect(document.duplicateKeys.map(\.path) == [["a"], ["b", "[0]", "c"], ["a"]])
        #expect(Plain(document.root) == ["a": 1, "b": [["c": 1]]])
        // Two spellings of é are two keys.
        #expect(try JSON5Parser.document(of: Array("{é:1,e\u{301}:2}".utf8)).duplicateKeys.isEmpty)
    }

    @Test func `32 levels and 1 MiB are read, more is refused`() {
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        }
        #expect(refusal(of: nested(32)) == nil)
        #expect(refusal(of: nested(33))?.kind == .tooDeep)
        #expect(refusal(of: nested(33))?.location == TextLocation(line: 1, column: 33))
        let full = [UInt8](repeating: 0x20, count: 1_048_575) + [UInt8(ascii: "1")]
        #expect(refusal(of: full) == nil)
        #expect(refusal(of: full + [0x20])?.kind == .tooLarge)
    }
}
