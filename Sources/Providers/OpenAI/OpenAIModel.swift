public import Chat
public import HTTPClient

/// A model behind OpenAI's chat completions interface, as OpenAI and most others offer it
/// (platform.openai.com/docs/api-reference/chat-streaming).
public struct OpenAIModel: LanguageModel {
    public struct Options: Sendable {
        /// The provider's name in the configuration.
        public var provider: String
        /// Up to and without `/chat/completions`: "https://api.openai.com/v1".
        public var baseURL: String
        /// Sent as a bearer token; nil sends none.
        public var apiKey: String?
        /// The model to ask; nil takes the name the request asks for.
        public var model: String?
        /// Headers besides the key and the media types.
        public var headers: [HTTPHeader] = []
        public var tokenLimitField: TokenLimitField
        /// Asks for a last chunk with the tokens used. Some older servers refuse the field.
        public var asksForUsage = true
        /// False passes the model over, for instance for want of its key; `reason` says why.
        public var isAvailable = true
        /// Why it is, or is not, available; for the operator and the user.
        public var reason = "configured"
        public var limits = Limits()

        public init(provider: String, baseURL: String, apiKey: String? = nil, model: String? = nil) {
            self.provider = provider
            self.baseURL = baseURL
            self.apiKey = apiKey
            self.model = model
            tokenLimitField = baseURL.contains("://api.openai.com/") ? .maxCompletionTokens : .maxTokens
        }
    }

    /// What bounds one answer. Times are in milliseconds.
    public struct Limits: Sendable {
        public var connectMilliseconds = 5_000
        /// From the start to the first byte of the answer.
        public var firstByteMilliseconds: Int? = 30_000
        /// Without a byte, after the first.
        public var silenceMilliseconds: Int? = 30_000
        public var totalMilliseconds: Int? = 600_000
        /// Of the answer's text. A longer one ends there, with finish reason `length`.
        public var answerBytes = 1_048_576
        /// Of one event.
        public var eventBytes = 1_048_576
        /// Of everything the provider sends for one answer; an event takes about 200 bytes a token besides its text.
        public var responseBytes = 64 * 1_048_576

        public init() {}
    }

    /// The field of the request that limits the answer. OpenAI's newer models refuse the old name; others know only it.
    public enum TokenLimitField: String, Sendable {
        case maxTokens = "max_tokens"
        case maxCompletionTokens = "max_completion_tokens"
    }

    private let options: Options
    private let client: HTTPClient

    public init(_ options: Options, client: HTTPClient) {
        self.options = options
        self.client = client
    }

    public var availability: [ModelAvailability] {
        [
            ModelAvailability(
                provider: options.provider, kind: "openai", model: options.model ?? "",
                isAvailable: options.isAvailable,
                reason: options.reason)
        ]
    }

    public func respond(to request: ModelRequest, into sink: some ModelSink) async throws -> ModelCompletion {
        guard options.isAvailable else {
            throw ModelError(kind: .unavailable, provider: options.provider, detail: options.reason)
        }
        guard let model = options.model ?? request.model else {
            throw ModelError(
                kind: .invalidRequest, provider: options.provider,
                detail: "neither the route nor the request names a model")
        }
        let receiver = AnswerReceiver(
            sink: sink, provider: options.provider, secret: options.apiKey, limits: options.limits)
        let transportError = await failure(of: httpRequest(for: request, model: model), receiver)
        // On every way out the receiver is closed first: nothing reaches the sink after this call.
        let answer = Result { try receiver.finish(transportError: transportError) }
        if Task.isCancelled { throw CancellationError() }
        return try answer.get().completion(of: request, model: model, provider: options.provider)
    }

    private func failure(of request: HTTPRequest, _ receiver: some HTTPResponseReceiver) async -> HTTPClientError? {
        do throws(HTTPClientError) {
            try await client.perform(request, receiver: receiver)
            return nil
        } catch {
            return error
        }
    }

    private func httpRequest(for request: ModelRequest, model: String) -> HTTPRequest {
        var headers = [HTTPHeader("Content-Type", "application/json"), HTTPHeader("Accept", "text/event-stream")]
        if let key = options.apiKey { headers.append(HTTPHeader("Authorization", "Bearer \(key)")) }
        let separator = options.baseURL.hasSuffix("/") ? "" : "/"
        var http = HTTPRequest(
            method: .post, url: options.baseURL + separator + "chat/completions", headers: headers + options.headers,
            body: ChatCompletionRequest(
                request, model: model, tokenLimitField: options.tokenLimitField, asksForUsage: options.asksForUsage
            ).encoded)
        http.connectTimeoutMilliseconds = options.limits.connectMilliseconds
        http.firstByteTimeoutMilliseconds = options.limits.firstByteMilliseconds
        http.silenceTimeoutMilliseconds = options.limits.silenceMilliseconds
        http.totalTimeoutMilliseconds = options.limits.totalMilliseconds
        http.maximumResponseBytes = options.limits.responseBytes
        return http
    }
}
