import Counting
import Testing

@testable import PromptAnalysis

@Suite struct SecretTests {
    private static let secrets = [
        "sk-proj-4f8Kd93jfLs02mXqPz71", "AKIAIOSFODNN7EXAMPLE", "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        "glpat-a8Dk3jF9sLq2mXzP7r5T", "xoxb-1234567890-abcdefghij", "hf_a8Dk3jF9sLq2mXzP7r5Tyy",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N",
    ]
    private static let frames = [
        "Write a poem. KEY", "Use KEY.", "(KEY)", "key=KEY", "\"KEY\"",
        "Summarize the following text:\n\nMy key is KEY, some say.",
        "```\nKEY\n```", "<text>KEY</text>", "KEY KEY", "KEYs", "KEY\nWrite a poem. KEY",
        "Write some \u{1F600}KEY e\u{301}",
        "Write a poem. Translate it. Explain it. KEY Sing it.", "[KEY]", "{{KEY}}", "https://KEY.example.org/KEY?a=KEY",
    ]

    @Test(arguments: secrets, frames)
    func `no part of an analysis has a secret in it`(_ secret: String, _ frame: String) {
        let prompt = frame.split(separator: "KEY", omittingEmptySubsequences: false).joined(separator: secret)
        let analysis = PromptAnalyser().analyse(prompt)
        #expect(analysis.insights.contains { $0.kind == .secret && $0.severity == .critical })
        #expect(!analysis.optimized.contains(secret))
        for suggestion in analysis.suggestions {
            #expect(!(suggestion.replacement + suggestion.title + suggestion.rationale).contains(secret))
        }
        for insight in analysis.insights { #expect(!insight.message.contains(secret)) }
    }

    @Test(arguments: [
        ("password: Tr0ub4dor&3", "Tr0ub4dor&3"), ("The password is hunter22.", "hunter22"),
        ("PASSWORD='swordfish'", "swordfish"),
        ("{\"db_password\": \"s3cr3t-value\"}", "s3cr3t-value"), ("api key: 9f8e7d6c5b", "9f8e7d6c5b"),
        ("client_secret => abcd1234efgh", "abcd1234efgh"),
        ("Authorization: Bearer 8f14e45fceea167a", "8f14e45fceea167a"),
        ("postgres://anna:geheim99x@db/app", "geheim99x"), ("pwd = \u{201C}apfel2kuchen\u{201D}", "apfel2kuchen"),
        ("passphrase: p\u{200B}ass\u{200B}1word", "pass1word"),
    ])
    func `a value behind a label is taken out wherever it stands`(_ line: String, _ secret: String) {
        let analysis = PromptAnalyser().analyse(
            "Write a poem.\n\(line)\nThen say x\(secret)y twice: \(secret) \(secret)")
        #expect(!analysis.optimized.contains(secret))
        #expect(analysis.optimized.contains("[SECRET REMOVED]"))
    }

    @Test(arguments: [
        "password: string", "password: required", "password: {{password}}", "password: <your password>",
        "password: ********",
        "password = getpass()", "password = os.environ", "the password is wrong", "token: the word",
        "api_key: YOUR_API_KEY",
        "sk-this-is-only-a-word-with-hyphens", "password: [SECRET REMOVED]", "secret: none",
        "The key is practice every day.",
    ])
    func `what only talks of secrets is none`(_ line: String) {
        #expect(!PromptAnalyser().analyse("Write a poem. \(line)").insights.contains { $0.kind == .secret })
    }

    @Test func `a key's whole block is taken out`() {
        let block = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\nAAAA\n-----END OPENSSH PRIVATE KEY-----"
        let analysis = PromptAnalyser().analyse("Check this for me:\n\(block)\nThanks")
        #expect(analysis.optimized.contains("[SECRET REMOVED]\nThanks"))
        #expect(!analysis.optimized.contains("b3BlbnNzaC1rZXk"))
    }

    @Test func `texts are found as a plain search finds them`() {
        let alphabet: [Unicode.Scalar] = ["a", "b"]
        var generator = Dice(state: 7)
        for _ in 0..<300 {
            let text = (0..<40).map { _ in alphabet[generator.roll(2)] }
            let needles = (0..<3).map { _ in (0..<(1 + generator.roll(4))).map { _ in alphabet[generator.roll(2)] } }
            var covered = Array(repeating: false, count: text.count)
            for needle in needles {
                for start in 0...(text.count - needle.count) where text[start...].starts(with: needle) {
                    for offset in needle.indices { covered[start + offset] = true }
                }
            }
            var search = ScalarSearch(by: Work())
            for needle in needles { search.insert(needle) }
            var found = Array(repeating: false, count: text.count)
            for range in search.occurrences(in: text) { for position in range { found[position] = true } }
            #expect(found == covered)
        }
    }
}

/// Numbers that are the same in each run (https://en.wikipedia.org/wiki/Linear_congruential_generator).
struct Dice {
    var state: UInt64

    mutating func roll(_ sides: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % sides
    }
}
