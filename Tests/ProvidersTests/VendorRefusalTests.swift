import Chat
import JSON
import Testing

@testable import Providers

/// What vendors say when they refuse.
@Suite struct VendorRefusalTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var status: Int
        var body: String
        var kind: ModelError.Kind
        var retryAfterSeconds: Double?
        var testDescription: String { "\(status) \(body.prefix(90))" }
    }

    static let openAI: [Example] = [
        .init(
            status: 429,
            body:
                #"{"error":{"message":"Rate limit reached for gpt-4o","type":"tokens","param":null,"code":"rate_limit_exceeded"}}"#,
            kind: .rateLimited),
        .init(
            status: 429,
            body:
                #"{"error":{"message":"You exceeded your current quota","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}"#,
            kind: .unauthorized),
        .init(
            status: 400,
            body:
                #"{"error":{"message":"This model's maximum context length is 128000 tokens. However, your messages resulted in 130000 tokens.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}"#,
            kind: .contextLengthExceeded),
        .init(
            status: 400,
            body:
                #"{"error":{"message":"max_tokens is too large: 100000. This model supports at most 4096 completion tokens","type":"invalid_request_error","code":null}}"#,
            kind: .invalidRequest),
        .init(
            status: 404,
            body:
                #"{"error":{"message":"The model `x` does not exist","type":"invalid_request_error","code":"model_not_found"}}"#,
            kind: .notFound),
        .init(status: 500, body: #"{"error":{"message":"x","type":"server_error","code":null}}"#, kind: .unavailable),
        .init(
            status: 400,
            body:
                #"{"error":{"message":"Your request was rejected by our safety system","type":"image_generation_user_error","code":"moderation_blocked"}}"#,
            kind: .contentPolicy),
    ]

    static let azure: [Example] = [
        .init(
            status: 400,
            body:
                #"{"error":{"message":"The response was filtered due to the prompt triggering Azure OpenAI's content management policy.","type":null,"param":"prompt","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{"hate":{"filtered":true,"severity":"high"}}}}}"#,
            kind: .contentPolicy),
        .init(
            status: 400,
            body:
                #"{"error":{"message":"no","code":null,"innererror":{"code":"ResponsibleAIPolicyViolation"}}}"#,
            kind: .contentPolicy),
        .init(
            status: 401, body: #"{"error":{"code":"401","message":"Access denied due to invalid subscription key"}}"#,
            kind: .unauthorized),
        .init(status: 401, body: #"{"statusCode":401,"message":"Unauthorized"}"#, kind: .unauthorized),
        .init(
            status: 404,
            body: #"{"error":{"code":"DeploymentNotFound","message":"The API deployment does not exist"}}"#,
            kind: .notFound),
        .init(
            status: 429, body: #"{"error":{"code":"429","message":"Requests have exceeded the call rate limit"}}"#,
            kind: .rateLimited),
        .init(
            status: 429, body: #"{"error":{"code":"RateLimitReached","message":"retry after 6 seconds"}}"#,
            kind: .rateLimited),
    ]

    static let anthropic: [Example] = [
        .init(
            status: 529, body: #"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#,
            kind: .unavailable),
        .init(
            status: 429, body: #"{"type":"error","error":{"type":"rate_limit_error","message":"x"}}"#,
            kind: .rateLimited),
        .init(
            status: 401,
            body: #"{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}"#,
            kind: .unauthorized),
        .init(
            status: 403, body: #"{"type":"error","error":{"type":"permission_error","message":"x"}}"#,
            kind: .unauthorized),
        .init(
            status: 402, body: #"{"type":"error","error":{"type":"billing_error","message":"x"}}"#, kind: .unauthorized),
        .init(
            status: 400,
            body:
                #"{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the Anthropic API."}}"#,
            kind: .unauthorized),
        .init(
            status: 413, body: #"{"type":"error","error":{"type":"request_too_large","message":"x"}}"#,
            kind: .contextLengthExceeded),
        .init(
            status: 400,
            body:
                #"{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 210000 tokens > 200000 maximum"}}"#,
            kind: .contextLengthExceeded),
        .init(
            status: 400,
            body:
                #"{"type":"error","error":{"type":"invalid_request_error","message":"input length and `max_tokens` exceed context limit: 1 + 2 > 3"}}"#,
            kind: .contextLengthExceeded),
        .init(
            status: 400,
            body:
                #"{"type":"error","error":{"type":"invalid_request_error","message":"Output blocked by content filtering policy"}}"#,
            kind: .contentPolicy),
        .init(
            status: 400,
            body:
                #"{"type":"error","error":{"type":"invalid_request_error","message":"messages: roles must alternate"}}"#,
            kind: .invalidRequest),
        .init(
            status: 500, body: #"{"type":"error","error":{"type":"api_error","message":"Internal server error"}}"#,
            kind: .unavailable),
        .init(
            status: 504, body: #"{"type":"error","error":{"type":"timeout_error","message":"x"}}"#, kind: .timeout),
    ]

    static let gemini: [Example] = [
        .init(
            status: 429,
            body:
                #"{"error":{"code":429,"message":"Quota exceeded","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.QuotaFailure"},{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"34.5s"}]}}"#,
            kind: .rateLimited, retryAfterSeconds: 34.5),
        .init(
            status: 503, body: #"{"error":{"code":503,"message":"overloaded","status":"UNAVAILABLE"}}"#,
            kind: .unavailable),
        .init(status: 500, body: #"{"error":{"code":500,"message":"x","status":"INTERNAL"}}"#, kind: .unavailable),
        .init(
            status: 504, body: #"{"error":{"code":504,"message":"x","status":"DEADLINE_EXCEEDED"}}"#, kind: .timeout),
        .init(
            status: 403, body: #"{"error":{"code":403,"message":"x","status":"PERMISSION_DENIED"}}"#,
            kind: .unauthorized),
        .init(
            status: 401, body: #"{"error":{"code":401,"message":"x","status":"UNAUTHENTICATED"}}"#, kind: .unauthorized),
        .init(
            status: 400,
            body:
                #"{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID","domain":"googleapis.com"}]}}"#,
            kind: .unauthorized),
        .init(
            status: 400,
            body:
                #"{"error":{"code":400,"message":"The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).","status":"INVALID_ARGUMENT"}}"#,
            kind: .contextLengthExceeded),
        .init(
            status: 400,
            body: #"[{"error":{"code":400,"message":"Invalid JSON payload","status":"INVALID_ARGUMENT"}}]"#,
            kind: .invalidRequest),
    ]

    static let others: [Example] = [
        // Ollama.
        .init(status: 404, body: #"{"error":"model 'llama3' not found"}"#, kind: .notFound),
        .init(status: 500, body: #"{"error":"llama runner process has terminated"}"#, kind: .unavailable),
        // OpenRouter.
        .init(
            status: 403,
            body:
                #"{"error":{"code":403,"message":"Your input was flagged","metadata":{"reasons":["violence"],"flagged_input":"…","provider_name":"OpenAI"}}}"#,
            kind: .contentPolicy),
        .init(status: 402, body: #"{"error":{"code":402,"message":"Insufficient credits"}}"#, kind: .unauthorized),
        // Groq.
        .init(
            status: 413,
            body:
                #"{"error":{"message":"Request too large for model on tokens per minute (TPM)","type":"tokens","code":"rate_limit_exceeded"}}"#,
            kind: .contextLengthExceeded),
        .init(status: 498, body: #"{"error":{"message":"Flex tier capacity exceeded"}}"#, kind: .unavailable),
        // DeepSeek.
        .init(
            status: 402,
            body:
                #"{"error":{"message":"Insufficient Balance","type":"unknown_error","code":"invalid_request_error"}}"#,
            kind: .unauthorized),
        // Mistral.
        .init(
            status: 429,
            body:
                #"{"object":"error","message":"Service tier capacity exceeded for this model.","type":"invalid_request_error","param":null,"code":null}"#,
            kind: .rateLimited),
        .init(
            status: 422,
            body:
                #"{"object":"error","message":{"detail":[{"type":"extra_forbidden","loc":["body","seed"],"msg":"Extra inputs are not permitted"}]},"type":"invalid_request_error"}"#,
            kind: .invalidRequest),
        .init(status: 401, body: #"{"detail":"Unauthorized"}"#, kind: .unauthorized),
        // vLLM.
        .init(
            status: 400,
            body:
                #"{"object":"error","message":"The decoder prompt (length 5000) is longer than the maximum model length of 4096.","type":"BadRequestError","param":null,"code":400}"#,
            kind: .contextLengthExceeded),
        .init(
            status: 404,
            body: #"{"error":{"message":"The model `x` does not exist.","type":"NotFoundError","code":404}}"#,
            kind: .notFound),
        // llama.cpp.
        .init(
            status: 503, body: #"{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}"#,
            kind: .unavailable),
        .init(
            status: 400,
            body:
                #"{"error":{"code":400,"message":"the request exceeds the available context size","type":"exceed_context_size_error","n_prompt_tokens":9000,"n_ctx":4096}}"#,
            kind: .contextLengthExceeded),
        // LM Studio.
        .init(
            status: 400,
            body:
                #"{"error":"Trying to keep the first 5000 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens"}"#,
            kind: .contextLengthExceeded),
    ]

    @Test(arguments: openAI + azure + anthropic + gemini + others)
    func `is understood`(_ example: Example) throws {
        let report = try #require(
            try JSONReader().withDocument(Array(example.body.utf8)) {
                ChatCompletionReader.report($0, status: example.status)
            })
        let error = report.modelError(provider: "p")
        #expect(error.kind == example.kind)
        #expect(error.retryAfterSeconds == example.retryAfterSeconds)
        #expect(error.detail.hasPrefix("HTTP \(example.status)"))
    }

    @Test(
        arguments: anthropic.dropLast(1) + gemini.dropLast(1))
    func `is understood in a stream as well, where there is no status`(_ example: Example) throws {
        let error = #expect(throws: ModelError.self) {
            try decode(ChatCompletionReader(), [Array("event: error\ndata: \(example.body)\n\n".utf8)])
        }
        #expect(error?.kind == example.kind)
    }

    @Test(arguments: ["{}", "[]", "null", #"{"error":null}"#, "7"])
    func `is nothing when there is no error in it`(_ body: String) throws {
        let report = try JSONReader().withDocument(Array(body.utf8)) { ProviderReport(refusal: $0, status: 400) }
        #expect(report == nil)
    }

    @Test(
        arguments: [
            (400, .invalidRequest), (401, .unauthorized), (402, .unauthorized), (403, .unauthorized), (404, .notFound),
            (405, .notFound), (406, .malformed), (407, .unauthorized), (408, .timeout), (409, .unavailable),
            (410, .notFound), (413, .contextLengthExceeded), (418, .malformed), (421, .unavailable),
            (422, .invalidRequest), (423, .unavailable), (425, .unavailable), (429, .rateLimited),
            (451, .unauthorized), (498, .unavailable), (499, .unavailable), (500, .unavailable), (502, .unavailable),
            (503, .unavailable), (504, .timeout), (524, .timeout), (529, .unavailable),
        ] as [(Int, ModelError.Kind)])
    func `is told from its status, where it has no words: only 400 and 422 judge the request`(
        _ status: Int, _ kind: ModelError.Kind
    ) {
        #expect(ProviderReport(message: "no", status: status).modelError(provider: "p").kind == kind)
    }

    @Test(
        arguments: [
            (400, #"{"error":{"message":"meta/x is not a valid model ID","code":400}}"#),
            (
                400,
                #"{"error":{"message":"Model Not Exist","type":"invalid_request_error","code":"invalid_request_error"}}"#
            ),
            (
                400,
                #"{"object":"error","message":"Invalid model: x","type":"invalid_model","param":null,"code":"1500"}"#
            ),
            (403, #"{"error":{"message":"no access","type":"invalid_request_error","code":"model_not_found"}}"#),
        ])
    func `for a model that is not there is the operator's affair, whatever its status`(_ status: Int, _ body: String)
        throws
    {
        let report = try #require(
            try JSONReader().withDocument(Array(body.utf8)) { ProviderReport(refusal: $0, status: status) })
        #expect(report.modelError(provider: "p").kind == .notFound)
    }

    @Test func `names what is wrong with a request, where it is told`() throws {
        let report = try #require(
            try JSONReader().withDocument(Array(Self.others[8].body.utf8)) { ProviderReport(refusal: $0, status: 422) })
        #expect(report.message == "body.seed: Extra inputs are not permitted")
    }

    @Test func `keeps what the body says of waiting, unless a header says it`() {
        var report = ProviderReport(message: "x", status: 429)
        report.retryAfterSeconds = 5
        #expect(report.modelError(provider: "p").retryAfterSeconds == 5)
        #expect(report.modelError(provider: "p", retryAfterSeconds: 2).retryAfterSeconds == 2)
    }
}
