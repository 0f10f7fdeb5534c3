import Chat
import JSON
import Testing

@testable import Routes

@Suite struct CompletionEncoderTests {
    private static let acceptance = Acceptance(
        userMessageID: MessageID(rawValue: "msg_q"), sessionID: SessionID(rawValue: "s"),
        replyID: MessageID(rawValue: "msg_1-2"), createdAt: Timestamp(milliseconds: 1_700_000_000_999))

    private static func shape(includesUsage: Bool = false, promptAnalysis: [UInt8]? = nil) -> CompletionShape {
        CompletionShape(
            model: "asked", isAgent: false, includesUsage: includesUsage, promptAnalysis: promptAnalysis)
    }

    private static func completion(_ reason: String = "stop", wasStopped: Bool = false) -> Completion {
        Completion(
            wasStopped: wasStopped, finishReason: reason, provider: "up", model: "big-2026",
            usage: Usage(promptTokens: 3, completionTokens: 4, isEstimated: true),
            metrics: ReplyMetrics(
                timeToFirstTokenMS: 1, durationMS: 2, tokensPerSecond: 3, attempts: 2, isCached: false))
    }

    /// The data of the events that a turn's events become.
    private func stream(_ events: [ChatEvent], includesUsage: Bool = false) throws -> [String] {
        let log = TurnLog(replyID: Self.acceptance.replyID)
        log.append(.accepted(Self.acceptance))
        for event in events { log.append(event) }
        let encoder = CompletionEncoder(log, Self.shape(includesUsage: includesUsage))
        var json = JSONWriter()
        _ = log.read(after: 0) { _, view in
            encoder.encode(view, to: &json)
            return true
        }
        let text = String(decoding: json.bytes, as: UTF8.self)
        #expect(text.hasSuffix("\n\n"))
        return try text.dropLast(2).components("\n\n").map { event in
            #expect(!event.contains("\n"))
            return try #require(event.hasPrefix("data: ") ? String(event.dropFirst(6)) : nil)
        }
    }

    /// The choice of the object that a turn's events become.
    private func whole(_ events: [ChatEvent], _ completion: Completion) throws -> JSONValue {
        let log = TurnLog(replyID: Self.acceptance.replyID)
        log.append(.accepted(Self.acceptance))
        for event in events { log.append(event) }
        var writer = JSONWriter()
        CompletionEncoder(log, Self.shape())
            .encode(whole: log, completion, to: &writer)
        return try #require(JSONValue(parsing: writer.bytes)["choices"]?.arrayValue?.first)
    }

    private func json(_ text: String) throws -> JSONValue { try JSONValue(parsing: Array(text.utf8)) }

    @Test
    func `a stream begins with the role, has a chunk for each piece, and ends with the reason and the terminator`()
        throws
    {
        let events = try stream([.text("a\"b"), .text("é\n"), .completed(Self.completion())])
        #expect(events.count == 5)
        #expect(events.last == "[DONE]")
        let chunks = try events.dropLast().map(json)
        for chunk in chunks {
            #expect(chunk["id"]?.stringValue == "chatcmpl-1-2")
            #expect(chunk["object"]?.stringValue == "chat.completion.chunk")
            #expect(chunk["created"]?.integerValue == 1_700_000_000)
            #expect(chunk["model"]?.stringValue == "asked")
            #expect(chunk["usage"] == nil)
            #expect(chunk["choices"]?.arrayValue?.count == 1)
        }
        let deltas = chunks.compactMap { $0["choices"]?.arrayValue?.first }
        #expect(deltas[0]["delta"]?["role"]?.stringValue == "assistant")
        #expect(deltas.compactMap { $0["delta"]?["content"]?.stringValue } == ["", "a\"b", "é\n"])
        #expect(deltas.map { $0["finish_reason"]?.stringValue } == [nil, nil, nil, "stop"])
        #expect(deltas[3]["delta"] == .object([:]))
    }

