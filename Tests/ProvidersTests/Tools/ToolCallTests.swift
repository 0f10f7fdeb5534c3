import Chat
import JSON
import Testing

@testable import Providers

/// Calls of tools in an answer.
@Suite struct ToolCallTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        /// The elements of `tool_calls`, a list each chunk.
        var chunks: [String]
        var calls: [ToolCall]
        var testDescription: String { name }
    }

    private static let paris = ToolCall(id: "a", name: "weather", arguments: #"{"city":"Paris"}"#)
    private static let rome = ToolCall(id: "b", name: "weather", arguments: #"{"city":"Rome"}"#)

    private static func piece(
        _ index: String? = "0", id: String? = nil, name: String? = nil, _ arguments: String = "null"
    ) -> String {
        let members = [
            index.map { "\"index\":\($0)" }, id.map { "\"id\":\"\($0)\"" },
            "\"function\":{\(name.map { "\"name\":\"\($0)\"," } ?? "")\"arguments\":\(arguments)}",
        ]
        return "{\(members.compactMap(\.self).joined(separator: ","))}"
    }

    private static let parisText = #""{\"city\":\"Paris\"}""#
    private static let romeText = #""{\"city\":\"Rome\"}""#

    static let rows: [Row] = [
        Row(
            name: "two ids under one index",
            chunks: [piece(id: "a", name: "weather", parisText), piece(id: "b", name: "weather", romeText)],
            calls: [paris, rome]),
        Row(
            name: "two ids under one index, in one chunk",
            chunks: [piece(id: "a", name: "weather", parisText) + "," + piece(id: "b", name: "weather", romeText)],
            calls: [paris, rome]),
        Row(
            name: "two ids under one index, in pieces",
            chunks: [
                piece(id: "a", name: "weather", #""{\"city\":""#), piece("0", #""\"Paris\"}""#),
                piece(id: "b", name: "weather", #""""#), piece("0", romeText),
            ], calls: [paris, rome]),
        Row(
            name: "one id in every piece, without an index",
            chunks: [
                piece(nil, id: "a", name: "weather", #""{\"city\":""#), piece(nil, id: "a", #""\"Paris\"}""#),
                piece(nil, id: "b", name: "weather", romeText),
            ], calls: [paris, rome]),
        Row(
            name: "one id under two indexes",
            chunks: [piece(id: "a", name: "weather", #""{\"city\":""#), piece("1", id: "a", #""\"Paris\"}""#)],
            calls: [paris]),
        Row(
            name: "one id under two indexes, and then the second index alone",
            chunks: [
                piece(id: "a", name: "weather", #""{\"city\"""#), piece("1", id: "a", #"":\"Pa""#),
                piece("1", #""ris\"}""#),
            ], calls: [paris]),
        Row(
            name: "another id in every piece (vLLM)",
            chunks: [
                piece(id: "a", name: "weather"), piece(id: "x", #""{\"city\":""#), piece(id: "y", #""\"Paris\"}""#),
                piece(id: "z", #""""#), piece("1", id: "b", name: "weather"), piece("1", id: "w", romeText),
            ], calls: [paris, rome]),
        Row(
            name: "indexes as text, and from 1",
            chunks: [
                piece("\"1\"", id: "a", name: "weather", #""{\"city\":""#), piece("\"1\"", #""\"Paris\"}""#),
                piece("\"2\"", id: "b", name: "weather", romeText),
            ], calls: [paris, rome]),
        Row(
            name: "no ids, one index, names that begin anew",
            chunks: [piece(name: "weather", parisText), piece(name: "weather", romeText)],
            calls: [
                ToolCall(id: "call_?", name: "weather", arguments: paris.arguments),
                ToolCall(id: "call_?", name: "weather", arguments: rome.arguments),
            ]),
        Row(
            name: "a name in pieces",
            chunks: [piece(id: "a", name: "wea"), piece(name: "ther"), piece("0", parisText)], calls: [paris]),
        Row(
            name: "a name in every piece",
            chunks: [piece(id: "a", name: "weather", #""{\"city\":""#), piece(name: "weather", #""\"Paris\"}""#)],
            calls: [paris]),
        Row(
            name: "a name that grows",
            chunks: [piece(id: "a", name: "wea"), piece(name: "weather"), piece("0", parisText)], calls: [paris]),
        Row(
            name: "arguments as an object",
            chunks: [piece(id: "a", name: "weather", #"{"city": "Paris"}"#)], calls: [paris]),
        Row(
            name: "no arguments, null ones, and blank ones",
            chunks: [
                piece(id: "a", name: "f"), #"{"index":1,"id":"b","function":{"name":"g"}}"#,
                piece("2", id: "c", name: "h", #""""#),
            ],
            calls: [
                ToolCall(id: "a", name: "f", arguments: "{}"), ToolCall(id: "b", name: "g", arguments: "{}"),
                ToolCall(id: "c", name: "h", arguments: "{}"),
            ]),
        Row(
            name: "name and arguments without an object around them",
            chunks: [#"{"index":0,"id":"a","name":"weather","arguments":{"city":"Paris"}}"#], calls: [paris]),
        Row(
            name: "a call without arguments before one that has some",
            chunks: [
                piece(id: "a", name: "f", #""""#), piece("1", id: "b", name: "weather", #""""#), piece("1", romeText),
            ], calls: [ToolCall(id: "a", name: "f", arguments: "{}"), rome]),
    ]

    @Test(arguments: rows)
    func `are told apart by id, number and name, streamed and whole`(_ row: Row) throws {
        let stream =
            row.chunks.map { #"data: {"choices":[{"delta":{"tool_calls":[\#($0)]}}]}"# + "\n\n" }.joined()
            + #"data: {"choices":[{"delta":{},"finish_reason":"tool_calls"}]}"# + "\n\n"
        let answer = try decode(ChatCompletionReader(), [Array(stream.utf8)])
        #expect(answer.calls == row.calls)
        #expect(answer.answer.finishReason == .toolCalls)
        let whole = try decodeWhole(
            ChatCompletionReader(),
            #"{"choices":[{"message":{"tool_calls":[\#(row.chunks.joined(separator: ","))]},"finish_reason":"stop"}]}"#)
        #expect(whole.calls == row.calls)
    }

    @Test func `come in their order, with id and name once, in the first piece`() throws {
        let row = try #require(Self.rows.last)
        let stream =
            row.chunks.map { #"data: {"choices":[{"delta":{"tool_calls":[\#($0)]}}]}"# + "\n\n" }.joined()
            + #"data: {"choices":[{"delta":{},"finish_reason":"tool_calls"}]}"# + "\n\n"
        let pieces = try decode([Array(stream.utf8)], OpenAIFormat(baseURL: "http://h")).toolCalls
        #expect(pieces.map(\.index) == [0, 1, 0])
        #expect(pieces.map(\.name) == ["f", "weather", nil])
        #expect(pieces.map(\.id) == ["a", "b", nil])
    }

    @Test func `that come without an id get one that no other call has`() throws {
        let stream =
            #"{"message":{"tool_calls":[{"function":{"name":"f","arguments":{}}},{"function":{"name":"f"}}]},"done":true,"done_reason":"stop"}"#
        let ids = try (0..<2).flatMap { _ in
            try decode([Array(stream.utf8)], OllamaFormat()).toolCalls.compactMap(\.id)
        }
        #expect(ids.count == 4)
        #expect(Set(ids).count == 4)
    }

    @Test func `of kind ollama may have their arguments as text`() throws {
        let line =
            #"{"message":{"tool_calls":[{"function":{"name":"f","arguments":"{\"city\":\"A\"}"}}]},"done":true,"done_reason":"stop"}"#
        #expect(try decode([Array(line.utf8)], OllamaFormat()).calls.map(\.arguments) == [#"{"city":"A"}"#])
    }
}
