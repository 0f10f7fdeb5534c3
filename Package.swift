// swift-tools-version: 6.2
import PackageDescription

// The floors of the house, from the ground up. A target imports only targets declared above it here;
// docs/architecture.md draws the picture and says why.

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

// The program as it is shipped. unsafeFlags only because SwiftPM has no names for them: docs/decisions.md says what each is for.
let program: [SwiftSetting] =
    strict + [
        .unsafeFlags(["-Xfrontend", "-disable-implicit-string-processing-module-import"]),
        .unsafeFlags(
            ["-Xfrontend", "-function-sections", "-Xfrontend", "-mergeable-traps"], .when(configuration: .release)),
    ]
// What no token passes through.
let small = program + [.unsafeFlags(["-Osize"], .when(configuration: .release))]
let linking: [LinkerSetting] = [
    .unsafeFlags(
        [
            "-use-ld=lld", "-Xlinker", "--no-export-dynamic",
            "-Xlinker", "--script=\(Context.packageDirectory)/packaging/no-unwind-tables.ld",
        ], .when(configuration: .release))
]

let package = Package(
    name: "chat-fcgi",
    products: [
        .executable(name: "chat-fcgi", targets: ["chat-fcgi"])
    ],
    targets: [
        // System libraries, each behind a shim that says why every wrapper exists.
        .target(name: "CFCGI", linkerSettings: [.linkedLibrary("fcgi")]),
        .target(name: "CLinux"),
        .target(name: "CSQLite", linkerSettings: [.linkedLibrary("sqlite3")]),
        .target(name: "CCurl", linkerSettings: [.linkedLibrary("curl")]),
        .target(name: "CSimdjson", linkerSettings: [.linkedLibrary("simdjson")]),
        .target(name: "CCrypto", linkerSettings: [.linkedLibrary("crypto")]),
        .target(name: "CZlib", linkerSettings: [.linkedLibrary("z")]),
        .target(name: "CGetopt"),
        // No library, but what C can do and Swift cannot: files taken in at the build.
        .target(name: "CWords"),

        // Foundations that know nothing of chat.
        .target(name: "CivilDates", swiftSettings: program),
        .target(name: "Scheduling", dependencies: ["CLinux"], swiftSettings: program),
        .target(name: "Substrings", dependencies: ["CLinux"], swiftSettings: program),
        .target(
            name: "EventStream", swiftSettings: program + [.enableExperimentalFeature("Lifetimes")]),
        .target(
            name: "JSON", dependencies: ["CSimdjson"],
            // JSONElement points into the parser's memory: the compiler keeps it from outliving the document.
            swiftSettings: program + [.enableExperimentalFeature("Lifetimes")],
            // Int64(exactly:) of a double calls libm, which only `import Glibc` would link by itself.
            linkerSettings: [.linkedLibrary("m")]),
        // Signed tokens of others, and the keys they are checked with.
        .target(name: "JSONWebTokens", dependencies: ["CCrypto", "JSON"], swiftSettings: program),
        .target(name: "SQLite", dependencies: ["CSQLite", "Scheduling", "Substrings"], swiftSettings: program),
        .target(
            name: "HTTPClient", dependencies: ["CCurl", "CLinux", "CivilDates", "Scheduling", "Substrings"],
            swiftSettings: program),
        .target(
            name: "FCGIApp", dependencies: ["CFCGI", "CLinux", "Scheduling"], swiftSettings: program),
        .target(name: "Configuration", dependencies: ["Substrings"], swiftSettings: small),
        // The log's lines and the figures for Prometheus: their forms, and what counts.
        .target(name: "Telemetry", swiftSettings: program),
        // How much a reader of text has done.
        .target(name: "Counting", swiftSettings: program),
        // Whose data it is. Only who imports this can make an owner, and scripts/floors.py has the list of them.
        .target(name: "Ownership", swiftSettings: program),
        // The words, names and wordings that messages are read by.
        .target(name: "Words", dependencies: ["CWords"], swiftSettings: program),
        // Daily prices and the figures worked out from them.
        .target(name: "Markets", dependencies: ["CivilDates", "Substrings"], swiftSettings: small),

        // The domain, and the parts that plug into its protocols.
        .target(
            name: "Chat", dependencies: ["CLinux", "CivilDates", "JSON", "Ownership", "Scheduling", "Substrings"],
            swiftSettings: program),
        .target(
            name: "Storage",
            dependencies: ["CCrypto", "Chat", "Counting", "JSON", "Ownership", "SQLite", "Scheduling"],
            swiftSettings: program),
        .target(
            name: "Catalog", dependencies: ["Chat", "SQLite", "CZlib", "Substrings", "Words"], swiftSettings: small),
        // The agents' documents and their full-text index.
        .target(
            name: "Knowledge", dependencies: ["Chat", "Counting", "SQLite", "Scheduling", "Substrings"],
            swiftSettings: small),
        .target(
            name: "Providers",
            dependencies: ["Chat", "EventStream", "HTTPClient", "JSON", "Scheduling", "Substrings", "CCrypto"],
            swiftSettings: program),
        .target(
            name: "Agents",
            dependencies: ["Chat", "CivilDates", "JSON", "Markets", "Scheduling", "Substrings", "Words"],
            swiftSettings: small),
        // Knows nothing of chat: text in, judgement out.
        .target(name: "PromptAnalysis", dependencies: ["Counting", "Substrings"], swiftSettings: small),
        .target(
            name: "Routes",
            dependencies: [
                "FCGIApp", "Chat", "Agents", "JSON", "JSONWebTokens", "Ownership", "PromptAnalysis", "Scheduling",
                "Substrings", "Telemetry", "CCrypto",
            ],
            swiftSettings: program),

        // The program.
        .executableTarget(
            name: "chat-fcgi",
            dependencies: [
                "FCGIApp", "Routes", "Agents", "Providers", "Storage", "Catalog", "Knowledge", "Chat", "HTTPClient",
                "Configuration", "JSON", "JSONWebTokens", "Markets", "Ownership", "SQLite", "Scheduling", "CGetopt",
                "CLinux",
                "EventStream", "Substrings", "Telemetry",
            ],
            resources: [
                // What `config explain` says of a key.
                .embedInCode("Resources/chat-fcgi.json5.example")
            ],
            swiftSettings: small, linkerSettings: linking),
        .testTarget(name: "ConfigurationTests", dependencies: ["Configuration"], swiftSettings: strict),
        .testTarget(name: "EventStreamTests", dependencies: ["EventStream"], swiftSettings: strict),
        .target(
            name: "LoopbackServer", dependencies: ["CLinux", "Scheduling"], path: "Tests/LoopbackServer",
            swiftSettings: strict),
        // The vendors' servers, and how they fail.
        .target(
            name: "ProviderFaults", dependencies: ["CLinux", "JSON", "LoopbackServer", "Scheduling"],
            path: "Tests/FaultyProvider",
            swiftSettings: strict),
        .testTarget(
            name: "HTTPClientTests", dependencies: ["HTTPClient", "LoopbackServer", "Scheduling"], swiftSettings: strict
        ),

        // Measures the recommender: `make eval`.
        .executableTarget(
            name: "evaluate",
            dependencies: ["Agents", "Catalog", "Chat", "JSON", "Knowledge", "Markets", "Ownership", "Scheduling"],
            swiftSettings: strict),
        .testTarget(name: "JSONTests", dependencies: ["JSON"], swiftSettings: strict),
        .testTarget(
            name: "JSONWebTokensTests", dependencies: ["CCrypto", "JSON", "JSONWebTokens"], swiftSettings: strict),
        .testTarget(
            name: "ProvidersTests",
            dependencies: [
                "Agents", "Providers", "Chat", "EventStream", "HTTPClient", "JSON", "LoopbackServer", "Ownership",
                "ProviderFaults", "Scheduling",
            ],
            swiftSettings: strict),
        .testTarget(name: "TelemetryTests", dependencies: ["Telemetry"], swiftSettings: strict),
        .testTarget(name: "SchedulingTests", dependencies: ["Scheduling"], swiftSettings: strict),
        .testTarget(name: "SubstringsTests", dependencies: ["Substrings"], swiftSettings: strict),
        .testTarget(
            name: "ChatTests", dependencies: ["Chat", "JSON", "Ownership", "Scheduling", "Storage"],
            swiftSettings: strict),
        .testTarget(name: "FCGIAppTests", dependencies: ["CLinux", "FCGIApp", "Scheduling"], swiftSettings: strict),
        // SQLite: a disk that fails on demand.
        .target(name: "CFaultyDisk", path: "Tests/CFaultyDisk", linkerSettings: [.linkedLibrary("sqlite3")]),
        .testTarget(name: "SQLiteTests", dependencies: ["SQLite", "Scheduling", "CFaultyDisk"], swiftSettings: strict),
        .testTarget(
            name: "StorageTests", dependencies: ["Storage", "Chat", "Counting", "Ownership", "Scheduling", "SQLite"],
            swiftSettings: strict),
        .testTarget(name: "CatalogTests", dependencies: ["Catalog", "Chat", "SQLite"], swiftSettings: strict),
        .testTarget(
            name: "KnowledgeTests", dependencies: ["Knowledge", "Chat", "Counting", "SQLite"], swiftSettings: strict),
        .testTarget(
            name: "MarketsTests", dependencies: ["Markets"], exclude: ["make-figures.py"], swiftSettings: strict),
        .testTarget(
            name: "AgentsTests",
            dependencies: ["Agents", "Catalog", "Chat", "JSON", "Knowledge", "Markets", "Ownership", "Scheduling"],
            swiftSettings: strict),
        // Counts the work of every reader of users' texts: Tests/work/run.py.
        .target(name: "CWorkCounter", path: "Tests/work/Counter"),
        .executableTarget(
            name: "counted-work",
            dependencies: [
                "Agents", "Catalog", "Chat", "Configuration", "CWorkCounter", "Counting", "EventStream", "FCGIApp",
                "JSON",
                "JSONWebTokens", "Knowledge", "Markets", "Ownership", "PromptAnalysis", "Providers", "Routes",
                "Scheduling", "Storage",
            ],
            path: "Tests/work/Sources", swiftSettings: strict),
        .testTarget(name: "PromptAnalysisTests", dependencies: ["Counting", "PromptAnalysis"], swiftSettings: strict),
        .testTarget(
            name: "RoutesTests",
            dependencies: [
                "Routes", "Agents", "Catalog", "FCGIApp", "Chat", "JSON", "JSONWebTokens", "Ownership",
                "PromptAnalysis", "Scheduling", "Storage", "Telemetry",
            ],
            swiftSettings: strict),
    ],
    cxxLanguageStandard: .cxx17
)

// Not built unless asked for: its `main` is libFuzzer's (`make test-fuzz`).
if Context.environment["CHAT_FCGI_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "fuzz",
            dependencies: [
                "Catalog", "Chat", "Configuration", "EventStream", "FCGIApp", "JSON", "JSONWebTokens", "Knowledge",
                "Markets", "Ownership", "Providers", "Routes",
            ],
            path: "Tests/fuzz/Sources",
            swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]))
}
