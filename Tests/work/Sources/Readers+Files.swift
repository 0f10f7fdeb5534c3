@testable import Catalog
@testable import Configuration
@testable import EventStream
@testable import JSON
@testable import Knowledge
@testable import Markets
@testable import Providers

extension Readers {
    /// Files and streams that come from outside.
    static let files: [Reader] = [
        Reader("a document", "Sources/Knowledge/Markdown") { _ = try MarkdownDocument($1, name: "a.md") },
        Reader("a table of books") {
            var parser = CSVParser(limits: CSVParser.Limits(fieldBytes: 65_536, recordBytes: 131_072, fields: 65_536))
            try parser.feed(Array($1.utf8)) { _ in }
            try parser.finish { _ in }
        },
        Reader("a book's names", "Sources/Catalog/Names") {
            _ = Catalog.Folding.key($1)
            _ = AuthorName(natural: $1)
            _ = AuthorName(heading: $1)
            _ = TitleForms($1, cutsVolumes: true, cutsParts: true)
            _ = SubjectHeading($1)
        },
        Reader("a file of prices", "Sources/Markets/Reading") {
            var parser = PriceFileParser(symbol: Symbol("WORK")!)
            try parser.feed(Array(("Date,Close\n" + $1).utf8))
            _ = try parser.finish()
        },
        Reader("JSON") {
            var writer = JSONWriter()
            try JSONValue(parsing: Array($1.utf8)).write(to: &writer)
        },
        Reader("a text as JSON") {
            var writer = JSONWriter()
            writer.string($1)
            _ = try JSONValue(parsing: writer.bytes)
        },
        Reader("a configuration", "Sources/Configuration/JSON5") {
            _ = try JSON5Parser.document(of: Array($1.utf8))
        },
        Reader("an event stream") {
            var parser = EventStreamParser(maximumEventBytes: 1 << 20)
            try parser.feed(Array($1.utf8)) { _ in }
            try parser.end { _ in }
        },
        Reader("a provider's answer") {
            var decoder = AnswerDecoder(
                ChatCompletionReader(), provider: "work", maximumTextBytes: 1 << 20, maximumEventBytes: 1 << 20,
                rules: AnswerRules())
            for bytes in pieces(of: $1) {
                try decoder.feed(bytes.span.bytes)
                decoder.answer.removePieces()
            }
            _ = try decoder.finish()
        },
    ]

    /// A text as a provider sends it, some characters at a time.
    private static func pieces(of text: String) -> [[UInt8]] {
        var rest = Substring(text)
        var pieces: [[UInt8]] = []
        while !rest.isEmpty {
            var json = JSONWriter()
            json.string(String(rest.prefix(8)))
            pieces.append(
                Array("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":".utf8) + json.bytes
                    + Array("}}]}\n\n".utf8))
            rest = rest.dropFirst(8)
        }
        return pieces + [Array("data: [DONE]\n\n".utf8)]
    }
}