    @Test func `with usage asked for, each chunk has null but the last, which has no choices`() throws {
        let events = try stream([.text("a"), .completed(Self.completion())], includesUsage: true)
        let chunks = try events.dropLast().map(json)
        #expect(chunks.dropLast().allSatisfy { $0["usage"] == .null })
        let last = try #require(chunks.last)
        #expect(last["choices"] == .array([]))
        #expect(last["usage"] == ["prompt_tokens": 3, "completion_tokens": 4, "total_tokens": 7])
        #expect(last["chat_fcgi"]?["provider"]?.stringValue == "up")
        #expect(last["chat_fcgi"]?["usage_estimated"]?.boolValue == true)
    }

    @Test func `tools' calls go out as they come, and are put together for a whole answer`() throws {
        let pieces = [
            ToolCallPiece(index: 0, id: "c1", name: "f", arguments: ""), ToolCallPiece(index: 0, arguments: "{\"a\":"),
            ToolCallPiece(index: 1, id: "c2", name: "g", arguments: "{}"), ToolCallPiece(index: 0, arguments: "1}"),
        ]
        let events: [ChatEvent] = pieces.map { .toolCalls([$0]) } + [.completed(Self.completion("tool_calls"))]
        let deltas = try stream(events).dropLast().map(json).compactMap {
            $0["choices"]?.arrayValue?.first?["delta"]?["tool_calls"]?.arrayValue?.first
        }
        #expect(deltas.map { $0["id"]?.stringValue } == ["c1", nil, "c2", nil])
        #expect(deltas.map { $0["type"]?.stringValue } == ["function", nil, "function", nil])
        #expect(deltas.map { $0["function"]?["arguments"]?.stringValue } == ["", "{\"a\":", "{}", "1}"])
        let choice: JSONValue? = try whole(events, Self.completion("tool_calls"))
        #expect(choice?["finish_reason"]?.stringValue == "tool_calls")
        #expect(choice?["message"]?["content"] == .null)
        #expect(
            choice?["message"]?["tool_calls"] == [
                ["id": "c1", "type": "function", "function": ["name": "f", "arguments": "{\"a\":1}"]],
                ["id": "c2", "type": "function", "function": ["name": "g", "arguments": "{}"]],
            ])
    }

    @Test func `thoughts go beside the content`() throws {
        let events: [ChatEvent] = [.reasoning("h"), .reasoning("m"), .text("a"), .completed(Self.completion())]
        let deltas = try stream(events).dropLast().map(json)
            .compactMap { $0["choices"]?.arrayValue?.first?["delta"] }
        #expect(deltas.map { $0["reasoning_content"]?.stringValue } == [nil, "h", "m", nil, nil])
        #expect(deltas.compactMap { $0["content"]?.stringValue }.joined() == "a")
        let message = try whole(events, Self.completion())["message"]
        #expect(message?["reasoning_content"]?.stringValue == "hm")
        #expect(message?["content"]?.stringValue == "a")
        #expect(try whole([.text("a")], Self.completion())["message"]?["reasoning_content"] == nil)
    }

    @Test func `what a provider wants back comes with the thoughts and the calls`() throws {
        let extra = Array(#"{"google":{"thought_signature":"SIG"}}"#.utf8)
        let call = ToolCallPiece(index: 0, id: "c1", name: "f", arguments: "{}", extraContent: extra)
        let events: [ChatEvent] = [
            .reasoningDetails(Array(#"[{"type":"reasoning.text","index":0,"text":"Hm","format":null}]"#.utf8)),
            .reasoningDetails(
                Array(
                    #"[{"type":"reasoning.text","index":0,"text":".","signature":"S"},{"type":"reasoning.encrypted","index":1,"data":"D"}]"#
                        .utf8)),
            .toolCalls([call]), .completed(Self.completion("tool_calls")),
        ]
        let deltas = try stream(events).dropLast().map(json)
            .compactMap { $0["choices"]?.arrayValue?.first?["delta"] }
        #expect(deltas.compactMap { $0["reasoning_details"]?.arrayValue?.count } == [1, 2])
        let signature = ["google": ["thought_signature": "SIG"]] as JSONValue
        #expect(deltas[3]["tool_calls"]?.arrayValue?.first?["extra_content"] == signature)
        let message = try whole(events, Self.completion("tool_calls"))["message"]
        #expect(message?["tool_calls"]?.arrayValue?.first?["extra_content"] == signature)
        #expect(
            message?["reasoning_details"] == [
                ["type": "reasoning.text", "index": 0, "text": "Hm.", "format": .null, "signature": "S"],
                ["type": "reasoning.encrypted", "index": 1, "data": "D"],
            ])
    }

    @Test func `the usage has what the provider told besides, in OpenAI's members`() throws {
        var completion = Self.completion()
        completion.usageDetails = UsageDetails(cachedTokens: 80, cacheCreationTokens: 7, reasoningTokens: 40)
        let usage = try json(#require(try stream([.completed(completion)], includesUsage: true).dropLast().last))[
            "usage"]
        #expect(usage?["prompt_tokens_details"] == ["cached_tokens": 80, "cache_creation_tokens": 7])
        #expect(usage?["completion_tokens_details"] == ["reasoning_tokens": 40])
    }

    @Test func `the model is the one that answered, and the one that was asked for is told beside it`() throws {
        let log = TurnLog(replyID: Self.acceptance.replyID)
        log.append(.accepted(Self.acceptance))
        log.append(.text("a"))
        let encoder = CompletionEncoder(log, Self.shape())
        var writer = JSONWriter()
        encoder.encode(whole: log, Self.completion(), to: &writer)
        let answer = try JSONValue(parsing: writer.bytes)
        #expect(answer["model"]?.stringValue == "big-2026")
        #expect(answer["chat_fcgi"]?["requested_model"]?.stringValue == "asked")
    }
    @Test func `an agent answers under its own name`() throws {
        let log = TurnLog(replyID: Self.acceptance.replyID)
        log.append(.accepted(Self.acceptance))
        log.append(.text("a"))
        var encoder = CompletionEncoder(log, CompletionShape(model: "noah", isAgent: true, includesUsage: false))
        encoder.answering("big-2026")
        var whole = JSONWriter()
        encoder.encode(whole: log, Self.completion(), to: &whole)
        var chunk = JSONWriter()
        encoder.encode(.event(.text("a")), to: &chunk)
        let answer = try JSONValue(parsing: whole.bytes)
        #expect(answer["model"]?.stringValue == "noah")
        #expect(answer["chat_fcgi"]?["model"]?.stringValue == "big-2026")
        #expect(try JSONValue(parsing: Array(chunk.bytes.dropFirst(6)))["model"]?.stringValue == "noah")
    }

    @Test func `what another provider's answer replaced is not thought any more`() throws {
        let change = ProviderSwitch(from: "a", to: "b", reason: "r", attempt: 2, resetsText: true)
        let choice = try whole([.reasoning("x"), .providerSwitch(change), .reasoning("y")], Self.completion())
        #expect(choice["message"]?["reasoning_content"]?.stringValue == "y")
    }

    @Test func `an analysis of the prompt comes in a chunk without choices, or beside a whole answer's choices`() throws
    {
        let log = TurnLog(replyID: Self.acceptance.replyID)
        log.append(.accepted(Self.acceptance))
        log.append(.text("a"))
        log.append(.completed(Self.completion()))
        let encoder = CompletionEncoder(
            log, Self.shape(includesUsage: true, promptAnalysis: Array(#"{"score":50}"#.utf8)))
        var streamed = JSONWriter()
        _ = log.read(after: 0) { _, view in
            encoder.encode(view, to: &streamed)
            return true
        }
        let chunks = try String(decoding: streamed.bytes, as: UTF8.self).dropLast(2).components("\n\n").dropLast()
            .map { try json(String($0.dropFirst(6))) }
        #expect(chunks.compactMap { $0["prompt_analysis"] } == [["score": 50]])
        #expect(chunks[1]["choices"] == .array([]))
        #expect(chunks[1]["usage"] == .null)
        var whole = JSONWriter()
        encoder.encode(whole: log, Self.completion(), to: &whole)
        #expect(try JSONValue(parsing: whole.bytes)["prompt_analysis"] == ["score": 50])
    }

    @Test func `an error is the end, with nothing behind it`() throws {
        let failure = ReplyFailure(
            code: "provider_interrupted", message: "It broke off.", isRetryable: true, isPartial: true)
        let events = try stream([.text("a"), .failed(failure)])
        #expect(events.count == 3)
        let error = try json(events[2])["error"]
        #expect(error?["message"]?.stringValue == "It broke off.")
        #expect(error?["code"]?.stringValue == "provider_interrupted")
        #expect(error?["type"]?.stringValue == "server_error")
        #expect(error?["param"] == .null)
    }

    @Test func `what these clients do not know is left out`() throws {
        let events = try stream([
            .note(AgentNote(kind: "k", json: Array("{}".utf8))),
            .providerSwitch(ProviderSwitch(from: "a", to: "b", reason: "r", attempt: 2, resetsText: false)),
            .completed(Self.completion("stopped", wasStopped: true)),
        ])
        #expect(events.count == 3)
        #expect(try json(events[1])["choices"]?.arrayValue?.first?["finish_reason"]?.stringValue == "stop")
    }

    @Test(arguments: [
        (ModelError.Kind.rateLimited, 429, "rate_limit_error"), (.unavailable, 503, "server_error"),
        (.timeout, 504, "server_error"), (.contextLengthExceeded, 400, "invalid_request_error"),
        (.contentPolicy, 400, "invalid_request_error"), (.invalidRequest, 400, "invalid_request_error"),
        (.unauthorized, 502, "server_error"), (.interrupted, 502, "server_error"), (.notFound, 502, "server_error"),
    ])
    func `a failure has a status that these clients' retries go by`(
        _ kind: ModelError.Kind, _ status: Int, _ type: String
    ) throws {
        let response = CompletionError(
            ReplyFailure(code: kind.rawValue, message: "m", isRetryable: true, isPartial: false)
        ).response
        #expect(response.head.status == status)
        let error = try JSONValue(parsing: response.body)["error"]
        #expect(error?["type"]?.stringValue == type)
        #expect(error?["code"]?.stringValue == kind.rawValue)
        #expect(response.head.fields.contains { $0.name == "Retry-After" } == (status == 429 || status == 503))
        #expect(!response.head.fields.contains { $0.name == "x-should-retry" })
    }

    @Test(
        arguments: [
            (ModelError.Kind.rateLimited, nil, "2"), (.unavailable, nil, "2"), (.timeout, nil, nil),
            (.rateLimited, 3_600_000, "3600"), (.rateLimited, 20_001, "21"), (.unavailable, 60_000, "60"),
            (.unavailable, 60_001, "61"), (.rateLimited, 0, "0"), (.interrupted, 7_000, "7"),
        ] as [(ModelError.Kind, Int?, String?)])
    func `when to ask again is what the provider said, and too long a time is none to wait for`(
        _ kind: ModelError.Kind, _ milliseconds: Int?, _ expected: String?
    ) throws {
        var failure = ReplyFailure(code: kind.rawValue, message: "m", isRetryable: true, isPartial: false)
        failure.retryAfterMS = milliseconds
        let fields = Dictionary(CompletionError(failure).response.head.fields.map { ($0.name, $0.value) }) { _, b in b }
        #expect(fields["Retry-After"] == expected)
        #expect(fields["x-should-retry"] == (milliseconds ?? 0 > 60_000 ? "false" : nil))
        let last = try #require(try stream([.failed(failure)]).last)
        #expect(try json(last)["error"]?["retry_after_ms"]?.integerValue == milliseconds.map { Int64($0) })
    }

    @Test func `clients are told where asking again is of no use`() {
        let failure = ReplyFailure(
            code: ModelError.Kind.unauthorized.rawValue, message: "m", isRetryable: false, isPartial: false)
        let problem = Problem.tokenLimitReached(used: 2, reserved: 0, allowed: 1, at: Timestamp(milliseconds: 0))
        for error in [CompletionError(failure), CompletionError(problem)] {
            #expect(error.response.head.fields.contains { $0.name == "x-should-retry" && $0.value == "false" })
        }
    }
}

extension Substring {
    fileprivate func components(_ separator: String) -> [String] {
        var parts: [String] = []
        var rest = self
        while let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }
}
