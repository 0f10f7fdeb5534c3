import Chat
import HTTPClient

/// OpenAI's chat completions interface, as OpenAI and most others offer it
/// (platform.openai.com/docs/api-reference/chat).
struct OpenAIFormat: WireFormat {
    /// Up to and without `/chat/completions`: "https://api.openai.com/v1".
    let baseURL: String
    /// Sent as a bearer token; nil sends none.
    let apiKey: String?
    private(set) var dialect: OpenAIDialect

    init(baseURL: String, apiKey: String? = nil, dialect: OpenAIDialect? = nil) {
        self.baseURL = baseURL
        self.apiKey = apiKey
        self.dialect = dialect ?? OpenAIDialect(baseURL: baseURL)
    }

    var kind: String { "openai" }

    func call(_ request: ModelRequest, model: String, streams: Bool) -> ProviderCall {
        let json = ChatCompletionRequest(request, model: model, dialect: dialect, streams: streams).encoded
        return ProviderCall(
            url: joined(baseURL, "chat/completions"), headers: .json(streams: streams) + authorization, json: json)
    }

    func probe() -> ProviderCall? {
        ProviderCall(
            method: .get, url: joined(baseURL, "models"),
            headers: [HTTPHeader("Accept", "application/json")] + authorization)
    }

    func takes(_ attachment: Attachment) -> Bool { true }

    func without(_ parameters: Set<RequestParameter>) -> OpenAIFormat {
        var format = self
        format.dialect = dialect.without(parameters)
        return format
    }

    func reader() -> ChatCompletionReader { ChatCompletionReader() }

    private var authorization: [HTTPHeader] { apiKey.map { [HTTPHeader("Authorization", "Bearer \($0)")] } ?? [] }
}

/// Where those who speak OpenAI's interface differ: a field that one of them does not know is not passed over but refused.
struct OpenAIDialect: Sendable, Equatable {
    /// The field that limits the answer.
    enum TokenLimitField: String, Sendable {
        case maxTokens = "max_tokens"
        case maxCompletionTokens = "max_completion_tokens"
    }

    /// OpenAI's newer models refuse the old name; others know only it.
    var tokenLimitField = TokenLimitField.maxTokens
    /// Asks for a last chunk with the tokens used.
    var asksForUsage = true
    /// Names of speakers in the messages, and of the end user.
    var sendsNames = true
    var sendsUser = true
    var seedField: StaticString = "seed"
    /// Takes back what its models thought, as those who show thoughts do, and what came with their calls.
    var sendsReasoning = true
    var sendsExtraContent = true
    /// Takes messages of any roles in any order, as OpenAI does. The templates of many models want the system's first, then the
    /// user and the assistant in turn, and refuse anything else; and a last message of the assistant's is gone on from.
    var takesAnyOrder = false

    init() {}

    /// What the server at this address takes; the usual for one that is not known.
    init(baseURL: String) {
        let host = baseURL.drop { $0 != "/" }.drop { $0 == "/" }.prefix { $0 != "/" && $0 != ":" }.lowercased()
        switch host {
        case "api.openai.com":
            tokenLimitField = .maxCompletionTokens
            sendsReasoning = false
            sendsExtraContent = false
            takesAnyOrder = true
        // Google's refuses what it does not know.
        case "generativelanguage.googleapis.com": sendsReasoning = false
        case "api.mistral.ai":
            // docs.mistral.ai/api: the schema allows no other fields. It counts the tokens without being asked.
            asksForUsage = false
            sendsNames = false
            sendsUser = false
            seedField = "random_seed"
            sendsReasoning = false
            sendsExtraContent = false
        // console.groq.com/docs/openai: "messages[].name … will result in a 400 error".
        case "api.groq.com":
            sendsNames = false
            sendsReasoning = false
            sendsExtraContent = false
        case let host where host.hasSuffix(".openai.azure.com"): takesAnyOrder = true
        default: break
        }
    }

    func without(_ parameters: Set<RequestParameter>) -> OpenAIDialect {
        var dialect = self
        if parameters.contains(.tokenLimitField) {
            dialect.tokenLimitField = tokenLimitField == .maxTokens ? .maxCompletionTokens : .maxTokens
        }
        if parameters.contains(.usageInStream) { dialect.asksForUsage = false }
        if parameters.contains(.names) { dialect.sendsNames = false }
        if parameters.contains(.thoughts) {
            dialect.sendsReasoning = false
            dialect.sendsExtraContent = false
        }
        return dialect
    }

    static func == (a: OpenAIDialect, b: OpenAIDialect) -> Bool {
        a.tokenLimitField == b.tokenLimitField && a.asksForUsage == b.asksForUsage && a.sendsNames == b.sendsNames
            && a.sendsUser == b.sendsUser && a.seedField.description == b.seedField.description
            && a.sendsReasoning == b.sendsReasoning && a.sendsExtraContent == b.sendsExtraContent
            && a.takesAnyOrder == b.takesAnyOrder
    }
}

/// A path below an address that may end with a slash.
func joined(_ baseURL: String, _ path: String) -> String {
    baseURL.hasSuffix("/") ? baseURL + path : baseURL + "/" + path
}

extension [HTTPHeader] {
    /// The media types of a request in JSON, and of the answer to it.
    static func json(streams: Bool) -> [HTTPHeader] {
        [
            HTTPHeader("Content-Type", "application/json"),
            HTTPHeader("Accept", streams ? "text/event-stream" : "application/json"),
        ]
    }
}
