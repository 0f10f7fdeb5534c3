// What a request brings beside its route, and what it may take: fields, keys, limits, refusals.

import Chat
import FCGIApp
import JSONWebTokens
import Scheduling

/// What may be asked for and held in a time; 0: no limit.
public struct RequestRates: Sendable, Equatable {
    /// Requests of a user in a minute, where their sender brings no limit.
    public var requestsPerMinute = 60
    /// Streams of one address that may be open in the process; nil: half of what the process may have, and all of it for the
    /// machine itself.
    public var streamsPerAddress: Int?
    /// Streams that the process may have open.
    public var streams = 10_000
    /// Streams of one user that may follow the same reply.
    public var followers = 4
    /// New guests of one address in a day; nil: 500, and no limit for the machine itself.
    public var guestsPerAddress: Int?
    /// Bytes that the guests of one address may have stored in a day; nil: 256 MiB, and no limit for the machine itself.
    public var guestBytesPerAddress: Int?
    /// Tokens and keys of one address that are not valid here, in a minute.
    public var failedSignInsPerAddress = 60

    public init() {}
}

/// Decides whether a request may be answered now, by how many there were and how many connections are held.
struct Admission: Sendable {
    /// Newcomers behind one address (a school, a provider's gateway) may be many.
    private static let newcomersPerUser = 10
    /// A cursor that moves is told of several times a second.
    private static let busyFactor = 10
    private static let usualGuestsPerAddress = 500
    private static let usualGuestBytesPerAddress = 268_435_456
    /// What an answer is taken to store: its length is not known when it begins.
    private static let bytesOfAnswer = 16_384
    private static let day = 86_400

    let limiter: RateLimiter
    let streams: StreamCounts
    let rates: RequestRates

    // MARK: - Requests

    /// Counts a request.
    /// - Parameter fields: takes the header fields that tell what is left.
    /// - Throws: `Problem` 429.
    func count(
        _ access: Route.Access, _ sender: Identity?, _ request: Request, _ fields: inout [(name: String, value: String)]
    ) throws(Problem) {
        let network = request.network
        let perMinute = rates.requestsPerMinute
        let newcomers = RequestRate("address " + network, count: perMinute * Self.newcomersPerUser)
        let ofUser = sender?.limits?.requestsPerMinute ?? perMinute
        let rate: RequestRate
        switch (access, sender) {
        case (.everybody, _): return
        case (.newcomers, _): rate = newcomers
        case (.onlookers, _): rate = RequestRate("status " + network, count: perMinute * Self.newcomersPerUser)
        // In `open` mode the user may be named in the body only. Counted by address then, not all as one.
        case (_, nil): rate = newcomers
        case (.users, let sender?): rate = RequestRate("user " + sender.user.rawValue, count: ofUser)
        case (.control, let sender?): rate = RequestRate("control " + sender.user.rawValue, count: ofUser)
        case (.busyUsers, let sender?):
            rate = RequestRate("live " + sender.user.rawValue, count: ofUser * Self.busyFactor)
        }
        if let sender, let key = sender.key, !sender.isProgram, key.limits.requestsPerMinute > 0 {
            // All for whom the key acts, together.
            try take(RequestRate("user key_" + key.id, count: key.limits.requestsPerMinute))
        }
        // What is put lies on the disk for a while, and of an address there are many guests.
        if access == .busyUsers, sender?.claims != nil,
            let limit = limitOfAddress(network, nil, usual: perMinute * Self.busyFactor * Self.newcomersPerUser)
        {
            try take(RequestRate("live address " + network, count: limit))
        }
        guard sender == nil ? perMinute > 0 : ofUser > 0 else { return }
        try take(rate, &fields)
    }

    /// Counts a user who became known only by the body; the key that acts for the user was counted before.
    /// - Throws: `Problem` 429.
    func countUser(_ user: Identity) throws(Problem) {
        guard rates.requestsPerMinute > 0 else { return }
        try take(RequestRate("user " + user.user.rawValue, count: rates.requestsPerMinute))
    }

    private func take(_ rate: RequestRate) throws(Problem) {
        var fields: [(name: String, value: String)] = []
        try take(rate, &fields)
    }

    private func take(_ rate: RequestRate, _ fields: inout [(name: String, value: String)]) throws(Problem) {
        let standing = limiter.take(rate)
        fields += standing.fields
        guard standing.isAllowed else {
            throw Problem(
                status: 429, code: "rate_limited",
                detail: "\(standing.limit) requests a minute are allowed. Try again in \(standing.resetSeconds) s.",
                fields: [("Retry-After", String(standing.resetSeconds))])
        }
    }

    /// Counts a guest about to be made.
    /// - Throws: `Problem` 429.
    func countGuest(_ request: Request) throws(Problem) {
        let network = request.network
        guard let limit = limitOfAddress(network, rates.guestsPerAddress, usual: Self.usualGuestsPerAddress) else {
            return
        }
        try take(RequestRate("guests " + network, count: limit, seconds: Self.day), code: "too_many_guests") {
            seconds in
            "\(limit) new guests a day are allowed from one address. Keep the token that you were given, or try again "
                + "in \(seconds) s."
        }
    }

