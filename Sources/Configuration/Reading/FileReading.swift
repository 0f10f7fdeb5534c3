import Substrings

/// One pass over a file's object. Mistakes go to the root's list; a mistaken setting keeps its default, so that the rest
/// of the file can be looked at as if it were well.
struct FileReading {
    var root: Section
    /// What relative paths are put behind.
    let folder: String
    let capabilities: Capabilities
    let environment: [String: String]

    var mistakes: MistakeList { root.mistakes }

    mutating func read(into settings: inout Settings) {
        readListen(into: &settings.listen)
        if let path = root.text("data_dir", "the path of a folder") {
            settings.dataDirectory = Paths.resolve(path.value, in: folder)
        }
        if let path = root.text("agents_dir", "the path of a folder") {
            settings.agentsDirectory = Paths.resolve(path.value, in: folder)
        }
        if var section = root.section("desk") {
            if let path = section.text("prices_dir", "the path of a folder") {
                settings.desk.pricesDirectory = Paths.resolve(path.value, in: folder)
            }
            section.refuseUnknownKeys()
        }
        readStore(into: &settings.store, &settings.durability)
        readAuth(into: &settings.auth)
        if var section = root.section("limits") { section.read(into: &settings.limits) }
        if var section = root.section("stream") { section.read(into: &settings.stream) }
        // Before the providers, which start from these.
        if var section = root.section("clocks") {
            section.readHedge(into: &settings.retry)
            section.read(into: &settings.clocks)
        }
        if var section = root.section("retry") {
            section.readHedge(into: &settings.retry)
            section.read("attempts_in_all", into: &settings.retry.attemptsInAll, 1...30, "calls over all routes")
            section.read(into: &settings.retry)
        }
        if var section = root.section("cache") { section.read(into: &settings.cache) }
        readLog(into: &settings.log)
        let names = readProviders(into: &settings)
        readModels(into: &settings, providerNames: names)
        root.refuseUnknownKeys()
    }

    private mutating func readListen(into listen: inout ListenAddress) {
        guard let text = root.text("listen", "unix:PATH or tcp:HOST:PORT") else { return }
        let remedy =
            "Write \"unix:PATH\" with a path of at most 107 bytes, or \"tcp:HOST:PORT\" with a numeric address, as in "
            + "\"tcp:127.0.0.1:9000\" or \"tcp:[::1]:9000\""
        switch ListenAddress(text.value) {
        case .unix(let path):
            let resolved = Paths.resolve(path, in: folder)
            guard let address = ListenAddress("unix:" + resolved) else {
                return root.add(text, "the socket's path is too long behind the folder of this file", remedy)
            }
            listen = address
        case let address?: listen = address
        case nil: root.add(text, "\(quoted(text.value)) is nothing to listen on", remedy)
        }
    }

    private mutating func readStore(into store: inout StoreURL, _ durability: inout StoreDurability) {
        guard var section = root.section("store") else { return }
        if let text = section.text("url", "the store's address") {
            let remedy = "Write \"sqlite:chat.db\" (a file in the data folder) or \"postgresql://user@host/db\""
            if text.value.hasPrefix("sqlite:") {
                let file = String(text.value.dropFirst(7))
                if file.isEmpty || file.hasPrefix(":") || file.hasPrefix("//") || file.hasSuffix("/") {
                    section.add(text, "sqlite: is followed by no path of a file", remedy)
                } else {
                    store = .sqlite(file: file)
                }
            } else if text.value.hasPrefix("postgresql://"), text.value.utf8.count > 13 {
                if Self.hasPassword(text.value) {
                    section.add(
                        text, "has a password in it",
                        "Secrets are not written in this file: use a password file (~/.pgpass) or PGPASSWORD")
                } else {
                    store = .postgresql(url: text.value)
                }
            } else {
                // Not quoted: there may be a password in it.
                section.add(text, "is no store that is known", remedy)
            }
            if !capabilities.implementedStores.contains(store.scheme) {
                let names = capabilities.implementedStores.map(\.rawValue).sorted()
                section.add(
                    text, "\(store.scheme.rawValue) is not available in this version", "Use \(alternatives(names))")
            }
        }
        durability = section.word("durability") ?? durability
        section.refuseUnknownKeys()
    }

    private static func hasPassword(_ url: String) -> Bool {
        let rest = url.dropFirst(13)
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let user = authority.lastIndex(of: "@").map { authority[..<$0] }
        return user?.contains(":") ?? false || url.lowercased().contains("password=")
    }

    private mutating func readLog(into log: inout LogSettings) {
        guard var section = root.section("log") else { return }
        log.level = section.word("level") ?? log.level
        log.format = section.word("format") ?? log.format
        section.read("access", into: &log.writesRequests)
        section.read("slow_ms", into: &log.slowMS, 0...3_600_000, "milliseconds; 0: slow requests are not logged")
        section.refuseUnknownKeys()
    }
}

