import Chat
import JSON

/// Reads the objects of Ollama's answer, one on each line, the last of them with `done` (docs.ollama.com/api/chat,
/// docs.ollama.com/api/streaming). A whole answer is one such object.
struct OllamaReader: AnswerReader {
    static var framing: AnswerFraming { .lines }

    private var callCount = 0

    mutating func read(
        type: Span<UInt8>, _ document: borrowing JSONElement, into answer: inout Answer
    ) throws -> Bool {
        read(document, into: &answer)
    }

    mutating func readWhole(_ document: borrowing JSONElement, into answer: inout Answer) throws -> Bool {
        read(document, into: &answer)
    }

    private mutating func read(_ chunk: borrowing JSONElement, into answer: inout Answer) -> Bool {
        let isLast = chunk["done"]?.bool
        let message = chunk["message"]
        guard isLast != nil || (message?.isObject ?? false) else { return false }
        if answer.model == nil { answer.take(model: chunk["model"]?.string) }
        message?["thinking"]?.withUTF8String { answer.append(reasoning: $0) }
        message?["content"]?.withUTF8String { answer.append(text: $0) }
        message?["tool_calls"]?.forEachElement { call in append(call, to: &answer) }
        if isLast ?? false { end(chunk, of: &answer) }
        return true
    }

    /// A call comes whole. One without a name is none.
    private mutating func append(_ call: borrowing JSONElement, to answer: inout Answer) {
        guard let name = call["function"]?["name"]?.string, !name.isEmpty else { return }
        answer.append(
            toolCall: ToolCallPiece(
                index: callCount, id: call["id"]?.string, name: name,
                arguments: call["function"]?["arguments"]?.argumentText ?? ""))
        callCount += 1
    }

    private func end(_ chunk: borrowing JSONElement, of answer: inout Answer) {
        // An early Ollama leaves out the number of a prompt that it still had in its cache; then both are left to be
        // estimated.
        answer.take(
            promptTokens: chunk["prompt_eval_count"]?.tokenCount, completionTokens: chunk["eval_count"]?.tokenCount)
        answer.isTerminated = true
        guard let reason = chunk["done_reason"]?.string else { return }
        switch reason {
        case "length": answer.finish(.length)
        // The model was but brought into memory, or out of it.
        case "", "load", "unload": break
        default: answer.finish(.stop)
        }
    }
}
