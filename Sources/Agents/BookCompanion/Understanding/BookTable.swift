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
            // One book of the list was spoken of: the list stays where it is.
            let known = cards.count == 1 ? table?.books : nil
            table = (known.flatMap { $0.contains { $0.id == first.id } ? $0 : nil } ?? cards, first)
        }
        guard let table else { return nil }
        (books, focus) = table
    }
}