extension Section {
    fileprivate mutating func read(into limits: inout LimitSettings) {
        read("body_bytes", into: &limits.bodyBytes, 1024...67_108_864, "bytes")
        read("completion_body_bytes", into: &limits.completionBodyBytes, 1024...67_108_864, "bytes")
        read("streams_per_user", into: &limits.streamsPerUser, 1...10_000, "streams")
        readOptional("streams_per_address", into: &limits.streamsPerAddress, 0...1_000_000, "streams; 0: no limit")
        read("streams", into: &limits.streams, 1...1_000_000, "streams")
        read("requests_per_minute", into: &limits.requestsPerMinute, 0...1_000_000, "requests; 0: no limit")
        read("tokens_per_day", into: &limits.tokensPerDay, 0...1_000_000_000_000, "tokens; 0: no limit")
        read("prompt_tokens", into: &limits.promptTokens, 0...100_000_000, "tokens; 0: no limit")
        read("completion_tokens", into: &limits.completionTokens, 0...10_000_000, "tokens; 0: no limit")
        readOptional("guests_per_address", into: &limits.guestsPerAddress, 0...1_000_000, "guests a day; 0: no limit")
        readOptional(
            "guest_bytes_per_address", into: &limits.guestBytesPerAddress, 0...1_000_000_000_000,
            "bytes a day; 0: no limit")
        read(
            "failed_sign_ins_per_address", into: &limits.failedSignInsPerAddress, 0...1_000_000,
            "tokens and keys a minute; 0: no limit")
        read(
            "conversations_per_user", into: &limits.conversationsPerUser, 0...1_000_000_000,
            "conversations; 0: no limit")
        read("messages_per_user", into: &limits.messagesPerUser, 0...1_000_000_000, "messages; 0: no limit")
        read("bytes_per_user", into: &limits.bytesPerUser, 0...1_000_000_000_000, "bytes; 0: no limit")
        read("retention_days", into: &limits.retentionDays, 0...36_500, "days; 0: never")
        read("guest_days", into: &limits.guestDays, 0...36_500, "days; 0: never")
        refuseUnknownKeys()
    }

    fileprivate mutating func read(into stream: inout StreamSettings) {
        read("heartbeat_ms", into: &stream.heartbeatMS, 100...300_000, "milliseconds")
        read("detach_grace_ms", into: &stream.detachGraceMS, 0...3_600_000, "milliseconds; 0: stop at once")
        read("record_every_ms", into: &stream.recordEveryMS, 1...10_000, "milliseconds")
        read("replay_ttl_s", into: &stream.replaySeconds, 0...604_800, "seconds")
        read("drain_timeout_ms", into: &stream.drainTimeoutMS, 0...3_600_000, "milliseconds")
        read("merge", into: &stream.mergesText)
        refuseUnknownKeys()
    }

    fileprivate mutating func read(into cache: inout CacheSettings) {
        read("max_bytes", into: &cache.maximumBytes, 0...1_073_741_824, "bytes; 0: nothing is kept")
        read("shared", into: &cache.isShared)
        read("similarity", into: &cache.similarity, 0...1, CacheSettings.similarityUnit)
        read("stored", into: &cache.isStored)
        refuseUnknownKeys()
    }

    mutating func read(into clocks: inout ClockSettings) {
        read("connect_ms", into: &clocks.connectMS, 1...300_000, "milliseconds")
        read("first_token_ms", into: &clocks.firstTokenMS, 1...3_600_000, "milliseconds")
        read("idle_ms", into: &clocks.idleMS, 1...3_600_000, "milliseconds")
        read("min_tokens_per_s", into: &clocks.minimumTokensPerSecond, 0...10_000, "tokens a second; 0: no limit")
        read("total_ms", into: &clocks.totalMS, 1...86_400_000, "milliseconds")
        refuseUnknownKeys()
    }

    /// Where the key is left out there is no number that says what holds.
    mutating func readOptional(_ key: String, into setting: inout Int?, _ range: ClosedRange<Int>, _ unit: String) {
        guard has(key) else { return }
        var number = range.lowerBound
        read(key, into: &number, range, unit, isRequired: true)
        setting = number
    }

    /// Both keys are taken where a person would look for them: a time among the clocks, a share of the calls with the retries.
    fileprivate mutating func readHedge(into retry: inout RetrySettings) {
        readHedgeAfter(into: &retry)
        read("hedge_percent", into: &retry.hedgePercent, 0...100, "of a hundred answers; 0: never")
    }

    mutating func readHedgeAfter(into retry: inout RetrySettings) {
        guard has("hedge_after_ms") else { return }
        var milliseconds = 10_000
        read("hedge_after_ms", into: &milliseconds, 0...600_000, "milliseconds; 0: never")
        retry.hedgeAfterMS = milliseconds
    }

    mutating func read(into retry: inout RetrySettings) {
        read("attempts", into: &retry.attempts, 1...10, "calls of one route, the first included")
        read("backoff_ms", into: &retry.backoffMS, 0...60_000, "milliseconds")
        read("backoff_max_ms", into: &retry.backoffMaximumMS, 0...600_000, "milliseconds")
        if retry.backoffMaximumMS < retry.backoffMS, let place = value("backoff_max_ms") ?? value("backoff_ms") {
            mistakes.add(
                place.location, path(of: "backoff_max_ms"),
                "\(grouped(retry.backoffMaximumMS)) is less than backoff_ms, \(grouped(retry.backoffMS))",
                "Make backoff_max_ms at least as large as backoff_ms")
        }
        read("retry_after_max_ms", into: &retry.retryAfterMaximumMS, 0...600_000, "milliseconds")
        read("bench_after", into: &retry.benchAfter, 1...1_000, "failures in a row")
        read("bench_ms", into: &retry.benchMS, 0...3_600_000, "milliseconds")
        refuseUnknownKeys()
    }
}
