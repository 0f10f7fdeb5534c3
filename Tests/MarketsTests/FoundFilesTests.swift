import Testing

@testable import Markets

/// Price files as people have them.
@Suite struct FoundFilesTests {
    private static let expected = ["2025-09-01", "2025-09-02"]

    @Test(
        arguments: [
            // yfinance since 0.2.51
            "Price,Close,High,Low,Open,Volume\nTicker,TEST,TEST,TEST,TEST,TEST\nDate,,,,,\n2025-09-01,100.5,101.5,99.5,100.2,1000\n"
                + "2025-09-02,101.25,102.1,100.1,100.6,1200\n",
            // of two symbols
            "Price,Close,Close,High,High\nTicker,BBB,TEST,BBB,TEST\nDate,,,,\n2025-09-01,7,100.5,8,101.5\n2025-09-02,7,101.25,8,102\n",
            // by symbol
            "Ticker,BBB,BBB,TEST,TEST\nPrice,Open,Close,Open,Close\nDate,,,,\n2025-09-01,7,8,100,100.5\n2025-09-02,7,8,101,101.25\n",
            // an index without a name
            ",Open,High,Low,Close\n2025-09-01,100,101,99,100.5\n2025-09-02,100,102,99,101.25\n",
            "Unnamed: 0,Close\n2025-09-01,100.5\n2025-09-02,101.25\n",
            // Unix times
            "time,open,high,low,close\n1756684800,100,101,99,100.5\n1756771200,100,102,99,101.25\n",
            "timestamp,close\n1756684800000,100.5\n1756771200000,101.25\n",
            "timestamp,close\n1756684800000000000,100.5\n1756771200000000000,101.25\n",
            "unix,close\n1756733400,100.5\n1756819800,101.25\n",
            // a line before the heading
            "https://www.example.com\nDate,Close\n2025-09-01,100.5\n2025-09-02,101.25\n",
            "sep=;\nDate;Close\n2025-09-01;100,5\n2025-09-02;101,25\n",
            "\"Prices of it\"\n\nDate,Close\n2025-09-01,100.5\n2025-09-02,101.25\n",
            // years of two digits
            "Date,Close\n01-Sep-25,100.5\n02-Sep-25,101.25\n",
            "Date,Close\n09/01/25,100.5\n09/02/25,101.25\n09/13/25,x\n",
            "Datum;Schluss\n01.09.25;100,50\n02.09.25;101,25\n",
            // scientific numbers
            "Date,Close\n2025-09-01,1.005E+02\n2025-09-02,1.0125e2\n",
            "Date;Close\n2025-09-01;1,005E+02\n2025-09-02;1,0125E+02\n",
            // Unix times that a table wrote as fractions, powers, or with the time in one number; days as spreadsheets count them
            "time,close\n1756684800.0,100.5\n1756771200.0,101.25\n",
            "time,close\n1.7566848E+09,100.5\n1.7567712E+09,101.25\n",
            "Date,Close\n20250901.0,100.5\n20250902.0,101.25\n",
            "Date,Close\n20250901160000,100.5\n20250902160000,101.25\n",
            "Date,Close\n20250901T160000Z,100.5\n20250902T160000Z,101.25\n",
            "Date,Close\n45901,100.5\n45902.6875,101.25\n",
            // days in words
            "Date,Close\n\"Mon, 01 Sep 2025\",100.5\n\"Tue, 02 Sep 2025\",101.25\n",
            "Date,Close\nMon Sep 01 2025,100.5\nTue Sep 02 2025,101.25\n",
            "Datum;Schlusskurs\n1. September 2025;100,5\n2. September 2025;101,25\n",
            "Fecha;Cierre\n1 de septiembre de 2025;100,5\n2 de septiembre de 2025;101,25\n",
            "Date;Dernier\n1 sept. 2025;100,5\n2 sept. 2025;101,25\n",
            "Date,Close\n2025-Sep-01,100.5\n2025-Sep-02,101.25\n",
            // a year of two digits that is first
            "Date,Close\n25-09-01,100.5\n25-09-02,101.25\n", "Date,Close\n25/09/02,101.25\n25/09/01,100.5\n",
            // columns of several symbols in one heading, units, symbols
            "Date,\"('Close', 'BBB')\",\"('Close', 'TEST')\"\n2025-09-01,7,100.5\n2025-09-02,7,101.25\n",
            "Date,Close_BBB,Close_TEST\n2025-09-01,7,100.5\n2025-09-02,7,101.25\n",
            "Date,BBB,TEST\n2025-09-01,7,100.5\n2025-09-02,7,101.25\n",
            "Date,Open (USD),Close (USD)\n2025-09-01,7,100.5\n2025-09-02,7,101.25\n",
            "Date,Price EUR\n2025-09-01,100.5\n2025-09-02,101.25\n",
            // what an exchange writes without a heading
            "1756684800,100,101,99,100.5,0.1,7\n1756771200,100,102,99,101.25,0.2,9\n",
            "1756684800000000,100,101,99,100.5,5,1756771199999999,9,9,9,9,0\n"
                + "1756771200000000,100,102,99,101.25,5,1756857599999999,9,9,9,9,0\n",
            // currencies, and what is missing
            "Date;Close\n2025-09-01;100,5 EUR\n2025-09-02;101,25 EUR\n",
            "Date,Close\n2025-09-01,USD 100.5\n2025-09-02,USD 101.25\n",
            "Date;Close\n2025-09-01;R$ 100,50\n2025-09-02;R$ 101,25\n",
            "Date,Close\n2025-09-01,₹100.5\n2025-09-02,₹101.25\n",
            "observation_date,TEST\n2025-09-01,100.5\n2025-09-02,101.25\n2025-09-03,.\n",
            "\u{FEFF}Date;Open;Close\r\n2025-09-01;#N/A;\"100,50\"\r\n2025-09-02;#N/A;\"101,25\"\r\n",
        ])
    func `headings, days and numbers in the forms that programs write`(text: String) throws {
        let file = try read(text)
        #expect(file.series.days.map(\.description) == Self.expected)
        #expect(file.series.values == [100.5, 101.25])
    }

