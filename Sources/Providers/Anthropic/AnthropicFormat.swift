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
            body: AnthropicRequest(request, model: model, streams: streams).encoded)
    }

    /// Lists one model (docs.anthropic.com/en/api/models-list).
    func probe() -> ProviderCall? { list(limit: 1) }
    func listing() -> ProviderCall? { list(limit: 1000) }

    private func list(limit: Int) -> ProviderCall {
        ProviderCall(
            method: .get, url: address.url("models?limit=\(limit)"),
            headers: [HTTPHeader("Accept", "application/json")] + headers)
    }

    func reader() -> AnthropicReader { AnthropicReader() }

    private var headers: [HTTPHeader] {
        [HTTPHeader("anthropic-version", "2023-06-01")] + (apiKey.map { [HTTPHeader("x-api-key", $0)] } ?? [])
    }
}
