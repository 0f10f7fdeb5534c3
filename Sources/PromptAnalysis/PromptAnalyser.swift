/// Judges prompts by rules: what a language model is told, and what it is left to guess.
///
/// The rules read English; of a prompt in another language only what needs no language is judged, and the analysis says so.
/// The same prompt always gives the same analysis. The work grows in proportion to the prompt's length.
public struct PromptAnalyser: Sendable {
    public init() {}

    /// Analyses a prompt. An empty one is no error: it has no task.
    public func analyse(_ prompt: String) -> Analysis { inspect(prompt).analysis() }

    func inspect(_ prompt: String) -> Inspection {
        var inspection = Inspection(prompt)
        inspection.inspect()
        return inspection
    }
}
