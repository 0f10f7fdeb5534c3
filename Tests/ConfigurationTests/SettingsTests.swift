import Testing

@testable import Configuration

/// Reading a configuration.
@Suite struct SettingsTests {
    @Test func `an empty file gives the documented defaults`() throws {
        let settings = try read("{}")
        #expect(settings.listen.description == "unix:./var/chat-fcgi.sock")
        #expect(settings.dataDirectory == "./var")
        #expect(settings.databasePath == "./var/chat.db")
        #expect(settings.auth.modes == [.guest])
        #expect(settings.providers.map(\.name) == ["builtin"])
        #expect(settings.models == [ModelRoute(name: "*", chain: [.init(provider: "builtin")])])
        var expected = Settings()
        expected.source = .file(path: "etc/c.json5", origin: "given")
        #expect(settings == expected)
    }

    @Test func `every key is read`() throws {
        let settings = try read(
            """
            {
              listen: "tcp:[::1]:9000", data_dir: "data", agents_dir: "/a", desk: { prices_dir: "p" }, store: { url: "sqlite:sub/x.db", durability: "normal" },
              auth: { mode: "jwt", allowed_origins: ["https://app.example.org", "tauri://localhost"] }, cors: { origins: ["https://b.example"] }, jwt: { keys_file: "jwks.json", issuer: "i", audience: "a", leeway_s: 0 },
              limits: { body_bytes: 2048, completion_body_bytes: 4096, streams_per_user: 2, streams: 3, requests_per_minute: 0, tokens_per_day: 5,
                streams_per_address: 6, guests_per_address: 0, guest_bytes_per_address: 15, failed_sign_ins_per_address: 14, prompt_tokens: 7, completion_tokens: 8, conversations_per_user: 9,
                messages_per_user: 10, bytes_per_user: 11, retention_days: 12, guest_days: 13 },
              stream: { heartbeat_ms: 101, detach_grace_ms: 0, record_every_ms: 1, replay_ttl_s: 2, drain_timeout_ms: 3 },
              providers: {
                z: { kind: "openai", base_url: "http://127.0.0.1:8080/v1//", clocks: { idle_ms: 9 }, retry: { attempts: 1, retry_after_max_ms: 6 },
                  stream: false, http2: true, allow_link_local: true, finish_reason: "optional", think_tags: "keep", tools: false, headers: { "X-Title": "Noah's", "x-n": "a: b" } },
                a: { kind: "azure", base_url: "https://n.openai.azure.com", api_version: "v", api_key_file: "keys/a" },
                b: { kind: "builtin", pace_ms: 20 },
              },
              models: [ { name: "m", chain: [ { provider: "z", model: "q" }, { provider: "b" } ], cache: { ttl_s: 60, pace_ms: 7, shared: false, similarity: 0.5, stored: false } },
                { name: "o", chain: [ { provider: "b" } ], cache: { ttl_s: 604800 }, prompt_tokens: 1, completion_tokens: 2 } ],
              clocks: { connect_ms: 1, first_token_ms: 2, idle_ms: 3, min_tokens_per_s: 0.5, total_ms: 0x10 },
              retry: {
                attempts: 2, attempts_in_all: 30, backoff_ms: 1, backoff_max_ms: 2, retry_after_max_ms: 3, bench_after: 4,
                bench_ms: 5.0, hedge_after_ms: 6, hedge_percent: 7,
              },
              cache: { max_bytes: 1073741824, shared: true, similarity: 0.8, stored: true },
              log: { level: "debug", format: "json" },
            }
            """)
        #expect(settings.listen == .tcp(host: "::1", port: 9000))
        #expect(settings.listen.description == "tcp:[::1]:9000")
        #expect(settings.dataDirectory == "etc/data")
        #expect(settings.databasePath == "etc/data/sub/x.db")
        #expect(settings.agentsDirectory == "/a")
        #expect(settings.desk.pricesDirectory == "etc/p")
        #expect(settings.samplePricesDirectory == "/a/desk/prices-sample")
        #expect(settings.durability == .normal)
        #expect(settings.auth.modes == [.jwt])
        #expect(settings.auth.allowedOrigins == ["https://app.example.org", "tauri://localhost", "https://b.example"])
        #expect(settings.auth.jwt?.keys == .file(path: "etc/jwks.json"))
        #expect(settings.auth.jwt?.issuer == "i")
        #expect(settings.auth.jwt?.audience == "a")
        #expect(settings.auth.jwt?.leewaySeconds == 0)
        let limits = settings.limits
        #expect(limits.completionBodyBytes == 4096)
        #expect(
            [limits.bodyBytes, limits.streamsPerUser, limits.streams, limits.requestsPerMinute, limits.tokensPerDay]
                == [2048, 2, 3, 0, 5])
        #expect(
            [
                limits.streamsPerAddress, limits.guestsPerAddress, limits.promptTokens, limits.completionTokens,
                limits.conversationsPerUser, limits.messagesPerUser, limits.bytesPerUser, limits.retentionDays,
                limits.guestDays, limits.failedSignInsPerAddress, limits.guestBytesPerAddress,
            ] == [6, 0, 7, 8, 9, 10, 11, 12, 13, 14, 15])
        #expect(settings.models.map(\.promptTokens) == [nil, 1])
        #expect(settings.models.map(\.completionTokens) == [nil, 2])
        let stream = settings.stream
        #expect(
            [
                stream.heartbeatMS, stream.detachGraceMS, stream.recordEveryMS, stream.replaySeconds,
                stream.drainTimeoutMS,
            ] == [101, 0, 1, 2, 3])
        let clocks = settings.clocks
        #expect([clocks.connectMS, clocks.firstTokenMS, clocks.idleMS, clocks.totalMS] == [1, 2, 3, 16])
        #expect(clocks.minimumTokensPerSecond == 0.5)
        let retry = settings.retry
        #expect(
            [
                retry.attempts, retry.attemptsInAll, retry.backoffMS, retry.backoffMaximumMS, retry.retryAfterMaximumMS,
                retry.benchAfter, retry.benchMS, retry.hedgeAfterMS, retry.hedgePercent,
            ] == [2, 30, 1, 2, 3, 4, 5, 6, 7])
        #expect(settings.cache.maximumBytes == 1_073_741_824)
        #expect(settings.cache.isShared)
        #expect(settings.cache.similarity == 0.8)
        #expect(settings.cache.isStored)
        #expect(settings.log.level == .debug)
        #expect(settings.log.format == .json)
        #expect(settings.providers.map(\.name) == ["z", "a", "b"])
        #expect(settings.providers[0].baseURL == "http://127.0.0.1:8080/v1")
        #expect(settings.providers[0].clocks.idleMS == 9)
        #expect(settings.providers[0].clocks.connectMS == 1)
        #expect(settings.providers[0].retry.attempts == 1)
        #expect(settings.providers[0].retry.benchAfter == 4)
        #expect(settings.providers[0].retry.retryAfterMaximumMS == 6)
        let first = settings.providers[0]
        #expect([first.streams, first.usesHTTP2, first.allowsLinkLocal] == [false, true, true])
        #expect(first.finishReason == .optional)
        #expect(first.thinkTags == .keep)
        #expect(!first.takesTools)
        #expect(first.headers == [.init("X-Title", "Noah's"), .init("x-n", "a: b")])
        let second = settings.providers[1]
        #expect([second.streams, second.usesHTTP2, second.allowsLinkLocal] == [true, false, false])
        #expect(second.finishReason == .required)
        #expect(second.thinkTags == .auto)
        #expect(second.takesTools)
        #expect(second.headers.isEmpty)
        #expect(settings.providers[1].apiVersion == "v")
        #expect(settings.providers[1].keySource == .file("etc/keys/a"))
        #expect(settings.providers[1].clocks == settings.clocks)
        #expect(settings.providers[2].paceMS == 20)
        #expect(settings.route(for: "m")?.chain == [.init(provider: "z", model: "q"), .init(provider: "b")])
        #expect(settings.route(for: "m")?.cache?.ttlSeconds == 60)
        #expect(settings.route(for: "m")?.cache?.paceMS == 7)
        #expect(settings.route(for: "m")?.cache?.isShared == false)
        #expect(settings.route(for: "o")?.cache?.ttlSeconds == 604_800)
        #expect(settings.route(for: "m")?.cache?.similarity == 0.5)
        #expect(settings.route(for: "m")?.cache?.isStored == false)
        #expect(settings.route(for: "o")?.cache?.isShared == true)
        #expect(settings.route(for: "o")?.cache?.similarity == 0.8)
        #expect(settings.route(for: "o")?.cache?.isStored == true)
        #expect(settings.route(for: "o")?.cache?.paceMS == 0)
        #expect(settings.route(for: "n") == nil)
    }

    @Test func `without models, any name goes to all providers in the file's order`() throws {
        let settings = try read("{ providers: { b: { kind: 'builtin' }, a: { kind: 'ollama' } } }")
        #expect(settings.route(for: "anything")?.chain.map(\.provider) == ["b", "a"])
    }

    @Test func `kinds have their vendor's address; a vendor's usual variable is used for that vendor's host only`()
        throws
    {
        let settings = try read(
            """
            { providers: {
              openai: { kind: "openai" }, claude: { kind: "anthropic" }, gemini: { kind: "gemini" }, local: { kind: "ollama" },
              groq: { kind: "openai", base_url: "https://API.groq.com/openai/v1/" },
              vllm: { kind: "openai", base_url: "http://10.0.0.2:8000/v1" },
              trap: { kind: "openai", base_url: "https://api.openai.com.example.org/v1" },
              plain: { kind: "openai", base_url: "http://api.openai.com/v1" },
            } }
            """)
        #expect(
            settings.providers.prefix(4).map(\.baseURL) == [
                "https://api.openai.com/v1", "https://api.anthropic.com", "https://generativelanguage.googleapis.com",
                "http://127.0.0.1:11434",
            ])
        #expect(
            settings.providers.map(\.keySource) == [
                .environment("OPENAI_API_KEY"), .environment("ANTHROPIC_API_KEY"), .environment("GEMINI_API_KEY"), nil,
                .environment("GROQ_API_KEY"), nil, nil, nil,
            ])
    }

    @Test func `an Ollama that was found comes first, for every model's name`() throws {
        var settings = Settings()
        settings.putOllamaFirst(model: "llama3.2:latest")
        #expect(settings.providers.map(\.name) == ["ollama", "builtin"])
        #expect(settings.providers[0].kind == .ollama)
        #expect(settings.providers[0].baseURL == "http://127.0.0.1:11434")
        #expect(settings.providers[0].keySource == nil)
        #expect(
            settings.route(for: "noah")?.chain
                == [.init(provider: "ollama", model: "llama3.2:latest"), .init(provider: "builtin")])
    }

    @Test func `several modes keep their order, and the issuer's address is where its keys are found`() throws {
        let settings = try read(
            "{ auth: { mode: ['proxy', 'jwt', 'guest'] }, jwt: { issuer: 'https://login.example.org/', claim: 'email' } }"
        )
        #expect(settings.auth.modes == [.proxy, .jwt, .guest])
        #expect(settings.auth.jwt?.keys == .discovery(issuer: "https://login.example.org/"))
        #expect(settings.auth.jwt?.issuer == "https://login.example.org/" && settings.auth.jwt?.claim == "email")
        #expect(settings.warnings(providers: []).contains { $0.contains("REMOTE_USER") })
        #expect(
            try read("{ jwt: { issuer: 'http://[::1]:80/x' } }").auth.jwt?.keys
                == .discovery(issuer: "http://[::1]:80/x"))
        let url = "https://login.example.org/keys?v=1"
        #expect(try read("{ jwt: { keys_url: '\(url)', issuer: 'i' } }").auth.jwt?.keys == .url(url))
    }

    @Test func `open comes from nothing but a file that names it`() throws {
        #expect(try read("{ auth: {} }").auth.modes == [.guest])
        #expect(try read("{ auth: { mode: 'open' } }").auth.modes == [.open])
        #expect(Settings().auth.modes == [.guest])
    }

    @Test(
        arguments: [
            ("./var", "", "./var"), ("var", ".", "var"), ("./var", "/etc/x", "/etc/x/var"), ("/v", "/etc", "/v"),
            ("../v", "a", "a/../v"), (".", "a", "a"), ("./", "a", "a"), ("v", "/", "/v"), ("././v", "a", "a/v"),
        ])
    func `relative paths go behind the folder of the file`(_ path: String, _ folder: String, _ expected: String) {
        #expect(Paths.resolve(path, in: folder) == expected)
    }

    @Test func `a socket's path has room for 107 bytes, its folder included`() throws {
        let fits = String(repeating: "s", count: 103)
        #expect(try read("{ listen: 'unix:\(fits)' }").listen == .unix(path: "etc/" + fits))
        #expect(mistakes(in: "{ listen: 'unix:\(fits)s' }").map(\.keyPath) == ["listen"])
        #expect(try read("{ listen: 'unix:/run/s' }").listen == .unix(path: "/run/s"))
    }

    @Test func `the example file is a good configuration, has every key, and its values are the defaults`() throws {
        let text = try shippedText("chat-fcgi.json5.example")
        let reader = SettingsReader(environment: [:], capabilities: everything)
        var settings = try reader.read(text, file: "chat-fcgi.json5")
        #expect(settings.providers.map(\.kind) == [.builtin, .openai, .azure, .anthropic, .gemini, .ollama])
        #expect(settings.notes.isEmpty)
        for key in KeyPlaces.sections.flatMap(\.keys) where key != "api_key_file" {
            #expect(String(decoding: text, as: UTF8.self).contains("\(key): "), "\(key) is not in the example")
        }
        let expected = Settings()
        settings.source = expected.source
        settings.providers = expected.providers
        settings.models = expected.models
        #expect(settings == expected)
    }

    @Test func `the file for a model of one's own asks llama.cpp's server first, then the embedded provider`() throws {
        let settings = try SettingsReader(environment: [:], capabilities: everything)
            .read(shippedText("local-model.json5"), file: "local-model.json5")
        #expect(settings.notes.isEmpty)
        let local = try #require(settings.providers.first)
        #expect(local.kind == .openai)
        #expect(local.baseURL == "http://127.0.0.1:8081/v1")
        #expect(settings.models.map(\.name) == ["*"])
        #expect(settings.models.first?.chain.map(\.provider) == ["local", "builtin"])
    }

    @Test func `the key table tells only keys that are read`() throws {
        // A key that the reader did not know would be an unknown key here.
        for section in KeyPlaces.sections where !section.name.contains(" ") && !section.name.isEmpty {
            for key in section.keys {
                let found = mistakes(in: "{ \(section.name): { \(key): [] } }")
                #expect(!found.contains { $0.problem.contains("no known key") }, "\(section.name).\(key)")
            }
        }
        for key in KeyPlaces.sections[0].keys {
            #expect(!mistakes(in: "{ \(key): 5 }").contains { $0.problem.contains("no known key") }, "\(key)")
        }
    }
}
