import Chat
import HTTPClient
import JSON
import Synchronization

/// Takes a provider's response on the HTTP client's thread and gives its text to the sink, a batch for each piece of the
/// response.
final class AnswerReceiver<Sink: ModelSink>: HTTPResponseReceiver {
    /// How much is kept of a response that is no event stream.
    private static var maximumOtherBytes: Int { 16 * 1024 }

    private let sink: Sink
    private let provider: String
    private let secret: String?
    private let state: Mutex<Reception>

    init(sink: Sink, provider: String, secret: String?, limits: OpenAIModel.Limits) {
        self.sink = sink
        self.provider = provider
        self.secret = secret
        state = Mutex(
            Reception(
                decoder: ChatCompletionDecoder(
                    provider: provider, maximumTextBytes: limits.answerBytes, maximumEventBytes: limits.eventBytes)))
    }

    func receive(_ head: HTTPResponseHead) -> HTTPReception {
        state.withLock { state in
            state.head = head
            state.isEventStream = head.isEventStream
        }
        return .taken
    }

    func receive(_ bytes: RawSpan) -> HTTPReception {
        // The sink is called with the lock held, so that no text comes after `finish`.
        state.withLock { state in
            guard !state.isClosed else { return .abort }
            guard state.isEventStream else { return state.takeOther(bytes, Self.maximumOtherBytes) }
            state.batch.removeAll(keepingCapacity: true)
            do {
                try state.decoder.feed(bytes, into: &state.batch)
            } catch {
                state.failure = error as? ModelError
            }
            if !state.batch.isEmpty { sink.text(state.batch) }
            if state.failure != nil { return .abort }
            guard state.decoder.answer.isDone else { return .taken }
            // After `[DONE]` the response ends by itself; an answer that is cut off for its length does not.
            return state.decoder.answer.wasCutOff ? .abort : .enough
        }
    }

    /// Closes the way to the sink and says what came.
    ///
    /// - Parameter transportError: how the exchange failed; nil when it ended.
    /// - Throws: `ModelError`.
    func finish(transportError: HTTPClientError?) throws -> ChatCompletionDecoder.Answer {
        try state.withLock { state in
            state.isClosed = true
            if let failure = state.failure { throw failure }
            guard let head = state.head else {
                throw ModelError(
                    transportError ?? HTTPClientError(kind: .reset, detail: "no response"), provider: provider,
                    hasBegun: false)
            }
            guard state.isEventStream else { throw refusal(head, state.otherBody) }
            // A line that breaks after the answer's end takes nothing away from the answer.
            if let transportError, state.decoder.answer.finishReason == nil, !state.decoder.answer.isDone {
                throw ModelError(transportError, provider: provider, hasBegun: true)
            }
            return try state.decoder.finish()
        }
    }

    private func refusal(_ head: HTTPResponseHead, _ body: [UInt8]) -> ModelError {
        let parsed = try? JSONReader().withDocument(body) { ProviderReport(refusal: $0, status: head.status) }
        if let report = parsed {
            return report.modelError(
                provider: provider, secrets: secret.map { [$0] } ?? [], retryAfterSeconds: RetryAfter.seconds(head))
        }
        let media = head.header("Content-Type") ?? "none"
        guard (200..<300).contains(head.status) else {
            let report = ProviderReport(
                message: "no error object in \(body.count) bytes of \(media)", status: head.status)
            return report.modelError(
                provider: provider, secrets: secret.map { [$0] } ?? [], retryAfterSeconds: RetryAfter.seconds(head))
        }
        return ModelError(
            kind: .malformed, provider: provider,
            detail: "HTTP \(head.status), and the answer is no event stream (Content-Type: \(media.prefix(80)))")
    }
}

/// What has come of the response.
private struct Reception {
    var head: HTTPResponseHead?
    var isEventStream = false
    var decoder: ChatCompletionDecoder
    /// Used again for each piece, so that a token costs no allocation.
    var batch = TextBatch()
    /// The body of a response that is no event stream.
    var otherBody: [UInt8] = []
    var failure: ModelError?
    /// `finish` has been called: nothing may reach the sink any more.
    var isClosed = false

    mutating func takeOther(_ bytes: RawSpan, _ limit: Int) -> HTTPReception {
        let room = limit - otherBody.count
        bytes.withUnsafeBytes { otherBody.append(contentsOf: $0.prefix(room)) }
        return bytes.byteCount > room ? .abort : .taken
    }
}

extension HTTPResponseHead {
    /// A stream by its media type. Servers that name none, or a type of their own, are believed; HTML and plain JSON under
    /// 200 are a proxy's page or an error object.
    fileprivate var isEventStream: Bool {
        guard (200..<300).contains(status) else { return false }
        let media = header("Content-Type")?.lowercased() ?? ""
        return !media.hasPrefix("text/html") && !media.hasPrefix("application/json")
    }
}

/// `Retry-After` in seconds (RFC 9110, section 10.2.3), or OpenAI's `retry-after-ms`. The form with a date is passed over.
enum RetryAfter {
    static func seconds(_ head: HTTPResponseHead) -> Double? {
        if let text = head.header("retry-after-ms"), let value = Double(text), value.isFinite, value >= 0 {
            return value / 1000
        }
        guard let text = head.header("Retry-After"), let value = Double(text), value.isFinite, value >= 0 else {
            return nil
        }
        return value
    }
}
