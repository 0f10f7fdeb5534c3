import Chat
import JSON

/// A turn in the words of OpenAI's chat completions
/// (platform.openai.com/docs/api-reference/chat-streaming and /chat/object).
struct CompletionEncoder: Sendable {
    private let id: String
    private let created: Int64
    /// As the client asked for it.
    private let askedModel: String
    /// Whether that is an agent: it answers under its own name, whatever model it asks.
    private let isAgent: Bool
    /// The model that answers, as far as that is known.
    private var model: String
    private let includesUsage: Bool
    /// Where a stored exchange is in the history; nil: nowhere.
    private let stored: Acceptance?
    /// JSON of an analysis of the prompt, for clients that asked for it.
    private let promptAnalysis: [UInt8]?
    /// The beginning of every chunk, the same for each token of the answer.
    private var chunkPrefix: [UInt8]

    /// - Parameter log: that of the turn, with its first event.
    init(_ log: TurnLog, _ shape: CompletionShape) {
        var accepted: Acceptance?
        _ = log.read(after: 0) { _, view in
            if case .event(.accepted(let acceptance)) = view { accepted = acceptance }
            return false
        }
        isAgent = shape.isAgent
        stored = shape.isStored ? accepted : nil
        promptAnalysis = shape.promptAnalysis
        id = "chatcmpl-" + (log.replyID.rawValue.split(separator: "_").last.map(String.init) ?? "")
        created = (accepted?.createdAt ?? .now()).milliseconds / 1000
        askedModel = shape.model
        model = shape.model
        includesUsage = shape.includesUsage
        chunkPrefix = Self.chunkPrefix(id, created, model)
    }

    /// What is encoded from here on comes from this model.
    mutating func answering(_ name: String) {
        guard !isAgent, name != model else { return }
        model = name
        chunkPrefix = Self.chunkPrefix(id, created, name)
    }

    private static func chunkPrefix(_ id: String, _ created: Int64, _ model: String) -> [UInt8] {
        var writer = JSONWriter()
        writer.raw("data: ")
        writer.beginObject()
        head(id, "chat.completion.chunk", created, model, to: &writer)
        return writer.bytes
    }

    private static func head(
        _ id: String, _ object: String, _ created: Int64, _ model: String, to writer: inout JSONWriter
    ) {
        writer.member("id", id)
        writer.member("object", object)
        writer.member("created", created)
        writer.member("model", model)
    }

    // MARK: - Streamed

    /// Appends the chunks of an event. An error is the end; there is no `[DONE]` after it.
    func encode(_ view: TurnLog.View, to writer: inout JSONWriter) {
        switch view {
        case .text(let piece): chunk(&writer) { $0.string("content", piece) }
        case .event(.accepted):
            chunk(&writer, isFirst: true) { writer in
                writer.member("role", "assistant")
                writer.member("content", "")
                writer.key("refusal")
                writer.null()
            }
            analysisChunk(&writer)
        case .event(.text(let piece)): chunk(&writer) { $0.string("content", Array(piece.utf8)[...]) }
        case .event(.reasoning(let piece)):
            // DeepSeek's name for it, which most clients that show thoughts know.
            chunk(&writer) { $0.string("reasoning_content", Array(piece.utf8)[...]) }
        case .event(.reasoningDetails(let json)):
            chunk(&writer) { writer in
                writer.member("reasoning_details", json: json)
            }
        case .event(.toolCalls(let pieces)):
            chunk(&writer) { writer in
                writer.beginArray("tool_calls")
                for piece in pieces { Self.write(piece, to: &writer) }
                writer.endArray()
            }
        case .event(.completed(let completion)): end(completion, to: &writer)
        case .event(.failed(let failure)):
            writer.raw("data: ")
            writer.beginDocument()
            CompletionError(failure).write(to: &writer, isInStream: true)
            writer.endServerSentEvent()
        // Nothing that these clients know. Text is never taken back here.
        case .event(.recommendations), .event(.note), .event(.providerSwitch): break
        }
    }

