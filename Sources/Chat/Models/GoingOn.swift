extension ModelRequest {
    /// The request for the rest of an answer that broke off after `given`; the request itself where nothing was given.
    ///
    /// A language model is shown what it said and asked to go on from there. What an agent composes itself is composed anew, and what
    /// of it was given is left out.
    public func goingOn(after given: String?) -> ModelRequest {
        guard let given, !given.isEmpty else { return self }
        var request = self
        request.messages += [
            ModelMessage(role: .assistant, content: given), ModelMessage(role: .user, content: Self.goOn),
        ]
        request.embeddedAnswer = embeddedAnswer.map { RestOfAnswer(whole: $0, given: given) }
        // An answer that was replayed would begin at the beginning.
        request.isFresh = true
        return request
    }

    private static let goOn = """
        Your answer broke off there. Go on exactly where it ends, in the middle of the word or sentence if need be. Repeat nothing, and say \
        nothing of having been interrupted.
        """
}

/// An answer without what was given of it before. One that says something else by now follows as a whole, in a paragraph of its own.
struct RestOfAnswer: EmbeddedAnswer {
    let whole: any EmbeddedAnswer
    let given: String

    func compose(_ say: (String) async throws -> Void) async throws {
        // What has to come before anything is said; nil when it has come, or did not.
        var left: Substring.UTF8View? = given[...].utf8
        var held = ""
        try await whole.compose { piece in
            guard let rest = left else { return try await say(piece) }
            let bytes = piece.utf8
            if rest.starts(with: bytes) {
                held += piece
                left = rest.dropFirst(bytes.count)
            } else if bytes.starts(with: rest) {
                left = nil
                if let text = String(bytes.dropFirst(rest.count)) { try await say(text) }
            } else {
                left = nil
                try await say("\n\n" + held + piece)
            }
        }
    }
}
