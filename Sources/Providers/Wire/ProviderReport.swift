import Chat
import JSON
import Substrings

/// An error as a provider reports it, under an HTTP status or in its stream.
///
/// All kinds put it into a member `error`, and name its sort by a word:
/// OpenAI and those who follow it `type` and `code` (platform.openai.com/docs/guides/error-codes), Azure also
/// `innererror.code`, Anthropic `type` (docs.anthropic.com/en/api/errors), Gemini `status` and the `reason` of its `details`
/// (cloud.google.com/apis/design/errors). Ollama's error is a mere text.
struct ProviderReport: Error {
    /// What the provider says; for the log only.
    var message: String
    var type = ""
    var code = ""
    /// A closer word than `code`.
    var reason = ""
    /// The HTTP status, or a code that is a number.
    var status: Int?
    /// Whether the message is an error's for certain: words in the place of an event may be the answer's, which no log may
    /// have.
    var isQuotable = true
    /// Where in the request the error is, as the provider writes it.
    var place = ""
    /// What the body asks for; a header counts more.
    var retryAfterSeconds: Double?

    /// Longest message kept, in bytes.
    static let maximumMessageBytes = 300

    /// What the kind of error is told by: a hostile provider's message may be as long as an event.
    var beginning: String { String(decoding: message.utf8.prefix(4_096), as: UTF8.self) }

    init(message: String, status: Int? = nil) {
        self.message = message
        self.status = status
    }

    /// Reads plain text. A status is taken from its first words: "429 Too Many Requests", "HTTP 502", "error code: 503".
    init(text: String, isQuotable: Bool) {
        message = text
        status = Self.status(inText: text)
        self.isQuotable = isQuotable
    }

    /// Reads the value of `error`.
    init(_ error: borrowing JSONElement, status: Int? = nil) {
        let text = error.string
        message = text ?? Self.message(of: error)
        type = Self.word(error["type"]?.string ?? error["status"]?.string)
        code = Self.word(error["code"]?.string)
        self.status =
            status ?? Self.status(error["code"]?.integer ?? Int64(code)) ?? Self.status(error["status"]?.integer)
            ?? Self.status(error["status_code"]?.integer) ?? Self.status(error["statusCode"]?.integer)
            ?? text.flatMap(Self.status(inText:))
        place = Self.word(error["param"]?.string)
        if let inner = error["innererror"]?["code"]?.string { reason = Self.word(inner) }
        // OpenRouter's moderation has no word of its own (openrouter.ai/docs/api-reference/errors).
        if error["metadata"]?["flagged_input"] != nil { reason = "moderation" }
        error["details"]?.forEachElement { detail in
            if let word = detail["reason"]?.string { reason = Self.word(word) }
            if let delay = detail["retryDelay"]?.string { retryAfterSeconds = Self.seconds(delay) }
        }
    }

    /// Reads the body of a response, or an event of a stream, that is no answer. `nil` when it reports no error.
    /// - Parameter status: the response's; nil under 200, where a mere message need be no error.
    init?(refusal root: borrowing JSONElement, status: Int? = nil) {
        if let error = root["error"], !error.isNull {
            self.init(error, status: status)
        } else if let error = root.first?["error"], !error.isNull {
            // Gemini's stream that did not become one is an array.
            self.init(error, status: status)
        } else if let text = root.string {
            self.init(text: text, isQuotable: status != nil)
            self.status = status ?? self.status
        } else if Self.isError(root, isRefused: status != nil) {
            // Without the wrapping, as vLLM and Mistral have it.
            self.init(root, status: status)
        } else if let detail = root["detail"] {
            self.init(message: Self.message(ofDetail: detail), status: status)
        } else {
            return nil
        }
    }

    private static func isError(_ root: borrowing JSONElement, isRefused: Bool) -> Bool {
        let word = root["type"]?.string ?? root["object"]?.string ?? ""
        if word.containsIgnoringCase("error") || word.containsIgnoringCase("exception")
            || word.containsIgnoringCase("fail")
        {
            return true
        }
        if isFailure(root["code"]?.integer) || isFailure(root["status"]?.integer)
            || isFailure(root["status_code"]?.integer) || isFailure(root["statusCode"]?.integer)
        {
            return true
        }
        if !(root["code"]?.string ?? "").isEmpty { return true }
        guard let message = root["message"], message.isString || message.isObject else { return false }
        return isRefused || word.isEmpty
    }