    @Test(
        arguments: [
            ("946684800", "2000-01-01"), ("946684800000", "2000-01-01"), ("946684800000000", "2000-01-01"),
            ("-86400", nil), ("-631152000", "1950-01-01"), ("-2208988800", "1900-01-01"), ("345427200", "1980-12-12"),
            ("99999999999999999999", nil), ("1e300", nil), ("nan12", nil), ("12345678", nil),
        ] as [(String, String?)])
    func `days long ago, counted in seconds or their parts`(text: String, expected: String?) {
        #expect(DateReading.form(of: Array(text.utf8)) == expected.map { .day(day($0)) })
    }

    @Test(
        arguments: ["1 234,50", "1\u{A0}234,50", "1\u{202F}234,50", "1’234,50", "1'234,50 €"])
    func `groups of thousands by any space or apostrophe`(text: String) {
        #expect(NumberReading.read(Array(text.utf8)[...], mark: .comma) == .value(1234.5))
    }

    @Test func `columns of several symbols that are all other ones are no prices`() {
        let text = "Price,Close,Close\nTicker,AAA,BBB\nDate,,\n2025-09-01,7,100.5\n"
        #expect { try read(text) } throws: { ($0 as? PriceFileError)?.reason == .otherSymbols }
    }

    @Test(
        arguments: ["hello\n", "a\nb\nc\n", String(repeating: "x\n", count: 20)])
    func `what names no columns within its first lines is none`(text: String) {
        #expect { try read(text) } throws: { ($0 as? PriceFileError)?.reason == .noColumns }
    }

