import Foundation
import Testing

@testable import Markets

/// A folder of prices.
@Suite struct FolderTests {
    @Test func `the sample has eight symbols with names, a benchmark and its label`() throws {
        let listing = try Sample.folder.listing()
        #expect(
            listing.symbols.map(\.name) == ["DEMO1", "DEMO2", "DEMO3", "DEMO4", "DEMO5", "DEMO6", "DEMO7", "DEMOIDX"])
        #expect(listing.benchmark == Symbol("DEMOIDX"))
        #expect(listing.name(of: symbol("demo5")) == "Demo Copper Ridge Mining")
        #expect(listing.note?.contains("synthetic") == true)
        for symbol in listing.symbols {
            let file = try Sample.folder.prices(of: symbol)
            #expect(file.report.skipped == 0)
            #expect(file.series.days.count == 841)
        }
    }

    @Test(
        arguments: [
            "../secret", "..", ".", "/etc/passwd", "a/b", "a\\b", "A\u{0}", "", "AAPL\n", ".hidden", "-rf", "^", "A A",
            "ÄÖ",
            "AAAAAAAAAAAAAAAAAAAAA",
        ])
    func `what is no symbol is never made a path`(_ text: String) {
        #expect(Symbol(text) == nil)
    }

    @Test(
        arguments: ["AAPL", "brk-b", "^GSPC", "SAP.DE", "EURUSD=X", "0700.HK", "F"])
    func `symbols of many exchanges are taken`(_ text: String) {
        #expect(Symbol(text)?.name == text.uppercased())
    }

    @Test func `links, pipes and folders are not read, and what is asked for must be listed`() throws {
        let folder = try TemporaryFolder()
        try folder.write("REAL.csv", "Date,Close\n2026-01-02,1\n")
        symlink("REAL.csv", folder.path + "/LINK.csv")
        mkfifo(folder.path + "/PIPE.csv", 0o600)
        try FileManager.default.createDirectory(atPath: folder.path + "/DIR.csv", withIntermediateDirectories: true)
        let prices = PriceFolder(path: folder.path)
        #expect(try prices.prices(of: symbol("real")).series.days.count == 1)
        for name in ["LINK", "PIPE", "DIR"] {
            #expect(throws: PriceFileError(reason: .notAFile, name: name)) {
                try prices.prices(of: symbol(name))
            }
        }
        #expect(throws: PriceFileError(reason: .unknown, name: "GONE")) {
            try prices.prices(of: symbol("GONE"))
        }
    }

    @Test func `what an operator changes is seen at the next question`() throws {
        let folder = try TemporaryFolder()
        let prices = PriceFolder(path: folder.path)
        let symbol = symbol("AAA")
        #expect(try prices.listing().symbols.isEmpty)
        try folder.write("aaa.csv", "Date,Close\n2026-01-02,1\n")
        #expect(try prices.listing().symbols == [symbol])
        #expect(try prices.prices(of: symbol).series.values == [1])
        try folder.write("aaa.csv", "Date,Close\n2026-01-02,2\n")
        #expect(try prices.prices(of: symbol).series.values == [2])
        try folder.write("names.csv", "symbol,name,role\nAAA,Triple A Inc,benchmark\nBBB,Not there,\n")
        try folder.write("note.txt", "  For trying\n<only>\n")
        let listing = try prices.listing()
        #expect(listing.names == [symbol: ["Triple A Inc"]])
        #expect(listing.benchmark == symbol)
        #expect(listing.note == "For trying only")
        try FileManager.default.removeItem(atPath: folder.path + "/aaa.csv")
        #expect(try prices.listing().symbols.isEmpty)
        #expect(try prices.listing().benchmark == nil)
    }

    @Test func `files that have lain for a while are read once, and again when they change`() throws {
        let folder = try TemporaryFolder()
        var options = PriceFolder.Options()
        options.maximumCachedDays = 3
        let prices = PriceFolder(path: folder.path, options: options)
        for (name, value) in [("AAA", 1), ("BBB", 2)] {
            try folder.write("\(name).csv", "Date,Close\n2026-01-02,\(value)\n2026-01-05,\(value)\n")
            try age(folder.path + "/\(name).csv", to: 1000)
        }
        try age(folder.path, to: 1000)
        for _ in 0..<3 {
            #expect(try prices.prices(of: symbol("AAA")).series.values == [1, 1])
            #expect(try prices.prices(of: symbol("BBB")).series.values == [2, 2])
        }
        try folder.write("AAA.csv", "Date,Close\n2026-01-02,3\n2026-01-05,3\n")
        try age(folder.path + "/AAA.csv", to: 2000)
        #expect(try prices.prices(of: symbol("AAA")).series.values == [3, 3])
    }

    @Test func `beyond the limit files are not seen, nor are those whose names are no symbols`() throws {
        let folder = try TemporaryFolder()
        for name in ["A", "B", "C"] { try folder.write("\(name).csv", "Date,Close\n2026-01-02,1\n") }
        try folder.write("not a symbol.csv", "x")
        var options = PriceFolder.Options()
        options.maximumSymbols = 2
        let listing = try PriceFolder(path: folder.path, options: options).listing()
        #expect(listing.symbols.count == 2)
        #expect(try PriceFolder(path: folder.path).listing().symbols.count == 3)
        #expect(PriceFolder.Options().maximumSymbols == 10_000)
    }

    @Test func `a folder that is not there is an error without its path`() {
        #expect {
            try PriceFolder(path: "/nowhere/at/all").listing()
        } throws: { error in
            "\(error)" == "the folder of prices: No such file or directory"
        }
    }

    private func age(_ path: String, to seconds: Int) throws {
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: Double(seconds))], ofItemAtPath: path)
    }
}
