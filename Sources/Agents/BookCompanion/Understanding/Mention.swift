import Chat

/// A name in the message and what it stands for.
struct Mention: Sendable {
    enum Referent: Sendable {
        case work(CatalogEntry)
        /// An author as the catalogue spells the name.
        case author(String)
        case series(Series)
    }

    var referent: Referent
    var range: Range<Int>
    var stance: Stance
    /// True when it was found a slip away from what was typed.
    var isFuzzy = false
    /// Others of the same family, where a family was named.
    var furtherAuthors: [String] = []
    /// Further entries of the catalogue for the same work.
    var others: [CatalogEntry] = []

    var work: CatalogEntry? {
        if case .work(let entry) = referent { entry } else { nil }
    }

    var author: String? {
        if case .author(let name) = referent { name } else { nil }
    }
}
