import Chat
import HTTPClient
import LoopbackServer
import ProviderFaults
import Scheduling
import Synchronization
import Testing

@testable import Providers

/// Complete means complete: every way in which an answer ends, for every kind, streamed and whole, alone and with a fallback.
@Suite(.timeLimit(.minutes(5))) struct EndingTests {
    private let client = HTTPClient()
    private let timers = TimerQueue()

    struct Row: Sendable, CustomTestStringConvertible {
        var ending: EndingCase
        var kind: ProviderKind
        var streams: Bool
        var body: String

        var testDescription: String { "\(kind.rawValue)\(streams ? "" : ", whole"): \(ending.name)" }

        static let all: [Row] = EndingCase.all.flatMap { ending in
            ProviderKind.allCases.flatMap { kind in
                [true, false].compactMap { streams in
                    let wire = VendorWire(kind: kind)
                    let body = streams ? ending.stream?(wire) : ending.whole?(wire)
                    return body.map { Row(ending: ending, kind: kind, streams: streams, body: $0) }
                }
            }
        }
    }

    /// Serves the same body to each call, and counts the calls.
    private final class Server: Sendable {
        private final class Counter: Sendable {
            let calls = Mutex(0)
        }

        private let counter = Counter()
        let server: LoopbackServer

        var calls: Int { counter.calls.withLock { $0 } }

        init(_ row: Row) {
            let usualType = row.kind == .ollama ? "application/x-ndjson" : "text/event-stream"
            let type = row.ending.contentType ?? (row.streams ? usualType : "application/json")
            server = LoopbackServer { [counter] connection in
                while connection.readRequest() != nil {
                    counter.calls.withLock { $0 += 1 }
                    guard row.ending.close != .connection else {
                        connection.send(
                            "HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\nConnection: close\r\n\r\n\(row.body)")
                        return
                    }
                    connection.sendChunkedHead(contentType: type)
                    connection.sendChunk(row.body)
                    guard row.ending.close == .reset else {
                        connection.sendLastChunk()
                        continue
                    }
                    connection.waitUntilPeerHasRead()
                    return connection.reset()
                }
            }
        }
    }

    private func model(_ row: Row, _ server: LoopbackServer) -> any LanguageModel {
        var options = ProviderOptions(
            provider: "a", baseURL: server.url(row.kind == .openai ? "/v1" : ""), apiKey: "key", model: "m")
        options.streams = row.streams
        return row.kind.model(options, client)
    }

    private func chain(_ routes: any LanguageModel...) -> CachedModel {
        let routes = routes.map { model in
            var route = ModelChain.Route(model)
            route.attempts = 1
            route.hedgeAfterMilliseconds = 0
            return route
        }
        return CachedModel(
            ModelChain(routes, timers: timers), cache: ResponseCache(maximumBytes: 1 << 20),
            options: CachedModel.Options(name: "m", lifetimeSeconds: 60, isShared: true), timers: timers)
    }

    @Test(arguments: Row.all)
    func `alone, an answer is complete or an error, and only what is complete is kept`(_ row: Row) async throws {
        let server = Server(row)
        let model = chain(model(row, server.server))
        let sink = Recorder(supportsReset: false)
        let result = await outcome(of: model, into: sink)
        #expect(server.calls == 1)
        switch row.ending.end {
        case .complete(let text, let reason, let usage):
            let completion = try result.get()
            #expect(Array(sink.text.utf8) == Array(text.utf8))
            #expect(completion.finishReason == reason)
            if let usage {
                #expect(
                    completion.usage == Usage(promptTokens: usage[0], completionTokens: usage[1], isEstimated: false))
            }
            _ = try await model.respond(to: .question, into: Recorder())
            #expect(server.calls == (reason == "length" ? 2 : 1))
        case .fails(let kind, let text):
            #expect(result.modelError?.kind == kind, "\(result)")
            #expect(sink.text == text)
            _ = await outcome(of: model, into: Recorder())
            #expect(server.calls == 2)
        }
    }

    @Test(arguments: Row.all)
    func `with a fallback, the caller has the whole answer, once, from anyone who could give it`(_ row: Row)
        async throws
    {
        let server = Server(row)
        let fallback = FaultyProvider(.openai, [.answers("half of ", "the answer")])
        let model = chain(model(row, server.server), fallback.model(client, name: "b"))
        let sink = Recorder(supportsReset: false)
        let result = await outcome(of: model, into: sink)
        guard case .fails(let kind, _) = row.ending.end else {
            #expect(try result.get().provider == "a")
            #expect(fallback.calls.isEmpty)
            return
        }
        #expect(sink.failures.map(\.kind) == [kind])
        guard sink.toolCalls.isEmpty else {
            // A part of a call has gone out: nobody can take it back.
            #expect(result.modelError?.kind == kind)
            return
        }
        let completion = try result.get()
        #expect(completion.provider == "b")
        #expect(completion.usage == Usage(promptTokens: 11, completionTokens: 2, isEstimated: false))
        #expect(sink.text == EndingCase.answer)
        #expect(fallback.calls.count == 1)
        #expect(server.calls == 1)
        // What is kept is the fallback's.
        let again = Recorder()
        #expect(try await model.respond(to: .question, into: again).isCached)
        #expect(again.text == EndingCase.answer)
    }

    @Test(arguments: ProviderKind.allCases)
    func `a provider declared so needs no finish reason, only its terminator`(_ kind: ProviderKind) throws {
        let wire = VendorWire(kind: kind)
        var rules = AnswerRules()
        rules.finishReasonIsOptional = true
        let text = wire.opening + wire.text("all")
        let call = wire.opening + wire.call("{}")
        #expect(try kind.end(of: text + wire.terminator, rules) == "stop")
        #expect(try kind.end(of: call + wire.terminator, rules) == "tool_calls")
        #expect(try kind.end(of: text + wire.finish(.length), rules) == "length")
        // Gemini has no terminator: there the body's end is one.
        if kind == .gemini {
            #expect(try kind.end(of: text, rules) == "stop")
        } else {
            #expect(throws: ModelError.self) { try kind.end(of: text, rules) }
        }
        #expect(throws: ModelError.self) { try kind.end(of: wire.opening + wire.terminator, rules) }
    }

    @Test func `characters cut anywhere between two events are whole again, in text, thoughts and arguments`() throws {
        for character in ["é", "€", "😀", "𐍈"] {
            let bytes = Array(character.utf8)
            for cut in 1..<bytes.count {
                func chunk(_ head: String, _ middle: [UInt8], _ tail: String) -> [UInt8] {
                    Array(#"data: {"choices":[{"delta":{"#.utf8) + Array(head.utf8) + middle + Array(tail.utf8)
                        + Array("}}]}\n\n".utf8)
                }
                let end = Array("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n".utf8)
                let (first, second) = (Array(bytes[..<cut]), Array(bytes[cut...]))
                let text = chunk(#""content":"a"#, first, "\"") + chunk(#""content":""#, second, "b\"") + end
                #expect(try decode(ChatCompletionReader(), [text]).tokens.joined() == "a\(character)b")
                let thought =
                    chunk(#""reasoning":"a"#, first, "\"") + chunk(#""reasoning":""#, second, "b\"")
                    + chunk(#""content":"c"#, [], "\"") + end
                #expect(try decode(ChatCompletionReader(), [thought]).reasoning.joined() == "a\(character)b")
                let call =
                    chunk(
                        #""tool_calls":[{"index":0,"id":"c","function":{"name":"f","arguments":"{\"a\":\""#, first,
                        "\"}}]") + chunk(#""tool_calls":[{"index":0,"function":{"arguments":""#, second, "\\\"}\"}}]")
                    + end
                #expect(
                    try decode(ChatCompletionReader(), [call]).calls.map(\.arguments) == ["{\"a\":\"\(character)\"}"])
                let lone = chunk(#""content":"a"#, first, "b\"") + end
                #expect(try decode(ChatCompletionReader(), [lone]).tokens.joined() == "a\u{FFFD}b")
            }
        }
    }

    @Test func `halves of surrogates in a tool's arguments are joined, whatever the pieces`() throws {
        func piece(_ json: String, isFirst: Bool = false) -> String {
            VendorWire(kind: .openai).call(json, isFirst: isFirst)
        }
        let stream =
            piece(#"{\"a\":\"\ud83d"#, isFirst: true) + piece("") + piece(#"\ude00\ud83d"#) + piece(#"\"}"#)
            + VendorWire(kind: .openai).finish()
        #expect(
            try decode(ChatCompletionReader(), [Array(stream.utf8)]).calls.map(\.arguments)
                == ["{\"a\":\"😀\u{FFFD}\"}"])
    }
}

extension ProviderKind {
    func model(_ options: ProviderOptions, _ client: HTTPClient) -> any LanguageModel {
        switch self {
        case .openai: ProviderModels.openAI(options, client: client)
        case .azure: ProviderModels.azure(options, client: client)
        case .anthropic: ProviderModels.anthropic(options, client: client)
        case .gemini: ProviderModels.gemini(options, client: client)
        case .ollama: ProviderModels.ollama(options, client: client)
        }
    }

    /// The reason of a streamed answer's end.
    fileprivate func end(of stream: String, _ rules: AnswerRules) throws -> String {
        func end(_ reader: some AnswerReader) throws -> String {
            let answer = try decode(reader, [Array(stream.utf8)], rules: rules).answer
            return answer.completion(of: .question, model: "m", provider: "a").finishReason
        }
        return switch self {
        case .openai, .azure: try end(ChatCompletionReader())
        case .anthropic: try end(AnthropicReader())
        case .gemini: try end(GeminiReader())
        case .ollama: try end(OllamaReader())
        }
    }
}
