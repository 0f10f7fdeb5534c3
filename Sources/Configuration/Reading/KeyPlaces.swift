/// Where each key of the format belongs, to tell those who put one in the wrong object.
enum KeyPlaces {
    static let sections: [(name: String, keys: [String])] = [
        (
            "",
            [
                "listen", "data_dir", "store", "auth", "cors", "jwt", "limits", "stream", "providers", "models",
                "clocks",
                "retry", "cache", "agents_dir", "desk", "log",
            ]
        ),
        ("store", ["url", "durability"]),
        ("auth", ["mode", "allowed_origins"]),
        ("cors", ["origins"]),
        ("jwt", ["keys_file", "keys_url", "issuer", "audience", "claim", "leeway_s"]),
        (
            "limits",
            [
                "body_bytes", "completion_body_bytes", "streams_per_user", "streams_per_address", "streams",
                "requests_per_minute", "tokens_per_day", "prompt_tokens", "completion_tokens", "guests_per_address",
                "guest_bytes_per_address", "failed_sign_ins_per_address",
                "conversations_per_user", "messages_per_user", "bytes_per_user", "retention_days", "guest_days",
            ]
        ),
        (
            "stream",
            ["heartbeat_ms", "detach_grace_ms", "record_every_ms", "replay_ttl_s", "drain_timeout_ms", "merge"]
        ),
        ("clocks", ["connect_ms", "first_token_ms", "idle_ms", "min_tokens_per_s", "total_ms"]),
        (
            "retry",
            [
                "attempts", "attempts_in_all", "backoff_ms", "backoff_max_ms", "retry_after_max_ms", "bench_after",
                "bench_ms", "hedge_after_ms", "hedge_percent",
            ]
        ),
        ("cache", ["max_bytes", "shared", "similarity", "stored"]),
        ("desk", ["prices_dir"]),
        ("log", ["level", "format", "access", "slow_ms"]),
        (
            "a provider",
            [
                "kind", "base_url", "api_key_env", "api_key_file", "api_version", "stream", "http2", "allow_link_local",
                "headers", "pace_ms", "finish_reason", "think_tags", "tools",
            ]
        ),
        ("an entry of models", ["name", "chain", "cache", "prompt_tokens", "completion_tokens"]),
        ("the cache of an entry of models", ["ttl_s", "pace_ms", "shared", "similarity", "stored"]),
        ("a step of a chain", ["provider", "model"]),
    ]

    /// "in limits", "at the top of the file"; nil when no other object has `key`.
    static func place(of key: String, notIn path: String) -> String? {
        guard let section = sections.first(where: { $0.name != path && $0.keys.contains(key) }) else { return nil }
        return section.name.isEmpty ? "at the top of the file" : "in \(section.name)"
    }
}
