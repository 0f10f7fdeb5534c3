import Chat
import JSON

/// Reads a chat completion (platform.openai.com/docs/api-reference/chat-streaming and …/chat/object).
///
/// Tolerated, because servers differ: no usage, usage in a chunk without choices or in Groq's `x_groq`, no `[DONE]`,
/// chunks without `delta` (Azure's filter results), further choices (only the first counts), reasoning as DeepSeek's
/// `reasoning_content` or OpenRouter's `reasoning`, content in parts (Mistral), calls of tools that repeat their id and name
/// in every piece or have no number.
struct ChatCompletionReader: AnswerReader {
    static var framing: AnswerFraming { .eventStream }
    static var textIsAll: Bool { true }

    private var calls = CallNumbers()

    static func isTerminator(_ data: Span<UInt8>) -> Bool { data.isText("[DONE]") }

    mutating func read(
        type: Span<UInt8>, _ chunk: borrowing JSONElement, into answer: inout Answer
    ) throws -> Bool {
        try read(chunk, isWhole: false, into: &answer)
    }

    mutating func readWhole(_ document: borrowing JSONElement, into answer: inout Answer) throws -> Bool {
        guard document["choices"]?.first?["message"]?.isObject ?? false else { return false }
        return try read(document, isWhole: true, into: &answer)
    }

    private mutating func read(
        _ chunk: borrowing JSONElement, isWhole: Bool, into answer: inout Answer
    ) throws -> Bool {
        Self.takeUsage(of: chunk, into: &answer)
        guard let choices = chunk["choices"], choices.isArray else {
            return false
        }
        // Asked first, so that the name is not copied for each token.
        if answer.model == nil { answer.take(model: chunk["model"]?.string) }
        try choices.forEachElement { choice in
            guard (choice["index"]?.integer ?? 0) == 0 else { return }
            let before = answer.textBytes
            if !isWhole, let delta = choice["delta"] {
                take(delta, into: &answer)
            } else if let message = choice["message"] {
                // Also in a stream, from a server that writes its whole answer into one event.
                take(message, into: &answer)
            }
            if answer.textBytes == before, let error = choice["error"], !error.isNull { throw ProviderReport(error) }
            if let reason = choice["finish_reason"]?.string, !reason.isEmpty, !answer.wasCutOff {
                // Moonshot's place for it.
                if let usage = choice["usage"] { Self.take(usage, into: &answer) }
                answer.finish(try Self.finishReason(reason))
            }
        }
        // Usage and filter results come without choices, and so do errors.
        if choices.first == nil, let report = ProviderReport(refusal: chunk) { throw report }
        return true
    }

    private mutating func take(_ message: borrowing JSONElement, into answer: inout Answer) {
        let hasText = Self.takeContent(of: message, into: &answer)
        // A refusal is what the model says to the user, in a member of its own.
        if !hasText { message["refusal"]?.withUTF8String { answer.append(text: $0) } }
        // Some servers send the same under both names.
        if message["reasoning_content"]?.withUTF8String({ answer.append(reasoning: $0) }) == nil {
            message["reasoning"]?.withUTF8String { answer.append(reasoning: $0) }
        }
        message["reasoning_details"]?.forEachElement { answer.append(reasoningDetail: $0.encoded) }
        message["tool_calls"]?.forEachElement { call in
            let number = call["index"]?.integer ?? call["index"]?.string.flatMap { Int64($0) }
            answer.append(toolCall: calls.piece(call, number: number))
        }
        // The form before `tool_calls`: one call, without an id.
        if let call = message["function_call"], call.isObject {
            answer.append(toolCall: calls.piece(named: call, id: nil, number: 0))
        }
    }

    /// - Returns: whether there was content, even an empty one.
    private static func takeContent(of message: borrowing JSONElement, into answer: inout Answer) -> Bool {
        guard let content = message["content"] else { return false }
        if content.withUTF8String({ answer.append(text: $0) }) != nil { return true }
        // Mistral's parts: {"type":"text","text":…} and {"type":"thinking","thinking":[{"type":"text","text":…}]}
        // (docs.mistral.ai/capabilities/reasoning).
        content.forEachElement { part in
            part["text"]?.withUTF8String { answer.append(text: $0) }
            part["thinking"]?.forEachElement { thought in
                thought["text"]?.withUTF8String { answer.append(reasoning: $0) }
            }
        }
        return content.isArray
    }

    private static func takeUsage(of chunk: borrowing JSONElement, into answer: inout Answer) {
        if let usage = chunk["usage"] { take(usage, into: &answer) }
        if let usage = chunk["x_groq"]?["usage"] { take(usage, into: &answer) }
    }

    private static func take(_ usage: borrowing JSONElement, into answer: inout Answer) {
        answer.take(
            promptTokens: usage["prompt_tokens"]?.tokenCount, completionTokens: usage["completion_tokens"]?.tokenCount)
        let prompt = usage["prompt_tokens_details"]
        answer.take(
            // DeepSeek's, Moonshot's and LiteLLM's names for it.
            cachedTokens: prompt?["cached_tokens"]?.integer ?? usage["prompt_cache_hit_tokens"]?.integer
                ?? usage["cached_tokens"]?.integer ?? usage["cache_read_input_tokens"]?.integer,
            // LiteLLM's and OpenRouter's.
            cacheCreationTokens: prompt?["cache_creation_tokens"]?.integer ?? prompt?["cache_write_tokens"]?.integer
                ?? usage["cache_creation_input_tokens"]?.integer,
            reasoningTokens: usage["completion_tokens_details"]?["reasoning_tokens"]?.integer)
    }

    /// - Throws: `ProviderReport` for a reason that is a failure: the answer breaks off, whatever the stream says of its end.
    private static func finishReason(_ word: String) throws -> Answer.FinishReason {
        switch word {
        case "stop": return .stop
        case "length", "max_tokens", "model_length", "model_context_window_exceeded": return .length
        case "tool_calls", "function_call": return .toolCalls
        case "content_filter", "sensitive", "safety": return .contentFilter
        // OpenRouter, Mistral; vLLM; DeepSeek, whose word means that it has too little room.
        case "error", "abort", "insufficient_system_resource":
            throw ProviderReport(message: "the answer finished with the reason \(word)")
        default: return .stop
        }
    }
}
