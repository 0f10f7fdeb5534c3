import Testing

@testable import Configuration

/// Mistakes in a configuration.
@Suite struct MistakeTests {
    /// One mistake: the text, its place and key, and words that the message must have.
    struct Case: CustomTestStringConvertible, Sendable {
        var text: String
        var place: String
        var keyPath: String
        var words: [String]

        init(_ text: String, _ place: String, _ keyPath: String, _ words: String...) {
            self.text = text
            self.place = place
            self.keyPath = keyPath
            self.words = words
        }

        var testDescription: String { text }
    }

    static let provider = "{ providers: { p: { kind: 'openai', "
    static let model = "{ models: [{ name: '*', chain: [{ provider: 'builtin' }], "
    static let cases: [Case] = [
        // The text itself.
        Case("{", "1:2", "", "text ends", "JSON5"),
        Case("[]", "1:1", "", "must be an object, here is a list"),
        Case("{ listen: 'unix:a', listen: 'unix:b' }", "1:21", "listen", "line 1 already", "Keep one"),
        Case("{ providers: { a: { kind: 'builtin' },\n a: { kind: 'openai' } } }", "2:2", "providers.a", "already"),
        // Unknown keys.
        Case("{ limts: {} }", "1:3", "limts", "no known key", "Perhaps limits is meant"),
        Case("{ stream: { heartbeat: 1 } }", "1:13", "stream.heartbeat", "Perhaps heartbeat_ms is meant"),
        Case("{ stream: { heartbeatMs: 1 } }", "1:13", "stream.heartbeatMs", "Perhaps heartbeat_ms is meant"),
        Case("{ log: { lvel: 'info' } }", "1:10", "log.lvel", "Perhaps level is meant"),
        Case("{ log: { colour: 1 } }", "1:10", "log.colour", "known here: access, format, level, slow_ms"),
        Case("{ idle_ms: 5 }", "1:3", "idle_ms", "This key belongs in clocks"),
        Case("{ auth: { jwt: {} } }", "1:11", "auth.jwt", "at the top of the file"),
        Case("{ 'a\u{1B}[2J b': 1 }", "1:3", "[\"a?[2J b\"]", "no known key"),
        Case(
            "{ models: [{ name: '*', chain: [{ provider: 'builtin', modle: 'x' }] }] }", "1:56",
            "models[0].chain[0].modle", "Perhaps model is meant"),
        Case(provider + "pase_ms: 1 } } }", "1:37", "providers.p.pase_ms", "Perhaps pace_ms is meant"),
        Case(
            provider + "retry: { attempt: 1 } } } }", "1:46", "providers.p.retry.attempt", "Perhaps attempts is meant"),
        // Wrong types.
        Case("{ stream: 5 }", "1:11", "stream", "must be an object, here is a number"),
        Case(
            "{ stream: { heartbeat_ms: '15000' } }", "1:27", "stream.heartbeat_ms", "here is a string",
            "from 100 to 300,000 (milliseconds; 15,000 when"),
        Case("{ stream: { heartbeat_ms: 1.5e-1 } }", "1:27", "stream.heartbeat_ms", "must be a whole number"),
        Case("{ stream: { heartbeat_ms: Infinity } }", "1:27", "stream.heartbeat_ms", "must be a whole number"),
        Case("{ stream: { heartbeat_ms: null } }", "1:27", "stream.heartbeat_ms", "here is null"),
        Case("{ clocks: { min_tokens_per_s: true } }", "1:31", "clocks.min_tokens_per_s", "must be a number"),
        Case("{ clocks: { min_tokens_per_s: NaN } }", "1:31", "clocks.min_tokens_per_s", "out of range"),
        Case("{ listen: 5 }", "1:11", "listen", "must be a string, here is a number"),
        Case("{ listen: 5.5 }", "1:11", "listen", "must be a string, here is a number"),
        Case("{ log: { level: 3 } }", "1:17", "log.level", "\"debug\", \"info\", \"warning\" or \"error\""),
        Case("{ models: {} }", "1:11", "models", "must be a list, here is an object"),
        Case("{ providers: [] }", "1:14", "providers", "must be an object, here is a list"),
        Case("{ data_dir: '' }", "1:13", "data_dir", "must not be empty"),
        Case("{ data_dir: 'a\\0b' }", "1:13", "data_dir", "control character"),
        // Out of range.
        Case("{ stream: { heartbeat_ms: 99 } }", "1:27", "stream.heartbeat_ms", "99 is too small"),
        Case("{ limits: { streams: 1e7 } }", "1:22", "limits.streams", "10,000,000 is too large"),
        Case("{ limits: { streams: -1 } }", "1:22", "limits.streams", "-1 is too small"),
        Case(provider + "clocks: { connect_ms: 0 } } } }", "1:59", "providers.p.clocks.connect_ms", "0 is too small"),
        Case(
            "{ retry: { backoff_ms: 500, backoff_max_ms: 400 } }", "1:45", "retry.backoff_max_ms",
            "less than backoff_ms"),
        Case("{ retry: { backoff_ms: 9000 } }", "1:24", "retry.backoff_max_ms", "8,000 is less than backoff_ms, 9,000"),
        Case("{ providers: { b: { kind: 'builtin', pace_ms: 60001 } } }", "1:47", "providers.b.pace_ms", "too large"),
        // Words.
        Case("{ log: { level: 'warn' } }", "1:17", "log.level", "\"warn\" is not known", "\"warning\" is near"),
        Case("{ log: { format: 'xml' } }", "1:18", "log.format", "Write \"text\" or \"json\""),
        Case(
            "{ auth: { mode: 'opne' } }", "1:17", "auth.mode", "\"open\" is near",
            "\"guest\", \"jwt\", \"proxy\" or \"open\""),
        Case("{ providers: { p: { kind: 'opnai' } } }", "1:27", "providers.p.kind", "\"openai\" is near"),
        // Addresses and stores.
        Case("{ listen: ':9000' }", "1:11", "listen", "nothing to listen on", "unix:PATH"),
        Case("{ listen: 'tcp:example.org:9000' }", "1:11", "listen", "numeric address"),
        Case("{ listen: 'tcp:127.0.0.1:65536' }", "1:11", "listen", "nothing to listen on"),
        Case("{ listen: 'unix:' }", "1:11", "listen", "nothing to listen on"),
        Case("{ store: { url: 'mysql://x' } }", "1:17", "store.url", "no store that is known", "sqlite:chat.db"),
        Case("{ store: { durability: 'off' } }", "1:24", "store.durability", "not known", "\"normal\""),
        Case("{ store: { url: 'sqlite::memory:' } }", "1:17", "store.url", "no path of a file"),
        Case("{ store: { url: 'postgresql://u:hunter2@h/d' } }", "1:17", "store.url", "password in it", "pgpass"),
        Case("{ store: { url: 'postgresql://h/d?password=hunter2' } }", "1:17", "store.url", "password in it"),
        // Identity.
        Case("{ auth: { mode: 'jwt' } }", "1:17", "auth.mode", "Add jwt:"),
        Case("{ auth: { mode: 'jwt' }, jwt: {} }", "1:31", "jwt.issuer", "is missing", "keys_file"),
        Case("{ jwt: { issuer: 'i' } }", "1:18", "jwt.issuer", "no address", "keys_file or keys_url"),
        Case("{ jwt: { issuer: 'http://login.example.org' } }", "1:18", "jwt.issuer", "https://"),
        Case("{ jwt: { issuer: 'http://127.0.0.1.example.org' } }", "1:18", "jwt.issuer", "https://"),
        Case("{ jwt: { issuer: 'http://localhost@evil.example' } }", "1:18", "jwt.issuer", "https://"),
        Case("{ jwt: { keys_url: 'ftp://x/y' } }", "1:20", "jwt.keys_url", "https://"),
        Case("{ jwt: { keys_file: 'k', keys_url: 'https://x/y' } }", "1:36", "jwt.keys_url", "Keep one of the two"),
        Case("{ auth: { mode: [] } }", "1:17", "auth.mode", "is empty"),
        Case("{ auth: { mode: 5 } }", "1:17", "auth.mode", "one of a few words"),
        Case("{ auth: { mode: ['guest', 'gest'] } }", "1:27", "auth.mode[1]", "no mode", "\"guest\", \"jwt\""),
        Case("{ auth: { mode: ['guest', 'guest'] } }", "1:27", "auth.mode[1]", "twice"),
        Case("{ auth: { mode: ['guest', 'open'] } }", "1:17", "auth.mode", "open believes every name"),
        Case("{ jwt: { keys_file: 'k', leeway_s: 601 } }", "1:36", "jwt.leeway_s", "too large"),
        Case(
            "{ auth: { allowed_origins: 'https://a' } }", "1:28", "auth.allowed_origins", "must be a list",
            "[\"https://app.example.org\"]"),
        Case("{ auth: { allowed_origins: ['https://a', '*'] } }", "1:42", "auth.allowed_origins[1]", "is no origin"),
        Case("{ auth: { allowed_origins: ['null'] } }", "1:29", "auth.allowed_origins[0]", "is no origin"),
        Case("{ auth: { allowed_origins: ['https://a/b'] } }", "1:29", "auth.allowed_origins[0]", "is no origin"),
        Case("{ auth: { allowed_origins: ['a.example'] } }", "1:29", "auth.allowed_origins[0]", "is no origin"),
        Case("{ auth: { allowed_origins: [5] } }", "1:29", "auth.allowed_origins[0]", "is no origin"),
        Case("{ cors: { origins: ['*'] } }", "1:21", "cors.origins[0]", "is no origin"),
        Case("{ cors: { origins: ['https://a:99999'] } }", "1:21", "cors.origins[0]", "is no origin"),
        Case("{ cors: { origins: ['https://münchen.example'] } }", "1:21", "cors.origins[0]", "is no origin"),
        Case("{ cors: { methods: ['GET'] } }", "1:11", "cors.methods", "is no known key"),
        // Providers.
        Case("{ providers: {} }", "1:14", "providers", "nobody in it"),
        Case("{ providers: { p: {} } }", "1:19", "providers.p.kind", "is missing", "\"openai\""),
        Case("{ providers: { 'a b': { kind: 'builtin' } } }", "1:16", "providers[\"a b\"]", "no name for a provider"),
        Case(
            provider + "api_key: 'hunter2' } } }", "1:46", "providers.p.api_key", "not written in this file",
            "api_key_env", "api_key_file"),
        Case(provider + "api_key_env: 'A', api_key_file: 'b' } } }", "1:69", "providers.p.api_key_file", "beside"),
        Case(provider + "api_key_env: 'sk-hunter2' } } }", "1:50", "providers.p.api_key_env", "no name of a variable"),
        Case(
            provider + "api_key_env: 'gsk_hunter2hunter2hunter2' } } }", "1:50", "providers.p.api_key_env",
            "no name of a variable"),
        Case(provider + "base_url: 'ftp://x' } } }", "1:47", "providers.p.base_url", "must begin with http://"),
        Case(provider + "base_url: 'https://' } } }", "1:47", "providers.p.base_url", "no host"),
        Case(provider + "base_url: 'https://a:0/' } } }", "1:47", "providers.p.base_url", "no host, or a port"),
        Case(
            provider + "base_url: 'https://u:hunter2@h' } } }", "1:47", "providers.p.base_url", "user name or password"),
        Case(provider + "base_url: 'https://h/?key=hunter2' } } }", "1:47", "providers.p.base_url", "query"),
        Case(provider + "base_url: 'https://h ' } } }", "1:47", "providers.p.base_url", "spaces"),
        Case(provider + "api_version: '1' } } }", "1:37", "providers.p.api_version", "kind openai"),
        Case(provider + "pace_ms: 1 } } }", "1:37", "providers.p.pace_ms", "kind openai"),
        Case(
            "{ providers: { b: { kind: 'builtin', base_url: 'http://h' } } }", "1:38", "providers.b.base_url",
            "kind builtin"),
        Case(provider + "stream: 'no' } } }", "1:45", "providers.p.stream", "must be true or false, here is a string"),
        Case(provider + "http2: 1 } } }", "1:44", "providers.p.http2", "must be true or false", "false when"),
        Case(provider + "allow_link_local: null } } }", "1:55", "providers.p.allow_link_local", "here is null"),
        Case(
            provider + "finish_reason: 'never' } } }", "1:52", "providers.p.finish_reason", "is not known",
            "\"optional\""),
        Case(provider + "think_tags: true } } }", "1:49", "providers.p.think_tags", "must be one of a few words"),
        Case(provider + "htp2: true } } }", "1:37", "providers.p.htp2", "Perhaps http2 is meant"),
        Case(
            provider + "retry: { attempts_in_all: 9 } } } }", "1:63", "providers.p.retry.attempts_in_all",
            "all providers together", "at the top of the file"),
        Case(
            provider + "retry: { hedge_percent: 9 } } } }", "1:61", "providers.p.retry.hedge_percent",
            "counts the calls of all providers together"),
        Case("{ retry: { hedge_after_ms: -1 } }", "1:28", "retry.hedge_after_ms", "-1 is too small"),
        Case("{ clocks: { hedge_percent: 101 } }", "1:28", "clocks.hedge_percent", "101 is too large"),
        Case("{ retry: { attempts_in_all: 31 } }", "1:29", "retry.attempts_in_all", "31 is too large"),
        Case("{ retry: { attempts_in_all: 0 } }", "1:29", "retry.attempts_in_all", "0 is too small"),
        Case("{ retry: { retry_after_max_ms: 600001 } }", "1:32", "retry.retry_after_max_ms", "too large"),
        Case("{ retry: { retry_after: 1 } }", "1:12", "retry.retry_after", "Perhaps retry_after_max_ms is meant"),
        Case(
            "{ providers: { b: { kind: 'builtin', stream: true } } }", "1:38", "providers.b.stream", "kind builtin"),
        Case(
            "{ providers: { b: { kind: 'builtin', headers: {} } } }", "1:38", "providers.b.headers", "kind builtin"),
        // Headers.
        Case(provider + "headers: [] } } }", "1:46", "providers.p.headers", "must be an object"),
        Case(provider + "headers: { 'X A': 'b' } } } }", "1:48", "providers.p.headers[\"X A\"]", "no name of a header"),
        Case(
            provider + "headers: { '': 'b' } } } }", "1:48", "providers.p.headers[\"\"]", "no name of a header"),
        Case(
            provider + "headers: { 'X-A': 'b\\r\\nX-Api-Key: hunter2' } } } }", "1:55", "providers.p.headers.X-A",
            "control character"),
        Case(provider + "headers: { 'X-A': 5 } } } }", "1:55", "providers.p.headers.X-A", "must be a string"),
        Case(provider + "headers: { 'X-A': '' } } } }", "1:55", "providers.p.headers.X-A", "must not be empty"),
        Case(
            provider + "headers: { authorization: 'Bearer hunter2' } } } }", "1:48",
            "providers.p.headers.authorization", "keys are not written", "api_key_env", "api_key_file"),
        Case(
            provider + "headers: { 'API-Key': 'hunter2' } } } }", "1:48", "providers.p.headers.API-Key", "api_key_env"),
        Case(
            provider + "headers: { 'X-Api-Key': 'hunter2' } } } }", "1:48", "providers.p.headers.X-Api-Key",
            "api_key_env"),
        Case(
            provider + "headers: { 'x-goog-api-key': 'hunter2' } } } }", "1:48", "providers.p.headers.x-goog-api-key",
            "api_key_env"),
        Case(provider + "headers: { Host: 'a' } } } }", "1:48", "providers.p.headers.Host", "base_url"),
        Case(
            provider + "headers: { 'Content-Length': '5' } } } }", "1:48", "providers.p.headers.Content-Length",
            "by the program itself"),
        Case(provider + "headers: { 'X-A': 'a', 'x-a': 'b' } } } }", "1:60", "providers.p.headers.x-a", "already"),
        Case(
            provider + "headers: {" + (0..<17).map { "'X-\($0)': 'a'" }.joined(separator: ",") + "} } } }", "1:46",
            "providers.p.headers", "more than 16"),
        // The cache.
        Case("{ cache: { max_bytes: 1073741825 } }", "1:23", "cache.max_bytes", "1,073,741,825 is too large"),
        Case("{ cache: { ttl_s: 5 } }", "1:12", "cache.ttl_s", "in the cache of an entry of models"),
        Case("{ cache: { similarity: 1.5 } }", "1:24", "cache.similarity", "1.5 is out of range"),
        Case(Self.model + "cache: {} }] }", "1:66", "models[0].cache.ttl_s", "is missing"),
        Case(Self.model + "cache: true }] }", "1:66", "models[0].cache", "must be an object, here is true or false"),
        Case(Self.model + "cache: { ttl_s: 0 } }] }", "1:75", "models[0].cache.ttl_s", "0 is too small"),
        Case(Self.model + "cache: { ttl_s: 604801 } }] }", "1:75", "models[0].cache.ttl_s", "too large"),
        Case(Self.model + "cache: { ttl_s: 1, pace_ms: 1001 } }] }", "1:87", "models[0].cache.pace_ms", "too large"),
        Case(
            Self.model + "cache: { ttl_s: 1, max_bytes: 9 } }] }", "1:89", "models[0].cache.max_bytes",
            "one limit for all", "at the top of the file"),
        // Models.
        Case("{ models: [] }", "1:11", "models", "is empty"),
        Case("{ models: [{ chain: [{ provider: 'builtin' }] }] }", "1:12", "models[0].name", "is missing"),
        Case("{ models: [{ name: 'a' }] }", "1:12", "models[0].chain", "is missing"),
        Case("{ models: [{ name: 'a', chain: [] }] }", "1:32", "models[0].chain", "is empty"),
        Case("{ models: [{ name: 'a', chain: [{}] }] }", "1:33", "models[0].chain[0].provider", "is missing"),
        Case(
            "{ models: [{ name: 'a', chain: [{ provider: 'bultin' }] }] }", "1:45", "models[0].chain[0].provider",
            "\"bultin\" is not under providers", "Perhaps \"builtin\" is meant"),
        Case(
            "{ models: [{ name: 'gpt-*', chain: [{ provider: 'builtin' }] }] }", "1:20", "models[0].name",
            "stands alone"),
        Case(
            "{ models: [{ name: '*', chain: [{ provider: 'builtin' }] },\n{ name: 'a', chain: [{ provider: 'builtin' }] }] }",
            "2:9", "models[1].name", "never reached: line 1"),
        Case(
            "{ models: [{ name: 'a', chain: [{ provider: 'builtin' }] },\n{ name: 'a', chain: [{ provider: 'builtin' }] }] }",
            "2:9", "models[1].name", "never reached: line 1"),
    ]

