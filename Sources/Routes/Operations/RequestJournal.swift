import CCrypto
import Chat
import FCGIApp
import Scheduling
public import Telemetry

/// Counts requests and writes them to the log. Outlives a new reading of the configuration.
public final class RequestJournal: Sendable {
    /// What is written of requests.
    public struct Options: Sendable {
        /// A line for each request (`log.access`).
        public var writesRequests = true
        /// Milliseconds until a reply begins from which on a request counts as slow; 0: none does (`log.slow_ms`).
        public var slowMS = 2_000

        public init() {}
    }

    /// Statuses that tell somebody that they may not, or not now.
    private static let refusals: Set<Int> = [401, 403, 413, 429, 503, 507]
    /// What HTTP has (RFC 9110, section 9.1; RFC 5789). A client may write any other word.
    private static let methods: Set<String> = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    /// Until a reply begins.
    private static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    let log: Log
    private let hash: UserHash
    private let requests = Counters(
        "chat_fcgi_requests_total", "Requests that have been answered, by route and status; 0 for none sent.",
        labels: ["method", "route", "status"])
    private let replyTimes = Histograms(
        "chat_fcgi_reply_start_seconds", "From a request's arrival until its reply begins, or the wait for a provider.",
        bounds: bounds)
    private let bytes = Counters("chat_fcgi_response_bytes_total", "Bytes of response bodies.")
    private let streams = Counters(
        "chat_fcgi_streams_open", "Responses that are written over time and still open.", kind: .gauge,
        labels: ["route"])
    private let refused = Counters(
        "chat_fcgi_refusals_total", "Requests that were refused, by the problem's code.", labels: ["status", "code"])
    private let identities = Counters(
        "chat_fcgi_identity_events_total", "Identities that were given out, renewed or taken back.", labels: ["event"])

    /// - Parameter secret: what users' names are hashed with in the log.
    public init(log: Log, secret: [UInt8]) {
        self.log = log
        hash = UserHash(secret: secret)
    }

    public var metrics: [any MetricSource] { [requests, replyTimes, bytes, streams, refused, identities] }

    /// What is known of a request when its reply begins.
    struct Notes: Sendable {
        var origin = RequestOrigin(requestID: "")
        var method = ""
        /// The route's path as the API's description has it; never the request's own.
        var route = "none"
        /// Nobody needs a line for each of these.
        var isRoutine = false
        var user: UserID?
        /// The problem's; nil where there is none.
        var code: String?
        var reason: String?
        let begun = MonotonicTime.now()
    }

    /// The reply is about to be written.
    /// - Parameter options: as they are now.
    /// - Returns: to be told what became of it.
    func replyBegins(
        _ notes: consuming Notes, isStream: Bool, _ options: Options
    ) -> @Sendable (ResponseRecord) -> Void {
        let (notes, startMS) = (notes, MonotonicTime.now().milliseconds(since: notes.begun))
        replyTimes.observe(Double(startMS) / 1000)
        if isStream { streams.add(1, [notes.route]) }
        if options.slowMS > 0, startMS >= options.slowMS {
            // A busy machine is slow, which is no fault that somebody has to look after.
            log.info(
                "slow request",
                [
                    "request": .text(notes.origin.requestID), "method": .text(Self.known(notes.method)),
                    "route": .text(notes.route), "ms": .number(startMS),
                ])
        }
        return { record in
            if isStream { self.streams.add(-1, [notes.route]) }
            self.replyEnded(notes, record, options)
        }
    }

    private func replyEnded(_ notes: Notes, _ record: ResponseRecord, _ options: Options) {
        let method = Self.known(notes.method)
        let status = record.status ?? 0
        requests.add(1, [method, notes.route, String(status)])
        bytes.add(record.bytes)
        // That a store is not ready is no refusal of who asks.
        let isRefusal = Self.refusals.contains(status) && !notes.isRoutine
        if isRefusal { refused.add(1, [String(status), notes.code ?? "other"]) }
        let level: Log.Level = notes.isRoutine && status < 500 ? .debug : .info
        let writesRequest = options.writesRequests && log.writes(level)
        guard writesRequest || (isRefusal && log.writes(.info)) else { return }
        let user = Log.Value(notes.user.map(hash.name))
        if isRefusal {
            log.info(
                "refused",
                [
                    "request": .text(notes.origin.requestID), "user": user, "method": .text(method),
                    "route": .text(notes.route), "status": .number(status), "code": Log.Value(notes.code),
                    "reason": Log.Value(notes.reason),
                ])
        }
        guard writesRequest else { return }
        log.write(
            level, "request",
            [
                "request": .text(notes.origin.requestID), "user": user, "method": .text(method),
                "route": .text(notes.route), "status": .number(status), "code": Log.Value(notes.code),
                "bytes": .number(record.bytes), "ms": .number(MonotonicTime.now().milliseconds(since: notes.begun)),
                "cut": record.isComplete ? nil : .flag(true),
                "trace": Log.Value(notes.origin.trace.map { String($0.traceID) }),
            ])
    }

    /// Somebody's identity was given out, renewed, changed or taken back.
    /// - Parameters:
    ///   - event: a word in snake_case, one of few.
    ///   - other: the guest that became the user.
    func identity(_ event: String, _ user: UserID?, from other: UserID? = nil) {
        identities.add(1, [event])
        log.info(
            "identity",
            [
                "request": Log.Value(RequestOrigin.current?.requestID), "event": .text(event),
                "user": Log.Value(user.map(hash.name)), "guest": Log.Value(other.map(hash.name)),
            ])
    }

    /// The operator made a key, or took one back.
    public func keyWas(revoked isRevoked: Bool, id: String) {
        identity(isRevoked ? "key_revoked" : "key_created", Identity.user(ofKey: id))
    }

    private static func known(_ method: String) -> String { methods.contains(method) ? method : "other" }
}

/// Names users in the log so that their lines can be found, and nobody who reads it learns who they are.
struct UserHash: Sendable {
    private let key: [UInt8]

    /// - Parameter secret: the installation's. It signs tokens too, so the key is made of it and a word of its own.
    init(secret: [UInt8]) { key = Self.digest(Array("chat-fcgi log".utf8), key: secret) }

    /// 12 hexadecimal digits: the same user's are always the same as long as the secret is.
    func name(of user: UserID) -> String {
        Self.digest(Array(user.rawValue.utf8), key: key).prefix(6).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }

    /// HMAC-SHA-256.
    private static func digest(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        HMAC(EVP_sha256(), key, Int32(key.count), bytes, bytes.count, &digest, &length)
        return Array(digest.prefix(Int(length)))
    }
}
