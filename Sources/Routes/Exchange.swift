import Chat
import FCGIApp

/// A request on its way through a route.
struct Exchange: Sendable {
    let request: Request
    /// Also in `X-Request-Id`, the log, and `instance` of a problem.
    let requestID: String
    /// What stands in the path's place for `{…}`, percent-decoded; empty when the route has none. Web servers decode the path
    /// before they hand it over, so this decodes what one of them left as it came.
    let pathParameter: String
    let query: Query
    /// Who sent it; nil for routes that need nobody, and in `open` mode when no `user_id` came with the query.
    let sender: Identity?
    /// The fresh token that the response gives the sender as a cookie; nil when the one that came is good as it is.
    var renewal: GuestTokens.Issued?
    let limits: Request.Limits
    /// `pathParameter` as it came from the web server.
    var rawPathParameter = ""
    /// Where names are believed as they are sent; nil in every other mode.
    var openNames: OpenNames?
    /// Counts who is named only in the body.
    var admission: Admission?

    var identity: UserID? { sender?.user }

    /// Who sent it, checked against the `user_id` that the client wrote.
    /// - Parameters:
    ///   - claimed: the body's `user_id`.
    ///   - field: what the dialect calls it in a body.
    /// - Throws: `Problem`: 403 when another user is claimed; 400 when nobody is named in `open` mode; 401 when nobody is known, which
    ///   only a route that needs nobody can meet.
    func user(claimed: String? = nil, field: String = "user_id") throws(Problem) -> UserID {
        for name in [claimed, query["user_id"]].compactMap({ $0 }) {
            // The name may be the one that the web server, the issuer or the key's program says.
            let isSenders = identity?.rawValue == name || sender?.name.map { $0.utf8.elementsEqual(name.utf8) } ?? false
            guard isSenders || Identifiers.isAcceptable(name) else {
                throw .invalid(field, "must be 1 to 128 of A-Z a-z 0-9 . _ : -")
            }
            guard identity == nil || isSenders else {
                throw Problem(status: 403, code: "forbidden", detail: "\(field) is not the user who sent the request.")
            }
        }
        if let identity { return identity }
        guard let openNames else { throw Authenticator.unknown }
        guard let claimed else { throw .invalid(field, "is required") }
        return openNames.user(claimed)
    }

    /// The same for what keeps nothing of its sender: where names are believed and none is sent, it is nobody in particular.
    func userOrAnonymous(claimed: String? = nil) throws(Problem) -> UserID {
        if identity == nil, claimed == nil, query["user_id"] == nil, let openNames { return openNames.anonymous }
        return try user(claimed: claimed)
    }

    /// Who sent it, or for whom: with a key that acts for users, the one whom the body names where the header `X-User` does not.
    /// - Throws: `Problem` 400 for a name that nobody can read.
    func sender(speakingFor endUser: String?) throws(Problem) -> Identity? {
        guard let endUser, let sender, sender.isProgram, sender.key?.actsForUsers == true else { return sender }
        let user = try sender.acting(for: endUser, field: "user")
        try admission?.countUser(user)
        return user
    }

    /// Counts what the request will have stored, where a guest sent it.
    /// - Parameter bytes: of what is stored beside the reply.
    /// - Throws: `Problem` 429.
    func countGuestBytes(_ bytes: Int) throws(Problem) { try admission?.countGuestBytes(bytes, sender, request) }

    /// The number of the last event that the client has seen: `Last-Event-ID`, or `after` in the query; 0 for none.
    /// - Throws: `Problem` 400.
    func lastEvent() throws(Problem) -> Int {
        let text = request.header("Last-Event-ID") ?? query["after"] ?? "0"
        guard let number = Int(text), (0...Int(UInt32.max)).contains(number) else {
            throw .invalid("Last-Event-ID", "must be the number of an event, 0 or more")
        }
        return number
    }

    /// Whether the client wants the whole reply as one JSON object instead of a stream of events.
    var wantsWholeReply: Bool {
        guard let accepted = request.header("Accept") else { return false }
        return accepted.containsIgnoringCase("application/json") && !accepted.containsIgnoringCase("text/event-stream")
    }

    /// Whether the client asks for a stream of events where whole replies are the rule.
    var wantsStream: Bool { request.header("Accept")?.containsIgnoringCase("text/event-stream") ?? false }

    /// The request's body as a JSON object.
    /// - Throws: `Problem`.
    func body() throws(Problem) -> BodyFields { try BodyFields(request, limit: limits.bodyBytes(of: request.path)) }
}

/// What a route answers with.
enum Reply: Sendable {
    case response(Response)
    case stream(any ReplyStream)
}

/// A method and a path, and what answers there.
struct Route: Sendable {
    enum Access: Sendable {
        /// Anybody, uncounted: health checks.
        case everybody
        /// Anybody, counted by address: getting an identity.
        case newcomers
        /// A known user, counted by user.
        case users
        /// A known user, counted by user apart from the other requests, and allowed ten times as many of them.
        case busyUsers
        /// A known user, counted by user apart from the other requests: what ends, removes or tells something must be possible for
        /// who has asked as often as they may.
        case control
        /// Anybody, counted by address apart from newcomers.
        case onlookers
    }

    /// How long a route holds its connection.
    enum Hold: Sendable {
        case briefly
        /// As long as an answer takes that it begins.
        case answering
        /// As long as its client likes: it follows what others began, or reads at its own pace.
        case following
    }

    let method: String
    /// The path as the API's description has it.
    let pattern: String
    /// Segments; the last may be `{…}`, which stands for any one segment.
    let path: [Substring]
    /// Whether `{…}` stands for one or more segments.
    let takesRest: Bool
    let access: Access
    let hold: Hold
    let answer: @Sendable (Exchange) async throws -> Reply

    init(
        _ method: String, _ path: String, access: Access = .users, hold: Hold = .briefly, takesRest: Bool = false,
        _ answer: @escaping @Sendable (Exchange) async throws -> Reply
    ) {
        self.method = method
        pattern = path
        self.path = path.split(separator: "/")
        self.access = access
        self.hold = hold
        self.takesRest = takesRest
        self.answer = answer
    }

    /// What stands for `{…}` when a path fits this route's: the segment or segments, or the empty string when the route has none.
    func match(_ segments: [Substring]) -> Substring? {
        guard takesRest ? segments.count >= path.count : segments.count == path.count else { return nil }
        var parameter: Substring = ""
        for (pattern, segment) in zip(path, segments) {
            if pattern.hasPrefix("{") {
                // Up to the end of the last segment: a slash at the end of a path makes no difference.
                parameter =
                    takesRest ? segment.base[segment.startIndex..<segments[segments.count - 1].endIndex] : segment
            } else if pattern != segment {
                return nil
            }
        }
        return parameter
    }
}

/// All routes, and those that a path fits.
struct RouteTable: Sendable {
    typealias Match = (route: Route, parameter: Substring)

    let routes: [Route]
    /// By whole paths: most requests come to one of these.
    private var known: [String: [Match]] = [:]

    init(_ routes: [Route]) {
        self.routes = routes
        for route in routes where !route.pattern.contains("{") {
            known[route.pattern] = Self.matches(of: route.pattern, among: routes)
        }
    }

    /// In the routes' order; several where they differ in their method.
    func matches(of path: String) -> [Match] { known[path] ?? Self.matches(of: path, among: routes) }

    private static func matches(of path: String, among routes: [Route]) -> [Match] {
        let segments = path.split(atByte: "/")
        return routes.compactMap { route in route.match(segments).map { (route, $0) } }
    }
}
