import Chat
import JSON

/// An error as OpenAI and those who follow it report it: `{"error": {"message", "type", "code"}}`, under an HTTP status or
/// in the stream (platform.openai.com/docs/guides/error-codes).
struct ProviderReport: Error {
    /// What the provider says; for the log only.
    var message: String
    var type = ""
    var code = ""
    /// The HTTP status, or a code that is a number.
    var status: Int?

    /// Longest message kept, in bytes.
    static let maximumMessageBytes = 300

    init(message: String, status: Int? = nil) {
        self.message = message
        self.status = status
    }

    /// Reads the value of `error`, which some servers make a mere string.
    init(_ error: borrowing JSONElement, status: Int? = nil) {
        message = error.string ?? error["message"]?.string ?? "no message"
        type = error["type"]?.string ?? ""
        code = error["code"]?.string ?? ""
        self.status = status ?? (error["code"]?.integer).map { Int(clamping: $0) }
    }

    /// Reads the body of a response that is no stream. `nil` when it reports no error.
    init?(body: [UInt8], status: Int) {
        let report = try? JSONReader().withDocument(body) { root -> ProviderReport? in
            if let error = root["error"], !error.isNull { return ProviderReport(error, status: status) }
            // Some servers leave out the wrapping, some call it `detail`.
            if let message = root["message"]?.string ?? root["detail"]?.string {
                return ProviderReport(message: message, status: status)
            }
            return nil
        }
        guard let report else { return nil }
        self = report
    }

    /// - Parameter secret: a word that must not reach the log; a message that quotes it is withheld.
    func modelError(provider: String, secret: String? = nil, retryAfterSeconds: Double? = nil) -> ModelError {
        let words = [
            status.map { "HTTP \($0)" }, type.isEmpty ? nil : type, code.isEmpty ? nil : code, loggable(secret),
        ]
        return ModelError(
            kind: kind, provider: provider, detail: words.compactMap(\.self).joined(separator: ": "),
            retryAfterSeconds: retryAfterSeconds)
    }

    private func loggable(_ secret: String?) -> String {
        if let secret, !secret.isEmpty, message.contains(secret) { return "(a message that quotes the key)" }
        var text = ""
        for scalar in message.unicodeScalars {
            // One line of the log, whatever the provider sends (CWE-117, cwe.mitre.org/data/definitions/117.html).
            text.unicodeScalars.append(scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) ? " " : scalar)
            if text.utf8.count >= Self.maximumMessageBytes { return text + "…" }
        }
        return text
    }

    private var kind: ModelError.Kind {
        let words = [type, code].map { $0.lowercased() }
        func says(_ parts: String...) -> Bool { words.contains { word in parts.contains { word.contains($0) } } }

        if says("context_length", "context_window", "string_above_max_length") || speaksOfContextLength {
            return .contextLengthExceeded
        }
        if says("content_filter", "content_policy", "moderation") { return .contentPolicy }
        // Out of money is not "too many requests": asking again does not help, the operator has to pay.
        if says("insufficient_quota", "billing", "invalid_api_key", "authentication", "permission") {
            return .unauthorized
        }
        if says("rate_limit", "too_many_requests") { return .rateLimited }
        if says("overloaded", "server_error", "unavailable", "internal") { return .unavailable }
        if says("timeout") { return .timeout }
        if let status, let kind = Self.kind(status: status) { return kind }
        if says("invalid_request", "not_found") { return .invalidRequest }
        return .unavailable
    }

    private var speaksOfContextLength: Bool {
        guard status.map({ (400..<500).contains($0) && $0 != 429 }) ?? true else { return false }
        let text = message.lowercased()
        return text.contains("maximum context length") || text.contains("context length exceeded")
            || text.contains("context window") || text.contains("prompt is too long")
    }

    private static func kind(status: Int) -> ModelError.Kind? {
        switch status {
        case 401, 402, 403: .unauthorized
        case 408, 504, 524: .timeout
        case 413: .contextLengthExceeded
        case 429: .rateLimited
        case 400..<500: .invalidRequest
        case 500..<600: .unavailable
        case 300..<400: .malformed
        default: nil
        }
    }
}
