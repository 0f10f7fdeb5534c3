/// What makes a repeated request find the turn that the first one made
/// (datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header).
public struct IdempotencyKey: Sendable, Equatable {
    /// As the client chose it; unique per user.
    public let name: String
    /// Tells the request from others: equal for a repeated one, different for another one with the same key.
    public let fingerprint: [UInt8]

    public init(_ name: String, fingerprint: [UInt8]) {
        self.name = name
        self.fingerprint = fingerprint
    }
}
