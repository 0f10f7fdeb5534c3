// Judges prompts by rules. Knows nothing of chat.

import Counting

/// Judges prompts by rules: what a language model is told, and what it is left to guess.
///
/// The rules read English; of a prompt in another language only what needs no language is judged, and the analysis says so.
/// The same prompt always gives the same analysis. The work grows in proportion to the prompt's length.
public struct PromptAnalyser: Sendable {
    /// Looks at a character, a word or what else was read, for each code point: plain prose takes some 40, the worst text that
    /// is known some 130. A prompt that takes more has found a fault of the rules.
    static let mostLooksPerScalar = 1_000

    public init() {}

    /// Analyses a prompt. An empty one is no error: it has no task.
    public func analyse(_ prompt: String) -> Analysis {
        var inspection = Inspection(prompt, by: Work())
        // Without a limit it goes on to its end.
        try? inspection.inspect(within: AnalysisLimits())
        return inspection.analysis()
    }

    /// The same, within a limit of work and only as long as somebody waits for it.
    /// - Parameter isCancelled: asked between the steps, some twenty, whether nobody waits for the analysis any more.
    /// - Throws: `AnalysisError`.
    public func analyse(_ prompt: String, isCancelled: @escaping () -> Bool) throws(AnalysisError) -> Analysis {
        let most = (prompt.unicodeScalars.count + 100) * Self.mostLooksPerScalar
        return try analyse(prompt, by: Work(), within: AnalysisLimits(looks: most, isCancelled: isCancelled))
    }

    func analyse(_ prompt: String, by work: Work, within limits: AnalysisLimits) throws(AnalysisError) -> Analysis {
        var inspection = Inspection(prompt, by: work)
        try inspection.inspect(within: limits)
        return inspection.analysis()
    }
}

/// When an analysis ends early.
struct AnalysisLimits {
    var looks = Int.max
    /// Asked between the steps.
    var isCancelled: () -> Bool = { false }

    func check(_ work: Work) throws(AnalysisError) {
        if work.looks > looks { throw .tooMuchWork }
        if isCancelled() { throw .cancelled }
    }
}

/// Why a prompt was not analysed to the end.
public enum AnalysisError: Error {
    /// Nobody waits for it any more.
    case cancelled
    /// A prompt of its length should not take so much.
    case tooMuchWork
}
