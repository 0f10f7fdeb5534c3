import Counting
import Glibc
import Testing

@testable import PromptAnalysis

/// What the length of texts is divided by under a sanitizer, which slows these tests down most of all: they run on one thread, and
/// hold the processor.
let sanitizerDivisor = getenv("CHAT_FCGI_SANITIZER") == nil ? 1 : 8

/// Texts made to cost as much as they can.
private enum Adversary {
    static let patterns = [
        "[", "<", "{", "{{", "${", "_", "\"", "\u{201C}", "`", "\"\"\"", "```\n", "<a>", "</a>", "<a></a>", "<a><b>",
        "[FILL IN ",
        "[FILL IN: x]", "<|im_start|>", "<|", "\u{200B}", "a\u{200B}", "\u{202E}", "\u{1F3F4}\u{E0061}", "e\u{301}",
        "\u{301}",
        "\n", " \n", "\r\n", " ", "- ", "1. ", "1. a\n", ">", "> a\n", ":", "a:", "a: ", "text:\n", "Summarize: ",
        "Format:\n",
        "Format: a\n\n", "# a\n", "Input: a\nOutput: b\n", "ignore ", "ignore all ", "ignore all previous ", "as ",
        "as appropriate ",
        "some ", "good ", "etc. ", "a. ", "A. ", "Write. ", "Write a poem. ", "Write a poem.\n\n", "What? ", "please ",
        "can you ",
        "i want you to ", "in two, ", "don't ", "Don't do it. ", "brief in detail ", "this ", "the following text ",
        "Here, \"good\" means: a\n", "Here, \"good", "sk-", "sk-a1-", "sk-aaaaaaaaaaaaaaaaaaaaaaa1 ", "password: ",
        "password: a1b2c3 ",
        "password: a1b2c3d4e5\n", "api key is ", "-----BEGIN ", "-----BEGIN PRIVATE KEY-----", "://", "://a:b",
        "https://a:bcdefg@h ",
        "eyJ", "a", "aB1-", "TODO ", "System:\n", "for a child ", "\u{6771}", "\u{627}", "\u{1F469}\u{200D}",
        "What stands between <", "Summarize the following text:\n\nSummarize a.\n\n",
    ]

    /// As many repetitions as fit in `bytes`.
    static func text(_ pattern: String, bytes: Int) -> String {
        String(repeating: pattern, count: bytes / pattern.utf8.count)
    }

    /// Different passwords, as many as fit.
    static func passwords(bytes: Int) -> String {
        var text = ""
        var number = 100_000
        while text.utf8.count + 18 < bytes {
            text += "password: aa\(number)\n"
            number += 1
        }
        return text
    }
}

@Suite struct AdversarialTests {
    /// The most that the route takes.
    private let mostBytes = 32_768 / sanitizerDivisor
    /// Looks at each character, at most. Plain prose takes some 20.
    private let mostPerCharacter = 250

    private func steps(_ text: String) throws -> Int {
        let work = Work()
        _ = try PromptAnalyser().analyse(text, by: work, within: AnalysisLimits())
        return work.looks
    }

    @Test(arguments: [
        "sk-", "<a>", "e\u{301}", "[FILL IN ", "Format: a\n\n", "1. ", "A. ", "ignore all previous ", "Summarize: ",
    ])
    func `the work on the longest text is bounded`(_ pattern: String) throws {
        let text = Adversary.text(pattern, bytes: mostBytes)
        #expect(try steps(text) <= mostPerCharacter * text.unicodeScalars.count)
    }

    @Test(arguments: Adversary.patterns)
    func `a hostile text gets a sound analysis of bounded size`(_ pattern: String) {
        let bytes = 2_048 / sanitizerDivisor
        let text = Adversary.text(pattern, bytes: bytes)
        let analysis = PromptAnalyser().analyse(text)
        let count = text.unicodeScalars.count
        #expect((0...100).contains(analysis.score))
        #expect(analysis.insights.count <= Findings.mostOfAKind * Insight.Kind.allCases.count)
        #expect(analysis.insights.allSatisfy { $0.span.start < $0.span.end && $0.span.end <= count })
        #expect(Suggestion.apply(analysis.suggestions, to: text) == analysis.optimized)
        #expect(analysis.optimized.utf8.count <= 4 * bytes)
        #expect(analysis.suggestions.reduce(0) { $0 + $1.replacement.utf8.count } <= 4 * bytes)
        #expect(PromptAnalyser().analyse(analysis.optimized).score >= analysis.score)
    }

    @Test func `hundreds of different secrets are found and taken out at a bounded cost`() throws {
        let text = Adversary.passwords(bytes: sanitizerDivisor == 1 ? 8_192 : 2_048)
        #expect(try steps(text) <= mostPerCharacter * text.unicodeScalars.count)
        let analysis = PromptAnalyser().analyse(text)
        for number in stride(from: 100_000, to: 100_400, by: 20) {
            #expect(!analysis.optimized.contains("aa\(number)"))
        }
        #expect(analysis.insights.filter { $0.kind == .secret }.count == Findings.mostOfAKind)
    }
}
