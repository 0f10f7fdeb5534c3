import Chat

extension Answer {
    /// The answer as the domain has it; tokens that the provider did not count are estimated.
    func completion(of request: ModelRequest, model asked: String, provider: String) -> ModelCompletion {
        var completion = ModelCompletion(
            finishReason: (finishReason ?? (calls.isEmpty ? .stop : .toolCalls)).rawValue, provider: provider,
            model: model ?? asked.withoutFolders,
            usage: reportedUsage ?? .estimated(for: request, answerBytes: textBytes - detailBytes))
        if !completion.usage.isEstimated { completion.usageDetails = usageDetails.within(completion.usage) }
        completion.skippedEvents = malformedEvents
        completion.lateError = lateError
        return completion
    }

    /// Nil without one that can be: a prompt has tokens, and so has an answer in which there is something.
    private var reportedUsage: Chat.Usage? {
        guard let usage, usage.promptTokens > 0, usage.completionTokens > 0 || textBytes == 0 else { return nil }
        return Chat.Usage(
            promptTokens: usage.promptTokens, completionTokens: usage.completionTokens, isEstimated: false)
    }
}

extension UsageDetails {
    /// Without those that are more than the prompt of which they are said to be a part.
    fileprivate func within(_ usage: Chat.Usage) -> UsageDetails {
        var details = self
        if cachedTokens ?? 0 > usage.promptTokens { details.cachedTokens = nil }
        if cacheCreationTokens ?? 0 > usage.promptTokens { details.cacheCreationTokens = nil }
        return details
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
