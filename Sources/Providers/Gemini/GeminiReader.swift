import Chat
import JSON

/// Reads the responses of which Gemini's stream consists, each of the same form as a whole answer
/// (ai.google.dev/api/generate-content#v1beta.GenerateContentResponse). The last one has a finish reason; no other mark ends
/// the stream.
struct GeminiReader: AnswerReader {
    static var framing: AnswerFraming { .eventStream }
    static var hasTerminator: Bool { false }

    private var callCount = 0

    mutating func read(
        type: Span<UInt8>, _ document: borrowing JSONElement, into answer: inout Answer
    ) throws -> Bool {
        try read(document, into: &answer)
    }

    /// A server that does not know `alt=sse` sends the stream's responses as an array.
    mutating func readWhole(_ document: borrowing JSONElement, into answer: inout Answer) throws -> Bool {
        guard document.isArray else { return try read(document, into: &answer) }
        var isAnswer = false
        try document.forEachElement { response in
            if let error = response["error"], !error.isNull { throw ProviderReport(error) }
            if try read(response, into: &answer) { isAnswer = true }
        }
        return isAnswer
    }

    private mutating func read(_ response: borrowing JSONElement, into answer: inout Answer) throws -> Bool {
        let candidates = response["candidates"]
        let hasCandidates = candidates?.first != nil
        let feedback = response["promptFeedback"]
        guard hasCandidates || feedback != nil || response["usageMetadata"] != nil else { return false }
        if answer.model == nil { answer.take(model: response["modelVersion"]?.string) }
        if let usage = response["usageMetadata"] { Self.take(usage, into: &answer) }
        if !hasCandidates, let reason = feedback?["blockReason"]?.string {
            throw ProviderReport(
                promptBlockedFor: reason, message: feedback?["blockReasonMessage"]?.string ?? "the prompt was blocked")
        }
        try candidates?.forEachElement { candidate in
            // One is asked for; should there be more, the first counts.
            guard (candidate["index"]?.integer ?? 0) == 0 else { return }
            candidate["content"]?["parts"]?.forEachElement { part in append(part, to: &answer) }
            try end(candidate, of: &answer)
        }
        return true
    }

    private mutating func append(_ part: borrowing JSONElement, to answer: inout Answer) {
        if let call = part["functionCall"] {
            return append(call: call, signature: part["thoughtSignature"]?.string, to: &answer)
        }
        guard let text = part["text"] else { return }
        if part["thought"]?.bool ?? false {
            text.withUTF8String { answer.append(reasoning: $0) }
            return
        }
        text.withUTF8String { answer.append(text: $0) }
        // In a stream it may come behind the text, with an empty one.
        if let signature = part["thoughtSignature"]?.string, !signature.isEmpty {
            answer.append(reasoningDetail: Reasoning.geminiDetail(signature: signature))
        }
    }

    /// A call comes whole. One without a name is none.
    /// - Parameter signature: of the thought that led to it.
    private mutating func append(call: borrowing JSONElement, signature: String?, to answer: inout Answer) {
        guard let name = call["name"]?.string, !name.isEmpty else { return }
        answer.append(
            toolCall: ToolCallPiece(
                index: callCount, id: call["id"]?.string, name: name, arguments: call["args"]?.argumentText ?? "",
                extraContent: signature.map(GeminiSignature.extraContent)))
        callCount += 1
    }

    /// ai.google.dev/api/generate-content#FinishReason
    private func end(_ candidate: borrowing JSONElement, of answer: inout Answer) throws {
        guard let reason = candidate["finishReason"]?.string, !answer.wasCutOff else { return }
        switch reason {
        case "", "FINISH_REASON_UNSPECIFIED": break
        case "MAX_TOKENS": answer.finish(.length)
        case "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "LANGUAGE", "IMAGE_SAFETY",
            "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION":
            answer.finish(.contentFilter)
        case "MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS", "MISSING_THOUGHT_SIGNATURE",
            "MALFORMED_RESPONSE", "OTHER":
            // No answer, although under 200: another attempt, or another provider, may have one.
            throw ProviderReport(
                answerFailedFor: reason, message: candidate["finishMessage"]?.string ?? "the answer failed")
        default: answer.finish(.stop)
        }
    }

    /// Each response has the numbers up to then. Thoughts are billed as output and counted apart
    /// (ai.google.dev/gemini-api/docs/thinking#pricing).
    private static func take(_ usage: borrowing JSONElement, into answer: inout Answer) {
        // The first responses leave out what is nothing yet.
        let prompt = [usage["promptTokenCount"]?.tokenCount, usage["toolUsePromptTokenCount"]?.tokenCount ?? 0]
        let output = [usage["candidatesTokenCount"]?.tokenCount ?? 0, usage["thoughtsTokenCount"]?.tokenCount ?? 0]
        answer.take(promptTokens: Answer.sum(prompt), completionTokens: Answer.sum(output))
        answer.take(
            cachedTokens: usage["cachedContentTokenCount"]?.integer,
            reasoningTokens: usage["thoughtsTokenCount"]?.integer)
    }
}

extension ProviderReport {
    /// The prompt was refused, under 200 (ai.google.dev/api/generate-content#PromptFeedback).
    fileprivate init(promptBlockedFor reason: String, message: String) {
        self.init(message: message)
        type = "content_policy"
        code = String(reason.prefix(80))
    }

    /// The answer went wrong at the provider, under 200.
    fileprivate init(answerFailedFor reason: String, message: String) {
        self.init(message: message)
        type = "malformed_answer"
        code = reason
    }
}
