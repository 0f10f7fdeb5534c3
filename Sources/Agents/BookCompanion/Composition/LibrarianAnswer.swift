import Chat

/// Noah's own words for one turn, given out sentence by sentence.
struct LibrarianAnswer: EmbeddedAnswer {
    let sentences: [String]

    /// Bytes of one piece at most; a longer sentence leaves in several.
    private static let pieceLength = 48

    func compose(_ say: (String) async throws -> Void) async throws {
        for sentence in sentences {
            for piece in Self.pieces(of: sentence) { try await say(piece) }
        }
    }

    /// Cuts after spaces, so that words stay whole.
    static func pieces(of sentence: String) -> [String] {
        var pieces: [String] = []
        var piece = ""
        for character in sentence {
            piece.append(character)
            if character == " ", piece.utf8.count >= pieceLength {
                pieces.append(piece)
                piece = ""
            }
        }
        if !piece.isEmpty { pieces.append(piece) }
        return pieces
    }
}
