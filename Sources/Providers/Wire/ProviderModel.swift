public import Chat
import HTTPClient

/// A model at a provider that is asked over HTTP.
public protocol RemoteModel: LanguageModel {
    /// Asks the provider for something that costs nothing, such as the list of its models.
    ///
    /// - Returns: false when this kind has nothing of the sort, and nothing was asked.
    /// - Throws: `ModelError` when the provider does not answer, or refuses the key; `CancellationError`.
    func probe() async throws -> Bool

    /// Asks the provider for the list of its models.
    ///
    /// - Parameter limitMilliseconds: for all of it.
    /// - Returns: the names of those for conversation, in the order of the list; nil when this kind has no such list.
    /// - Throws: `ModelError` when the provider does not answer, or with something else; `CancellationError`.
    func models(limitMilliseconds: Int) async throws -> [String]?
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
                provider: options.provider, kind: format.kind,
                model: (options.model ?? options.usualModel ?? options.list?.known?.first ?? "").withoutFolders,
                isAvailable: options.isAvailable, reason: options.reason)
        ]
    }

    func canAnswer(_ request: ModelRequest) -> Bool {
        guard options.takesTools || request.toolFreeForm != nil || request.options?.tools.isEmpty ?? true else {
            return false
        }
        return request.attachments.allSatisfy(format.takes)
    }

    func respond(to request: ModelRequest, into sink: some ModelSink) async throws -> ModelCompletion {
        try checkAvailability()
        let inquiry = try await takesTools(request) ? inquiry(request, sink) : plainInquiry(request, sink)
        do {
            return try await answer(by: inquiry)
        } catch let error as ModelError where error.isAboutTools && inquiry.hasToolFreeForm && !inquiry.hasGiven {
            let completion = try await answer(by: try await plainInquiry(request, sink))
            if error.refusesTools {
                options.refused.remember(
                    [.tools], of: inquiry.model, at: options.baseURL, provider: options.provider)
            }
            return completion
        }
    }

    /// Whether the request may be made as it is, with its tools.
    private func takesTools(_ request: ModelRequest) async -> Bool {
        guard request.toolFreeForm != nil else { return true }
        guard options.takesTools else { return false }
        let model = await model(for: request) ?? options.list?.known?.first ?? ""
        return !options.refused.parameters(of: model, at: options.baseURL).contains(.tools)
    }

    private func inquiry<Sink: ModelSink>(_ request: ModelRequest, _ sink: Sink) -> ProviderInquiry<Format, Sink> {
        ProviderInquiry(request, format, options, sink: sink)
    }

    /// One without tools.
    private func plainInquiry<Sink: ModelSink>(
        _ request: ModelRequest, _ sink: Sink
    ) async throws -> ProviderInquiry<Format, Sink> {
        inquiry(try await request.toolFreeForm?.request() ?? request, sink)
    }

    private func answer<Sink: ModelSink>(by inquiry: ProviderInquiry<Format, Sink>) async throws -> ModelCompletion {
        if let model = await model(for: inquiry.request) {
            inquiry.ask(model)
        } else {
            inquiry.ask(try await listedModel())
        }
        while true {
            switch try inquiry.end(await failure(of: inquiry)) {
            case .askAgain: continue
            case .findModel:
                // The configuration takes any name, and the provider does not have this one.
                guard let listed = try? await listedModel(), listed != inquiry.model else { break }
                inquiry.ask(listed)
                continue
            case .isOver: break
            }
            return try inquiry.answer()
        }
    }

    /// Makes the next call, and says how it failed.
    private func failure<Sink: ModelSink>(of inquiry: ProviderInquiry<Format, Sink>) async -> HTTPClientError? {
        let receiver = inquiry.makeReceiver()
        return await failure(of: httpRequest(inquiry.call), receiver)
    }

    /// What is asked where nobody names a model: the first one for conversation that the provider lists.
    private func listedModel() async throws -> String {
        if let first = options.list?.known?.first { return first }
        let models = try await self.models(limitMilliseconds: 5_000) ?? []
        guard let first = models.first else {
            throw ModelError(
                kind: .notFound, provider: options.provider,
                detail: "neither the configuration nor the request names a model, and the provider lists none for "
                    + "conversation")
        }
        options.list?.keep(models)
        return first
    }

    /// The model that is asked: the route's; else the one that the request names, which the provider may be known not to have;
    /// else the provider's usual one.
    private func model(for request: ModelRequest) async -> String? {
        if let model = options.model { return model }
        guard let usual = options.usualModel else {
            return request.model.map { named in
                options.list?.known?.first { $0.withoutFolders == named } ?? named
            }
        }
        guard let named = request.model, named != usual, let names = await options.list?.names() else { return usual }
        return names.first { $0 == named || $0.withoutFolders == named } ?? usual
    }

    func probe() async throws -> Bool {
        try checkAvailability()
        guard let call = format.probe() else { return false }
        _ = try await body(of: call, limitMilliseconds: 10_000)
        return true
    }

    func models(limitMilliseconds: Int) async throws -> [String]? {
        try checkAvailability()
        guard let call = format.listing() else { return nil }
        let body = try await body(
            of: call, limitMilliseconds: limitMilliseconds, maximumBytes: ModelListing.maximumBytes)
        if let names = ModelListing.names(in: body) { return names }
        throw ModelError(
            kind: .malformed, provider: options.provider, detail: "there is no list of models at \(call.url)")
    }

    /// What the provider sends to a request that is no question.
    private func body(
        of call: ProviderCall, limitMilliseconds: Int, maximumBytes: Int = 16 * 1024
    ) async throws -> [UInt8] {
        let receiver = ProbeReceiver(maximumBytes: maximumBytes)
        var request = httpRequest(call)
        request.totalTimeoutMilliseconds = min(options.limits.totalMilliseconds ?? .max, limitMilliseconds)
        request.connectTimeoutMilliseconds = min(request.connectTimeoutMilliseconds, limitMilliseconds)
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

    private func failure(
        of request: consuming HTTPRequest, _ receiver: some HTTPResponseReceiver
    ) async -> HTTPClientError? {
        do throws(HTTPClientError) {
            try await client.perform(request, receiver: receiver)
            return nil
        } catch {
            return error
        }
    }

    private func httpRequest(_ call: ProviderCall) -> HTTPRequest {
        let names = Set(options.headers.map { $0.name.lowercased() })
        var headers = call.headers
        // Unchanged, as from one that makes no span of its own (w3.org/TR/trace-context, section 3.4).
        if let trace = RequestOrigin.current?.trace { headers.append(HTTPHeader("traceparent", "\(trace)")) }
        var http = HTTPRequest(
            method: call.method, url: call.url,
            headers: headers.filter { !names.contains($0.name.lowercased()) } + options.headers)
        http.segments = call.segments
        http.connectTimeoutMilliseconds = options.limits.connectMilliseconds
        http.totalTimeoutMilliseconds = options.limits.totalMilliseconds
        http.maximumResponseBytes = options.limits.responseBytes
        http.usesHTTP2 = options.usesHTTP2
        http.allowsLinkLocal = options.allowsLinkLocal
        return http
    }
}
