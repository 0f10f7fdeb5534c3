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
            json: GeminiRequest(request, model: model).encoded)
    }

    /// Lists one model (ai.google.dev/api/models#method:-models.list).
    func probe() -> ProviderCall? { models(1) }

    func listing() -> ProviderCall? { models(1_000) }

    private func models(_ limit: Int) -> ProviderCall {
        ProviderCall(
            method: .get, url: address.url("models?pageSize=\(limit)"),
            headers: [HTTPHeader("Accept", "application/json")] + headers)
    }

    /// ai.google.dev/gemini-api/docs/image-understanding, /audio, /document-processing
    func takes(_ attachment: Attachment) -> Bool {
        switch (attachment.kind, attachment.source) {
        case (.image, .base64), (.image, .url), (.audio, .base64): true
        case (.file, .base64): attachment.mediaType == "application/pdf" || attachment.mediaType.hasPrefix("text/")
        default: false
        }
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