    @Test(arguments: cases)
    func `each is told once, with its place, its key and what to do, and without what may be a secret`(_ example: Case)
        throws
    {
        let found = mistakes(in: example.text)
        #expect(found.count == 1, "\(found)")
        let mistake = try #require(found.first)
        #expect("\(mistake.line ?? 0):\(mistake.column ?? 0)" == example.place)
        #expect(mistake.keyPath == example.keyPath)
        #expect(!mistake.remedy.isEmpty)
        #expect(mistake.description.hasPrefix("etc/c.json5:\(example.place): "))
        for word in example.words { #expect(mistake.description.contains(word), "\(mistake)") }
        #expect(!mistake.description.contains("hunter2"))
        #expect(!mistake.description.unicodeScalars.contains("\u{1B}"))
    }

    @Test(
        arguments: [
            "169.254.169.254", "169.254.0.1:80", "169.254.169.254.:80", "0xA9FEA9FE", "2852039166",
            "0251.0376.0251.0376",
            "169.254.43518", "[fe80::1]", "[FEBF::1]:80", "[fd00:ec2::254]", "[::ffff:169.254.169.254]",
            "[::ffff:a9fe:a9fe]", "[::169.254.169.254]", "[64:ff9b::169.254.169.254]", "metadata.google.internal",
            "Metadata.Google.Internal.", "metadata", "100.100.100.200", "168.63.129.16",
        ])
    func `a link-local or metadata address is a mistake, in all its spellings, unless it is allowed`(_ host: String)
        throws
    {
        let text = Self.provider + "base_url: 'http://\(host)/v1' } } }"
        let found = mistakes(in: text)
        #expect(found.map(\.keyPath) == ["providers.p.base_url"])
        #expect(found.first?.problem.contains("link-local or metadata") == true)
        #expect(found.first?.remedy.contains("allow_link_local: true") == true)
        let allowed = try read(Self.provider + "allow_link_local: true, base_url: 'http://\(host)/v1' } } }")
        #expect(allowed.providers[0].baseURL == "http://\(host)/v1")
        #expect(allowed.providers[0].allowsLinkLocal)
    }

    @Test(
        arguments: [
            "127.0.0.1:11434", "10.1.2.3", "192.168.1.1", "169.253.1.1", "169.255.1.1", "[::1]:8080", "[fd00::254]",
            "[fec0::1]", "[::ffff:10.0.0.1]", "api.openai.com", "metadata.example.org", "168.63.129.17", "model",
        ])
    func `other addresses, private ones too, are well`(_ host: String) {
        #expect(mistakes(in: Self.provider + "base_url: 'http://\(host)/v1' } } }").isEmpty)
    }

    @Test func `all of them are told at once, in the order of the file`() {
        let text = """
            {
              strem: {},
              models: [ { name: "*", chain: [ { provider: "nobody" } ] } ],
              providers: { azure: { kind: "azure" } },
              log: { level: "loud", format: 1 },
              log: {},
            }
            """
        let found = mistakes(in: text)
        #expect(
            found.map(\.keyPath) == [
                "strem", "models[0].chain[0].provider", "providers.azure.base_url", "providers.azure.api_version",
                "providers.azure.api_key_env", "log.level", "log.format", "log",
            ])
        #expect(found.map(\.line) == [2, 3, 4, 4, 4, 5, 5, 6])
        let description = SettingsError(mistakes: found).description
        #expect(description.split(separator: "\n").count == found.count)
    }

