import JSON
import ProviderFaults

/// Writes single events of each kind's answers, so that a test can put together what no vendor's server should send.
struct VendorWire: Sendable {
    let kind: ProviderKind

    // MARK: - Streams

    /// An event with this data.
    func event(_ data: String, type: String? = nil) -> String {
        if kind == .ollama { return data + "\n" }
        return (type.map { "event: \($0)\n" } ?? "") + "data: \(data)\n\n"
    }

    /// A piece of text, as the JSON string has it between its quotation marks; with a finish reason in the same event where the
    /// kind can say both.
    func text(_ json: String, reason: String? = nil) -> String { event(textData(json, reason: reason)) }

    func textData(_ json: String, reason: String? = nil) -> String {
        switch kind {
        case .openai, .azure: choice(#"{"content":"\#(json)"}"#, reason)
        case .anthropic: #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"\#(json)"}}"#
        case .gemini: candidate(#"{"text":"\#(json)"}"#, reason)
        case .ollama: message(#""content":"\#(json)""#)
        }
    }

    func thought(_ json: String, reason: String? = nil) -> String {
        switch kind {
        case .openai, .azure: event(choice(#"{"reasoning_content":"\#(json)"}"#, reason))
        case .anthropic:
            event(#"{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"\#(json)"}}"#)
        case .gemini: event(candidate(#"{"text":"\#(json)","thought":true}"#, reason))
        case .ollama: event(message(#""content":"","thinking":"\#(json)""#))
        }
    }

    /// A call of the tool `find`; its arguments as a JSON string has them between its quotation marks. Only for the kinds whose
    /// calls come in pieces.
    func call(_ json: String, isFirst: Bool = true) -> String {
        switch kind {
        case .openai, .azure:
            let head = isFirst ? #""id":"call_1","type":"function","# : ""
            let name = isFirst ? #""name":"find","# : ""
            return event(
                choice(#"{"tool_calls":[{"index":0,\#(head)"function":{\#(name)"arguments":"\#(json)"}}]}"#, nil))
        case .anthropic:
            let start =
                #"{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"toolu_1","name":"find","input":{}}}"#
            return (isFirst ? event(start) : "")
                + event(
                    #"{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"\#(json)"}}"#
                )
        case .gemini: return event(candidate(#"{"functionCall":{"name":"find","args":{}}}"#, nil))
        case .ollama:
            return event(message(#""content":"","tool_calls":[{"function":{"name":"find","arguments":{}}}]"#))
        }
    }

    /// The event that says why the answer has ended, in the kind's own words for `stop` and `length`.
    func finish(_ reason: Reason = .stop) -> String { event(finishData(reason)) }

    enum Reason: CaseIterable { case stop, length }

    func finishData(_ reason: Reason = .stop) -> String {
        let word = word(for: reason)
        return switch kind {
        case .openai, .azure: choice("{}", word)
        case .anthropic:
            #"{"type":"message_delta","delta":{"stop_reason":"\#(word)"},"usage":{"output_tokens":5}}"#
        case .gemini: #"{"candidates":[{"index":0,"finishReason":"\#(word)"}],\#(Self.geminiUsage)}"#
        case .ollama:
            #"{"model":"m","message":{"content":""},"done":true,"done_reason":"\#(word)","prompt_eval_count":3,"eval_count":5}"#
        }
    }

    func word(for reason: Reason) -> String {
        switch (kind, reason) {
        case (.anthropic, .stop): "end_turn"
        case (.anthropic, .length): "max_tokens"
        case (.gemini, .stop): "STOP"
        case (.gemini, .length): "MAX_TOKENS"
        case (_, .stop): "stop"
        case (_, .length): "length"
        }
    }

    /// What ends the stream without saying why. Gemini has nothing of the sort; some proxies put OpenAI's behind it.
    var terminator: String {
        switch kind {
        case .openai, .azure, .gemini: event("[DONE]")
        case .anthropic: event(#"{"type":"message_stop"}"#)
        case .ollama: event(#"{"model":"m","message":{"content":""},"done":true,"prompt_eval_count":3,"eval_count":5}"#)
        }
    }

    /// What comes before the text: who answers, and for Anthropic the tokens read.
    var opening: String {
        switch kind {
        case .anthropic:
            event(#"{"type":"message_start","message":{"model":"m","usage":{"input_tokens":3,"output_tokens":1}}}"#)
        default: ""
        }
    }

    private func choice(_ delta: String, _ reason: String?) -> String {
        let reason = reason.map { "\"\($0)\"" } ?? "null"
        let usage = reason == "null" ? "" : #","usage":{"prompt_tokens":3,"completion_tokens":5}"#
        return #"{"model":"m","choices":[{"index":0,"delta":\#(delta),"finish_reason":\#(reason)}]\#(usage)}"#
    }

    private static let geminiUsage = #""usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":5}"#

    private func candidate(_ part: String, _ reason: String?) -> String {
        let finish = reason.map { #","finishReason":"\#($0)""# } ?? ""
        return #"{"candidates":[{"index":0,"content":{"parts":[\#(part)]}\#(finish)}],\#(Self.geminiUsage)}"#
    }

    private func message(_ members: String) -> String {
        #"{"model":"m","message":{"role":"assistant",\#(members)},"done":false}"#
    }

    // MARK: - Whole answers

    /// - Parameters:
    ///   - json: the text, as a JSON string has it; nil for an answer without text or parts.
    ///   - reason: nil for none.
    ///   - thought: as `json`.
    func whole(_ json: String?, reason: String?, thought: String? = nil) -> String {
        let finish = reason.map { "\"\($0)\"" } ?? "null"
        switch kind {
        case .openai, .azure:
            let thought = thought.map { #","reasoning_content":"\#($0)""# } ?? ""
            let content = json.map { "\"\($0)\"" } ?? "null"
            return
                #"{"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":\#(content)\#(thought)},"finish_reason":\#(finish)}],"usage":{"prompt_tokens":3,"completion_tokens":5}}"#
        case .anthropic:
            let blocks = [
                thought.map { #"{"type":"thinking","thinking":"\#($0)"}"# },
                json.map { #"{"type":"text","text":"\#($0)"}"# },
            ].compactMap(\.self)
            return
                #"{"type":"message","model":"m","content":[\#(blocks.joined(separator: ","))],"stop_reason":\#(finish),"usage":{"input_tokens":3,"output_tokens":5}}"#
        case .gemini:
            let parts = [
                thought.map { #"{"text":"\#($0)","thought":true}"# }, json.map { #"{"text":"\#($0)"}"# },
            ].compactMap(\.self)
            let content = parts.isEmpty ? "" : #","parts":[\#(parts.joined(separator: ","))]"#
            return
                #"{"candidates":[{"index":0,"content":{"role":"model"\#(content)},"finishReason":\#(finish)}],\#(Self.geminiUsage)}"#
        case .ollama:
            let thought = thought.map { #","thinking":"\#($0)""# } ?? ""
            return
                #"{"model":"m","message":{"role":"assistant","content":"\#(json ?? "")"\#(thought)},"done":true,"done_reason":\#(finish),"prompt_eval_count":3,"eval_count":5}"#
        }
    }

    /// A whole answer with one call of the tool `find`. Only for OpenAI's, whose arguments are text.
    func whole(callWith arguments: String, reason: String) -> String {
        #"{"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"find","arguments":"\#(arguments)"}}]},"finish_reason":"\#(reason)"}],"usage":{"prompt_tokens":3,"completion_tokens":5}}"#
    }
}
