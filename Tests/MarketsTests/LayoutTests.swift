import Testing

@testable import Markets

/// Layouts of price files.
@Suite struct LayoutTests {
    struct Layout: Sendable, CustomTestStringConvertible {
        var name: String
        var text: String
        var adjusted = false
        var testDescription: String { name }
    }

    /// All say the same: 2026-01-02 closes at 1101.25, 2026-01-05 at 1099, 2026-01-13 at 1110.5.
    static let layouts = [
        Layout(
            name: "Yahoo",
            text: """
                Date,Open,High,Low,Close,Adj Close,Volume
                2026-01-02,1100.000000,1102.500000,1095.000000,1105.250000,1101.250000,12345678
                2026-01-05,1101.000000,1103.000000,1090.000000,1103.000000,1099.000000,2345678
                2026-01-13,1101.000000,1113.000000,1090.000000,1110.500000,1110.500000,345678

                """, adjusted: true),
        Layout(
            name: "Stooq",
            text: """
                Date,Open,High,Low,Close,Volume\r
                2026-01-02,1100,1102.5,1095,1101.25,12345678\r
                2026-01-05,1101,1103,1090,1099,2345678\r
                2026-01-13,1101,1113,1090,1110.5,345678\r

                """),
        Layout(
            name: "Stooq's own files",
            text: """
                <TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>
                TEST.US,D,20260102,000000,1100,1102.5,1095,1101.25,12345678,0
                TEST.US,D,20260105,000000,1101,1103,1090,1099,2345678,0
                TEST.US,D,20260113,000000,1101,1113,1090,1110.5,345678,0
                """),
        Layout(
            name: "Alpha Vantage",
            text: """
                timestamp,open,high,low,close,volume
                2026-01-13,1101.0000,1113.0000,1090.0000,1110.5000,345678
                2026-01-05,1101.0000,1103.0000,1090.0000,1099.0000,2345678
                2026-01-02,1100.0000,1102.5000,1095.0000,1101.2500,12345678
                """),
        Layout(
            name: "Nasdaq",
            text: """
                Date,Close/Last,Volume,Open,High,Low
                01/13/2026,$1110.50,345678,$1101.00,$1113.00,$1090.00
                01/05/2026,$1099.00,2345678,$1101.00,$1103.00,$1090.00
                01/02/2026,$1101.25,12345678,$1100.00,$1102.50,$1095.00
                """),
        Layout(
            name: "investing.com",
            text: """
                \u{FEFF}"Date","Price","Open","High","Low","Vol.","Change %"
                "Jan 13, 2026","1,110.50","1,101.00","1,113.00","1,090.00","345.68K","1.05%"
                "Jan 05, 2026","1,099.00","1,101.00","1,103.00","1,090.00","2.35M","-0.20%"
                "Jan 02, 2026","1,101.25","1,100.00","1,102.50","1,095.00","12.35M","0.11%"
                """),
        Layout(
            name: "investing.com in German",
            text: """
                "Datum","Zuletzt","Eröffn.","Hoch","Tief","Vol.","+/- %"
                "13.01.2026","1.110,50","1.101,00","1.113,00","1.090,00","345,68K","1,05%"
                "05.01.2026","1.099,00","1.101,00","1.103,00","1.090,00","2,35M","-0,20%"
                "02.01.2026","1.101,25","1.100,00","1.102,50","1.095,00","12,35M","0,11%"
                """),
        Layout(
            name: "semicolon and decimal comma",
            text: """
                Datum;Erster;Hoch;Tief;Schlusskurs;Stücke;Volumen
                2026-01-13;1.101;1.113;1.090;1.110,5;345.678;383.876.419
                2026-01-05;1.101;1.103;1.090;1.099;2.345.678;2.577.900.122
                2026-01-02;1.100;1.102,5;1.095;1.101,25;12.345.678;13.595.677.897

                """),
        Layout(
            name: "tab, day before month",
            text: "Date\tClose\n02-01-2026\t1101.25\n05-01-2026\t1099\n13-01-2026\t1110.5"),
        Layout(name: "no names", text: "2026-01-02,1101.25\n2026-01-05,1099\n2026-01-13,1110.5\n"),
        Layout(
            name: "lines end with CR, month in words, a separator at the end",
            text: "Date,Close\r02-Jan-2026,1101.25,\r5 January 2026,1099,\r13-Jan-2026,1110.5,\r"),
    ]

    @Test(arguments: layouts)
    func `each common layout gives the same days and closes`(_ layout: Layout) throws {
        let file = try read(layout.text)
        #expect(file.series.days.map(\.description) == ["2026-01-02", "2026-01-05", "2026-01-13"])
        #expect(file.series.values == [1101.25, 1099, 1110.5])
        #expect(file.series.lastClose == 1110.5)
        #expect(file.report.skipped == 0)
        #expect(file.series.usesAdjustedClose == layout.adjusted)
    }

    @Test(arguments: layouts)
    func `a file says the same however its bytes are cut`(_ layout: Layout) throws {
        let bytes = Array(layout.text.utf8)
        let whole = try read(bytes: bytes)
        #expect(try read(bytes: bytes, piece: 1) == whole)
        for cut in 1..<bytes.count {
            var parser = PriceFileParser(symbol: whole.series.symbol)
            try parser.feed(bytes[..<cut])
            try parser.feed(bytes[cut...])
            let file = try parser.finish()
            guard file == whole else {
                Issue.record("another outcome when cut at \(cut)")
                return
            }
        }
    }
}