    private static func isFailure(_ status: Int64?) -> Bool { status.map { (400..<600).contains($0) } ?? false }

    /// - Parameter secrets: texts that must not reach the log; a message that quotes one is withheld.
    func modelError(provider: String, secrets: [String] = [], retryAfterSeconds: Double? = nil) -> ModelError {
        let message = isQuotable ? message : "\(message.utf8.count) bytes of plain words in the place of an event"
        let words = [status.map { "HTTP \($0)" }, type, code, reason].compactMap(\.self).filter { !$0.isEmpty }
        let isQuoting = secrets.contains { secret in (words + [message]).contains { $0.contains(secret) } }
        let text = isQuoting ? ["(a message that quotes a secret)"] : words + [message]
        var error = ModelError(
            kind: kind, provider: provider, detail: Self.loggable(text.joined(separator: ": ")),
            retryAfterSeconds: retryAfterSeconds ?? self.retryAfterSeconds)
        if error.kind == .invalidRequest { error.refusal = refusal }
        // Why the content was refused is an answer to the user; every other report is the operator's affair.
        if error.kind == .contentPolicy, !isQuoting, !message.isEmpty { error.reason = Self.loggable(message) }
        return error
    }

    /// The parameters that the report names, and whether it speaks of their value.
    private var refusal: ModelError.Refusal? {
        var parameters = place.isEmpty ? RequestParameter.named(in: beginning) : RequestParameter.named(at: place)
        let text = beginning.lowercased()
        // DeepSeek refuses a call without the thoughts that led to it: fewer of them are no remedy.
        if ["missing", "must", "required"].contains(where: { text.contains($0) }) {
            parameters.removeAll { $0 == .thoughts }
        }
        guard !parameters.isEmpty else { return nil }
        let isOfValue = [
            "between", "range", "must", "at most", "at least", "maximum", "minimum", "less than", "greater than", ">=",
            "<=", "too large", "too high", "too low", "exceed",
        ].contains { text.contains($0) }
        return ModelError.Refusal(parameters: parameters.map(\.rawValue), isOfValue: isOfValue)
    }

    /// One line of the log, whatever the provider sends (CWE-117, cwe.mitre.org/data/definitions/117.html).
    private static func loggable(_ message: String) -> String {
        var text = ""
        for scalar in message.unicodeScalars {
            let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            let isLineEnd = scalar.value == 0x2028 || scalar.value == 0x2029
            text.unicodeScalars.append(isControl || isLineEnd ? " " : scalar)
            if text.utf8.count >= maximumMessageBytes { return text + "…" }
        }
        return text
    }

    private static func message(of error: borrowing JSONElement) -> String {
        guard let message = error["message"] else {
            return error["msg"]?.string ?? error["error_message"]?.string ?? "no message"
        }
        // Mistral puts a refusal of FastAPI's into its own.
        if let detail = message["detail"] { return Self.message(ofDetail: detail) }
        return message.string ?? "no message"
    }

    /// FastAPI's refusals: a text, or a list of what is wrong with the request and where.
    private static func message(ofDetail detail: borrowing JSONElement) -> String {
        if let text = detail.string { return text }
        guard let first = detail.first else { return "no message" }
        var place = ""
        first["loc"]?.forEachElement { step in place += "\(step.string ?? step.integer.map(String.init) ?? "?")." }
        return "\(place.dropLast()): \(first["msg"]?.string ?? "no message")"
    }

    /// A word that a kind is told by; a longer one is a text.
    private static func word(_ text: String?) -> String {
        guard let text, text.utf8.count <= 80 else { return "" }
        return text
    }

    private static func status(inText text: String) -> Int? {
        let words = text.prefix(40).split { !$0.isLetter && !$0.isNumber }
        return words.prefix(3).lazy.compactMap { Int($0) }.first { (400..<600).contains($0) }
    }

    private static func status(_ code: Int64?) -> Int? {
        guard let code, (100..<600).contains(code) else { return nil }
        return Int(code)
    }

    /// Google's Duration: "34.5s" (protobuf.dev/reference/protobuf/google.protobuf/#duration).
    private static func seconds(_ duration: String) -> Double? {
        guard duration.hasSuffix("s"), let value = Double(duration.dropLast()), value.isFinite, value >= 0 else {
            return nil
        }
        return value
    }
}
