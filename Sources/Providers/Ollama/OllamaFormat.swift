// Ollama's own API.

import Chat
import HTTPClient

/// Ollama's own interface (docs.ollama.com/api/chat), on the operator's machine or at ollama.com.
struct OllamaFormat: WireFormat {
    private let address: ProviderAddress
    private let apiKey: String?

    /// - Parameters:
    ///   - baseURL: with or without `/api`.
    ///   - apiKey: ollama.com wants one; a server of one's own takes none.
    init(baseURL: String = "http://127.0.0.1:11434", apiKey: String? = nil) {
        address = ProviderAddress(baseURL, folders: ["api"])
        self.apiKey = apiKey
    }

    var kind: String { "ollama" }

    func call(_ request: ModelRequest, model: String, streams: Bool) -> ProviderCall {
        let media = [
            HTTPHeader("Content-Type", "application/json"),
            HTTPHeader("Accept", streams ? "application/x-ndjson" : "application/json"),
        ]
        return ProviderCall(
            url: address.url("chat"), headers: media + headers,
            json: OllamaRequest(request, model: model, streams: streams).encoded)
    }

    /// Lists the models that are there (docs.ollama.com/api/tags).
    func probe() -> ProviderCall? {
        ProviderCall(
            method: .get, url: address.url("tags"), headers: [HTTPHeader("Accept", "application/json")] + headers)
    }

    /// docs.ollama.com/capabilities/vision; it gets nothing from an address.
    func takes(_ attachment: Attachment) -> Bool {
        if case (.image, .base64) = (attachment.kind, attachment.source) { true } else { false }
    }

    func reader() -> OllamaReader { OllamaReader() }

    private var headers: [HTTPHeader] { apiKey.map { [HTTPHeader("Authorization", "Bearer \($0)")] } ?? [] }
}
