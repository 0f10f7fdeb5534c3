import Chat

extension Answer {
    /// The answer as the domain has it; tokens that the provider did not count are estimated.
    func completion(of request: ModelRequest, model asked: String, provider: String) -> ModelCompletion {
        var completion = ModelCompletion(
            finishReason: (finishReason ?? (calls.isEmpty ? .stop : .toolCalls)).rawValue, provider: provider,
            model: model ?? asked,
            usage: usage.map {
                Chat.Usage(promptTokens: $0.promptTokens, completionTokens: $0.completionTokens, isEstimated: false)
            } ?? .estimated(for: request, answerBytes: textBytes))
        completion.skippedEvents = malformedEvents
        completion.lateError = lateError
        return completion
    }
}

extension Chat.Usage {
    /// Worked out from the lengths of the texts.
    static func estimated(for request: ModelRequest, answerBytes: Int) -> Chat.Usage {
        Chat.Usage(
            promptTokens: estimatedTokens(ofUTF8: request.promptBytes),
            completionTokens: estimatedTokens(ofUTF8: answerBytes),
            isEstimated: true)
    }
}
