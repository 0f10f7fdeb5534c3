import Chat

extension Answer {
    /// The answer as the domain has it; tokens that the provider did not count are estimated.
    func completion(of request: ModelRequest, model asked: String, provider: String) -> ModelCompletion {
        ModelCompletion(
            finishReason: (finishReason ?? .stop).rawValue, provider: provider, model: model ?? asked,
            usage: usage.map {
                Chat.Usage(promptTokens: $0.promptTokens, completionTokens: $0.completionTokens, isEstimated: false)
            } ?? .estimated(for: request, answerBytes: textBytes))
    }
}

extension Chat.Usage {
    /// Worked out from the lengths of the texts.
    static func estimated(for request: ModelRequest, answerBytes: Int) -> Chat.Usage {
        let prompt = request.messages.reduce(request.instructions.utf8.count) { $0 + $1.content.utf8.count }
        return Chat.Usage(
            promptTokens: estimatedTokens(ofUTF8: prompt), completionTokens: estimatedTokens(ofUTF8: answerBytes),
            isEstimated: true)
    }
}
