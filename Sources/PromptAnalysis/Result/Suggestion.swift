import Counting

/// A change that can be applied directly: replace `span` of the prompt by `replacement`.
public struct Suggestion: Sendable, Equatable {
    /// Unique within the analysis: `s1`, `s2`, ….
    public var id: String
    public var title: String
    public var rationale: String
    /// What is replaced; empty when text is only put in.
    public var span: Span
    public var replacement: String
    /// The identifiers of the insights that it answers.
    public var insights: [String]
}

extension Suggestion {
    /// The prompt with these suggestions applied. They are in the order of their spans and do not overlap, as in
    /// `Analysis.suggestions`; of several at one place the first one's text comes first.
    ///
    /// - Precondition: spans lie within the prompt.
    public static func apply(_ suggestions: some Sequence<Suggestion>, to prompt: String) -> String {
        apply(suggestions, to: Counted(Array(prompt.unicodeScalars), by: Work()))
    }

    static func apply(_ suggestions: some Sequence<Suggestion>, to scalars: Counted<Unicode.Scalar>) -> String {
        var result = String.UnicodeScalarView()
        var position = 0
        for suggestion in suggestions {
            result.append(contentsOf: scalars[position..<suggestion.span.start])
            result.append(contentsOf: suggestion.replacement.unicodeScalars)
            position = suggestion.span.end
        }
        result.append(contentsOf: scalars[position...])
        return String(result)
    }
}
