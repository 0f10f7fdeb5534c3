import Testing

@testable import PromptAnalysis

@Suite struct PromptPropertyTests {
    private let analyser = PromptAnalyser()

    @Test(arguments: Corpus.all)
    func `the suggestions applied are the optimized prompt, whatever way they are applied`(_ example: Case) {
        let analysis = analyser.analyse(example.prompt)
        #expect(Suggestion.apply(analysis.suggestions, to: example.prompt) == analysis.optimized)
        var scalars = Array(example.prompt.unicodeScalars)
        for suggestion in analysis.suggestions.reversed() {
            scalars.replaceSubrange(
                suggestion.span.start..<suggestion.span.end, with: suggestion.replacement.unicodeScalars)
        }
        #expect(
            String(String.UnicodeScalarView(scalars)).unicodeScalars.elementsEqual(analysis.optimized.unicodeScalars))
    }

    @Test(arguments: Corpus.all)
    func `suggestions are in order, within the prompt, and do not overlap`(_ example: Case) {
        let analysis = analyser.analyse(example.prompt)
        var end = 0
        for suggestion in analysis.suggestions {
            #expect(suggestion.span.start >= end)
            #expect(suggestion.span.end >= suggestion.span.start)
            end = suggestion.span.end
            #expect(!suggestion.title.isEmpty && !suggestion.rationale.isEmpty)
            #expect(!suggestion.insights.isEmpty)
        }
        #expect(end <= example.prompt.unicodeScalars.count)
    }

    @Test(arguments: Corpus.all)
    func `the optimized prompt has no lower score, and neither has any single suggestion's`(_ example: Case) {
        let analysis = analyser.analyse(example.prompt)
        let optimized = analyser.analyse(analysis.optimized)
        #expect(optimized.score >= analysis.score, "\(example.prompt)\n---\n\(analysis.optimized)")
        for suggestion in analysis.suggestions {
            let text = Suggestion.apply([suggestion], to: example.prompt)
            #expect(analyser.analyse(text).score >= analysis.score, "\(suggestion.title)\n\(text)")
        }
        for (before, after) in zip(analysis.properties, optimized.properties) {
            #expect(after.points >= before.points, "\(before.name)\n---\n\(analysis.optimized)")
        }
    }

    @Test(arguments: Corpus.all)
    func `an optimized prompt is not optimized any further`(_ example: Case) {
        let once = analyser.analyse(example.prompt).optimized
        #expect(analyser.analyse(once).optimized == once)
    }

    @Test(arguments: Corpus.all)
    func `the optimized prompt keeps the author's words in their order`(_ example: Case) {
        let analysis = analyser.analyse(example.prompt)
        let secrets = analysis.insights.filter {
            $0.kind == .secret || $0.kind == .controlToken || $0.kind == .hiddenCharacters
        }
        var kept = Array(example.prompt.unicodeScalars)
        for insight in secrets.sorted(by: { $0.span.start > $1.span.start }) {
            kept.removeSubrange(insight.span.start..<insight.span.end)
        }
        var rest = analysis.optimized.unicodeScalars[...]
        for scalar in kept where !scalar.properties.isWhitespace {
            guard let place = rest.firstIndex(of: scalar) else {
                Issue.record("\(scalar) is lost: \(analysis.optimized)")
                return
            }
            rest = rest[rest.index(after: place)...]
        }
    }

    @Test(arguments: Corpus.all)
    func `every insight points at a part of the prompt`(_ example: Case) {
        let analysis = analyser.analyse(example.prompt)
        let count = example.prompt.unicodeScalars.count
        for insight in analysis.insights {
            #expect(insight.span.start >= 0 && insight.span.start < insight.span.end && insight.span.end <= count)
            #expect(!insight.message.isEmpty)
        }
        #expect(Set(analysis.insights.map(\.id)).count == analysis.insights.count)
        #expect((0...100).contains(analysis.score))
        #expect(analysis.properties.map(\.name) == Property.Name.allCases)
    }

    @Test func `numbers are put before the signs that a sentence begins with`() {
        let optimized = analyser.analyse("(Write a haiku.) **Translate** it to German! Then, sing it?").optimized
        #expect(
            optimized.hasPrefix("1. (Write a haiku.)\n2. **Translate** it to German!\n3. Then, sing it?\n\nContext: "))
    }

    @Test func `points tell the state, and the score is their sum`() {
        for prompt in ["Write a poem", "tl;dr", "Task: [FILL IN: x]", "Fix {{it}}. Password: abc123def"] {
            let analysis = analyser.analyse(prompt)
            #expect(analysis.score == analysis.properties.reduce(0) { $0 + $1.points })
            for property in analysis.properties {
                #expect((property.state == .absent) == (property.points == 0), "\(property)")
                #expect(
                    [.present, .notNeeded].contains(property.state) == (property.points == property.name.weight),
                    "\(property)")
            }
        }
    }

    @Test(arguments: Corpus.all)
    func `filling in the blanks never lowers the score`(_ example: Case) {
        var text = analyser.analyse(example.prompt).optimized
        var score = analyser.analyse(text).score
        while let start = text.range(of: "[FILL IN: "), let end = text[start...].firstIndex(of: "]") {
            text.replaceSubrange(start...end, with: "three readers of the harbour news")
            let filled = analyser.analyse(text).score
            #expect(filled >= score, "\(text)")
            score = filled
        }
    }
}

extension String {
    /// Where a text begins.
    fileprivate func range(of text: String) -> Index? {
        indices.first { self[$0] == "[" && self[$0...].hasPrefix(text) }
    }
}
