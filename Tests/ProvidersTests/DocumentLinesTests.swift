import Chat
import EventStream
import JSON
import Testing

@testable import Providers

/// An answer in lines of JSON.
@Suite struct DocumentLinesTests {
    /// A kind with the smallest protocol: {"t": text}, {"end": true}.
    struct LineReader: AnswerReader {
        static var framing: AnswerFraming { .lines }

        mutating func read(
            type: Span<UInt8>, _ document: borrowing JSONElement, into answer: inout Answer
        ) throws -> Bool {
            if document["end"]?.bool == true {
                answer.finish(.stop)
                answer.isTerminated = true
                return true
            }
            return document["t"]?.withUTF8String { answer.append(text: $0) } != nil
        }

        mutating func readWhole(_ document: borrowing JSONElement, into answer: inout Answer) throws -> Bool {
            try read(type: Span(), document, into: &answer)
        }
    }

    @Test(
        arguments: ["\n", "\r", "\r\n", "\n\n", "\r\n \t\r\n"], [true, false])
    func `ends its lines with LF, CR or CRLF, may begin with a mark, and is read the same cut at every byte`(
        _ end: String, _ hasMark: Bool
    ) throws {
        let lines = [
            #"{"t":"Grü"}"#, #"{"t":"ße 😀"}"#, #" {"t":"\u00e9","x":[1]} "#, #"{"end":true}"#, #"{"t":"late"}"#,
        ]
        let text = (hasMark ? "\u{FEFF}" : "") + lines.joined(separator: end) + end
        for pieces in cuts(text) {
            let decoded = try decode(LineReader(), pieces)
            #expect(decoded.tokens == ["Grü", "ße 😀", "é"])
            #expect(decoded.answer.finishReason == .stop)
            #expect(decoded.answer.malformedEvents == 0)
        }
    }

    @Test func `needs no line end behind its last document`() throws {
        let decoded = try decode(LineReader(), [Array(#"{"t":"a"}"#.utf8), Array("\n{\"end\":true}".utf8)])
        #expect(decoded.tokens == ["a"])
        #expect(decoded.answer.finishReason == .stop)
    }

    @Test func `that breaks off inside a document has not ended`() {
        let text = "{\"t\":\"a\"}\n{\"end\":true}"
        for length in 10..<(text.utf8.count) {
            let error = #expect(throws: ModelError.self) {
                try decode(LineReader(), [Array(text.utf8.prefix(length))])
            }
            #expect(error?.kind == .interrupted)
        }
    }

    @Test func `is read on after a document that is none of the answer, which is counted`() throws {
        let text = "[]\n7\n{\"t\":\"a\"}\n{\"end\":true}\n"
        let decoded = try decode(LineReader(), [Array(text.utf8)])
        #expect(decoded.tokens == ["a"])
        #expect(decoded.answer.malformedEvents == 2)
    }

    @Test func `is damaged by a line that cannot be read`() {
        let error = #expect(throws: ModelError.self) {
            try decode(LineReader(), [Array("{\"t\":\"a\"}\n{\"t\":\n{\"end\":true}\n".utf8)])
        }
        #expect(error?.kind == .malformed)
    }

    @Test func `may report an error in the middle, as an object or a mere text`() {
        for (line, kind) in [
            (#"{"error":"something broke"}"#, ModelError.Kind.unavailable),
            (#"{"error":{"message":"x","code":429}}"#, .rateLimited),
            (#"{"error":"model 'x' not found"}"#, .notFound),
        ] {
            let error = #expect(throws: ModelError.self) {
                try decode(LineReader(), [Array("{\"t\":\"a\"}\n\(line)\n{\"end\":true}\n".utf8)])
            }
            #expect(error?.kind == kind)
        }
    }

    @Test func `has a limit on a line, whether it comes at once or byte by byte`() throws {
        let fits = #"{"t":"1234567"}"# + "\n{\"end\":true}\n"
        let isOver = #"{"t":"12345678"}"# + "\n{\"end\":true}\n"
        for pieces in cuts(fits) { #expect(try decode(LineReader(), pieces, eventLimit: 15).tokens == ["1234567"]) }
        for pieces in cuts(isOver) {
            let error = #expect(throws: ModelError.self) { try decode(LineReader(), pieces, eventLimit: 15) }
            #expect(error?.kind == .tooLarge)
        }
        let endless = [UInt8](repeating: UInt8(ascii: " "), count: 16)
        #expect(throws: ModelError.self) { try decode(LineReader(), [endless], eventLimit: 15) }
    }
}
