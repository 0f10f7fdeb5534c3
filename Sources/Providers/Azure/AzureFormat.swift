// Azure OpenAI.

import Chat
import HTTPClient
import Substrings

/// Azure OpenAI: OpenAI's interface under another address, with the model's deployment in the path and the key in `api-key`
/// (learn.microsoft.com/azure/ai-services/openai/reference).
///
/// Azure's newer addresses, "https://NAME.openai.azure.com/openai/v1", are the kind `openai`'s.
struct AzureFormat: WireFormat {
    /// "https://NAME.openai.azure.com".
    let baseURL: String
    let apiKey: String?
    /// The date of the interface's version.
    let apiVersion: String
    private(set) var dialect: OpenAIDialect

    /// The last one that is not a preview.
    static let defaultAPIVersion = "2024-10-21"

    init(baseURL: String, apiKey: String? = nil, apiVersion: String? = nil, dialect: OpenAIDialect? = nil) {
        self.baseURL = baseURL
        self.apiKey = apiKey
        self.apiVersion = apiVersion ?? Self.defaultAPIVersion
        var usual = OpenAIDialect()
        usual.tokenLimitField = .maxCompletionTokens
        usual.sendsReasoning = false
        usual.sendsExtraContent = false
        usual.takesAnyOrder = true
        self.dialect = dialect ?? usual
    }

    var kind: String { "azure" }

    func call(_ request: ModelRequest, model: String, streams: Bool) -> ProviderCall {
        let json = ChatCompletionRequest(request, model: model, dialect: dialect, streams: streams).encoded
        return ProviderCall(
            url: url("deployments/\(percentEncoded(model))/chat/completions"), headers: .json(streams: streams) + key,
            json: json)
    }

    func probe() -> ProviderCall? {
        ProviderCall(method: .get, url: url("models"), headers: [HTTPHeader("Accept", "application/json")] + key)
    }

    /// What is asked there are deployments, and the list has the models that could be deployed.
    func listing() -> ProviderCall? { nil }

    func takes(_ attachment: Attachment) -> Bool { true }

    func without(_ parameters: Set<RequestParameter>) -> AzureFormat {
        var format = self
        format.dialect = dialect.without(parameters)
        return format
    }

    func reader() -> ChatCompletionReader { ChatCompletionReader() }

    private func url(_ path: String) -> String {
        joined(baseURL, "openai/\(path)?api-version=\(percentEncoded(apiVersion))")
    }

    private var key: [HTTPHeader] { apiKey.map { [HTTPHeader("api-key", $0)] } ?? [] }
}

/// A text as one segment of a path or one value of a query (RFC 3986, section 2.3).
func percentEncoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
        if byte.isASCIILetterOrDigit || "-._~".utf8.contains(byte) {
            bytes.append(byte)
        } else {
            bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}
