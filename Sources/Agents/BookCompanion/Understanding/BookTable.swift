import Chat

/// The books that a conversation is about: the last list, and the one that was spoken of last.
struct BookTable {
    /// The last list, in its order: what "the second one" and "the shortest of these" mean.
    private(set) var books: [Book]
    /// What "it" means.
    private(set) var focus: Book

    /// Nil where no books were shown.
    init?(_ history: [Message]) {
        var table: (books: [Book], focus: Book)?
        for cards in history.map(\.recommendations) {
            guard let first = cards.first else { continue }
            // One book of the list, or some of them, were spoken of: the list stays where it is.
            if let known = table?.books, known.contains(where: { $0.id == first.id }) {
                let isChoice = cards.count > 1 && cards.allSatisfy { card in known.contains { $0.id == card.id } }
                table = (isChoice ? cards : known, first)
            } else {
                table = (cards, first)
            }
        }
        guard let table else { return nil }
        (books, focus) = table
    }
}
