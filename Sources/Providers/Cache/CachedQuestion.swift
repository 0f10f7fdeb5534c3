import Chat
import Glibc

/// A question that may be answered with what a similar one got: one without a conversation before it.
struct CachedQuestion: Sendable {
    /// As its user wrote it.
    let text: String
    /// All else that is sent to a provider, and the user: similar questions are only looked for where that is the same.
    let context: [UInt8]
    private let form: SimilarQuestion

    /// Questions that one is compared with, the latest.
    static let compared = 512

    /// - Returns: nil where each character may matter, the language is not known, or something else than one question is sent.
    init?(_ request: ModelRequest, route: String, user: UserID) {
        guard request.messages.count == 1, let message = request.messages.first, message.role == .user,
            message.attachments.isEmpty, request.options?.tools.isEmpty ?? true
        else { return nil }
        var rest = request
        rest.messages = []
        self.init(message.content, context: CacheKey(rest, route: route, user: user).digest)
    }

    init?(_ text: String, context: [UInt8]) {
        guard let form = QuestionForm.normal(text).flatMap(SimilarQuestion.init) else { return nil }
        self.text = text
        self.context = context
        self.form = form
    }

    /// The one of `questions` that is most similar to this one, by its key; nil where none is similar enough.
    func mostSimilar<Key>(of questions: [(Key, CachedQuestion)], atLeast minimum: Double) -> (Key, String)? {
        // How many questions have a word: the fewer, the more it weighs.
        var counts: [String: Int] = [:]
        for (_, question) in questions {
            for word in question.form.distinctWords { counts[word, default: 0] += 1 }
        }
        let all = Double(questions.count + 1)
        func weight(_ word: String) -> Double {
            1 + log2(all / Double(1 + counts[word, default: 0]))
        }
        var best: (key: Key, text: String, similarity: Double)?
        for (key, question) in questions {
            let similarity = form.similarity(to: question.form, weight: weight)
            // The latest of equals.
            if similarity >= minimum, similarity >= best?.similarity ?? 0 { best = (key, question.text, similarity) }
        }
        return best.map { ($0.key, $0.text) }
    }
}
