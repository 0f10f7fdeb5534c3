import Chat

/// How long a work is, where title or genre give ground to tell.
enum LengthClues {
    static func length(title: String, genres: Set<String>, isVolume: Bool) -> BookLength? {
        if isVolume && !genres.contains("periodicals") { return .long }
        let words = Set(Folding.words(title).map(String.init))
        let isCollection = !words.isDisjoint(with: collections)
        if genres.contains("periodicals") || genres.contains("reference") { return nil }
        if genres.contains("drama") || genres.contains("opera") { return isCollection ? nil : .short }
        if genres.contains("short stories") { return isCollection ? .medium : .short }
        if genres.contains("fairy tales") && genres.contains("children's") { return isCollection ? .medium : .short }
        if title.hasSuffix("A Tale") || title.hasSuffix("A Short Story") || title.hasSuffix("A Novelette") {
            return .short
        }
        return nil
    }

    /// About how many words a printed page holds is 275.
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
