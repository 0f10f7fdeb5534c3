import Chat
import Substrings

extension ProviderReport {
    /// The kind of error in the domain's terms: from the closest word that is known, else from the HTTP status.
    var kind: ModelError.Kind {
        // Asked first: some providers call a request that is too large for the model's quota a rate limit, and the same
        // request never fits (console.groq.com/docs/errors).
        if status == 413 || says("request_too_large") || isAboutContextLength { return .contextLengthExceeded }
        if isAboutContent { return .contentPolicy }
        // Out of money is not "too many requests": asking again does not help, the operator has to pay.
        if says(
            "insufficient_quota", "insufficient_balance", "billing", "invalid_api_key", "api_key_invalid",
            "authentication", "unauthenticated", "permission",
            // Gemini's account is not paid for, or its country is not served (ai.google.dev/gemini-api/docs/troubleshooting).
            "failed_precondition") || isAboutMoney
        {
            return .unauthorized
        }
        if says("rate_limit", "ratelimit", "too_many_requests", "resource_exhausted")
            || isMereText && mentions("rate limit", "too many requests")
        {
            return .rateLimited
        }
        if says("timeout", "deadline_exceeded") || isMereText && mentions("timeout", "timed out") { return .timeout }
        // Gemini, under 200: the model wrote something that is no answer.
        if says("malformed_answer") { return .malformed }
        if says("overloaded", "server_error", "unavailable", "internal") { return .unavailable }
        if isAboutMissingModel { return .notFound }
        if let status, let kind = Self.kind(status: status) { return kind }
        // Ollama has no words: "model 'x' not found".
        if says("not_found") || (mentions("model") && mentions("not found")) { return .notFound }
        if says("invalid_request", "invalid_argument") { return .invalidRequest }
        return .unavailable
    }

    private func says(_ parts: String...) -> Bool {
        [type, code, reason].contains { word in
            guard !word.isEmpty else { return false }
            let word = word.lowercased()
            return parts.contains { word.contains($0) }
        }
    }

    private func mentions(_ phrases: String...) -> Bool {
        let text = beginning.lowercased()
        return phrases.contains { text.contains($0) }
    }

    /// Whether nothing but its words tell what sort of error it is.
    private var isMereText: Bool { status == nil && type.isEmpty && code.isEmpty && reason.isEmpty }

    /// Whether the request is at fault, as far as the status tells.
    private var isRefusal: Bool { status.map { (400..<500).contains($0) && $0 != 429 } ?? true }

    private var isAboutContextLength: Bool {
        if says("context_length", "context_window", "string_above_max_length", "exceed_context_size") { return true }
        return isRefusal
            && mentions(
                // OpenAI, DeepSeek, Mistral, OpenRouter, vLLM; vLLM's newer words.
                "maximum context length", "context length exceeded", "context window", "maximum model length",
                // Anthropic.
                "prompt is too long", "exceed context limit",
                // Gemini.
                "exceeds the maximum number of tokens",
                // llama.cpp, Ollama, LM Studio.
                "exceeds the available context", "exceeds the context length", "longer than the context length",
                "loaded with context length")
    }

    private var isAboutContent: Bool {
        says("content_filter", "content_policy", "contentfilter", "responsibleaipolicyviolation", "moderation")
            // Anthropic has no word for it.
            || (isRefusal && mentions("content filtering policy", "content management policy"))
    }

    /// Anthropic calls an empty account an invalid request.
    private var isAboutMoney: Bool { isRefusal && mentions("credit balance is too low") }

    private var isAboutMissingModel: Bool {
        // OpenAI's, Together's, Mistral's, Azure's.
        if says("model_not_found", "model_not_available", "invalid_model", "deploymentnotfound") { return true }
        // OpenRouter and DeepSeek have no word for it, and call it a bad request.
        return isRefusal && mentions("is not a valid model id", "model not exist")
    }

    private static func kind(status: Int) -> ModelError.Kind? {
        switch status {
        case 401, 402, 403, 407, 451: .unauthorized
        case 404, 405, 410: .notFound
        case 408, 504, 524: .timeout
        case 429: .rateLimited
        // Only these judge the request. In 409, 421, 423, 425 and 499 (nginx's "client closed request") the provider, or what
        // stands before it, was in its own way; 498 is Groq's "flex tier capacity exceeded".
        case 400, 422: .invalidRequest
        case 409, 421, 423, 425, 498, 499, 500..<600: .unavailable
        case 300..<500: .malformed
        default: nil
        }
    }
}
