import FCGIApp
import JSON

/// Why a request is refused: a status and what the client is told, in the form of RFC 9457
/// (https://www.rfc-editor.org/rfc/rfc9457), `application/problem+json`.
struct Problem: Error, Sendable {
    struct FieldError: Sendable, Equatable {
        let field: String
        let detail: String
    }

    var status: Int
    /// A stable snake_case word.
    var code: String
    /// A sentence for a person. Nothing internal.
    var detail: String
    var errors: [FieldError] = []
    var fields: [(name: String, value: String)] = []
    /// For the log: a snake_case word where the code is not all that the operator wants to know.
    var reason: String?

    /// One or more fields of the body or the query are not what they must be.
    static func invalid(_ errors: [FieldError]) -> Problem {
        let detail = errors.map { "\($0.field): \($0.detail)" }.joined(separator: "; ")
        return Problem(status: 400, code: "invalid_request", detail: detail, errors: errors)
    }

    static func invalid(_ field: String, _ detail: String) -> Problem {
        invalid([FieldError(field: field, detail: detail)])
    }

    /// Also for what belongs to another user: the same bytes as for what does not exist.
    static func notFound(_ what: String) -> Problem {
        Problem(status: 404, code: "not_found", detail: "There is no such \(what).")
    }

    /// Nobody is there who could answer; only the operator can change that.
    static func agentUnavailable(_ who: String) -> Problem {
        Problem(
            status: 503, code: "agent_unavailable",
            detail: "\(who) is not installed on this server. Its operator has to set agents_dir to the folder with the "
                + "personas, see to it that `chat-fcgi check` finds no mistake there, and restart.")
    }

    static let internalError = Problem(
        status: 500, code: "internal_error", detail: "Something went wrong on the server.")

    static let serverIsFull = Problem(
        status: 503, code: "too_many_streams", detail: "The server is full just now. Try again shortly.",
        fields: [("Retry-After", "5")])

    static let shuttingDown = Problem(
        status: 503, code: "shutting_down", detail: "The server is restarting. Try again shortly.",
        fields: [("Retry-After", "2")])

    func response(requestID: String) -> Response {
        var writer = JSONWriter(reservingCapacity: 256)
        writer.beginObject()
        writer.member("type", "about:blank")
        writer.member("title", ResponseHead.reason(status))
        writer.member("status", status)
        writer.member("detail", detail)
        writer.member("instance", requestID)
        writer.member("code", code)
        if !errors.isEmpty {
            writer.beginArray("errors")
            for error in errors {
                writer.beginObject()
                writer.member("field", error.field)
                writer.member("detail", error.detail)
                writer.endObject()
            }
            writer.endArray()
        }
        writer.endObject()
        return Response(
            status: status,
            fields: [("Content-Type", "application/problem+json"), ("Cache-Control", "no-store")] + fields,
            body: writer.bytes)
    }
}
