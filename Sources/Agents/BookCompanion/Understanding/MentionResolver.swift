import Chat

/// Looks up the titles and authors a message may name, and decides which it means.
struct MentionResolver {
    let catalog: any BookCatalog
    /// Short and misspelt names of well-known works.
    var titles = LooseTitles()

    /// Look-ups for one message; a long message must not cost the catalogue more than a short one many times over.
    static let maximumLookups = 90
    /// Look-ups that may scan for spelling mistakes, which cost far more.
    static let maximumFuzzyLookups = 3

    func mentions(in reading: Reading) async throws -> [Mention] {
        var search = MentionSearch(catalog: catalog, titles: titles, reading: reading)
        return try await search.run()
    }
}
