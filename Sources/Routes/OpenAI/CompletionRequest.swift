import Chat
import JSON

/// The body of `POST /chat/completions` (platform.openai.com/docs/api-reference/chat/create), read into the domain's terms.
///
/// What the domain has no word for and what would change the answer is refused, naming the field; other fields that are not
/// known are ignored.
struct CompletionRequest {
    static let maximumMessages = 2_048
    static let maximumTools = 128

    /// The model as the client names it.
    let model: String
    var request: ModelRequest
    let streams: Bool
    /// Whether a last chunk tells the tokens used.
    let includesUsage: Bool
    /// Whether the answer comes with an analysis of the prompt; an extension of ours, `enable_insights`.
    let wantsInsights: Bool
    /// Whether the exchange goes into the history.
    let isStored: Bool
    /// The conversation that a stored exchange goes into: `metadata.session_id`.
    let session: String?
    /// Where in that conversation it stands: `metadata.edits`, `metadata.after`.
    let place: QuestionPlace?
    /// What the client sent along, for a stored exchange.
    let metadata: [UInt8]?
    /// Which of two fields told the most tokens to answer with.
    private let tokenField: String
    /// The client's name for its own end user (`safety_identifier`, before that `user`); looked at with a key that acts for users.
    let endUser: String?

    /// - Parameter large: where the strings of a large body are.
    /// - Throws: `Problem` 400 with every mistake.
    init(_ given: BodyFields, large: LargeBody = LargeBody()) throws(Problem) {
        var body = given
        model = body.string("model", bytes: 1...256, isRequired: true) ?? ""
        let (messages, isUsers) = MessageReading.messages(of: &body, PartReading(large: large))
        streams = body.bool("stream", default: false)
        includesUsage = Self.streamOptions(of: &body, streams)
        wantsInsights = body.bool("enable_insights", default: false)
        isStored = body.bool("store", default: false)
        // OpenAI answers instructions alone. In the history each reply is to something that the user said.
        if isStored, !messages.isEmpty, !isUsers {
            body.reject("messages", "must have a message of the user's to be stored")
        }
        // Free-form: only what is kept has to have a form.
        metadata = isStored ? body.json("metadata", maximumBytes: 8192) : nil
        (session, place) = metadata == nil ? (nil, nil) : Self.place(of: &body)
        Self.refuseUnsupported(&body)
        var request = ModelRequest(model: model, instructions: "", messages: messages)
        let limit = Self.tokenLimit("max_completion_tokens", of: &body)
        tokenField = limit == nil ? "max_tokens" : "max_completion_tokens"
        request.maximumOutputTokens = limit ?? Self.tokenLimit("max_tokens", of: &body)
        request.temperature = body.number("temperature", in: 0...2)
        let options = OptionReading.options(of: &body)
        let names = ["safety_identifier", "user"].compactMap { body.any($0)?.stringValue }
        endUser = names.first { !$0.isEmpty }
        if options != ModelRequest.Options() { request.options = options }
        self.request = request
        try body.check()
    }

    private static func streamOptions(of body: inout BodyFields, _ streams: Bool) -> Bool {
        guard var options = body.object("stream_options") else { return false }
        let includes = options.bool("include_usage", default: false)
        if includes, !streams { body.reject("stream_options", "is only for stream: true") }
        body.absorb(options)
        return includes
    }

    private static func place(of body: inout BodyFields) -> (session: String?, place: QuestionPlace?) {
        guard var metadata = body.object("metadata") else { return (nil, nil) }
        let session = metadata.identifier("session_id")
        let place = metadata.place(in: session)
        body.absorb(metadata)
        return (session, place)
    }

    /// Holds the request against what its model may be asked.
    /// - Throws: `Problem` 400.
    mutating func check(against bounds: RequestBounds) throws(Problem) {
        let asked = request.maximumOutputTokens
        if bounds.completionTokens > 0 {
            if let asked, asked > bounds.completionTokens {
                throw .invalid(
                    tokenField,
                    "\(asked) is too large: \(model) answers with \(bounds.completionTokens) tokens at most here")
            }
            if asked == nil, bounds.holdsUnasked { request.maximumOutputTokens = bounds.completionTokens }
        }
        let tokens = Usage.estimatedTokens(ofUTF8: request.promptBytes)
        if bounds.promptTokens > 0, tokens > bounds.promptTokens {
            throw Problem(
                status: 400, code: "context_length_exceeded",
                detail:
                    "The messages and tools have about \(tokens) tokens; \(model) takes \(bounds.promptTokens) at most here. "
                    + "Shorten them.",
                errors: [Problem.FieldError(field: "messages", detail: "are too long")])
        }
    }

    /// -1 is some clients' word for no limit.
    private static func tokenLimit(_ field: String, of body: inout BodyFields) -> Int? {
        if body.any(field)?.integerValue == -1 { return nil }
        return body.optionalInteger(field, in: 1...10_000_000)
    }

    private static func refuseUnsupported(_ body: inout BodyFields) {
        if body.optionalInteger("n", in: 1...128) ?? 1 > 1 { body.reject("n", "may only be 1 here") }
        if body.bool("logprobs", default: false) { body.reject("logprobs", "is not available here") }
        if body.any("audio") != nil { body.reject("audio", "is not available here") }
        for modality in body.any("modalities")?.arrayValue ?? [] where modality.stringValue != "text" {
            body.reject("modalities", "may only be [\"text\"] here")
        }
        // Clients that have no functions send what says so.
        if let functions = body.any("functions"), functions.arrayValue?.isEmpty != true {
            body.reject("functions", "is outdated; send tools")
        }
        if let call = body.any("function_call"), !["none", "auto", ""].contains(call.stringValue) {
            body.reject("function_call", "is outdated; send tool_choice")
        }
    }
}
