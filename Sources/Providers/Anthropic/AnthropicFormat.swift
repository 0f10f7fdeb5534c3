import Chat
import HTTPClient
import JSON

/// Anthropic's Messages API (docs.anthropic.com/en/api/messages, docs.anthropic.com/en/api/messages-streaming).
struct AnthropicFormat: WireFormat {
    /// The answer's limit when the request has none: Anthropic wants one, and every model of theirs takes this one.
    static let defaultMaximumTokens = 4096

    private let address: ProviderAddress
    private let headers: [HTTPHeader]

    /// - Parameters:
    ///   - baseURL: with or without `/v1`.
    ///   - headers: besides the key, the version and the media types.
    init(baseURL: String = "https://api.anthropic.com", apiKey: String?, headers: [HTTPHeader] = []) {
        address = ProviderAddress(baseURL, folders: ["v1"])
        var all = [HTTPHeader("anthropic-version", "2023-06-01")]
        if let apiKey { all.append(HTTPHeader("x-api-key", apiKey)) }
        self.headers = all + headers
    }

    var kind: String { "anthropic" }

    func call(_ request: ModelRequest, model: String, streams: Bool) -> ProviderCall {
        let media = [
            HTTPHeader("Content-Type", "application/json"),
            HTTPHeader("Accept", streams ? "text/event-stream" : "application/json"),
        ]
        return ProviderCall(
            url: address.url("messages"), headers: media + headers,
            body: AnthropicRequest(request, model: model, streams: streams).encoded)
    }

    /// Lists one model (docs.anthropic.com/en/api/models-list).
    func probe() -> ProviderCall? {
        ProviderCall(
            method: .get, url: address.url("models?limit=1"),
            headers: [HTTPHeader("Accept", "application/json")] + headers)
    }

    func reader() -> AnthropicReader { AnthropicReader() }
}
