/// A provider with its key looked up, and whether it can be asked.
public struct ResolvedProvider: Sendable {
    public let settings: ProviderSettings
    /// The model of the first step that names one for this provider, else the vendor's usual one; nil when none is known.
    /// It is what to ask for where a step has no model and the client named none.
    public let model: String?
    /// The models for conversation that the provider lists, in its order, where the configuration names none and somebody has
    /// asked it; the first one is asked then. `resolvedProviders` asks nobody.
    public var listedModels: [String] = []
    /// Nil when it has none, or needs none.
    public let key: Secret?
    /// Whether it can be asked. Nothing was asked to find out.
    public let isAvailable: Bool
    /// Why it can, or cannot, be asked, as in "no OPENAI_API_KEY in the environment". For operators and users.
    public let reason: String
    /// What the operator should look at, a sentence each.
    public var warnings: [String]

    public var name: String { settings.name }
    public var kind: ProviderKind { settings.kind }
    public var baseURL: String? { settings.baseURL }
}

extension Settings {
    /// The providers in their order, with their keys read from the environment and from files.
    ///
    /// A key that is absent or unusable is no error: the provider is listed as unavailable with the reason. Files are read
    /// anew by each call.
    public func resolvedProviders(
        environment: [String: String], implementedKinds: Set<ProviderKind>
    ) -> [ResolvedProvider] {
        providers.map { provider in
            let model =
                models.lazy.flatMap(\.chain).first { $0.provider == provider.name && $0.model != nil }?.model
                ?? provider.baseURL.flatMap { Vendor.behind($0, kind: provider.kind)?.model }
            func resolved(_ isAvailable: Bool, _ reason: String, key: Secret? = nil, warnings: [String] = [])
                -> ResolvedProvider
            {
                ResolvedProvider(
                    settings: provider, model: model, key: key, isAvailable: isAvailable, reason: reason,
                    warnings: warnings)
            }
            guard implementedKinds.contains(provider.kind) else {
                return resolved(false, "providers of kind \(provider.kind.rawValue) are unavailable in this version")
            }
            guard provider.kind.isRemote else { return resolved(true, "embedded; needs no key and no network") }
            guard let source = provider.keySource else { return resolved(true, "asked without a key") }
            let lookup = KeyLookup(of: source, environment: environment)
            var warnings = lookup.warnings
            if lookup.key != nil, let url = provider.baseURL.flatMap(BaseURL.init), !url.isEncrypted, !url.isLoopback {
                warnings.append("the key of \(provider.name) goes to \(url.text) unencrypted; use https://")
            }
            return resolved(lookup.key != nil, lookup.reason, key: lookup.key, warnings: warnings)
        }
    }
}

/// What was found where a key should be.
struct KeyLookup {
    /// Most bytes of a key, and of a file with one.
    static let maximumSize = 4096

    var key: Secret?
    var reason: String
    var warnings: [String] = []

    init(of source: ProviderSettings.KeySource, environment: [String: String]) {
        switch source {
        case .environment(let variable):
            guard let value = environment[variable] else {
                reason = "no \(variable) in the environment"
                return
            }
            (key, reason) = Self.key(in: Array(value.utf8), from: "\(variable) in the environment")
        case .file(let path):
            let shown = quotable(path, limit: 4096)
            do {
                let file = try FileContents(of: path, maximumSize: Self.maximumSize)
                (key, reason) = Self.key(in: file.bytes, from: "the key file \(shown)")
                // Reading by the group is let pass: services are often given their keys so.
                if file.mode & 0o037 != 0 {
                    warnings = [
                        "the key file \(shown) is open to others (mode \(String(file.mode, radix: 8))); "
                            + "run chmod 600 on it"
                    ]
                }
            } catch {
                reason = error.isAbsent ? "no key file \(shown)" : "cannot read the key file \(shown): \(error.detail)"
            }
        }
    }

    private static func key(in bytes: [UInt8], from source: String) -> (Secret?, String) {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        let trimmed = bytes.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
        let key = Array(trimmed)
        if key.isEmpty { return (nil, "\(source) is empty") }
        if key.count > maximumSize { return (nil, "\(source) has more than \(grouped(maximumSize)) bytes") }
        // It goes into a header line, where a line break would begin another one (CWE-113).
        guard key.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            return (nil, "\(source) has spaces, line breaks or other signs inside that no key has")
        }
        return (Secret(String(decoding: key, as: UTF8.self)), "key from \(source)")
    }
}
