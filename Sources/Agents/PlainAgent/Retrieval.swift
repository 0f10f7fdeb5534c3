import Chat

/// What an agent's documents have on a message.
struct Findings: Sendable, Equatable {
    /// Best first; what has too little on the question is left out.
    var matches: [KnowledgeMatch] = []
    /// Whether the best section has most of what was asked.
    var isAnswered = false
}

/// Asks an agent's documents.
struct Retrieval: Sendable {
    /// Most sections of one answer.
    static let maximumMatches = 5
    /// From this part of the question on a section counts as having its answer.
    static let answeringCoverage = 0.5
    /// A section that has less is not even shown to a language model.
    static let minimumCoverage = 0.3

    let knowledge: any KnowledgeBase
    let agent: String

    /// - Throws: `StoreError`.
    func findings(for text: String, history: [Message]) async throws -> Findings {
        var query = text
        if QuestionWords(text).isFollowUp, let before = history.last(where: { $0.role == .user }) {
            query = String(before.content.unicodeScalars.prefix(600)) + "\n" + text
        }
        return try await findings(for: query)
    }

    func findings(for query: String) async throws -> Findings {
        let found = try await knowledge.search(query, agent: agent, limit: 8)
        let kept = found.filter { $0.coverage >= Self.minimumCoverage }
        return Findings(
            matches: Array(kept.prefix(Self.maximumMatches)),
            isAnswered: kept.contains { $0.coverage >= Self.answeringCoverage })
    }
}
