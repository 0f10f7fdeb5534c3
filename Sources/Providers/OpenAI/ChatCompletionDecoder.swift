import Chat
import EventStream
import JSON

/// Reads the event stream of a chat completion as its bytes arrive. Pure: no clock, no connection.
///
/// Tolerated, because servers differ: no usage, usage in a chunk without choices or in Groq's `x_groq`, no `[DONE]`,
/// chunks without `delta`, further choices (only the first counts), events that are not JSON (skipped and counted).
struct ChatCompletionDecoder {
    struct Usage: Equatable {
        var promptTokens: Int
        var completionTokens: Int
    }

    /// What is known of the answer so far.
    struct Answer {
        /// As the domain has it: `stop`, `length`, `content_filter`, `tool_calls`.
        var finishReason: String?
        var usage: Usage?
        /// As the provider names it.
        var model: String?
        var textBytes = 0
        /// `[DONE]` has come, or the text has reached its limit: what follows is not read.
        var isDone = false
        /// The text has reached its limit.
        var wasCutOff = false
        var chunks = 0
        var malformedEvents = 0
    }

    private(set) var answer = Answer()
    private var parser: EventStreamParser
    private let provider: String
    private let maximumTextBytes: Int

    init(provider: String, maximumTextBytes: Int, maximumEventBytes: Int) {
        self.provider = provider
        self.maximumTextBytes = maximumTextBytes
        parser = EventStreamParser(maximumEventBytes: maximumEventBytes)
    }

    /// Reads the next bytes and appends the tokens in them to `batch`.
    ///
    /// - Throws: `ModelError` when the provider reports an error in its stream, or an event is over its limit. What
    ///   `batch` was given before stays in it.
    mutating func feed(_ bytes: RawSpan, into batch: inout TextBatch) throws {
        do {
            try bytes.withUnsafeBytes { try Self.feed($0, &parser, &answer, &batch, maximumTextBytes) }
        } catch let error as EventStreamError {
            throw ModelError(kind: .tooLarge, provider: provider, detail: error.detail)
        } catch let error as ProviderReport {
            throw error.modelError(provider: provider)
        }
    }

    /// The answer, asked when nothing more will come.
    /// - Throws: `ModelError` when the stream had neither a finish reason nor `[DONE]`.
    func finish() throws(ModelError) -> Answer {
        if answer.finishReason != nil { return answer }
        if answer.isDone, answer.textBytes > 0 { return answer }
        let counts = "\(answer.chunks) chunks, \(answer.malformedEvents) events that are none"
        if answer.chunks == 0 {
            throw ModelError(kind: .malformed, provider: provider, detail: "the stream has no answer in it (\(counts))")
        }
        throw ModelError(
            kind: .interrupted, provider: provider, detail: "the stream ended without a finish reason (\(counts))")
    }

    /// Static, so that the parser and the answer can be changed at the same time.
    private static func feed(
        _ bytes: UnsafeRawBufferPointer, _ parser: inout EventStreamParser, _ answer: inout Answer,
        _ batch: inout TextBatch, _ maximumTextBytes: Int
    ) throws {
        let reader = JSONReader()
        try parser.feed(bytes) { event in
            guard !answer.isDone else { return }
            if event.isData("[DONE]") {
                answer.isDone = true
                return
            }
            do {
                let isError = event.isType("error")
                try reader.withDocument(event.data) { root in
                    if isError, root["error"]?.isNull ?? true { throw ProviderReport(root) }
                    try answer.take(root, into: &batch, maximumTextBytes: maximumTextBytes)
                }
            } catch is JSONError {
                answer.malformedEvents += 1
            }
        }
    }
}

extension ChatCompletionDecoder.Answer {
    fileprivate mutating func take(
        _ chunk: borrowing JSONElement, into batch: inout TextBatch, maximumTextBytes: Int
    ) throws {
        if let error = chunk["error"], !error.isNull { throw ProviderReport(error) }
        guard let choices = chunk["choices"], choices.isArray else {
            takeUsage(of: chunk)
            malformedEvents += 1
            return
        }
        chunks += 1
        if model == nil, let name = chunk["model"]?.string, !name.isEmpty { model = name }
        choices.forEachElement { choice in
            guard (choice["index"]?.integer ?? 0) == 0 else { return }
            if let delta = choice["delta"] {
                takeText(of: delta, into: &batch, maximumTextBytes: maximumTextBytes)
            }
            if let reason = choice["finish_reason"]?.string, !isDone { finishReason = Self.normalized(reason) }
        }
        if finishReason == "error" { throw ProviderReport(message: "the answer finished with an error") }
        takeUsage(of: chunk)
    }

    private mutating func takeText(
        of delta: borrowing JSONElement, into batch: inout TextBatch, maximumTextBytes: Int
    ) {
        // A refusal is what the model says to the user, in a field of its own.
        let isText = takeText(delta["content"], into: &batch, maximumTextBytes: maximumTextBytes)
        if !isText { _ = takeText(delta["refusal"], into: &batch, maximumTextBytes: maximumTextBytes) }
    }

    private mutating func takeText(
        _ element: consuming JSONElement?, into batch: inout TextBatch, maximumTextBytes: Int
    ) -> Bool {
        guard let element else { return false }
        let isText: Void? = element.withUTF8String { text in
            guard textBytes + text.count <= maximumTextBytes else {
                finishReason = "length"
                isDone = true
                wasCutOff = true
                return
            }
            textBytes += text.count
            batch.append(utf8: text)
        }
        return isText != nil
    }

    private mutating func takeUsage(of chunk: borrowing JSONElement) {
        takeUsage(chunk["usage"])
        takeUsage(chunk["x_groq"]?["usage"])
    }

    private mutating func takeUsage(_ element: consuming JSONElement?) {
        guard let element, let prompt = element["prompt_tokens"]?.integer, prompt >= 0 else { return }
        let completion = max(0, element["completion_tokens"]?.integer ?? 0)
        // The last one counts: some servers report a growing usage with every chunk.
        usage = ChatCompletionDecoder.Usage(
            promptTokens: Int(clamping: prompt), completionTokens: Int(clamping: completion))
    }

    private static func normalized(_ reason: String) -> String {
        switch reason {
        case "stop", "length", "content_filter", "tool_calls", "error": reason
        case "function_call": "tool_calls"
        case "max_tokens", "model_length": "length"
        default: "stop"
        }
    }
}
