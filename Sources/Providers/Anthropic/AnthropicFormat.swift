// Anthropic's Messages API.

import Chat
import HTTPClient
import JSON

/// Anthropic's Messages API (docs.anthropic.com/en/api/messages, docs.anthropic.com/en/api/messages-streaming).
struct AnthropicFormat: WireFormat {
    /// The answer's limit when the request has none and the model's own is not known: every model of theirs takes this one.
    static let defaultMaximumTokens = 4096
    /// The same for a model that thinks; every one that takes a word for how much takes this one.
    static let thinkingMaximumTokens = 64_000

    private let address: ProviderAddress
    private let apiKey: String?

    /// - Parameter baseURL: with or without `/v1`.
    init(baseURL: String = "https://api.anthropic.com", apiKey: String?) {
        address = ProviderAddress(baseURL, folders: ["v1"])
        self.apiKey = apiKey
    }

    var kind: String { "anthropic" }

    func call(_ request: ModelRequest, model: String, streams: Bool) -> ProviderCall {
        ProviderCall(
            url: address.url("messages"), headers: .json(streams: streams) + headers,
            json: AnthropicRequest(request, model: model, streams: streams).encoded)
    }

    /// Lists one model (docs.anthropic.com/en/api/models-list).
    func probe() -> ProviderCall? { models(1) }

    func listing() -> ProviderCall? { models(1_000) }

    private func models(_ limit: Int) -> ProviderCall {
        ProviderCall(
            method: .get, url: address.url("models?limit=\(limit)"),
            headers: [HTTPHeader("Accept", "application/json")] + headers)
    }

    /// docs.anthropic.com/en/docs/build-with-claude/vision and /pdf-support
    func takes(_ attachment: Attachment) -> Bool {
        switch (attachment.kind, attachment.source) {
        case (.image, .base64), (.image, .url): true
        case (.file, .base64(let bytes)):
            attachment.mediaType == "application/pdf"
                || attachment.mediaType == "text/plain" && AnthropicMessages.text(ofBase64: bytes) != nil
        default: false
        }
    }

    func reader() -> AnthropicReader { AnthropicReader() }

    private var headers: [HTTPHeader] {
        [HTTPHeader("anthropic-version", "2023-06-01")] + (apiKey.map { [HTTPHeader("x-api-key", $0)] } ?? [])
    }
}