    @Test func `a mistaken provider is not told again by the chain that names it`() {
        let found = mistakes(
            in: "{ providers: { p: { kind: 'x' } }, models: [{ name: '*', chain: [{ provider: 'p' }] }] }")
        #expect(found.map(\.keyPath) == ["providers.p.kind"])
    }

    @Test func `no more than a hundred are told, and how many are left out`() {
        let text = "{" + (0..<150).map { "k\($0): 1" }.joined(separator: ",") + "}"
        do throws(SettingsError) {
            _ = try read(text)
            Issue.record("read")
        } catch {
            #expect(error.mistakes.count == 100)
            #expect(error.leftOut == 50)
            #expect(error.description.hasSuffix("and 50 more"))
        }
    }

    @Test func `modes and stores that this version does not have are mistakes, kinds of providers are not`() {
        let little = Capabilities(
            implementedKinds: [.openai, .builtin], implementedModes: [.guest, .proxy, .open],
            implementedStores: [.sqlite])
        let text = """
            { auth: { mode: 'jwt' }, store: { url: 'postgresql://u@h/d' },
              providers: { c: { kind: 'anthropic' } } }
            """
        let found = mistakes(in: text, capabilities: little)
        #expect(found.map(\.keyPath) == ["auth.mode", "store.url"])
        #expect(found.allSatisfy { $0.problem.contains("not available in this version") })
        #expect(mistakes(in: text).map(\.problem) == ["jwt needs to know whose tokens are good"])
    }

    @Test func `a file of one byte less is read or told, and never crashes`() throws {
        let text = Array("{ listen: 'tcp:[::1]:9', log: { level: 'info' }, models: [{ name: '*', chain: [] }] }".utf8)
        let reader = SettingsReader(environment: [:], capabilities: everything)
        for index in text.indices {
            var changed = text
            changed.remove(at: index)
            do throws(SettingsError) {
                let settings = try reader.read(changed, file: "f")
                #expect(!settings.models.isEmpty)
            } catch {
                #expect(!error.mistakes.isEmpty)
            }
        }
    }

    @Test(
        arguments: [
            ("heartbeat-ms", "heartbeat_ms"), ("HEARTBEAT_MS", "heartbeat_ms"), ("hearbteat_ms", "heartbeat_ms"),
            ("urll", "url"), ("kinds", "kind"), ("x", nil), ("", nil), ("zzzz", nil), ("data", "data_dir"),
        ])
    func `the nearest word is found`(_ word: String, _ expected: String?) {
        #expect(nearest(to: word, among: ["url", "kind", "heartbeat_ms", "data_dir"]) == expected)
    }
}
