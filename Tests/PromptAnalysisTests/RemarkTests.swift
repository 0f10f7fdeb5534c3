import PromptAnalysis
import Testing

@Suite struct RemarkTests {
    private let prompt =
        "\u{1F600} Hi! Write a good poem about the harbour for my aunt in ten lines. password: a1b2c3d4"
    private var analysis: Analysis { PromptAnalyser().analyse(prompt) }

    @Test func `a remark points at the words that it quotes, and its replacement is a suggestion`() throws {
        let remark = Remark(
            quote: "the harbour", severity: .info, message: "Which one?", replacement: "the harbour of Bergen",
            rationale: "There are many.")
        let refined = analysis.refined(with: [remark], of: prompt)
        let insight = try #require(refined.insights.first { $0.kind == .remark })
        #expect(insight.span == Span(30, 41))
        #expect(refined.isRefined && refined.score == analysis.score)
        #expect(refined.optimized.contains("the harbour of Bergen for my aunt"))
        #expect(Suggestion.apply(refined.suggestions, to: prompt) == refined.optimized)
        #expect(refined.suggestions.map(\.span.start) == refined.suggestions.map(\.span.start).sorted())
    }

    @Test(arguments: [
        Remark(quote: "not in it", severity: .info, message: "No.", replacement: "x"),
        Remark(quote: "", severity: .info, message: "No.", replacement: "x"),
        Remark(quote: "poem", severity: .info, message: "The password is a1b2c3d4.", replacement: "x"),
        Remark(quote: "poem", severity: .info, message: "", replacement: "x"),
    ])
    func `a remark that is not about the prompt, or tells a secret, is left out`(_ remark: Remark) {
        #expect(analysis.refined(with: [remark], of: prompt) == analysis)
    }

    @Test(arguments: [
        Remark(quote: "password: a1b2c3d4", severity: .info, message: "Overlaps.", replacement: "x"),
        Remark(quote: "Write a", severity: .info, message: "Lowers the score.", replacement: "This was a"),
        Remark(quote: "poem", severity: .info, message: "A secret.", replacement: "poem by a1b2c3d4"),
        Remark(
            quote: "poem", severity: .info, message: "Another.", replacement: "poem, key sk-proj-4f8Kd93jfLs02mXqPz71"),
    ])
    func `a replacement that does harm is left out, and its remark stays`(_ remark: Remark) {
        let refined = analysis.refined(with: [remark], of: prompt)
        #expect(refined.suggestions == analysis.suggestions)
        #expect(refined.optimized == analysis.optimized)
        #expect(refined.insights.count == analysis.insights.count + 1)
    }

    @Test func `a remark at a place where the rules put text in comes before it`() {
        let remark = Remark(
            quote: "ten lines", severity: .warning, message: "Why ten?", replacement: "ten rhyming lines")
        let refined = analysis.refined(with: [remark], of: prompt)
        #expect(refined.optimized.contains("in ten rhyming lines."))
        #expect(Suggestion.apply(refined.suggestions, to: prompt) == refined.optimized)
    }
}
