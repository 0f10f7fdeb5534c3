import Testing

@testable import Markets

/// What is wrong in a price file.
@Suite struct ReadingTests {
    @Test func `rows that cannot be read are skipped and told with their lines`() throws {
        let file = try read(
            """
            Date,Open,High,Low,Close,Volume
            2026-01-02,10,11,9,10.5,100
            2026-13-02,10,11,9,10.5,100

            2026-01-05,10,11,9,null,100
            2026-01-06,ten,11,9,10,100
            2026-01-07,10,9,11,10,100
            2026-01-08,10,11,9,-10,100
            2026-01-09,10,11,9,0,100
            2026-01-10,"10,11,9,10,100
            2026-01-11,10,11,9,10,100,7,8
            2026-01-12,0,11,9,11,-
            2026-01-13,10,11,9,\(String(repeating: "1", count: 100)),100
            2026-01-14,10,11,9,9999999999999,100
            \(String(repeating: "x", count: 5000))
            2026-01-15,,,,12,many
            """)
        #expect(file.series.days.map(\.description) == ["2026-01-02", "2026-01-12", "2026-01-15"])
        #expect(file.series.values == [10.5, 11, 12])
        #expect(
            file.report.firstSkipped == [
                SkippedRow(line: 3, reason: .day), SkippedRow(line: 5, reason: .noClose),
                SkippedRow(line: 6, reason: .number), SkippedRow(line: 7, reason: .highBelowLow),
                SkippedRow(line: 8, reason: .range), SkippedRow(line: 9, reason: .range),
                SkippedRow(line: 10, reason: .quotes), SkippedRow(line: 11, reason: .fields),
                SkippedRow(line: 13, reason: .length), SkippedRow(line: 14, reason: .range),
                SkippedRow(line: 15, reason: .length),
            ])
        #expect(file.report.skipped == 11)
    }

    @Test func `no more than twenty bad rows are kept, but all are counted`() throws {
        let file = try read("Date,Close\n" + String(repeating: "never,1\n", count: 50) + "2026-01-02,1\n")
        #expect(file.report.skipped == 50)
        #expect(file.report.firstSkipped.count == 20)
    }

    @Test func `of two rows about a day the later one in the file counts`() throws {
        let file = try read("Date,Close\n2026-01-05,3\n2026-01-02,1\n2026-01-05,4\n2026-01-02,2\n")
        #expect(file.series.values == [2, 4])
    }

    @Test func `an adjusted close counts only where every day has one`() throws {
        let file = try read("Date,Close,Adj Close\n2026-01-02,10,5\n2026-01-05,12,\n")
        #expect(file.series.values == [10, 12])
        #expect(!file.series.usesAdjustedClose)
    }

    @Test func `day and month are told apart by all rows together`() throws {
        let british = try read("Date,Close\n02/01/2026,1\n05/01/2026,2\n13/01/2026,3\n")
        #expect(british.series.days.map(\.description) == ["2026-01-02", "2026-01-05", "2026-01-13"])
        let open = try read("Date,Close\n02/01/2026,1\n05/01/2026,2\n")
        #expect(open.series.days.map(\.description) == ["2026-02-01", "2026-05-01"])
        let mixed = try read("Date,Close\n01/13/2026,1\n01/14/2026,2\n15/01/2026,3\n")
        #expect(mixed.series.days.map(\.description) == ["2026-01-13", "2026-01-14"])
        #expect(mixed.report.firstSkipped == [SkippedRow(line: 4, reason: .day)])
    }

    @Test(
        arguments: [
            ("", "empty"), ("\n \n", "empty"), ("Hello,World\n1,2\n", "first line must name"),
            ("Date,Open\n2026-01-02,1\n", "first line must name"), ("Date,Close\n", "none of its 0 rows"),
            ("Date,Close\nx,1\n", "none of its 1 rows can be read; line 2: the day"), ("a\u{0}b", "UTF-8"),
        ])
    func `a file that gives no prices says why`(_ text: String, _ word: String) {
        #expect {
            try read(text)
        } throws: { error in
            "\(error)".contains(word) && "\(error)".hasPrefix("TEST: ")
        }
    }

    @Test func `UTF-16 is told from text`() {
        let bytes: [UInt8] = [0xFF, 0xFE] + "Date,Close\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        #expect(throws: PriceFileError(reason: .notText, name: "TEST")) { try read(bytes: bytes) }
    }

    @Test func `size and number of rows have a limit`() throws {
        var limits = PriceFileParser.Limits()
        limits.rows = 3
        let rows = "Date,Close\n2026-01-02,1\nbad,1\n2026-01-05,1\n"
        #expect(try read(rows, limits: limits).series.days.count == 2)
        #expect(throws: PriceFileError(reason: .tooManyRows(limit: 3), name: "TEST")) {
            try read(rows + "2026-01-06,1\n", limits: limits)
        }
        limits.bytes = rows.utf8.count
        #expect(try read(rows, piece: 5, limits: limits).series.days.count == 2)
        #expect(throws: PriceFileError(reason: .tooLarge(limit: limits.bytes), name: "TEST")) {
            try read(rows + "\n", piece: 5, limits: limits)
        }
        #expect(PriceFileParser.Limits().bytes == 33_554_432)
        #expect(PriceFileParser.Limits().rows == 50_000)
    }

    @Test(
        arguments: [
            ("1234.5", NumberReading.Mark.point, NumberReading.Outcome.value(1234.5)),
            ("1,234.50", .point, .value(1234.5)), ("1.234,50", .comma, .value(1234.5)),
            ("1'234.50", .point, .value(1234.5)),
            ("1,23,456.5", .point, .value(123_456.5)), ("€ 5,5", .comma, .value(5.5)), ("5,5 €", .comma, .value(5.5)),
            (".5", .point, .value(0.5)), ("5.", .point, .value(5)), ("-3", .point, .value(-3)),
            ("1,2345", .point, .unreadable), ("12,34.5", .point, .unreadable), ("1.234,5", .point, .unreadable),
            ("1e5", .point, .value(100_000)), ("0x10", .point, .unreadable), ("inf", .point, .unreadable),
            (",", .point, .unreadable),
            (".", .point, .missing), ("$", .point, .missing), ("N/A", .point, .missing), ("NaN", .point, .missing),
            ("-", .point, .missing), ("12.3M", .point, .unreadable),
        ])
    func `numbers are read as they are written`(
        _ text: String, _ mark: NumberReading.Mark, _ outcome: NumberReading.Outcome
    ) {
        #expect(NumberReading.read(Array(text.utf8)[...], mark: mark) == outcome)
    }

    @Test func `volumes may have K, M and B`() {
        for (text, value) in [("1.5K", 1500.0), ("2m", 2e6), ("0.25B", 2.5e8), ("77", 77)] {
            #expect(NumberReading.read(Array(text.utf8)[...], mark: .point, allowsSuffix: true) == .value(value))
        }
    }

    @Test func `any bytes at all are read to an end`() {
        var random = SplitMix(state: 7)
        let alphabet = Array("0123456789,;.\"-/\r\n \tDateClose$M\u{FEFF}é".utf8)
        var read = 0
        for _ in 0..<3000 {
            var bytes = Array("Date,Close\n2026-01-02,1\n".utf8)
            for _ in 0..<Int.random(in: 0...8, using: &random) {
                bytes.insert(
                    alphabet.randomElement(using: &random) ?? 0, at: Int.random(in: 0...bytes.count, using: &random))
            }
            var parser = PriceFileParser(symbol: Symbol("TEST")!)
            guard (try? parser.feed(bytes)) != nil, let file = try? parser.finish() else { continue }
            read += 1
            #expect(file.series.values.allSatisfy { $0.isFinite && $0 > 0 })
            #expect(zip(file.series.days.dropFirst(), file.series.days).allSatisfy { $0 > $1 })
        }
        #expect(read > 300)
    }
}

struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