    /// Counts what a guest's request for an answer will have stored: each has a quota, and of an address there are many.
    /// - Parameter bytes: of what is sent.
    /// - Throws: `Problem` 429.
    func countGuestBytes(_ bytes: Int, _ sender: Identity?, _ request: Request) throws(Problem) {
        let network = request.network
        guard sender?.claims != nil,
            let limit = limitOfAddress(
                network, rates.guestBytesPerAddress, usual: Self.usualGuestBytesPerAddress)
        else { return }
        let rate = RequestRate("guest bytes " + network, count: limit, seconds: Self.day)
        try take(rate, bytes + Self.bytesOfAnswer, code: "too_many_guest_bytes") { seconds in
            "The guests of your address have had as much stored today as may be. Try again in \(seconds) s."
        }
    }

    private func limitOfAddress(_ network: String, _ configured: Int?, usual: Int) -> Int? {
        // A proxy on this machine that does not pass on addresses has everybody's.
        let limit = configured ?? (ClientNetwork.isLoopback(network) ? 0 : usual)
        return limit > 0 ? limit : nil
    }

    /// Counts a token or a key that nobody has, or had. What is valid is not asked for this, so guesses from behind a shared address shut
    /// nobody out who comes from there.
    /// - Throws: `Problem` 429 in the place of the refusal.
    func countFailedSignIn(_ request: Request) throws(Problem) {
        guard rates.failedSignInsPerAddress > 0 else { return }
        let rate = RequestRate("sign-ins " + request.network, count: rates.failedSignInsPerAddress)
        try take(rate, code: "too_many_failed_sign_ins") { seconds in
            "Too many tokens or keys from your address were not valid here, and neither is this one. Use a valid one, or "
                + "try again in \(seconds) s."
        }
    }

    /// - Parameter detail: what the client is told, by the seconds until there is more.
    private func take(
        _ rate: RequestRate, _ number: Int = 1, code: String, detail: (_ seconds: Int) -> String
    ) throws(Problem) {
        let standing = limiter.take(rate, number)
        guard standing.isAllowed else {
            throw Problem(
                status: 429, code: code, detail: detail(standing.resetSeconds),
                fields: standing.fields + [("Retry-After", String(standing.resetSeconds))])
        }
    }

    /// Whether a sign-in service's token has not been here before, or not for a day.
    func isFirst(_ token: CheckedToken, at now: Timestamp) -> Bool {
        let left = Int(clamping: token.expiresAt - now.milliseconds / 1000)
        let name = "token " + Base64URL.encode(token.id)
        return limiter.take(RequestRate(name, count: 1, seconds: min(max(60, left), Self.day)), at: now).isAllowed
    }

    // MARK: - Connections

    /// The places that a request takes as long as its stream is open.
    /// - Throws: `Problem` 429 or 503.
    func places(
        for route: Route, _ parameter: Substring, _ sender: Identity?, _ request: Request
    ) throws(Problem) -> [StreamCounts.Place] {
        guard route.hold != .briefly else { return [] }
        let isFollowing = route.hold == .following
        // What is long and can be had again leaves more room than an answer, begun or resumed, and both leave some for the rest.
        let isOfNoReply = isFollowing && parameter.isEmpty
        guard !Descriptors.areScarce(sparing: Descriptors.limit / (isOfNoReply ? 4 : 16)) else {
            throw .serverIsFull
        }
        let network = request.network
        var places: [StreamCounts.Place] = []
        // A key has a limit of its own in its place: a program's streams all come from one address.
        let half = max(1, min(rates.streams, Descriptors.limit) / 2)
        if sender?.key == nil, let ofAddress = limitOfAddress(network, rates.streamsPerAddress, usual: half) {
            guard let place = streams.enter("address " + network, atMost: ofAddress) else {
                throw Problem(
                    status: 429, code: "too_many_streams",
                    detail: "\(ofAddress) streams are open from your address, which is as many as may be. Close one.",
                    fields: [("Retry-After", "5")])
            }
            places.append(place)
        }
        if isFollowing {
            let path = route.path.joined(separator: "/")
            let key = "\(path) \(parameter) \(sender?.user.rawValue ?? network)"
            places.append(try follow(key, atMost: followers(of: sender)))
        }
        return places
    }

    /// The place of a stream that is read from a turn, however it was asked for: one began the turn, and others follow it.
    /// - Throws: `Problem` 429.
    func place(following turn: MessageID, _ sender: Identity?) throws(Problem) -> StreamCounts.Place {
        try follow("turn \(turn.rawValue)", atMost: followers(of: sender) + 1)
    }

    private func followers(of sender: Identity?) -> Int { max(sender?.limits?.streams ?? 0, rates.followers) }

    private func follow(_ key: String, atMost limit: Int) throws(Problem) -> StreamCounts.Place {
        if let place = streams.enter(key, atMost: limit) { return place }
        throw Problem(
            status: 429, code: "too_many_streams",
            detail: "You follow this as often as one may. Close a stream of it.", fields: [("Retry-After", "5")])
    }
}

extension Request {
    fileprivate var network: String { ClientNetwork.of(variable("REMOTE_ADDR") ?? "") }
}

/// A stream that holds its places until it ends, and is cut off when what let its reader in is ended.
struct HeldStream: ReplyStream {
    let stream: any ReplyStream
    let places: [StreamCounts.Place]
    let credential: Credential?
    let revocations: Revocations

    var isQuick: Bool { stream.isQuick }

    func run(_ writer: consuming ResponseWriter, fields: [(name: String, value: String)]) async {
        let watch = credential.map { revocations.watch($0, writer.waker) }
        await stream.run(writer, fields: fields)
        withExtendedLifetime((places, watch)) {}
    }
}
