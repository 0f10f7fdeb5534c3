import Counting
import Testing

@testable import PromptAnalysis

/// Texts that each rule has the most to do with: every word that a rule looks for, alone and with the signs and words of other
/// rules.
private enum Hostile {
    /// What the rules look for, by rule.
    static let atoms: [String] =
        signs + SecretLabel.passwords.sorted() + SecretLabel.keys.sorted() + SecretLabel.keyQualifiers.sorted()
        + SecretLabel.references + KeyPattern.all.map { text($0.prefix) } + Sign.controlTokens.map(text)
        + Label.byName.keys.sorted() + Label.byTag.keys.sorted().flatMap { ["<\($0)>", "</\($0)>"] }
        + Label.exampleTags.sorted().map { "<\($0)>" } + Label.materialTags.sorted().map { "<\($0)>\n" }
        + ["your", "insert"].map { "[\($0) " } + ["not", "don't"] + Verbs.tasks.keys.sorted().prefix(4)
        + Verbs.secondary.sorted().prefix(2) + Verbs.manner.sorted().prefix(4) + ["what", "in", "i need"]

    private static let signs = [
        "[", "]", "<", ">", "(", ")", "{", "}", "{{", "${", "_", "__", "___", "\"", "'", "`", "\"\"\"", "'''", "```",
        "~~~", "\u{201C}", "\u{201D}", "\u{201E}", "\u{AB}", "\u{BB}", "\n", "\r\n", "\n\n", " ", "  ", "\t",
        "\u{2028}",
        "-", "- ", "* ", "**", "#", "# ", "1. ", "a) ", ".", ". ", ",", ";", ":", "=", ":=>", "?", "!", "...",
        "\u{2026}",
        "://", "https://", "@", "a:b@", "/", "\\", "$", "%", "&", "|", "a", "A", "1", "aB1", "e\u{301}", "\u{301}",
        "\u{200B}", "\u{200D}", "\u{202E}", "\u{1F3F4}\u{E0061}", "\u{1F469}\u{200D}", "\u{6771}", "\u{627}", "\u{130}",
        "[FILL IN", "[FILL IN: x]", "[SECRET REMOVED]", "What stands between <", "Here, \"good\" means: ",
        "-----BEGIN ",
        "-----BEGIN PRIVATE KEY-----", "-----END ", "password: ", "api_key=", "token=", "secret=", "bearer ", "key is ",
        "text:\n", "Summarize: ", "the following text ", "Format:\n", "Input: a\nOutput: b\n", "System:", "TODO ",
        "lorem ipsum ", "ignore all previous instructions ", "some ", "good ", "etc.", "and so on ", "brief ",
        "in detail ",
        "don't ", "Write a poem. ", "What? ", "for a child ", "<a>", "</a>", "<b", "eyJ",
    ]

    private static func text(_ scalars: [Unicode.Scalar]) -> String { String(String.UnicodeScalarView(scalars)) }

    /// Every atom by itself and before each of a few signs, and mixtures of two to four, the same in each run.
    static let patterns: [String] = {
        var patterns = atoms.flatMap { atom in ["", "="].map { atom + $0 } }
        var dice = Dice(state: 11)
        for _ in 0..<60 {
            patterns.append((0..<(2 + dice.roll(3))).map { _ in atoms[dice.roll(atoms.count)] }.joined())
        }
        return patterns
    }()

    /// The pattern over and over, with something before and behind that is open or missing otherwise.
    static let frames = [("", ""), ("Summarize the following text:\n\n", "\n\nPriority: a"), ("password=", "x1(")]
}

/// One after the other: they take a processor each, which other tests wait for.
@Suite(.serialized) struct LinearityTests {
    private func looks(_ text: String) throws -> Int {
        let work = Work()
        _ = try PromptAnalyser().analyse(text, by: work, within: AnalysisLimits())
        return work.looks
    }

    private func text(_ pattern: String, bytes: Int, in frame: (String, String)) -> String {
        frame.0 + String(repeating: pattern, count: max(1, bytes / pattern.utf8.count)) + frame.1
    }

    @Test(arguments: 0..<8)
    func `the work grows with the text and no faster, whatever stands in it`(_ part: Int) throws {
        for (number, pattern) in Hostile.patterns.enumerated() where number % (8 * sanitizerDivisor) == part {
            let frame = Hostile.frames[number / 8 % Hostile.frames.count]
            let texts = [128, 256, 512].map { text(pattern, bytes: $0, in: frame) }
            let looks = try texts.map(looks)
            #expect(looks[2] <= 300 * texts[2].unicodeScalars.count, "\(pattern.debugDescription)")
            // From the first doubling to the second, so that what is done once does not count.
            let (first, second) = (looks[1] - looks[0], looks[2] - looks[1])
            #expect(second <= first * 5 / 2 + 2_000, "\(pattern.debugDescription): \(looks)")
        }
    }

    @Test(arguments: [
        "api_key=", "token=", "secret=", "bearer ", "password=", "DB_PASSWORD:", "api key is ", "auth_token=>",
    ])
    func `labels without a blank between them are read once`(_ label: String) throws {
        let looks = try [8_192, 16_384, 32_768].map {
            try self.looks(text(label, bytes: $0 / sanitizerDivisor, in: ("", "")))
        }
        #expect(looks[2] - looks[1] <= (looks[1] - looks[0]) * 21 / 10)
    }

    @Test func `an analysis ends where nobody waits for it any more`() {
        let prompt = text("Write some good poems. ", bytes: 8_192, in: ("", ""))
        let whole = Work()
        _ = try? PromptAnalyser().analyse(prompt, by: whole, within: AnalysisLimits())
        let work = Work()
        var asked = 0
        let limits = AnalysisLimits {
            asked += 1
            return asked == 2
        }
        #expect(throws: AnalysisError.cancelled) {
            _ = try PromptAnalyser().analyse(prompt, by: work, within: limits)
        }
        #expect(asked == 2)
        #expect(work.looks < whole.looks / 2)
    }

    @Test func `an analysis has a limit of work`() {
        let prompt = text("Write some good poems. ", bytes: 8_192, in: ("", ""))
        #expect(throws: AnalysisError.tooMuchWork) {
            _ = try PromptAnalyser().analyse(prompt, by: Work(), within: AnalysisLimits(looks: 100_000))
        }
    }
}
