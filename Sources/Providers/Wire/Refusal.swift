import Chat
import HTTPClient
import JSON
import Substrings

extension ModelError {
    /// What a response says that is no answer.
    /// - Parameter body: what is there of it.
    static func refusal<Reader: AnswerReader>(
        _ head: HTTPResponseHead, _ body: [UInt8], of kind: Reader.Type, provider: String, secrets: [String]
    ) -> ModelError {
        let wait = head.retryAfterSeconds()
        let report = try? JSONReader().withDocument(body) { Reader.report($0, status: head.status) }
        if let report { return report.modelError(provider: provider, secrets: secrets, retryAfterSeconds: wait) }
        let media = head.header("Content-Type") ?? "none"
        let isSuccess = (200..<300).contains(head.status)
        let detail =
            isSuccess
            ? "the response is no answer (Content-Type: \(media.prefix(80)))"
            : "no error object in \(body.count) bytes of \(media.prefix(80))"
        var error = ProviderReport(message: detail, status: head.status)
            .modelError(provider: provider, secrets: secrets, retryAfterSeconds: wait)
        if isSuccess { error.kind = .malformed }
        return error
    }
}

extension ModelError {
    /// Whether a provider refuses a request for something about tools.
    var isAboutTools: Bool {
        guard [.invalidRequest, .notFound, .unavailable].contains(kind) else { return false }
        let words = detail.lowercased()
        return words.contains("tool") || words.contains("function call")
    }

    /// Whether it says that the model, or the server as it is set up, takes none at all: "registry.ollama.ai/library/gemma:2b does not
    /// support tools", "\"auto\" tool choice requires --enable-auto-tool-choice", "tools param requires --jinja flag".
    var refusesTools: Bool {
        guard isAboutTools else { return false }
        let words = detail.lowercased()
        return ["support", "require", "not available", "not enabled", "disabled", "cannot be used"].contains {
            words.contains($0)
        }
    }
}

extension HTTPResponseHead {
    var isSuccess: Bool { (200..<300).contains(status) }

    /// Whether the body's end is told, and is not merely that the connection is closed (RFC 9112, section 6.3).
    var hasFraming: Bool {
        isMultiplexed || header("Transfer-Encoding") != nil || header("Content-Length") != nil
    }

    /// Without parameters, in lower case; empty for none.
    var mediaType: String {
        let value = (header("Content-Type") ?? "").lowercased()
        return String(value.prefix { $0 != ";" && $0 != " " })
    }

    /// The first coding of the body that is more than how it is cut into chunks. None is ever asked for.
    var compression: String? {
        for name in ["Content-Encoding", "Transfer-Encoding"] {
            let codings = (header(name) ?? "").lowercased().split { $0 == "," || $0 == " " || $0 == "\t" }
            if let coding = codings.first(where: { $0 != "identity" && $0 != "chunked" }) {
                return "\(name): \(coding.prefix(40))"
            }
        }
        return nil
    }
}
