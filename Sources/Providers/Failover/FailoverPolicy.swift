import Chat

/// What a chain does when a route has failed. Pure: it decides, the chain acts.
///
/// It decides from the kind of error alone, and each route is asked once. Retries of the same route with backoff, clocks
/// for the first token, benching of routes that fail repeatedly, and going on after text has gone out belong here.
struct FailoverPolicy {
    enum Step: Equatable {
        case nextRoute
        /// The error is the reply's end.
        case fail
    }

    func step(after error: ModelError, hasText: Bool) -> Step {
        // Another model's answer does not continue this one's sentence.
        if hasText { return .fail }
        switch error.kind {
        case .unavailable, .timeout, .rateLimited, .unauthorized, .interrupted, .malformed, .invalidRequest,
            .contextLengthExceeded:
            return .nextRoute
        // The provider has judged the content, not failed: asking the next one would be a way round its judgement.
        case .contentPolicy, .tooLarge:
            return .fail
        }
    }
}
