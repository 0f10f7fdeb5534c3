import Testing

@testable import Catalog

@Suite struct CSVParserTests {
    static let sample =
        "\u{feff}id,title,note\r\n1,\"A, B\r\nand \"\"C\"\"\",plain\n\n2,\"\",said \"hi\" twice\r3,\u{e9}\u{20ac}\u{1f600},\"x\"\r\n4,,"
    static let expected = [
        ["id", "title", "note"], ["1", "A, B\r\nand \"C\"", "plain"], ["2", "", "said \"hi\" twice"],
        ["3", "\u{e9}\u{20ac}\u{1f600}", "x"], ["4", "", ""],
    ]

    private func parse(_ pieces: [[UInt8]], _ limits: CSVParser.Limits = .init()) throws -> [(
        line: Int, fields: [String]
    )] {
        var parser = CSVParser(limits: limits)
        var records: [(Int, [String])] = []
        func take(_ record: borrowing CSVRecord) {
            var fields: [String] = []
            for index in 0..<record.count { fields.append(record.text(index)) }
            records.append((record.line, fields))
        }
        for piece in pieces { try parser.feed(piece, take) }
        try parser.finish(take)
        return records
    }

    @Test func `quotes, line ends of all kinds, blank lines and a byte order mark are read, and lines are counted`()
        throws
    {
        let records = try parse([Array(Self.sample.utf8)])
        #expect(records.map(\.fields) == Self.expected)
        #expect(records.map(\.line) == [1, 2, 5, 6, 7])
    }

    @Test func `the text may come in two pieces split anywhere`() throws {
        let bytes = Array(Self.sample.utf8)
        for place in 0...bytes.count {
            let records = try parse([Array(bytes[..<place]), Array(bytes[place...])])
            #expect(records.map(\.fields) == Self.expected, "split at byte \(place)")
            #expect(records.map(\.line) == [1, 2, 5, 6, 7], "split at byte \(place)")
        }
    }

    @Test func `the text may come byte by byte`() throws {
        let records = try parse(Self.sample.utf8.map { [$0] })
        #expect(records.map(\.fields) == Self.expected)
    }

    @Test func `a text that only begins like a byte order mark keeps its bytes`() throws {
        let bytes: [UInt8] = [0xef, 0xbb, 0x41, 0x2c, 0x42]
        for place in 0...bytes.count {
            var parser = CSVParser()
            var fields: [[UInt8]] = []
            func take(_ record: borrowing CSVRecord) {
                for index in 0..<record.count { fields.append(Array(record[index])) }
            }
            try parser.feed(Array(bytes[..<place]), take)
            try parser.feed(Array(bytes[place...]), take)
            try parser.finish(take)
            #expect(fields == [[0xef, 0xbb, 0x41], [0x42]], "split at byte \(place)")
        }
    }

    @Test func `an empty text has no records`() throws {
        #expect(try parse([]).isEmpty)
        #expect(try parse([Array("\r\n\n\r".utf8)]).isEmpty)
    }

    @Test func `faults are told with the line the record begins on`() {
        func fault(_ text: String, _ limits: CSVParser.Limits = .init()) -> CSVError? {
            #expect(throws: CSVError.self) { _ = try parse([Array(text.utf8)], limits) }
        }
        #expect(fault("a,b\n1,\"open\nstill") == CSVError(reason: .unterminatedQuote, line: 2))
        #expect(fault("a\n\"x\"y\n") == CSVError(reason: .textAfterQuote, line: 2))
        #expect(
            fault("a\n\"12345678\"\n", .init(fieldBytes: 7)) == CSVError(reason: .fieldTooLong(limit: 7), line: 2))
        #expect(fault("1234,5678\n", .init(recordBytes: 7)) == CSVError(reason: .recordTooLong(limit: 7), line: 1))
        #expect(fault("1,2,3\n", .init(fields: 2)) == CSVError(reason: .tooManyFields(limit: 2), line: 1))
    }

    @Test func `a field without an end is refused before it fills the memory`() {
        var parser = CSVParser(limits: .init(fieldBytes: 1_000))
        let piece = [UInt8](repeating: 0x41, count: 600)
        #expect(throws: CSVError(reason: .fieldTooLong(limit: 1_000), line: 1)) {
            try parser.feed([0x22], { _ in })
            try parser.feed(piece, { _ in })
            try parser.feed(piece, { _ in })
        }
    }
}
