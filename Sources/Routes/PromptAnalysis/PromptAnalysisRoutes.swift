import Chat
import FCGIApp
import JSON
import PromptAnalysis

/// `POST /api/v2/prompts/analyze`: what a prompt leaves open, and how to fix it.
struct PromptAnalysisRoutes: Sendable {
    static let promptBytes = 1...32_768

    let reader: PromptReader
    let refiner: PromptRefiner

    var routes: [Route] { [Route("POST", "/api/v2/prompts/analyze", analyse)] }

    @Sendable private func analyse(_ exchange: Exchange) async throws -> Reply {
        var body = try exchange.body()
        let prompt = body.string("prompt", bytes: Self.promptBytes, isRequired: true) ?? ""
        let claimed = body.user("user_id")
        try body.check()
        // Nothing of a user is read or written; but who names another one is told so here as everywhere.
        let user = try exchange.userOrAnonymous(claimed: claimed)
        let limits = exchange.sender?.turnLimits
        return .stream(
            AnalysisReply { [reader, refiner] in
                let analysis = try await reader.analysis(of: prompt)
                let remarks = await refiner.remarks(on: prompt, with: analysis, for: user, limits: limits)
                guard !remarks.isEmpty else { return analysis }
                return try await reader.refined(analysis, with: remarks, of: prompt)
            })
    }
}

/// The answer with an analysis, which is ended when its client leaves.
private struct AnalysisReply: ReplyStream {
    let analysis: @Sendable () async throws -> Analysis

    func run(_ writer: consuming ResponseWriter, fields: [(name: String, value: String)]) async {
        var response: Response
        do {
            guard let analysis = try await writer.unlessClientLeaves(analysis) else { return }
            response = .json { analysis.write(to: &$0) }
        } catch {
            let problem = (error as? Problem) ?? .internalError
            response = CompletionError(problem).response
        }
        response.head.fields += fields
        // A client that is gone needs no answer.
        try? await writer.send(response)
    }
}
