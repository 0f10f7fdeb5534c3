import Testing

@testable import Configuration

/// Looking up providers.
@Suite struct ProviderTests {
    static let implemented: Set<ProviderKind> = [.openai, .builtin]

    private func resolved(_ text: String, _ environment: [String: String] = [:]) throws -> [ResolvedProvider] {
        try read(text, environment: environment)
            .resolvedProviders(environment: environment, implementedKinds: Self.implemented)
    }

    @Test func `a provider says whether it can be asked, and why`() throws {
        let text = """
            { providers: {
              openai: { kind: "openai" }, groq: { kind: "openai", base_url: "https://api.groq.com/openai/v1" },
              vllm: { kind: "openai", base_url: "http://127.0.0.1:8000/v1" }, claude: { kind: "anthropic" },
              builtin: { kind: "builtin" },
            }, models: [{ name: "*", chain: [{ provider: "builtin" }, { provider: "vllm", model: "qwen" }] }] }
            """
        let found = try resolved(text, ["GROQ_API_KEY": "  hunter2\n", "ANTHROPIC_API_KEY": "x"])
        #expect(found.map(\.isAvailable) == [false, true, true, false, true])
        #expect(
            found.map(\.reason) == [
                "no OPENAI_API_KEY in the environment", "key from GROQ_API_KEY in the environment",
                "asked without a key",
                "providers of kind anthropic are unavailable in this version", "embedded; needs no key and no network",
            ])
        #expect(found.map { $0.key != nil } == [false, true, false, false, false])
        #expect(found[1].key?.reveal() == "hunter2")
        #expect(found.map(\.model) == ["gpt-4o-mini", "llama-3.1-8b-instant", "qwen", "claude-haiku-4-5", nil])
    }

    @Test(
        arguments: [
            ("", "is empty"), (" \r\n\t", "is empty"), ("a b", "spaces"), ("a\r\nX-Injected: 1", "line breaks"),
            ("schlüssel", "signs"), (String(repeating: "k", count: 4097), "more than 4,096 bytes"),
        ])
    func `a key that cannot be one makes the provider unavailable, not the start`(_ key: String, _ word: String) throws
    {
        let provider = try #require(
            try resolved("{ providers: { openai: { kind: 'openai' } } }", ["OPENAI_API_KEY": key]).first)
        #expect(!provider.isAvailable)
        #expect(provider.key == nil)
        #expect(provider.reason.contains("OPENAI_API_KEY"))
        #expect(provider.reason.contains(word))
    }

    @Test func `a key of 4,096 bytes with space around it is read`() throws {
        let key = String(repeating: "k", count: 4096)
        let provider = try #require(
            try resolved("{ providers: { openai: { kind: 'openai' } } }", ["OPENAI_API_KEY": " \(key)\n"]).first)
        #expect(provider.key?.reveal() == key)
    }

    @Test(
        arguments: [(0o600, 0), (0o400, 0), (0o640, 0), (0o644, 1), (0o660, 1), (0o604, 1)])
    func `a key file is read; one that others can read is warned about`(_ mode: Int, _ warnings: Int) throws {
        let folder = try Folder()
        let file = try folder.write("\n hunter2 \r\n", to: "key", mode: mode)
        let provider = try #require(
            try resolved("{ providers: { p: { kind: 'openai', api_key_file: '\(file)' } } }").first)
        #expect(provider.isAvailable)
        #expect(provider.key?.reveal() == "hunter2")
        #expect(provider.warnings.count == warnings)
        for warning in provider.warnings {
            #expect(warning.contains("chmod 600"))
            #expect(warning.contains(String(mode, radix: 8)))
        }
    }

    @Test func `a key file that is absent, too large or no file is the reason`() throws {
        let folder = try Folder()
        let large = try folder.write(String(repeating: "k", count: 4097), to: "large")
        for (file, word) in [
            (folder.path + "/absent", "no key file"), (folder.path, "no regular file"),
            (large, "more than 4,096 bytes"),
        ] {
            let provider = try #require(
                try resolved("{ providers: { p: { kind: 'openai', api_key_file: '\(file)' } } }").first)
            #expect(!provider.isAvailable)
            #expect(provider.reason.contains(word))
        }
    }

    @Test func `a secret shows itself to nobody who only prints`() throws {
        let secret = Secret("hunter2")
        var dumped = ""
        dump([secret], to: &dumped)
        let provider = try #require(
            try resolved("{ providers: { openai: { kind: 'openai' } } }", ["OPENAI_API_KEY": "hunter2"]).first)
        dump(provider, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), "\([secret])", "\(provider)", dumped] {
            #expect(text.contains("***"))
            #expect(!text.contains("hunter2"))
        }
        #expect(Mirror(reflecting: secret).children.isEmpty)
    }

    @Test func `the summary says what would run and why, without secrets`() throws {
        let environment = ["OPENAI_API_KEY": "hunter2"]
        let settings = try read(
            """
            { listen: "tcp:0.0.0.0:9000", auth: { mode: "open" },
              limits: { requests_per_minute: 1, streams_per_user: 1, tokens_per_day: 0, retention_days: 1 },
              providers: { openai: { kind: "openai" }, far: { kind: "openai", base_url: "http://far.example/v1",
                api_key_env: "OPENAI_API_KEY" }, claude: { kind: "anthropic" }, builtin: { kind: "builtin" } },
              models: [ { name: "c", chain: [ { provider: "claude", model: "m" } ] },
                { name: "*", chain: [ { provider: "openai", model: "gpt-4o-mini" }, { provider: "builtin" } ] } ] }
            """)
        let lines = settings.summary(
            providers: settings.resolvedProviders(environment: environment, implementedKinds: Self.implemented))
        let text = lines.joined(separator: "\n")
        for part in [
            "etc/c.json5 (given)", "tcp:0.0.0.0:9000", "./var", "./var/chat.db", "open: user_id",
            "1. openai (openai at https://api.openai.com/v1): available, key from OPENAI_API_KEY in the environment",
            "3. claude (anthropic at https://api.anthropic.com): unavailable, providers of kind anthropic",
            "4. builtin: available", "c: claude (m)", "* (any name): openai (gpt-4o-mini), then builtin", "info, text",
            "warning: the key of far goes to http://far.example/v1 unencrypted", "warning: auth.mode is open",
            "of a user, 1 request a minute, 1 answer at once, any number of tokens a day", "conversations for 1 day",
            "warning: tcp:0.0.0.0:9000 can be reached", "warning: nobody in the chain of the model c",
            "warning: the provider far is in no chain",
        ] {
            #expect(text.contains(part), "\(part)\n\(text)")
        }
        #expect(!text.contains("hunter2"))
        #expect(lines.allSatisfy { !$0.contains("\n") })
    }

    @Test func `for each model's name it is told who would answer, and why the others would not, in order`() throws {
        let environment = ["OPENAI_API_KEY": "hunter2"]
        let settings = try read(
            """
            { providers: {
                claude: { kind: "anthropic" }, openai: { kind: "openai", http2: true },
                groq: { kind: "openai", base_url: "https://api.groq.com/openai/v1" },
                lan: { kind: "openai", base_url: "http://10.0.0.2/v1", http2: true }, builtin: { kind: "builtin" },
              }, models: [
                { name: "a", chain: [ { provider: "claude" }, { provider: "openai", model: "m" }, { provider: "groq" },
                                      { provider: "lan" }, { provider: "builtin" } ], cache: { ttl_s: 3600 } },
                { name: "b", chain: [ { provider: "groq", model: "g" } ] },
                { name: "*", chain: [ { provider: "builtin" } ] },
              ], cache: { max_bytes: 0 } }
            """)
        let providers = settings.resolvedProviders(environment: environment, implementedKinds: [.openai, .builtin])
        let told = settings.models.map { settings.answers(of: $0, providers: providers) }
        #expect(
            told == [
                [
                    "a: claude, then openai (m), then groq, then lan, then builtin; answers are kept for 3,600 s",
                    "  claude is passed over: providers of kind anthropic are unavailable in this version",
                    "  openai (m) answers first", "  groq is passed over: no GROQ_API_KEY in the environment",
                    "  lan answers when openai does not", "  builtin answers when lan does not",
                ],
                ["b: groq (g)", "  groq (g) is passed over: no GROQ_API_KEY in the environment"],
                ["* (any name): builtin"],
            ])
        let summary = settings.summary(providers: providers)
        for line in told.flatMap({ $0 }) { #expect(summary.contains { $0.hasSuffix(line) }, "\(line)") }
        let warnings = settings.warnings(providers: providers)
        #expect(warnings.contains { $0.contains("cache.max_bytes is 0") })
        #expect(warnings.filter { $0.contains("http2") }.map { $0.contains("lan") } == [true])
    }
}

