import Chat
import HTTPClient

/// Google's Gemini API (ai.google.dev/api/generate-content).
struct GeminiFormat: WireFormat {
    private let address: ProviderAddress
    private let apiKey: String?

    /// - Parameter baseURL: with or without a version; `v1beta` is the one that knows tools and schemas.
    init(baseURL: String = "https://generativelanguage.googleapis.com", apiKey: String?) {
        address = ProviderAddress(baseURL, folders: ["v1beta", "v1alpha", "v1"])
        self.apiKey = apiKey
    }

    var kind: String { "gemini" }

    func call(_ request: ModelRequest, model: String, streams: Bool) -> ProviderCall {
        // Without `alt=sse` the stream is one long array.
        let method = streams ? ":streamGenerateContent?alt=sse" : ":generateContent"
        return ProviderCall(
            url: address.url(Self.path(of: model) + method), headers: .json(streams: streams) + headers,
            body: GeminiRequest(request, model: model).encoded)
    }

    /// Lists one model (ai.google.dev/api/models#method:-models.list).
    func probe() -> ProviderCall? { list(limit: 1) }
    func listing() -> ProviderCall? { list(limit: 1000) }

    private func list(limit: Int) -> ProviderCall {
        ProviderCall(
            method: .get, url: address.url("models?pageSize=\(limit)"),
            headers: [HTTPHeader("Accept", "application/json")] + headers)
    }

    func reader() -> GeminiReader { GeminiReader() }

    /// Never `?key=`: URLs get into logs (ai.google.dev/gemini-api/docs/api-key).
    private var headers: [HTTPHeader] { apiKey.map { [HTTPHeader("x-goog-api-key", $0)] } ?? [] }

    /// The model's resource name; one that names its collection keeps it.
    private static func path(of model: String) -> String {
        for collection in ["models/", "tunedModels/"] where model.hasPrefix(collection) {
            return collection + percentEncoded(String(model.dropFirst(collection.count)))
        }
        return "models/" + percentEncoded(model)
    }
}
