import Chat
import HTTPClient

/// One question to a model at a provider: the calls that it takes, one after the other, and what came of them.
///
/// An object, so that a task that waits for the answer holds a pointer: whatever is a variable of an asynchronous function is
/// kept in the frame of every stream that waits in it.
final class ProviderInquiry<Format: WireFormat, Sink: ModelSink> {
    /// What is to be done after a call.
    enum Step {
        /// `answer` has what came.
        case isOver
        /// The model refuses a parameter: it is asked once more without.
        case askAgain
        /// The provider does not have the model, which the configuration leaves open.
        case findModel
    }

    private let format: Format
    private let options: ProviderOptions
    private let sink: Sink
    /// As it was given, and as the model takes it.
    let request: ModelRequest
    private var fitting: ModelRequest
    private(set) var model = ""
    /// Parameters that are left out.
    private var without: Set<RequestParameter> = []
    /// Of them, those to be remembered when the model has taken the request without.
    private var refused: Set<RequestParameter> = []
    private var hasFoundModel = false
    private var receiver: AnswerReceiver<Format.Reader, Sink>?
    private var result: Result<ModelCompletion, any Error>?

    init(_ request: ModelRequest, _ format: Format, _ options: ProviderOptions, sink: Sink) {
        self.request = request
        self.format = format
        self.options = options
        self.sink = sink
        fitting = request
    }

    /// Says which model the next call asks.
    func ask(_ model: String) {
        hasFoundModel = result != nil
        self.model = model
        fitting = request.withReasoning(of: options.provider, takesUnknown: options.takesUnknownReasoning)
            .fitting(model, kind: format.kind)
        without = options.refused.parameters(of: model, at: options.baseURL)
        refused = []
    }

    /// The next call.
    var call: ProviderCall { call(without) }

    /// Who takes what comes of the next call.
    func makeReceiver() -> AnswerReceiver<Format.Reader, Sink> {
        let receiver = AnswerReceiver(
            format.reader(), sink: sink, provider: options.provider, model: model, secrets: options.secrets,
            streams: options.streams, limits: options.limits, rules: options.rules)
        self.receiver = receiver
        return receiver
    }

    /// Takes a call's end. Nothing reaches the sink any more when this returns.
    ///
    /// - Parameter transportError: how the exchange failed; nil when it ended.
    /// - Throws: `CancellationError`.
    func end(_ transportError: HTTPClientError?) throws(CancellationError) -> Step {
        guard let receiver else { return .isOver }
        let answer = Result { try receiver.finish(transportError: transportError) }
        if Task.isCancelled { throw CancellationError() }
        let error = answer.modelError
        if error?.kind != .invalidRequest, !refused.isEmpty {
            options.refused.remember(refused, of: model, at: options.baseURL, provider: options.provider)
        }
        if let answer = try? answer.get() { ReasoningOrigins.note(answer, of: options.provider) }
        result = answer.map { $0.completion(of: fitting, model: model, provider: options.provider) }
        guard let error, !receiver.hasGiven else { return .isOver }
        switch error.kind {
        case .invalidRequest:
            guard let refusal = error.refusal else { return .isOver }
            return leaveOut(refusal) ? .askAgain : .isOver
        case .notFound: return options.model == nil && !hasFoundModel ? .findModel : .isOver
        default: return .isOver
        }
    }

    /// Whether it can be asked without tools.
    var hasToolFreeForm: Bool { request.toolFreeForm != nil }

    /// Whether the last call has given anything of an answer.
    var hasGiven: Bool { receiver?.hasGiven ?? false }

    /// What came of the last call.
    /// - Throws: `ModelError`.
    func answer() throws -> ModelCompletion {
        guard let result else { preconditionFailure("no call has ended") }
        return try result.get()
    }

    /// Whether that makes another request: what was not sent in the first place makes no difference.
    private func leaveOut(_ refusal: ModelError.Refusal) -> Bool {
        let sent = call
        let named = refusal.parameters.compactMap(RequestParameter.init(rawValue:))
            .filter { call(without.union([$0])) != sent }
        without.formUnion(named)
        if !refusal.isOfValue { refused.formUnion(named) }
        return !named.isEmpty
    }

    private func call(_ without: Set<RequestParameter>) -> ProviderCall {
        format.without(without).call(fitting.without(without), model: model, streams: options.streams)
    }
}
