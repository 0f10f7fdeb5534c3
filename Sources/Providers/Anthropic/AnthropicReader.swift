import Chat
import JSON

/// Reads the events of a message (docs.anthropic.com/en/api/messages-streaming): its beginning, then content blocks one
/// after the other, each begun, added to and ended, then why it ended, then its end. Pings, and events and blocks of
/// unknown types, are passed over.
struct AnthropicReader: AnswerReader {
    static var framing: AnswerFraming { .eventStream }

    private var usage = AnthropicUsage()
    private var calls = AnthropicToolCalls()

    mutating func read(
        type: Span<UInt8>, _ document: borrowing JSONElement, into answer: inout Answer
    ) throws -> Bool {
        guard let type = document["type"], type.isString, !type.isString("error") else { return false }
        if type.isString("content_block_delta") { return readDelta(document, into: &answer) }
        if type.isString("content_block_start") { return readStart(document, into: &answer) }
        if type.isString("content_block_stop") {
            calls.end(block: document["index"]?.integer, into: &answer)
        } else if type.isString("message_start") {
            guard let message = document["message"], message.isObject else { return false }
            answer.take(model: message["model"]?.string)
            usage.take(message["usage"], into: &answer)
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
            Self.append(block, to: &answer)
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
            Self.append(block, to: &answer)
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
            return delta["thinking"]?.withUTF8String { answer.append(reasoning: $0) } != nil
        }
        if type.isString("input_json_delta") {
            guard let piece = delta["partial_json"]?.string else { return false }
            calls.add(piece, block: event["index"]?.integer, into: &answer)
        }
        return true
    }

    /// Takes a block that has text in it as it stands.
    private static func append(_ block: borrowing JSONElement, to answer: inout Answer) {
        guard let type = block["type"] else { return }
        if type.isString("text") {
            block["text"]?.withUTF8String { answer.append(text: $0) }
        } else if type.isString("thinking") {
            block["thinking"]?.withUTF8String { answer.append(reasoning: $0) }
        }
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

    mutating func take(_ usage: consuming JSONElement?, into answer: inout Answer) {
        guard let usage, usage.isObject else { return }
        Self.take(usage["input_tokens"]?.integer, &input)
        Self.take(usage["cache_creation_input_tokens"]?.integer, &cacheCreation)
        Self.take(usage["cache_read_input_tokens"]?.integer, &cacheRead)
        Self.take(usage["output_tokens"]?.integer, &output)
        guard let input else { return }
        answer.take(
            promptTokens: Self.sum(Self.sum(input, cacheCreation ?? 0), cacheRead ?? 0), completionTokens: output)
    }

    private static func take(_ value: Int64?, _ known: inout Int64?) {
        if let value, value >= 0 { known = value }
    }

    /// A sum that does not fit is no number of tokens, and must not end the program.
    private static func sum(_ a: Int64, _ b: Int64) -> Int64 {
        let (sum, overflow) = a.addingReportingOverflow(b)
        return overflow ? .max : sum
    }
}