/// What check warns of in an address.
@Suite struct BaseURLWarningTests {
    @Test(
        arguments: [
            ("openai", "http://127.0.0.1:1/v1/chat/completions", "http://127.0.0.1:1/v1"),
            ("openai", "http://127.0.0.1:1/v1/chat/completions/", "http://127.0.0.1:1/v1"),
            ("openai", "http://127.0.0.1:1/v1/completions", "http://127.0.0.1:1/v1"),
            ("openai", "http://127.0.0.1:1/V1/Chat/Completions", "http://127.0.0.1:1/V1"),
            ("openai", "http://127.0.0.1:1/v1/v1", "http://127.0.0.1:1/v1"),
            ("openai", "http://127.0.0.1:1/v1/v1/chat/completions", "http://127.0.0.1:1/v1"),
            ("openai", "http://127.0.0.1:1/v1/messages", "http://127.0.0.1:1/v1"),
            ("openai", "http://127.0.0.1:1/v1/embeddings", "http://127.0.0.1:1/v1"),
            ("openai", "http://127.0.0.1:11434/api/chat", "http://127.0.0.1:11434/v1"),
            ("openai", "http://127.0.0.1:1", "http://127.0.0.1:1/v1"),
            ("openai", "https://a.example/", "https://a.example/v1"),
            ("openai", "http://127.0.0.1:1/v1", nil), ("openai", "http://127.0.0.1:1/v1/", nil),
            ("openai", "https://a.example/models/x/v1", nil),
            ("anthropic", "https://a.example/v1/messages", "https://a.example/v1"),
            ("anthropic", "https://a.example/v1/chat/completions", "https://a.example/v1"),
            ("anthropic", "https://a.example", nil), ("anthropic", "https://a.example/v1", nil),
            ("gemini", "https://a.example/v1beta/models/gemini-x:generateContent", "https://a.example/v1beta"),
            ("gemini", "https://a.example/v1beta/openai/chat/completions", "https://a.example/v1beta"),
            ("gemini", "https://a.example/v1beta", nil),
            ("ollama", "http://127.0.0.1:11434/api/chat", "http://127.0.0.1:11434"),
            ("ollama", "http://127.0.0.1:11434/v1", "http://127.0.0.1:11434"),
            ("ollama", "http://127.0.0.1:11434/v1/chat/completions", "http://127.0.0.1:11434"),
            ("ollama", "http://127.0.0.1:11434/api", nil), ("ollama", "http://127.0.0.1:11434", nil),
            (
                "azure", "https://n.openai.azure.com/openai/deployments/gpt-4o/chat/completions",
                "https://n.openai.azure.com"
            ),
            ("azure", "https://n.openai.azure.com/openai", "https://n.openai.azure.com"),
            ("azure", "https://gateway.example/team", nil), ("azure", "https://n.openai.azure.com", nil),
        ] as [(String, String, String?)])
    func `one that ends in the interface's own path`(_ kind: String, _ url: String, _ better: String?) throws {
        let azure = kind == "azure" ? ", api_version: '2024-10-21', api_key_env: 'KEY'" : ""
        let settings = try read("{ providers: { up: { kind: '\(kind)', base_url: '\(url)'\(azure) } } }")
        let warnings = settings.warnings(
            providers: settings.resolvedProviders(environment: [:], implementedKinds: Set(ProviderKind.allCases)))
        let told = warnings.filter { $0.contains("base_url") }
        #expect(told.count == (better == nil ? 0 : 1))
        if let better { #expect(told.first?.hasSuffix(" \"\(better)\"") == true) }
    }
}
