import JSON
import Testing

@testable import Chat

@Suite struct ReplyFailureTests {
    private func failure(
        _ kind: ModelError.Kind, _ unavailability: ModelError.Unavailability = .failing, after seconds: Double? = nil
    ) -> ReplyFailure {
        var error = ModelError(kind: kind, provider: "p", detail: "secret", retryAfterSeconds: seconds)
        error.unavailability = unavailability
        return ReplyFailure(error, isPartial: false)
    }

    @Test(
        arguments: [
            (.unavailable, .failing, "reports a failure", true),
            (.unavailable, .unreachable, "cannot be reached", true),
            (.unavailable, .notConfigured, "is set up", false),
            (.timeout, .failing, "in time", true),
            (.rateLimited, .failing, "no more requests", true),
            (.unauthorized, .failing, "refused this server's key", false),
            (.notFound, .failing, "does not have the model", false),
            (.invalidRequest, .failing, "refused the request", false),
        ] as [(ModelError.Kind, ModelError.Unavailability, String, Bool)])
    func `the words say what is so, and whether asking again may help`(
        _ kind: ModelError.Kind, _ unavailability: ModelError.Unavailability, _ words: String, _ isRetryable: Bool
    ) {
        let failure = failure(kind, unavailability)
        #expect(failure.message.contains(words))
        #expect(!failure.message.contains("secret"))
        #expect(failure.isRetryable == isRetryable)
    }

    @Test(arguments: [
        (StoreError.Kind.overloaded, "store_unavailable"), (.unavailable, "store_unavailable"),
        (.fault, "internal_error"),
    ])
    func `a fault of the program is told as one, and what may pass as such`(_ kind: StoreError.Kind, _ code: String) {
        #expect(ReplyFailure(StoreError(kind: kind, detail: "secret"), isPartial: false).code == code)
    }

    @Test func `when to ask again is told where that may help, and survives the archive`() throws {
        let limited = failure(.rateLimited, after: 3600)
        #expect(limited.retryAfterMS == 3_600_000)
        #expect(failure(.unavailable, after: 1e300).retryAfterMS == 31_536_000_000)
        #expect(failure(.unavailable).retryAfterMS == nil)
        #expect(failure(.unauthorized, after: 5).retryAfterMS == nil)
        var writer = JSONWriter()
        limited.write(to: &writer)
        #expect(ReplyFailure(json: try JSONValue(parsing: writer.bytes)) == limited)
    }
}
