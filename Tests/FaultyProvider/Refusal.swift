/// Why a vendor refuses, or breaks off.
public enum Cause: String, CaseIterable, Sendable {
    /// 429
    case rateLimited
    /// 500
    case serverError
    /// 502, from a proxy before the vendor's server: no JSON.
    case badGateway
    /// 503
    case unavailable
    /// 529, or what a vendor without it says when it has too much to do.
    case overloaded
    /// 401, with Gemini 400.
    case badKey
    /// 400
    case contextLength
    /// 400, with Gemini 200 and a reason for blocking the prompt.
    case contentPolicy
    /// 400
    case invalidRequest
    /// 404
    case unknownModel
}

/// `Retry-After` and its like (RFC 9110, section 10.2.3).
public enum RetryAfterHeader: Sendable {
    case seconds(Int)
    /// A date of the given form, so many seconds from now.
    case date(secondsFromNow: Int)
    /// OpenAI's own header.
    case milliseconds(Int)
    /// The header's value as it stands.
    case literal(String)
}

struct Refusal: Sendable {
    var cause: Cause
    var retryAfter: RetryAfterHeader?
}

/// What a vendor sends with a status.
struct RefusalBody {
    var status: Int
    var body: String
    var contentType = "application/json"

    var statusLine: String {
        let reason =
            switch status {
            case 200: "OK"
            case 400: "Bad Request"
            case 401: "Unauthorized"
            case 404: "Not Found"
            case 429: "Too Many Requests"
            case 500: "Internal Server Error"
            case 502: "Bad Gateway"
            case 503: "Service Unavailable"
            default: "Other"
            }
        return "\(status) \(reason)"
    }

    /// What a proxy says for its server.
    static let badGateway = RefusalBody(
        status: 502, body: "<html><head><title>502 Bad Gateway</title></head></html>", contentType: "text/html")
}
