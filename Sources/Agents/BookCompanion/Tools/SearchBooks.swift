import Chat
import JSON

/// Finds books for a wish in plain words and for conditions beside it.
struct SearchBooks: AgentTool {
    let desk: BookDesk

    /// Books in one result.
    static let usualCount = 6
    static let maximumCount = 12

    var name: ToolName { .searchBooks }

    var description: String {
        """
        Finds books in this library's catalogue and ranks them for the reader. Give what is wished for in query, in English: genre, subject, \
        setting, plot, mood ("dark science fiction about evolution", "a whale hunted by an obsessed captain"); put everything that is a \
        condition into the other fields. The result says how many books fit, which conditions were given up, and why each book was chosen.
        """
    }

    static let parameters = Array(
        """
        {"type":"object","properties":{\
        "query":{"type":"string","description":"The wish in plain English words, without names of authors."},\
        "authors":{"type":"array","items":{"type":"string"},"description":"Only books by one of these."},\
        "like":{"type":"array","items":{"type":"string"},"description":"Titles of books that it should be like."},\
        "exclude_authors":{"type":"array","items":{"type":"string"}},\
        "exclude_subjects":{"type":"array","items":{"type":"string"},"description":"Genres, subjects or moods that the reader does not want."},\
        "from_year":{"type":"integer","description":"Written in this year or later; negative for BC."},\
        "to_year":{"type":"integer","description":"Written in this year or earlier."},\
        "language":{"type":"string","description":"The language of the text: an ISO 639-1 code or its English name."},\
        "length":{"type":"string","enum":["short","medium","long"]},\
        "new_only":{"type":"boolean","description":"Leave out books shown in this conversation before."},\
        "limit":{"type":"integer","minimum":1,"maximum":\(Self.maximumCount)}}}
        """.utf8)

    func opening(_ arguments: ToolArguments) -> String {
        let query = (try? arguments.text("query")) ?? nil
        let names = ((try? arguments.texts("authors")) ?? []) + ((try? arguments.texts("like")) ?? [])
        let parts = [query].compactMap { $0 } + names
        return parts.isEmpty ? "Looking for books" : "Looking for books: \(parts.joined(separator: ", "))"
    }

    func call(_ arguments: ToolArguments) async throws -> ToolResult {
        try await desk.work { try await search(arguments) }
    }

    private func search(_ arguments: ToolArguments) async throws -> ToolResult {
        var (wish, unknown) = try await wish(arguments)
        let limit = try arguments.integer("limit", in: 1...Self.maximumCount) ?? wish.count ?? Self.usualCount
        wish.shown = desk.shown
        wish.wantsOthers = try arguments.flag("new_only")
        let found = try await desk.recommender.recommendations(
            for: wish, taste: await desk.taste(), limit: min(limit, Self.maximumCount))
        let searched = try await desk.catalog.count()
        let parts = WishDescription.parts(of: wish)
        var result = ToolResult(Self.summary(parts, found, of: searched)) { json in
            json.member("understood_as", parts)
            json.member("books_searched", searched)
            json.member("books_that_fit", found.exactCount)
            if !found.relaxed.isEmpty {
                json.member("conditions_given_up", found.relaxed.map(\.rawValue))
            }
            if !unknown.isEmpty {
                json.member("not_in_the_catalogue", unknown)
            }
            if !wish.gaps.isEmpty {
                json.member("cannot_be_checked", wish.gaps)
            }
            json.books(found)
        }
        result.books = found.books
        return result
    }

    /// "Looked for dark, science fiction: 31 of 925 books fit, chose 5".
    static func summary(_ parts: [String], _ found: Recommendations, of searched: Int) -> String {
        let (fit, chosen) = (found.exactCount, found.books.count)
        let lookedFor = parts.isEmpty ? "" : "Looked for \(parts.joined(separator: ", ")): "
        return lookedFor + "\(fit) of \(searched) books \(fit == 1 ? "fits" : "fit"), chose \(chosen)"
    }

    /// The wish, and names that the catalogue does not have.
    private func wish(_ arguments: ToolArguments) async throws -> (Wish, unknown: [String]) {
        var wish = Wish()
        if let query = try arguments.text("query", bytes: 600) {
            wish = try await desk.understanding.understand(query, history: []).wish
            if !wish.hasContent { wish.words = Folding.words(query).filter { !StopWords.contains($0) } }
        }
        wish.intent = .recommend
        var unknown: [String] = []
        for title in try arguments.texts("like") {
            if let entry = try await desk.work(titled: title) {
                wish.seeds.append(entry)
                wish.knownWorks.append(entry)
            } else {
                unknown.append(title)
            }
        }
        for name in try arguments.texts("authors") {
            if let author = try await desk.catalog.authors(named: name).first {
                wish.authors.append(author)
            } else {
                unknown.append(name)
            }
        }
        for name in try arguments.texts("exclude_authors") {
            wish.excludedAuthors.append(try await desk.catalog.authors(named: name).first ?? name)
        }
        for subject in try arguments.texts("exclude_subjects") {
            if let concept = Lexicon.shared.concept(named: subject.lowercased()) {
                wish.excludedConcepts.append(concept)
            } else {
                wish.excludedPhrases.append(Tokenizer.tokens(of: subject).map(\.stem))
            }
        }
        wish.concepts.removeAll { wish.excludedConcepts.contains($0) }
        try addConditions(arguments, to: &wish)
        return (wish, unknown)
    }

    private func addConditions(_ arguments: ToolArguments, to wish: inout Wish) throws {
        let range = PeriodReader.earliest...PeriodReader.latest
        let from = try arguments.integer("from_year", in: range)
        let to = try arguments.integer("to_year", in: range)
        if from != nil || to != nil {
            let (first, last) = (from ?? range.lowerBound, to ?? range.upperBound)
            guard first <= last else { throw ToolFailure("from_year must not be after to_year.") }
            let label =
                from == nil
                ? "before \(Phrase.year(last + 1))"
                : to == nil ? "after \(Phrase.year(first - 1))" : "\(Phrase.year(first)) to \(Phrase.year(last))"
            wish.period = PeriodMention(years: first...last, label: label, isLoose: false, nation: nil, range: 0..<0)
        }
        if let language = try arguments.text("language", bytes: 40) {
            guard let code = Taste.language(language) else {
                throw ToolFailure("The language is not known; give an ISO 639-1 code such as \"fr\".")
            }
            wish.languages = [code]
        }
        if let length = try arguments.word("length", as: BookLength.self) { wish.lengths = [length] }
    }
}
