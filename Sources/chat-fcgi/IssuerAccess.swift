import Chat
import Configuration
import Glibc
import HTTPClient
import JSON
import JSONWebTokens
import Telemetry

/// Gets the keys that an issuer's tokens are checked with, as the configuration says.
struct IssuerAccess {
    /// Kept with the process: the keys of an issuer that publishes them. Nil for keys from a file.
    private let published: IssuerKeys?

    private static let fetchLimitSeconds = 10

    /// - Parameters:
    ///   - folder: where the issuer's keys are kept between starts.
    ///   - staysUp: whether the process is there when a slow issuer answers at last. One that answers one request has to wait for it, or
    ///     nobody ever had the keys: it is the only one that asks in half a minute, and the others wait for nothing.
    init(_ settings: JWTSettings?, folder: String, staysUp: Bool, log: Log) {
        let patience = staysUp ? IssuerKeys.patience : .seconds(2 * Self.fetchLimitSeconds)
        switch settings?.keys {
        case .url(let url): published = Self.published(url, isDiscovered: false, folder, patience, log)
        case .discovery(let issuer): published = Self.published(issuer, isDiscovered: true, folder, patience, log)
        case .file, nil: published = nil
        }
    }

    /// - Throws: `CommandFailure` for a file without keys that can be used.
    func tokens(_ settings: JWTSettings) throws -> IssuerTokens {
        let rules = TokenRules(
            issuer: settings.issuer, audience: settings.audience, userClaim: settings.claim,
            leewaySeconds: Int64(settings.leewaySeconds))
        if let published { return IssuerTokens(rules: rules, keys: .published(published)) }
        guard case .file(let path) = settings.keys else { fatalError("keys of an issuer without an issuer") }
        return IssuerTokens(rules: rules, keys: .fixed(try Self.keys(at: path)))
    }

    /// The keys of a file.
    /// - Throws: `CommandFailure`.
    static func keys(at path: String) throws -> JSONWebKeySet {
        guard let document = try SmallFile.read(path) else {
            throw CommandFailure(.configuration, "jwt.keys_file: there is no \(path)")
        }
        let keys: JSONWebKeySet
        do throws(JSONWebKeySet.Unusable) {
            keys = try JSONWebKeySet(document, allowsSecrets: true)
        } catch {
            throw CommandFailure(.configuration, "jwt.keys_file: \(path): \(error.description)")
        }
        var status = stat()
        if keys.hasSecret, stat(path, &status) == 0, status.st_mode & 0o007 != 0 {
            throw CommandFailure(
                .configuration,
                "jwt.keys_file: \(path) has a secret in it and can be read by everybody, who could be any user then; chmod 600 it"
            )
        }
        return keys
    }

    // MARK: - Keys that the issuer publishes

    private static func published(
        _ address: String, isDiscovered: Bool, _ folder: String, _ patience: Duration, _ log: Log
    ) -> IssuerKeys {
        let file = IssuerKeysFile(path: folder + "/issuer-keys.json", address: address)
        let client = HTTPClient()
        return IssuerKeys(
            IssuerKeys.Source(
                fetch: {
                    try await fetch(
                        isDiscovered
                            ? keysAddress(of: address, try await fetch(discovery(of: address), client)) : address,
                        client)
                },
                load: { file.load() }, save: { file.save($0) },
                now: { Timestamp.now().milliseconds / 1000 }, log: { log.warning($0) }), patience: patience)
    }

    /// What an issuer publishes could not be had.
    private struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// OpenID Connect Discovery 1.0, section 4.1.
    private static func discovery(of issuer: String) -> String {
        (issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer) + "/.well-known/openid-configuration"
    }

    /// - Throws: `Failure` for a document of another issuer (section 4.3) or without an address that can be trusted.
    private static func keysAddress(of issuer: String, _ document: [UInt8]) throws(Failure) -> String {
        guard let json = try? JSONValue(parsing: document), let address = json["jwks_uri"]?.stringValue else {
            throw Failure(description: "\(discovery(of: issuer)) does not say where they are (jwks_uri)")
        }
        guard json["issuer"]?.stringValue == issuer else {
            throw Failure(
                description: "\(discovery(of: issuer)) is of another issuer; jwt.issuer must be written as it is there")
        }
        // Where the issuer itself is on this machine, so may its keys be.
        guard address.hasPrefix("https://") || issuer.hasPrefix("http://") else {
            throw Failure(description: "their address is no https://")
        }
        return address
    }

    private static func fetch(_ url: String, _ client: HTTPClient) async throws -> [UInt8] {
        var request = HTTPRequest(url: url, headers: [HTTPHeader("Accept", "application/json")])
        request.totalTimeoutMilliseconds = 1000 * fetchLimitSeconds
        request.maximumResponseBytes = JSONWebKeySet.maximumBytes
        let response = try await client.stream(request)
        guard response.status == 200 else { throw Failure(description: "\(url) gives \(response.status)") }
        var bytes: [UInt8] = []
        while let more = try await response.next() { bytes += more }
        return bytes
    }
}

/// The issuer's keys as they last came, in the data folder: for a process that answers one request, for the next start, and so that
/// all processes together ask the issuer no oftener than one.
private struct IssuerKeysFile: Sendable {
    let path: String
    /// Of another issuer nothing is taken.
    let address: String

    func load() -> IssuerKeys.Kept? {
        guard let bytes = try? SmallFile.read(path), let json = try? JSONValue(parsing: bytes),
            json["address"]?.stringValue == address, let keys = json["keys"]?.stringValue,
            let fetchedAt = json["fetched_at"]?.integerValue, let askedAt = json["asked_at"]?.integerValue
        else { return nil }
        return IssuerKeys.Kept(document: Array(keys.utf8), fetchedAt: fetchedAt, askedAt: askedAt)
    }

    /// A file that cannot be written costs a question more, later.
    func save(_ kept: IssuerKeys.Kept) {
        let json: JSONValue = [
            "address": .string(address), "keys": .string(String(decoding: kept.document, as: UTF8.self)),
            "fetched_at": .integer(kept.fetchedAt), "asked_at": .integer(kept.askedAt),
        ]
        let temporary = "\(path).\(getpid())"
        unlink(temporary)
        guard (try? SmallFile.write(json.encoded, to: temporary)) != nil else { return }
        if rename(temporary, path) != 0 { unlink(temporary) }
    }
}
