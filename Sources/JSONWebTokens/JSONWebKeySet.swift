import JSON

/// The keys under which an issuer signs (RFC 7517, section 5).
///
/// Each key has one algorithm, which the key names or which follows from its kind, and no token can ask for another (RFC 8725,
/// section 3.1). An RSA key that names none is RS256's.
public struct JSONWebKeySet: Sendable {
    struct Key: Sendable {
        let id: String?
        let key: VerificationKey
    }

    /// A document that holds no usable key; `description` says why.
    public struct Unusable: Error, Sendable, CustomStringConvertible {
        public let description: String
    }

    /// A larger document is refused: 1 MiB.
    public static let maximumBytes = 1_048_576
    /// Further keys are not used: a token without `kid` is tried with each.
    static let maximumKeys = 32

    let keys: [Key]
    /// Why keys of the document are not used, a sentence each, for the operator.
    public let remarks: [String]
    /// Whether one of them is a secret that also makes tokens (HS256), so that the file must be kept as one.
    public let hasSecret: Bool

    public var count: Int { keys.count }
    /// The algorithms, as tokens name them.
    public var algorithms: [String] { Set(keys.map(\.key.algorithm.rawValue)).sorted() }

    /// - Parameters:
    ///   - document: JSON as in RFC 7517, appendix A; a single key is taken too.
    ///   - allowsSecrets: false for a document that others can read: under a published secret anybody makes tokens.
    /// - Throws: `Unusable`.
    public init(_ document: [UInt8], allowsSecrets: Bool) throws(Unusable) {
        guard document.count <= Self.maximumBytes, let json = try? JSONValue(parsing: document),
            json.objectValue != nil
        else { throw Unusable(description: "it is no JSON object") }
        let values: [JSONValue]
        if let list = json["keys"]?.arrayValue {
            values = list
        } else if json["kty"] != nil {
            values = [json]
        } else {
            throw Unusable(description: "it has no list \"keys\"")
        }
        var keys: [Key] = []
        var remarks: [String] = []
        for (index, value) in values.enumerated() {
            if keys.count == Self.maximumKeys {
                remarks.append("only the first \(Self.maximumKeys) keys are used")
                break
            }
            do throws(Unusable) {
                let key = try Self.key(value)
                if key.algorithm == .hs256, !allowsSecrets {
                    throw Unusable(description: "is a secret in a document that others can read")
                }
                keys.append(Key(id: value["kid"]?.stringValue, key: key))
            } catch {
                if remarks.count < 8 { remarks.append("key \(index + 1) is not used: it \(error.description)") }
            }
        }
        guard !keys.isEmpty else {
            throw Unusable(description: "it has no key that can be used" + remarks.map { "; " + $0 }.joined())
        }
        self.keys = keys
        self.remarks = remarks
        hasSecret = keys.contains { $0.key.algorithm == .hs256 }
    }

    /// Whether one of the keys has this name.
    func has(id: String) -> Bool { keys.contains { $0.id == id } }

    /// The keys that may have signed a token.
    /// - Parameter id: the token's `kid`. Keys that have none fit every token.
    func candidates(id: String?) -> [VerificationKey] {
        keys.filter { id == nil || $0.id == nil || $0.id == id }.map(\.key)
    }

    private static func key(_ value: JSONValue) throws(Unusable) -> VerificationKey {
        guard value["use"] == nil || value["use"]?.stringValue == "sig" else {
            throw Unusable(description: "is not for signatures (use)")
        }
        if let operations = value["key_ops"] {
            guard operations.arrayValue?.contains(where: { $0.stringValue == "verify" }) ?? false else {
                throw Unusable(description: "is not for checking signatures (key_ops)")
            }
        }
        let named = value["alg"]?.stringValue
        guard let algorithm = try algorithm(value, named) else {
            throw Unusable(description: "is of a kind that is not known here (kty, crv)")
        }
        guard value["alg"] == nil || named == algorithm.rawValue else {
            throw Unusable(description: "names an algorithm that is not known here or not its own (alg)")
        }
        let key: VerificationKey? =
            switch algorithm {
            case .hs256: bytes(value, "k").flatMap { VerificationKey(secret: $0) }
            case .es256:
                bytes(value, "x").flatMap { x in bytes(value, "y").flatMap { VerificationKey(x: x, y: $0) } }
            case .eddsa: bytes(value, "x").flatMap { VerificationKey(ed25519: $0) }
            case .rs256, .ps256:
                bytes(value, "n").flatMap { n in
                    bytes(value, "e").flatMap { VerificationKey(modulus: n, exponent: $0, algorithm) }
                }
            }
        guard let key else {
            throw Unusable(
                description: "has no good values, or is too short (RSA: 2,048 to 8,192 bits, HS256: 256 bits or more)")
        }
        return key
    }

    private static func algorithm(_ value: JSONValue, _ named: String?) throws(Unusable) -> SignatureAlgorithm? {
        switch (value["kty"]?.stringValue, value["crv"]?.stringValue) {
        case ("oct", _): .hs256
        case ("RSA", _): named == SignatureAlgorithm.ps256.rawValue ? .ps256 : .rs256
        case ("EC", "P-256"): .es256
        case ("OKP", "Ed25519"): .eddsa
        default: nil
        }
    }

    private static func bytes(_ value: JSONValue, _ member: String) -> [UInt8]? {
        value[member]?.stringValue.flatMap { Base64URL.decode($0) }
    }
}
