// The settings: what there is, read from JSON5 and the environment, with mistakes told by line.

/// Settings as the file that says all of them.
public struct EffectiveSettings: Sendable {
    indirect enum Node: Sendable {
        case object([(key: String, value: Node)])
        case list([Node])
        case text(String)
        case number(String)
        case flag(Bool)
    }

    let root: [(key: String, value: Node)]

    /// A file of the configuration, in JSON, which JSON5 includes: read again, it gives the same settings, but for headers of
    /// providers, whose values may be confidential and are not in it.
    public var text: String { Self.text(.object(root), indentation: "") + "\n" }

    /// What a key such as `limits.streams` holds, as the file would say it; nil when there is none, or nothing is set.
    public subscript(key: String) -> String? {
        var node = Node.object(root)
        for part in key.split(separator: ".", omittingEmptySubsequences: false) {
            guard case .object(let members) = node, let next = members.first(where: { $0.key == part }) else {
                return nil
            }
            node = next.value
        }
        return Self.text(node, indentation: "  ")
    }

    private static func text(_ node: Node, indentation: String) -> String {
        func block(_ open: String, _ lines: [String], _ close: String) -> String {
            guard !lines.isEmpty else { return open + close }
            return open + "\n" + lines.map { "\(indentation)  \($0)" }.joined(separator: ",\n")
                + "\n\(indentation)\(close)"
        }
        let inner = indentation + "  "
        switch node {
        case .object(let members):
            return block("{", members.map { "\(quoted($0.key)): \(text($0.value, indentation: inner))" }, "}")
        case .list(let nodes): return block("[", nodes.map { text($0, indentation: inner) }, "]")
        case .text(let text): return quoted(text)
        case .number(let number): return number
        case .flag(let flag): return flag ? "true" : "false"
        }
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

private typealias Node = EffectiveSettings.Node
private typealias Members = [(key: String, value: Node)]

extension Settings {
    /// What holds: the file, the environment and the defaults together.
    /// - Parameter folder: what paths are relative to that are still so; in the result none is.
    public func effective(in folder: String) -> EffectiveSettings {
        func path(_ path: String) -> Node { .text(Paths.resolve(path, in: folder)) }
        let address =
            if case .unix(let path) = listen { "unix:" + Paths.resolve(path, in: folder) } else { listen.description }
        var root: Members = [
            ("listen", .text(address)), ("data_dir", path(dataDirectory)),
            ("store", .object([("url", .text(storeText)), ("durability", .text(durability.rawValue))])),
            (
                "auth",
                .object([
                    ("mode", .list(auth.modes.map { .text($0.rawValue) })),
                    ("allowed_origins", .list(auth.allowedOrigins.map { .text($0) })),
                ])
            ),
        ]
        if let jwt = auth.jwt { root.append(("jwt", .object(members(jwt)))) }
        root += [
            ("limits", .object(members(limits))), ("stream", .object(members(stream))),
            ("providers", .object(providers.map { ($0.name, .object(members($0))) })),
            ("models", .list(models.map { .object(members($0)) })), ("clocks", .object(members(clocks))),
            (
                "retry",
                .object(
                    members(retry) + [
                        ("attempts_in_all", number(retry.attemptsInAll)), ("hedge_percent", number(retry.hedgePercent)),
                    ])
            ),
            (
                "cache",
                .object([
                    ("max_bytes", number(cache.maximumBytes)), ("shared", .flag(cache.isShared)),
                    ("similarity", number(cache.similarity)), ("stored", .flag(cache.isStored)),
                ])
            ),
            ("agents_dir", path(agentsDirectory)), ("desk", .object([("prices_dir", path(desk.pricesDirectory))])),
            (
                "log",
                .object([
                    ("level", .text(log.level.rawValue)), ("format", .text(log.format.rawValue)),
                    ("access", .flag(log.writesRequests)), ("slow_ms", number(log.slowMS)),
                ])
            ),
        ]
        return EffectiveSettings(root: root)
    }

    private var storeText: String {
        switch store {
        case .sqlite(let file): "sqlite:\(file)"
        case .postgresql(let url): url
        }
    }
}

private func number(_ value: Int) -> Node { .number(String(value)) }

private func number(_ value: Double) -> Node {
    .number(value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value))
}

private func optional(_ key: String, _ value: Int?) -> Members { value.map { [(key, number($0))] } ?? [] }

private func optional(_ key: String, _ value: String?) -> Members { value.map { [(key, .text($0))] } ?? [] }

private func members(_ jwt: JWTSettings) -> Members {
    var all = optional("issuer", jwt.issuer) + optional("audience", jwt.audience)
    switch jwt.keys {
    case .file(let path): all.append(("keys_file", .text(path)))
    case .url(let url): all.append(("keys_url", .text(url)))
    case .discovery: break
    }
    return all + [("claim", .text(jwt.claim)), ("leeway_s", number(jwt.leewaySeconds))]
}

private func members(_ limits: LimitSettings) -> Members {
    [
        ("body_bytes", number(limits.bodyBytes)), ("completion_body_bytes", number(limits.completionBodyBytes)),
        ("streams_per_user", number(limits.streamsPerUser)),
    ] + optional("streams_per_address", limits.streamsPerAddress) + [
        ("streams", number(limits.streams)), ("requests_per_minute", number(limits.requestsPerMinute)),
        ("tokens_per_day", number(limits.tokensPerDay)), ("prompt_tokens", number(limits.promptTokens)),
        ("completion_tokens", number(limits.completionTokens)),
    ] + optional("guests_per_address", limits.guestsPerAddress)
        + optional("guest_bytes_per_address", limits.guestBytesPerAddress) + [
            ("failed_sign_ins_per_address", number(limits.failedSignInsPerAddress)),
            ("conversations_per_user", number(limits.conversationsPerUser)),
            ("messages_per_user", number(limits.messagesPerUser)), ("bytes_per_user", number(limits.bytesPerUser)),
            ("retention_days", number(limits.retentionDays)), ("guest_days", number(limits.guestDays)),
        ]
}

private func members(_ stream: StreamSettings) -> Members {
    [
        ("heartbeat_ms", number(stream.heartbeatMS)), ("detach_grace_ms", number(stream.detachGraceMS)),
        ("record_every_ms", number(stream.recordEveryMS)), ("replay_ttl_s", number(stream.replaySeconds)),
        ("drain_timeout_ms", number(stream.drainTimeoutMS)), ("merge", .flag(stream.mergesText)),
    ]
}

private func members(_ clocks: ClockSettings) -> Members {
    [
        ("connect_ms", number(clocks.connectMS)), ("first_token_ms", number(clocks.firstTokenMS)),
        ("idle_ms", number(clocks.idleMS)), ("min_tokens_per_s", number(clocks.minimumTokensPerSecond)),
        ("total_ms", number(clocks.totalMS)),
    ]
}

/// Those that a provider may have of its own.
private func members(_ retry: RetrySettings) -> Members {
    [
        ("attempts", number(retry.attempts)), ("backoff_ms", number(retry.backoffMS)),
        ("backoff_max_ms", number(retry.backoffMaximumMS)), ("retry_after_max_ms", number(retry.retryAfterMaximumMS)),
        ("bench_after", number(retry.benchAfter)), ("bench_ms", number(retry.benchMS)),
    ] + optional("hedge_after_ms", retry.hedgeAfterMS)
}

private func members(_ provider: ProviderSettings) -> Members {
    let kind: Members = [("kind", .text(provider.kind.rawValue))]
    guard provider.kind.isRemote else { return kind + [("pace_ms", number(provider.paceMS))] }
    var all = kind + optional("base_url", provider.baseURL)
    switch provider.keySource {
    case .environment(let name): all.append(("api_key_env", .text(name)))
    case .file(let path): all.append(("api_key_file", .text(path)))
    case nil: break
    }
    return all + optional("api_version", provider.apiVersion) + [
        ("stream", .flag(provider.streams)), ("http2", .flag(provider.usesHTTP2)),
        ("allow_link_local", .flag(provider.allowsLinkLocal)),
        ("finish_reason", .text(provider.finishReason.rawValue)), ("think_tags", .text(provider.thinkTags.rawValue)),
        ("tools", .flag(provider.takesTools)),
        ("clocks", .object(members(provider.clocks))), ("retry", .object(members(provider.retry))),
    ]
}

private func members(_ route: ModelRoute) -> Members {
    let chain = route.chain.map { step in
        Node.object([("provider", .text(step.provider))] + optional("model", step.model))
    }
    var all: Members = [("name", .text(route.name)), ("chain", .list(chain))]
    if let cache = route.cache {
        all.append(
            (
                "cache",
                .object([
                    ("ttl_s", number(cache.ttlSeconds)), ("pace_ms", number(cache.paceMS)),
                    ("shared", .flag(cache.isShared)), ("similarity", number(cache.similarity)),
                    ("stored", .flag(cache.isStored)),
                ])
            ))
    }
    return all + optional("prompt_tokens", route.promptTokens) + optional("completion_tokens", route.completionTokens)
}
