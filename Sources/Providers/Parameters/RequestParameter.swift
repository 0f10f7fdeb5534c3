import Chat

/// A parameter of a request that some models and servers refuse, and that an answer can do without.
enum RequestParameter: String, CaseIterable, Sendable {
    case temperature
    case topP = "top_p"
    case stop
    case seed
    case presencePenalty = "presence_penalty"
    case frequencyPenalty = "frequency_penalty"
    case reasoningEffort = "reasoning_effort"
    case parallelToolCalls = "parallel_tool_calls"
    /// Is asked for in words instead.
    case responseFormat = "response_format"
    case user
    /// The names of speakers in messages.
    case names = "messages[].name"
    /// What a model thought, in messages of the assistant's.
    case thoughts = "messages[].reasoning_content"
    /// The name of the field that limits the answer: the other one is taken instead.
    case tokenLimitField = "max_tokens"
    /// What asks for the tokens used in a stream.
    case usageInStream = "stream_options"
    /// Never left out of a client's request: an agent has another form for a model without.
    case tools

    /// What vendors call them, in small letters.
    private static let vendorNames: [String: [RequestParameter]] = [
        "temperature": [.temperature], "top_p": [.topP], "topp": [.topP], "stop": [.stop], "stop_sequences": [.stop],
        "stopsequences": [.stop], "seed": [.seed], "random_seed": [.seed], "presence_penalty": [.presencePenalty],
        "presencepenalty": [.presencePenalty], "frequency_penalty": [.frequencyPenalty],
        "frequencypenalty": [.frequencyPenalty], "penalty": [.presencePenalty, .frequencyPenalty],
        "reasoning_effort": [.reasoningEffort], "reasoning": [.reasoningEffort], "effort": [.reasoningEffort],
        "output_config": [.reasoningEffort], "think": [.reasoningEffort], "thinking": [.reasoningEffort],
        "thinking_level": [.reasoningEffort], "thinkinglevel": [.reasoningEffort],
        "thinking_budget": [.reasoningEffort], "thinkingbudget": [.reasoningEffort],
        "thinking_config": [.reasoningEffort], "thinkingconfig": [.reasoningEffort],
        "parallel_tool_calls": [.parallelToolCalls], "disable_parallel_tool_use": [.parallelToolCalls],
        "response_format": [.responseFormat], "responsemimetype": [.responseFormat],
        "response_mime_type": [.responseFormat], "responsejsonschema": [.responseFormat],
        "response_json_schema": [.responseFormat], "format": [.responseFormat], "user": [.user], "user_id": [.user],
        "metadata": [.user], "max_tokens": [.tokenLimitField], "max_completion_tokens": [.tokenLimitField],
        "reasoning_content": [.thoughts], "reasoning_details": [.thoughts], "extra_content": [.thoughts],
        "stream_options": [.usageInStream], "include_usage": [.usageInStream],
    ]

    /// The parameters at a place in a request, as errors write it: `temperature`, `body.seed`, `stop[0]`,
    /// `generation_config.top_p`, `messages.[0].name`. None for the content of a message, or a tool's schema.
    static func named(at place: some StringProtocol) -> [RequestParameter] {
        let steps = place.lowercased().split { $0 == "." || $0 == "[" || $0 == "]" }.filter { Int($0) == nil }
        if steps.first == "messages" {
            if steps.last == "name", steps.count == 2 { return [.names] }
            return steps.lazy.compactMap { vendorNames[String($0)] }.first { $0 == [.thoughts] } ?? []
        }
        if ["contents", "tools", "tool_choice", "input"].contains(steps.first) { return [] }
        return steps.lazy.compactMap { vendorNames[String($0)] }.first ?? []
    }

    /// Whether a word stands for the parameter wherever it is met, and not only where the sentence says so: "stop" and
    /// "user" are words of prose too.
    fileprivate static func isUnmistakable(_ word: Substring) -> Bool {
        word.contains("_") || word.dropFirst().contains(where: \.isUppercase)
            || ["temperature", "thinking"].contains(word.lowercased())
    }

    /// The parameters that a refusal's sentence names. Only its beginning is read; the rest may quote the request.
    static func named(in message: String) -> [RequestParameter] {
        let text = message.prefix(200)
        let isPart: (Character) -> Bool = { $0.isLetter || $0.isNumber || "_.[]".contains($0) }
        var found: [RequestParameter] = []
        var before = ""
        var index = text.startIndex
        while let start = text[index...].firstIndex(where: isPart) {
            let end = text[start...].firstIndex { !isPart($0) } ?? text.endIndex
            var word = text[start..<end]
            while word.last == "." { word.removeLast() }
            let mark = start > text.startIndex ? text[text.index(before: start)] : " "
            let isNamed =
                "'\"`".contains(mark) || before.isEmpty || before.hasSuffix(":")
                || ["parameter", "parameters", "argument", "arguments", "field", "option", "support", "supports"]
                    .contains(before)
            if isUnmistakable(word) || isNamed { found += named(at: word).filter { !found.contains($0) } }
            // With a colon behind it, it leads to the next word.
            before = word.lowercased() + (end < text.endIndex && text[end] == ":" ? ":" : "")
            index = end
        }
        return found
    }
}

extension ModelRequest {
    /// The same without these parameters.
    func without(_ parameters: Set<RequestParameter>) -> ModelRequest {
        guard !parameters.isEmpty else { return self }
        var request = self
        var options = options ?? Options()
        for parameter in parameters {
            switch parameter {
            case .temperature: request.temperature = nil
            case .topP: options.topP = nil
            case .stop: options.stop = []
            case .seed: options.seed = nil
            case .presencePenalty: options.presencePenalty = nil
            case .frequencyPenalty: options.frequencyPenalty = nil
            case .reasoningEffort: options.reasoningEffort = nil
            case .parallelToolCalls: options.allowsParallelToolCalls = nil
            case .user: options.user = nil
            case .responseFormat:
                if let words = options.responseFormat?.instruction {
                    request.instructions += (request.instructions.isEmpty ? "" : "\n\n") + words
                }
                options.responseFormat = nil
            // How they are written is the format's affair.
            case .names, .thoughts, .tokenLimitField, .usageInStream: break
            // Another form of the request has none.
            case .tools: break
            }
        }
        if self.options != nil { request.options = options }
        return request
    }
}

extension ModelRequest.ResponseFormat {
    /// Asks for the form in words, which do for all models; nil where the form is free.
    var instruction: String? {
        let rule = "Answer with nothing but one JSON object: no words before or after it, and no Markdown fence."
        switch self {
        case .text: return nil
        case .jsonObject: return rule
        case .jsonSchema(let name, let schema, _):
            return
                "\(rule) The object, \"\(name)\", follows this JSON Schema:\n\(String(decoding: schema, as: UTF8.self))"
        }
    }
}