    @Test(arguments: ["1e", "e5", "1e+", "1e5000", "1.2e3.4", "--1", "1e-", "0x10"])
    func `odd numbers are still none`(text: String) {
        if case .value(let value) = NumberReading.read(Array(text.utf8)[...], mark: .point) {
            Issue.record("\(text) is \(value)")
        }
    }

    @Test(
        arguments: [
            "timestamp,close,split_coefficient\n2026-06-05,1000,1.0\n2026-06-08,100,10.0\n2026-06-09,101,1.0\n",
            "Date,Close,Stock Splits\n2026-06-05,1000,0.0\n2026-06-08,100,10.0\n2026-06-09,101,0.0\n",
            "Date,Close,Split\n2026-06-05,1000,\n2026-06-08,100,10:1\n2026-06-09,101,\n",
            "Date,Close,Split\n2026-06-05,1000,\n2026-06-08,100,10-for-1\n2026-06-09,101,\n",
            "Date,Close,Split ratio\n2026-06-05,1000,1/1\n2026-06-08,100,10/1\n2026-06-09,101,1/1\n",
            // the old shares first
            "Date,Close,Split\n2026-06-05,1000,\n2026-06-08,100,1:10\n2026-06-09,101,\n",
        ])
    func `a split that the file tells of is worked in`(text: String) throws {
        let series = try read(text).series
        #expect(series.values == [100, 100, 101])
        #expect(series.splits.map(\.ratio) == [10] && series.splits[0].day.description == "2026-06-08")
        #expect(series.suspectedSplits.isEmpty)
    }

    @Test func `two splits, one of them reverse, and one that the prices have already`() throws {
        let series = try read(
            "Date,Close,Split\n2026-01-02,100,\n2026-01-05,50,2\n2026-01-06,500,0.1\n2026-01-07,505,\n2026-01-08,500,4\n"
        ).series
        #expect(series.values == [500, 500, 500, 505, 500])
        #expect(series.splits.map(\.ratio) == [2, 0.1])
    }

    @Test(
        arguments: [(1000.0, 101.0, 10.0), (100, 48.5, 2), (10, 99, 0.1), (30, 10.2, 3)])
    func `a move that looks like a split is suspected`(before: Double, after: Double, ratio: Double) throws {
        let series = try read("Date,Close\n2026-06-04,\(before)\n2026-06-05,\(before)\n2026-06-08,\(after)\n").series
        #expect(series.suspectedSplits.count == 1)
        #expect(abs((series.suspectedSplits.first?.ratio ?? 0) - ratio) < 1e-9)
        #expect(series.splits.isEmpty)
    }

    @Test(
        arguments: [(100.0, 60.0), (100, 43), (10, 14)])
    func `a fall, however deep, that is none of a split's is not suspected`(before: Double, after: Double) throws {
        #expect(try read("Date,Close\n2026-06-05,\(before)\n2026-06-08,\(after)\n").series.suspectedSplits.isEmpty)
    }

    @Test func `one missing adjusted close among many is worked out, not a reason to take raw closes`() throws {
        let rows = (0..<300).map { row -> String in
            let day = TradingDay(year: 2025, month: 1, day: 1)!.adding(days: row)
            return "\(day),\(200 + row % 3),\(row == 150 ? "" : "\(100 + Double(row % 3) / 2)")"
        }
        let file = try read("Date,Close,Adj Close\n" + rows.joined(separator: "\n"))
        #expect(
            file.series.usesAdjustedClose && file.series.filledAdjustedCloses == 1)
        #expect(file.series.values.allSatisfy { (99...102).contains($0) })
    }

    @Test func `where few rows have an adjusted close, none is used`() throws {
        let file = try read("Date,Close,Adj Close\n2026-01-02,10,5\n2026-01-05,10,\n2026-01-06,10,\n")
        #expect(!file.series.usesAdjustedClose && file.series.values == [10, 10, 10])
    }
}