    /// One chunk with what `delta` writes.
    private func chunk(
        _ writer: inout JSONWriter, finishReason: String? = nil, isFirst: Bool = false,
        _ delta: (inout JSONWriter) -> Void
    ) {
        writer.bytes.append(contentsOf: chunkPrefix)
        writer.raw(#","choices":[{"index":0,"delta":"#)
        writer.beginDocument()
        writer.beginObject()
        delta(&writer)
        writer.endObject()
        writer.raw(#","logprobs":null,"finish_reason":"#)
        writer.beginDocument()
        if let finishReason { writer.string(finishReason) } else { writer.null() }
        writer.raw("}]")
        if includesUsage { writer.raw(#","usage":null"#) }
        if isFirst, stored != nil {
            writer.raw(#","chat_fcgi":"#)
            writer.beginDocument()
            writer.beginObject()
            writePlace(to: &writer)
            writer.endObject()
        }
        writer.raw("}")
        writer.endServerSentEvent()
    }

    /// The analysis of the prompt, in a chunk without choices: clients know those, as the one with the usage is one.
    private func analysisChunk(_ writer: inout JSONWriter) {
        guard let promptAnalysis else { return }
        writer.bytes.append(contentsOf: chunkPrefix)
        writer.raw(#","choices":[],"#)
        if includesUsage { writer.raw(#""usage":null,"#) }
        writer.raw(#""prompt_analysis":"#)
        writer.bytes.append(contentsOf: promptAnalysis)
        writer.raw("}")
        writer.endServerSentEvent()
    }

    private func end(_ completion: Completion, to writer: inout JSONWriter) {
        chunk(&writer, finishReason: Self.finishReason(completion)) { _ in }
        if includesUsage {
            writer.bytes.append(contentsOf: chunkPrefix)
            writer.raw(#","choices":[],"usage":"#)
            writer.beginDocument()
            Self.write(completion, to: &writer)
            writer.raw(",")
            writer.beginDocument()
            writeOrigin(of: completion, to: &writer)
            writer.raw("}")
            writer.endServerSentEvent()
        }
        writer.raw("data: [DONE]\n\n")
    }

    // MARK: - Whole

    /// The answer as one object.
    /// - Parameter log: of an answer that has ended well.
    func encode(whole log: TurnLog, _ completion: Completion, to writer: inout JSONWriter) {
        let calls = ToolCall.calls(in: log)
        let text = log.replyText
        writer.beginObject()
        // A stopped answer may be nobody's.
        let model = completion.model.isEmpty || isAgent ? model : completion.model
        Self.head(id, "chat.completion", created, model, to: &writer)
        writer.beginArray("choices")
        writer.beginObject()
        writer.member("index", 0)
        writer.beginObject("message")
        writer.member("role", "assistant")
        writer.key("content")
        if text.isEmpty, !calls.isEmpty { writer.null() } else { writer.string(utf8: text) }
        writer.key("refusal")
        writer.null()
        let thoughts = log.thoughts
        if !thoughts.isEmpty {
            writer.member("reasoning_content", thoughts)
        }
        let details = log.reasoningDetails
        if !details.isEmpty {
            writer.key("reasoning_details")
            JSONValue.array(details).write(to: &writer)
        }
        if !calls.isEmpty {
            writer.beginArray("tool_calls")
            for call in calls { Self.write(call, to: &writer) }
            writer.endArray()
        }
        writer.endObject()
        writer.key("logprobs")
        writer.null()
        writer.member("finish_reason", Self.finishReason(completion))
        writer.endObject()
        writer.endArray()
        writer.key("usage")
        Self.write(completion, to: &writer)
        writeOrigin(of: completion, to: &writer)
        if let promptAnalysis {
            writer.member("prompt_analysis", json: promptAnalysis)
        }
        writer.endObject()
    }

    // MARK: - Parts

    private static func finishReason(_ completion: Completion) -> String {
        completion.wasStopped ? "stop" : completion.finishReason
    }

    private static func write(_ piece: ToolCallPiece, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("index", piece.index)
        if let id = piece.id {
            writer.member("id", id)
            writer.member("type", "function")
        }
        writer.beginObject("function")
        writer.member("name", ifPresent: piece.name)
        writer.member("arguments", piece.arguments)
        writer.endObject()
        write(extraContent: piece.extraContent, to: &writer)
        writer.endObject()
    }

    private static func write(extraContent: [UInt8]?, to writer: inout JSONWriter) {
        guard let extraContent else { return }
        writer.member("extra_content", json: extraContent)
    }

    private static func write(_ call: ToolCall, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("id", call.id)
        writer.member("type", "function")
        writer.beginObject("function")
        writer.member("name", call.name)
        writer.member("arguments", call.arguments)
        writer.endObject()
        write(extraContent: call.extraContent, to: &writer)
        writer.endObject()
    }

    /// The usage, with what else the provider told (platform.openai.com/docs/api-reference/chat/object).
    private static func write(_ completion: Completion, to writer: inout JSONWriter) {
        let (usage, details) = (completion.usage, completion.usageDetails)
        writer.beginObject()
        writer.member("prompt_tokens", usage.promptTokens)
        writer.member("completion_tokens", usage.completionTokens)
        writer.member("total_tokens", usage.totalTokens)
        if details.cachedTokens != nil || details.cacheCreationTokens != nil {
            writer.beginObject("prompt_tokens_details")
            writer.member("cached_tokens", details.cachedTokens ?? 0)
            writer.member("cache_creation_tokens", ifPresent: details.cacheCreationTokens)
            writer.endObject()
        }
        if let count = details.reasoningTokens {
            writer.beginObject("completion_tokens_details")
            writer.member("reasoning_tokens", count)
            writer.endObject()
        }
        writer.endObject()
    }

    /// Who answered, in a member of our own that other clients pass over.
    private func writeOrigin(of completion: Completion, to writer: inout JSONWriter) {
        writer.beginObject("chat_fcgi")
        writer.member("provider", completion.provider)
        writer.member("model", completion.model)
        writer.member("requested_model", askedModel)
        writer.member("attempts", completion.metrics.attempts)
        completion.metrics.writeCache(to: &writer)
        writer.member("usage_estimated", completion.usage.isEstimated)
        writePlace(to: &writer)
        writer.endObject()
    }

    /// Where a stored exchange is in the history.
    private func writePlace(to writer: inout JSONWriter) {
        guard let stored else { return }
        writer.member("session_id", stored.sessionID.rawValue)
        writer.member("user_message_id", stored.userMessageID.rawValue)
        writer.member("message_id", stored.replyID.rawValue)
    }
}

extension JSONWriter {
    fileprivate mutating func string(_ key: StaticString, _ utf8: ArraySlice<UInt8>) {
        self.key(key)
        string(utf8: utf8)
    }
}
