import Chat
import JSON
import Synchronization

@testable import Agents

/// A language model that takes tools: does one line of its script a question, the last one again and again, and keeps what it was asked.
final class ToolModel: LanguageModel {
    enum Line: Sendable {
        case say(String)
        /// Calls tools, each by name and arguments, after some text.
        case call([(name: String, arguments: String)], after: String = "")
        /// Breaks off after some text, and says another one in its place.
        case breakOff(String, then: String)
        case fail(ModelError.Kind)
        /// Fails in the middle of a call's arguments, after some text.
        case tear(ModelError.Kind, after: String = "")

        static func call(_ name: String, _ arguments: String = "{}") -> Line { .call([(name, arguments)]) }
    }

    private let state: Mutex<(lines: [Line], requests: [ModelRequest])>

    init(_ lines: Line...) { state = Mutex((lines, [])) }

    var requests: [ModelRequest] { state.withLock { $0.requests } }
    /// The results of tools that it was given with its latest question.
    var results: [JSONValue] {
        (requests.last?.messages ?? []).filter { $0.role == .tool }.compactMap {
            try? JSONValue(parsing: Array($0.content.utf8))
        }
    }
    let availability = [
        ModelAvailability(provider: "scripted", kind: "openai", model: "m1", isAvailable: true, reason: "")
    ]

    func respond(to request: ModelRequest, into sink: some ModelSink) async throws -> ModelCompletion {
        let line = state.withLock { state -> Line in
            state.requests.append(request)
            return state.lines.count > 1 ? state.lines.removeFirst() : state.lines[0]
        }
        sink.answering(provider: "scripted", model: "m1")
        var reason = "stop"
        switch line {
        case .say(let text): sink.text(TextBatch(text))
        case .call(let calls, let text):
            if !text.isEmpty { sink.text(TextBatch(text)) }
            for (index, call) in calls.enumerated() {
                // In two pieces, as they come.
                let half = call.arguments.index(call.arguments.startIndex, offsetBy: call.arguments.count / 2)
                sink.toolCalls([
                    ToolCallPiece(
                        index: index, id: "id\(index)", name: call.name,
                        arguments: String(call.arguments[..<half]))
                ])
                sink.toolCalls([ToolCallPiece(index: index, arguments: String(call.arguments[half...]))])
            }
            reason = "tool_calls"
        case .breakOff(let text, let other):
            sink.text(TextBatch(text))
            sink.providerSwitch(
                ProviderSwitch(
                    from: "scripted", to: "other", reason: "provider_interrupted", attempt: 2, resetsText: true))
            sink.answering(provider: "other", model: "m2")
            sink.text(TextBatch(other))
        case .tear(let kind, let text):
            if !text.isEmpty { sink.text(TextBatch(text)) }
            sink.toolCalls([ToolCallPiece(index: 0, id: "id0", name: "search_books", arguments: #"{"te"#)])
            throw ModelError(kind: kind, provider: "scripted", detail: "on purpose")
        case .fail(let kind): throw ModelError(kind: kind, provider: "scripted", detail: "on purpose")
        }
        return ModelCompletion(
            finishReason: reason, provider: "scripted", model: "m1",
            usage: Usage(promptTokens: 10, completionTokens: 5, isEstimated: false))
    }
}

/// Keeps all that a reply brings.
final class FullSink: ReplySink {
    struct Kept: Sendable {
        var text = ""
        var books: [Book] = []
        var notes: [AgentNote] = []
        /// "text", and the kinds of notes; "call started", "call finished", …
        var order: [String] = []
        var endedCalls = 0

        /// Calls of tools as they were told: name, status, summary.
        var calls: [(name: String, status: String, summary: String)] {
            notes.filter { $0.kind == "tool_call" }.compactMap { note in
                guard let value = try? JSONValue(parsing: note.json) else { return nil }
                return (
                    value["name"]?.stringValue ?? "", value["status"]?.stringValue ?? "",
                    value["summary"]?.stringValue ?? ""
                )
            }
        }

        func note(_ kind: String) -> JSONValue? {
            notes.last { $0.kind == kind }.flatMap { try? JSONValue(parsing: $0.json) }
        }
    }

    private let state = Mutex(Kept())
    var kept: Kept { state.withLock { $0 } }

    func text(_ batch: TextBatch) {
        state.withLock { kept in
            kept.text += String(decoding: batch.bytes, as: UTF8.self)
            if kept.order.last != "text" { kept.order.append("text") }
        }
    }
    func note(_ note: AgentNote) {
        state.withLock { kept in
            kept.notes.append(note)
            kept.order.append(note.kind == "tool_call" ? "call \(kept.calls.last?.status ?? "")" : note.kind)
        }
    }
    func providerSwitch(_ change: ProviderSwitch) {
        if change.resetsText { state.withLock { $0.text = "" } }
    }
    func recommendations(_ books: [Book]) { state.withLock { $0.books = books } }
    func callEnded(_ completion: ModelCompletion) { state.withLock { $0.endedCalls += 1 } }
    func answering(provider: String, model: String) {}
    func model(_ name: String) {}
    func reasoningDetails(_ json: [UInt8]) {}
    func emitted(last bytes: Int) -> [UInt8] { Array(kept.text.utf8.suffix(bytes)) }
    func reasoning(_ batch: TextBatch) {}
    func toolCalls(_ pieces: [ToolCallPiece]) {}
    func attemptFailed(_ attempt: FailedAttempt) {}
    var supportsReset: Bool { true }
    var wantsMore: Bool { true }
}
