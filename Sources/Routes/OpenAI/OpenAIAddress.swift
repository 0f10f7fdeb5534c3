import FCGIApp

/// The addresses of dialect 3, and what a client is told that asks at another one.
///
/// What clients are configured with is a base URL, to which they add the rest. A base URL that is almost right, and an endpoint
/// of OpenAI's that is not here, are told in one sentence with what to do.
enum OpenAIAddress {
    /// What the address of the server is followed by in a base URL. OpenAI's own ends with the first.
    static let bases = ["/v1", "/api/v2"]

    /// Whether something of this dialect could be at a path: errors have OpenAI's form there.
    static func isBelowBase(_ path: String) -> Bool { base(of: path) != nil }

    /// Whether a request for a path where nothing is comes from a client of OpenAI's interface.
    static func isMeant(by path: String) -> Bool {
        if isBelowBase(path) { return true }
        let segments = path.split(atByte: "/")
        return isEndpoint(segments) && !segments.starts(with: ["api", "agent"])
    }

    static let unknownURL = "unknown_url"

    /// Why there is nothing at a path that `isMeant` is true of, in one sentence.
    static func nothing(at path: String, method: String) -> Problem {
        Problem(
            status: 404, code: unknownURL,
            detail: "There is nothing at \(method) \(shortened(path)): " + remedy(for: path))
    }

    private static func remedy(for path: String) -> String {
        let known = base(of: path)
        let base = known ?? bases[0]
        let here = "POST \(base)/chat/completions, GET \(base)/models and GET \(base)/models/{model}"
        let rightBase =
            "set the client's base URL to this server's address with \(base) at its end and nothing after it."
        guard known != nil else { return rightBase }
        let rest = path.dropFirst(base.count).split(atByte: "/")
        guard let first = rest.first else {
            return "this is the base URL, which clients add a path to; here are \(here)."
        }
        // "/v1/v1/models", "/v1/chat/completions/models"
        if ["v1", "api", "openai"].contains(first) || first == "chat" && isEndpoint(rest.dropFirst()) {
            return rightBase
        }
        if rest.starts(with: ["chat", "completions"]) {
            return "stored completions are read in this server's own history; here are \(here)."
        }
        guard let name = absent[String(first)] else { return "here are \(here)." }
        return "\(name) not available on this server; here are \(here)."
    }

    private static func base(of path: String) -> String? {
        bases.first { path == $0 || path.hasPrefix($0 + "/") }
    }

    /// Whether these are the last segments of an endpoint of OpenAI's, below whatever base.
    private static func isEndpoint(_ segments: some BidirectionalCollection<Substring>) -> Bool {
        guard let first = segments.first, let last = segments.last else { return false }
        if first == "openai" || first.first == "v" && first.dropFirst().allSatisfy(\.isNumber) && first.count > 1 {
            return true
        }
        if endpoints.contains(String(last)) || segments.contains("models") { return true }
        return zip(segments, segments.dropFirst()).contains { $0 == "chat" && $1 == "completions" }
    }

    private static let endpoints: Set<String> = ["completions", "models", "embeddings", "moderations", "responses"]

    /// What OpenAI has and this server has not, by the first segment after the base.
    private static let absent = [
        "assistants": "assistants are", "audio": "speech and transcription are", "batches": "batches are",
        "chatkit": "ChatKit is", "completions": "legacy completions are", "containers": "containers are",
        "conversations": "OpenAI's conversations are", "edits": "edits are", "embeddings": "embeddings are",
        "engines": "engines are", "evals": "evals are", "files": "files are", "fine-tunes": "fine-tuning is",
        "fine_tuning": "fine-tuning is", "images": "making and editing images are", "moderations": "moderations are",
        "organization": "administration is", "realtime": "realtime sessions are", "responses": "responses are",
        "threads": "threads are", "uploads": "uploads are", "vector_stores": "vector stores are",
        "videos": "videos are",
    ]

    /// A path comes from outside, and may be long.
    private static func shortened(_ path: String) -> String {
        path.utf8.count <= 128 ? path : String(path.unicodeScalars.prefix(100)) + "…"
    }
}
