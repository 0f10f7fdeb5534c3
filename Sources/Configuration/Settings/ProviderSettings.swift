/// Which protocol a provider speaks.
public enum ProviderKind: String, Sendable, CaseIterable {
    /// OpenAI's chat completions; many vendors and servers speak it.
    case openai
    case azure, anthropic, gemini, ollama
    /// The embedded answers: no network, no key.
    case builtin
}

/// Whether a provider's answers must say why they ended.
public enum FinishReasonRule: String, Sendable, CaseIterable {
    /// One that does not was cut off.
    case required
    /// For servers that never say it: the terminator alone ends an answer.
    case optional
}

/// What becomes of `<think>…</think>` at the beginning of a text.
public enum ThinkTags: String, Sendable, CaseIterable {
    /// It is reasoning.
    case auto
    /// It stays in the text.
    case keep
}

/// Somebody who answers.
public struct ProviderSettings: Sendable, Equatable {
    /// Where a provider's key is. The key itself never stands in the configuration.
    public enum KeySource: Sendable, Equatable {
        /// A variable of the environment.
        case environment(String)
        /// A file with nothing but the key, 4,096 bytes at most.
        case file(String)
    }

    /// A header line: the name is a token (RFC 9110, section 5.6.2) of at most 64 bytes, the value has 1 to 4,096 bytes and no
    /// control characters. The value may be confidential: it is for the request and nothing else.
    public struct Header: Sendable, Equatable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The key under `providers`: 1 to 64 of `A-Z a-z 0-9 . _ -`.
    public var name: String
    /// `kind`; required.
    public var kind: ProviderKind
    /// An http or https address without a slash at its end, 2,048 bytes at most. `base_url`; by default the vendor's own,
    /// for azure required, for builtin nil.
    public var baseURL: String?
    /// `api_key_env` or `api_key_file`, not both. By default the vendor's usual variable when `baseURL` is at a known
    /// vendor's host; otherwise nil: the provider is called without a key. For azure required, for builtin nil.
    public var keySource: KeySource?
    /// The date that Azure's API wants in each call. `api_version`; for azure required, for all others nil.
    public var apiVersion: String?
    /// Milliseconds between two chunks of the embedded answers. `pace_ms`; 0 to 60,000, 15 by default: about the pace of quick reading. Only for builtin.
    public var paceMS = 15
    /// Whether answers are asked for as they are written; otherwise whole, and told in one piece. `stream`; true by default,
    /// for builtin always.
    public var streams = true
    /// Whether HTTP/2 is offered over TLS. `http2`; false by default, because libcurl 7.88 (Debian 12) lets some of many
    /// exchanges on one connection stand still for seconds (`HTTPClient.Options.usesHTTP2`). For builtin always false.
    public var usesHTTP2 = false
    /// Whether link-local and metadata addresses may be called. `allow_link_local`; false by default, for builtin always.
    public var allowsLinkLocal = false
    /// Whether each answer must say why it ended. `finish_reason`; required by default, for builtin always.
    public var finishReason = FinishReasonRule.required
    /// What becomes of `<think>…</think>` at the beginning of a text. `think_tags`; auto by default, for builtin always.
    public var thinkTags = ThinkTags.auto
    /// Whether its models may be given tools. `tools`; true by default.
    public var takesTools = true
    /// Sent with each call, in the order of the file, at most 16 with different names; never one that carries a key.
    /// `headers`; none by default, for builtin always.
    public var headers: [Header] = []
    /// `clocks`: what the provider does not set is as in the whole file.
    public var clocks = ClockSettings()
    /// `retry`: what the provider does not set is as in the whole file.
    public var retry = RetrySettings()

    public init(name: String, kind: ProviderKind, baseURL: String? = nil, keySource: KeySource? = nil) {
        self.name = name
        self.kind = kind
        self.baseURL = baseURL
        self.keySource = keySource
    }
}

/// Who answers for a model's name.
public struct ModelRoute: Sendable, Equatable {
    /// One provider of a chain.
    public struct Step: Sendable, Equatable {
        /// A name under `providers`. `provider`; required.
        public var provider: String
        /// The model as the provider names it, 1 to 256 bytes. `model`; nil by default: the name that the client asked
        /// for goes through.
        public var model: String?

        public init(provider: String, model: String? = nil) {
            self.provider = provider
            self.model = model
        }
    }

    /// The name that clients ask for, 1 to 128 bytes; `*` matches any. `name`; required.
    public var name: String
    /// Who is asked, one after the other, 1 to 16. `chain`; required.
    public var chain: [Step]
    /// Whether and how earlier answers are given again. `cache`; nil by default: never.
    public var cache: Cache?
    /// Tokens of a chat completion's prompt. `prompt_tokens`; as in the whole file by default; 0: no limit.
    public var promptTokens: Int?
    /// Most tokens that a chat completion may ask for, and gets where it asks for none. `completion_tokens`; as in the whole file by
    /// default; 0: no limit.
    public var completionTokens: Int?

    /// How a route gives earlier answers to the same request again.
    public struct Cache: Sendable, Equatable {
        /// Seconds for which an answer is kept. `ttl_s`; 1 to 604,800 (a week); required.
        public var ttlSeconds: Int
        /// Milliseconds between two pieces of an answer that is given again. `pace_ms`; 0 to 1,000, 0 by default: at once.
        public var paceMS = 0
        /// Whether a user gets answers that others got. `shared`; as in the whole file by default.
        public var isShared = false
        /// How similar questions must be, 0 to 1; 0: the same. `similarity`; as in the whole file by default.
        public var similarity = 0.0
        /// Whether the store keeps the answers. `stored`; as in the whole file by default.
        public var isStored = false

        public init(ttlSeconds: Int) { self.ttlSeconds = ttlSeconds }
    }

    public init(name: String, chain: [Step]) {
        self.name = name
        self.chain = chain
    }
}

/// What this build can do. The reader reads everything that the format has; what is not in here is told as such.
public struct Capabilities: Sendable {
    /// Providers of other kinds are listed as unavailable.
    public var implementedKinds: Set<ProviderKind>
    /// Another `auth.mode` is a mistake: answering as if it were a different one would let the wrong people in.
    public var implementedModes: Set<AuthSettings.Mode>
    /// Another scheme in `store.url` is a mistake.
    public var implementedStores: Set<StoreURL.Scheme>

    public init(
        implementedKinds: Set<ProviderKind>, implementedModes: Set<AuthSettings.Mode> = Set(AuthSettings.Mode.allCases),
        implementedStores: Set<StoreURL.Scheme> = Set(StoreURL.Scheme.allCases)
    ) {
        self.implementedKinds = implementedKinds
        self.implementedModes = implementedModes
        self.implementedStores = implementedStores
    }
}
