import Chat
import JSON
import PromptAnalysis

/// `POST /api/v2/prompts/analyze`: what a prompt leaves open, and how to mend it.
struct PromptAnalysisRoutes: Sendable {
    static let promptBytes = 1...32_768

    let refiner: PromptRefiner

    var routes: [Route] { [Route("POST", "/api/v2/prompts/analyze", analyse)] }

    @Sendable private func analyse(_ exchange: Exchange) async throws -> Reply {
        var body = try exchange.body()
        let prompt = body.string("prompt", bytes: Self.promptBytes, isRequired: true) ?? ""
        let claimed = body.identifier("user_id")
        try body.check()
        // Nothing of a user is read or written; but who names another one is told so here as everywhere.
        if exchange.identity != nil || claimed != nil { _ = try exchange.user(claimed: claimed) }
        var analysis = PromptAnalyser().analyse(prompt)
        analysis = await refiner.refine(
            analysis, of: prompt,
            for: exchange.identity ?? claimed.map(UserID.init(rawValue:)) ?? CompletionRoutes.anonymous)
        return .json { analysis.write(to: &$0) }
    }
}
