import Chat
import JSON

/// Reads the events of a message (docs.anthropic.com/en/api/messages-streaming): its beginning, then content blocks one
/// after the other, each begun, added to and ended, then why it ended, then its end. Pings, and events and blocks of
/// unknown types, are passed over.
struct AnthropicReader: AnswerReader {
    static var framing: AnswerFraming { .eventStream }
    static var textIsAll: Bool { true }

    private var usage = AnthropicUsage()
    private var calls = AnthropicToolCalls()
    /// The block of thoughts that is under way: it is given back with its signature, whole.
    private var thought = ""
    private var signature = ""

    mutating func read(
        type: Span<UInt8>, _ document: borrowing JSONElement, into answer: inout Answer
    ) throws -> Bool {
        guard let type = document["type"], type.isString, !type.isString("error") else { return false }
        if type.isString("content_block_delta") { return readDelta(document, into: &answer) }
        if type.isString("content_block_start") { return readStart(document, into: &answer) }
        if type.isString("content_block_stop") {
            calls.end(block: document["index"]?.integer, into: &answer)
            endThought(into: &answer)
        } else if type.isString("message_start") {
            guard let message = document["message"], message.isObject else { return false }
            answer.take(model: message["model"]?.string)
            usage.take(message["usage"], isFinal: false, into: &answer)
        } else if type.isString("message_delta") {
            Self.end(document["delta"]?["stop_reason"], of: &answer)
            usage.take(document["usage"], into: &answer)
        } else if type.isString("message_stop") {
            answer.isTerminated = true
        }
        return true
    }

    mutating func readWhole(_ document: borrowing JSONElement, into answer: inout Answer) throws -> Bool {
        guard let content = document["content"], content.isArray else { return false }
        answer.take(model: document["model"]?.string)
        content.forEachElement { block in
            append(block, to: &answer)
            endThought(into: &answer)
            if block["type"]?.isString("tool_use") ?? false {
                calls.begin(block: nil, block, into: &answer)
                calls.end(block: nil, into: &answer)
            }
        }
        Self.end(document["stop_reason"], of: &answer)
        usage.take(document["usage"], into: &answer)
        return true
    }

    private mutating func readStart(_ event: borrowing JSONElement, into answer: inout Answer) -> Bool {
        guard let block = event["content_block"], let type = block["type"], type.isString else { return false }
        // Tools that the provider calls itself (`server_tool_use`) are its own affair.
        guard type.isString("tool_use") else {
            append(block, to: &answer)
            return true
        }
        return calls.begin(block: event["index"]?.integer, block, into: &answer)
    }

    private mutating func readDelta(_ event: borrowing JSONElement, into answer: inout Answer) -> Bool {
        guard let delta = event["delta"], let type = delta["type"], type.isString else { return false }
        if type.isString("text_delta") {
            return delta["text"]?.withUTF8String { answer.append(text: $0) } != nil
        }
        if type.isString("thinking_delta") {
            return think(delta["thinking"], into: &answer)
        }
        if type.isString("signature_delta") { signature += delta["signature"]?.string ?? "" }
        if type.isString("input_json_delta") {
            guard let piece = delta["partial_json"]?.string else { return false }
            calls.add(piece, block: event["index"]?.integer, into: &answer)
        }
        return true
    }

    /// Takes a block with its text, unchanged.
    private mutating func append(_ block: borrowing JSONElement, to answer: inout Answer) {
        guard let type = block["type"] else { return }
        if type.isString("text") {
            block["text"]?.withUTF8String { answer.append(text: $0) }
        } else if type.isString("thinking") {
            _ = think(block["thinking"], into: &answer)
            signature = block["signature"]?.string ?? ""
        } else if type.isString("redacted_thinking"), let data = block["data"]?.string {
            answer.append(reasoningDetail: Reasoning.anthropicDetail(redacted: data))
        }
    }

    private mutating func think(_ text: consuming JSONElement?, into answer: inout Answer) -> Bool {
        guard let text, text.isString else { return false }
        text.withUTF8String { answer.append(reasoning: $0) }
        thought += text.string ?? ""
        return true
    }

    private mutating func endThought(into answer: inout Answer) {
        if !signature.isEmpty {
            answer.append(reasoningDetail: Reasoning.anthropicDetail(thinking: thought, signature: signature))
        }
        thought = ""
        signature = ""
    }

    /// docs.anthropic.com/en/api/handling-stop-reasons
    private static func end(_ reason: consuming JSONElement?, of answer: inout Answer) {
        guard let reason, reason.isString, !reason.isString("") else { return }
        if reason.isString("tool_use") {
            answer.finish(.toolCalls)
        } else if reason.isString("max_tokens") || reason.isString("model_context_window_exceeded") {
            answer.finish(.length)
        } else if reason.isString("refusal") {
            answer.finish(.contentFilter)
        } else {
            answer.finish(.stop)
        }
    }
}

/// Tokens used. Those that were read from a cache or written into it are counted apart, and each event tells but some of the
/// numbers, up to then.
private struct AnthropicUsage {
    private var input: Int64?
    private var cacheCreation: Int64?
    private var cacheRead: Int64?
    private var output: Int64?

    /// - Parameter isFinal: whether the answer's own tokens are counted: not so where it begins.
    mutating func take(_ usage: consuming JSONElement?, isFinal: Bool = true, into answer: inout Answer) {
        guard let usage, usage.isObject else { return }
        input = usage["input_tokens"]?.tokenCount ?? input
        cacheCreation = usage["cache_creation_input_tokens"]?.tokenCount ?? cacheCreation
        cacheRead = usage["cache_read_input_tokens"]?.tokenCount ?? cacheRead
        if isFinal { output = usage["output_tokens"]?.tokenCount ?? output }
        answer.take(cachedTokens: cacheRead, cacheCreationTokens: cacheCreation)
        guard let input else { return }
        answer.take(promptTokens: Answer.sum([input, cacheCreation ?? 0, cacheRead ?? 0]), completionTokens: output)
    }
}
