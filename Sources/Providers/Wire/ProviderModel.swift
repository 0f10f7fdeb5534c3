public import Chat
import HTTPClient
import JSON

/// A model at a provider that is asked over HTTP.
public protocol RemoteModel: LanguageModel {
    /// Asks the provider for something that costs nothing, such as the list of its models.
    ///
    /// - Returns: false when this kind has nothing of the sort, and nothing was asked.
    /// - Throws: `ModelError` when the provider does not answer, or refuses the key; `CancellationError`.
    func probe() async throws -> Bool

    /// The names of the models that the provider says it has and that answer in a conversation; nil when this kind has no such
    /// list, or what came is none.
    ///
    /// - Throws: as `probe`.
    func models() async throws -> [String]?
}

/// A model of any kind of provider.
struct ProviderModel<Format: WireFormat>: RemoteModel {
    private let format: Format
    private let options: ProviderOptions
    private let client: HTTPClient

    init(_ format: Format, _ options: ProviderOptions, client: HTTPClient) {
        self.format = format
        self.options = options
        self.client = client
    }

    var availability: [ModelAvailability] {
        [
            ModelAvailability(
                provider: options.provider, kind: format.kind, model: options.model ?? options.usualModel ?? "",
                isAvailable: options.isAvailable, reason: options.reason)
        ]
    }

    func canAnswer(_ request: ModelRequest) -> Bool { request.attachments.allSatisfy(format.takes) }

    func respond(to request: ModelRequest, into sink: some ModelSink) async throws -> ModelCompletion {
        try checkAvailability()
        guard let model = await model(for: request) else {
            throw ModelError(
                kind: .notFound, provider: options.provider,
                detail: "neither the configuration nor the request names a model")
        }
        let receiver = AnswerReceiver(
            format.reader(), sink: sink, provider: options.provider, secrets: options.secrets, streams: options.streams,
            limits: options.limits, rules: options.rules)
        let transportError = await failure(
            of: httpRequest(format.call(request, model: model, streams: options.streams)), receiver)
        // On every way out the receiver is closed first: nothing reaches the sink after this call.
        let answer = Result { try receiver.finish(transportError: transportError) }
        if Task.isCancelled { throw CancellationError() }
        return try answer.get().completion(of: request, model: model, provider: options.provider)
    }

    /// The model that is asked: the route's; else the one that the request names, which the provider may be known not to have;
    /// else the provider's usual one.
    private func model(for request: ModelRequest) async -> String? {
        if let model = options.model { return model }
        guard let usual = options.usualModel else { return request.model }
        guard let named = request.model, named != usual, let names = await options.list?.names() else { return usual }
        return names.contains(named) ? named : usual
    }

    func probe() async throws -> Bool {
        guard let call = format.probe() else {
            try checkAvailability()
            return false
        }
        _ = try await response(to: call, ProbeReceiver())
        return true
    }

    func models() async throws -> [String]? {
        guard let call = format.listing() else { return nil }
        let body = try await response(to: call, ProbeReceiver(maximumBytes: 4 * 1_048_576))
        return (try? JSONValue(parsing: body)).flatMap(ModelListing.names)
    }

    /// The body of the response to a request that costs nothing.
    private func response(to call: ProviderCall, _ receiver: ProbeReceiver) async throws -> [UInt8] {
        try checkAvailability()
        var request = httpRequest(call)
        request.totalTimeoutMilliseconds = min(options.limits.totalMilliseconds ?? .max, 10_000)
        let transportError = await failure(of: request, receiver)
        if Task.isCancelled { throw CancellationError() }
        guard let (head, body) = receiver.response else {
            let error = transportError ?? HTTPClientError(kind: .reset, detail: "no response")
            throw ModelError(error, provider: options.provider, hasBegun: false)
        }
        guard head.isSuccess, head.mediaType != "text/html" else {
            throw ModelError.refusal(
                head, body, of: Format.Reader.self, provider: options.provider, secrets: options.secrets)
        }
        return body
    }

    private func checkAvailability() throws(ModelError) {
        guard !options.isAvailable else { return }
        var error = ModelError(kind: .unavailable, provider: options.provider, detail: options.reason)
        error.unavailability = .notConfigured
        throw error
    }

    private func failure(of request: HTTPRequest, _ receiver: some HTTPResponseReceiver) async -> HTTPClientError? {
        do throws(HTTPClientError) {
            try await client.perform(request, receiver: receiver)
            return nil
        } catch {
            return error
        }
    }

    private func httpRequest(_ call: ProviderCall) -> HTTPRequest {
        let names = Set(options.headers.map { $0.name.lowercased() })
        var http = HTTPRequest(
            method: call.method, url: call.url,
            headers: call.headers.filter { !names.contains($0.name.lowercased()) } + options.headers)
        http.segments = call.segments
        http.connectTimeoutMilliseconds = options.limits.connectMilliseconds
        http.totalTimeoutMilliseconds = options.limits.totalMilliseconds
        http.maximumResponseBytes = options.limits.responseBytes
        http.usesHTTP2 = options.usesHTTP2
        http.allowsLinkLocal = options.allowsLinkLocal
        return http
    }
}
