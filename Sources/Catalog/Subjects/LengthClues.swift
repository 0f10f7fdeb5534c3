import Chat

/// How long a work is, where title or genre give ground to tell.
enum LengthClues {
    static func length(title: String, genres: GenreSet, isVolume: Bool) -> BookLength? {
        if genres.contains(.periodicals) || genres.contains(.reference) { return nil }
        if isVolume { return .long }
        let isCollection = Folding.words(title).contains { collections.contains(String($0)) }
        if genres.contains(.drama) || genres.contains(.opera) { return isCollection ? nil : .short }
        if genres.contains(.shortStories) { return isCollection ? .medium : .short }
        if genres.contains(.fairyTale) && genres.contains(.childrens) { return isCollection ? .medium : .short }
        for ending in ["A Tale", "A Short Story", "A Novelette", "A Novella"] where title.hasSuffix(ending) {
            return .short
        }
        return nil
    }

    /// A printed page holds about 275 words.
    static func length(pages: Int) -> BookLength? {
        switch pages {
        case ..<10: nil
        case ..<146: .short
        case ..<437: .medium
        default: .long
        }
    }

    private static let collections: Set<String> = [
        "stories", "tales", "works", "plays", "collected", "complete", "selected", "anthology", "library", "collection",
        "volumes", "sketches", "series", "contes", "nouvelles", "novellen", "erzahlungen", "novelle", "kertomuksia",
        "novelleja", "cuentos", "contos", "racconti", "dramas", "comedies", "tragedies", "book",
    ]
}
