import Foundation
import Testing

@testable import Markets

/// The synthetic prices of `agents/desk/prices-sample`, read once.
enum Sample {
    static let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "agents/desk/prices-sample").path

    static let folder = PriceFolder(path: path)

    static func series(_ name: String) throws -> PriceSeries {
        try folder.prices(of: symbol(name)).series
    }
}

/// Reads a text as the prices of `TEST`, in pieces of `size` bytes.
func read(_ text: String, piece size: Int = .max, limits: PriceFileParser.Limits = .init()) throws -> PriceFile {
    try read(bytes: Array(text.utf8), piece: size, limits: limits)
}

func read(bytes: [UInt8], piece size: Int = .max, limits: PriceFileParser.Limits = .init()) throws -> PriceFile {
    var parser = PriceFileParser(symbol: symbol("TEST"), limits: limits)
    var start = 0
    while start < bytes.count {
        let end = size > bytes.count - start ? bytes.count : start + size
        try parser.feed(bytes[start..<end])
        start = end
    }
    return try parser.finish()
}

func symbol(_ name: String) -> Symbol {
    guard let symbol = Symbol(name) else { fatalError("no symbol: \(name)") }
    return symbol
}

func day(_ text: String) -> TradingDay {
    guard case .day(let day) = DateReading.form(of: Array(text.utf8)) else { fatalError("no day: \(text)") }
    return day
}

/// A series of days one after the other from 2024-01-01.
func series(_ values: [Double], symbol name: String = "TEST", from first: String = "2024-01-01") throws -> PriceSeries {
    let start = day(first)
    let prices = values.enumerated().map { DailyPrice(day: start.adding(days: $0.offset), close: $0.element) }
    return try #require(PriceSeries(symbol: symbol(name), prices: prices))
}

/// A folder of its own that goes when this does.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "markets-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path + "/" + name))
    }
}
