import Counting
import Substrings

/// What a language model has to say about a place of a prompt. Models quote well and count badly, so a place is given by its
/// words.
public struct Remark: Sendable, Equatable {
    /// A part of the prompt, word for word; 1 to 500 code points. Its first place in the prompt counts.
    public var quote: String
    public var severity: Insight.Severity
    public var message: String
    /// What could stand in the quote's place; nil when the remark proposes nothing.
    public var replacement: String?
    /// Why that would be better.
    public var rationale: String

    public init(
        quote: String, severity: Insight.Severity, message: String, replacement: String? = nil, rationale: String = ""
    ) {
        self.quote = quote
        self.severity = severity
        self.message = message
        self.replacement = replacement
        self.rationale = rationale
    }
}

extension Analysis {
    /// The analysis with a language model's remarks, at most ten of them.
    ///
    /// A model may be wrong, so only what can be checked gets in: a remark whose quote is not in the prompt is left out. A
    /// replacement is left out when it would overlap a suggestion of the rules, lower the score, or bring a secret. The score
    /// stays the rules'.
    ///
    /// - Parameter prompt: the prompt that this is the analysis of.
    public func refined(with remarks: some Sequence<Remark>, of prompt: String) -> Analysis {
        var refined = self
        let scalars = Counted(Array(prompt.unicodeScalars), by: Work())
        let secrets = insights.filter { $0.kind == .secret }.map { scalars.text(of: $0.span) }
        for (number, remark) in remarks.prefix(10).enumerated() {
            guard let span = scalars.span(of: remark.quote), !remark.message.isEmpty else { continue }
            guard !secrets.contains(where: remark.message.contains) else { continue }
            let insight = Insight(
                id: "m\(number + 1)", kind: .remark, severity: remark.severity, message: remark.message, span: span)
            refined.insights.append(insight)
            refined.isRefined = true
            guard let replacement = remark.replacement, secrets.count < Findings.mostOfAKind,
                !secrets.contains(where: { (replacement + remark.rationale).contains($0) })
            else { continue }
            refined.take(
                Suggestion(
                    id: "r\(number + 1)", title: "Word it otherwise", rationale: remark.rationale, span: span,
                    replacement: replacement, insights: [insight.id]),
                of: scalars)
        }
        refined.insights.sort { ($1.severity, $0.span.start) < ($0.severity, $1.span.start) }
        return refined
    }

    /// Adds a suggestion in its place, if it does no harm.
    private mutating func take(_ suggestion: Suggestion, of scalars: Counted<Unicode.Scalar>) {
        guard !suggestions.contains(where: { $0.span.overlaps(suggestion.span) }) else { return }
        let place = suggestions.firstIndex { $0.span.start >= suggestion.span.end } ?? suggestions.count
        var candidates = suggestions
        candidates.insert(suggestion, at: place)
        let text = Suggestion.apply(candidates, to: scalars)
        let result = PromptAnalyser().analyse(text)
        guard result.score >= score, !result.insights.contains(where: { $0.kind == .secret }) else { return }
        suggestions = candidates
        optimized = text
    }
}

extension Counted<Unicode.Scalar> {
    fileprivate func text(of span: Span) -> String { String(String.UnicodeScalarView(self[span.start..<span.end])) }

    /// Where a text of 1 to 500 code points first stands.
    fileprivate func span(of text: String) -> Span? {
        let wanted = Array(text.unicodeScalars)
        guard (1...500).contains(wanted.count) else { return nil }
        var search = ScalarSearch(by: Work())
        search.insert(wanted)
        guard let first = search.occurrences(in: self).first else { return nil }
        return Span(first.lowerBound, first.lowerBound + wanted.count)
    }
}
