import Chat
import JSON

/// Gives all that the catalogue has on one book.
struct BookDetails: AgentTool {
    let desk: BookDesk

    var name: ToolName { .bookDetails }
    var description: String {
        """
        Gives what the catalogue knows of one book: author, year, length, languages, subjects, summary, readers' rating, where it can be read \
        free. Call it before you state facts about a book. Give book_id from an earlier result, else title and, if known, author.
        """
    }
    static let parameters = Array(BookArguments.schema.utf8)

    func opening(_ arguments: ToolArguments) -> String { "Looking up \(BookArguments.named(arguments))" }

    func call(_ arguments: ToolArguments) async throws -> ToolResult {
        try await desk.work {
            let entry = try await desk.work(arguments)
            let readURL = try await desk.catalog.readURLs(of: [entry.id])[entry.id]
            var result = ToolResult("Looked up \(entry.title.summarized())") { json in
                json.key("book")
                json.work(entry, readURL: readURL, isWhole: true)
            }
            result.books = [Book(asked: entry, readURL: readURL)]
            return result
        }
    }
}

/// Finds books like one.
struct SimilarBooks: AgentTool {
    let desk: BookDesk

    var name: ToolName { .similarBooks }
    var description: String {
        "Finds books that are like one book in subject, genre, mood and time, best first. Give book_id from an earlier result, else title and author."
    }
    static let parameters = Array(BookArguments.schemaWithLimit.utf8)

    func opening(_ arguments: ToolArguments) -> String { "Looking for books like \(BookArguments.named(arguments))" }

    func call(_ arguments: ToolArguments) async throws -> ToolResult {
        let limit = try arguments.integer("limit", in: 1...SearchBooks.maximumCount) ?? SearchBooks.usualCount
        return try await desk.work {
            let entry = try await desk.work(arguments)
            var wish = Wish()
            wish.seeds = [entry]
            wish.knownWorks = [entry]
            wish.shown = desk.shown
            let found = try await desk.recommender.recommendations(for: wish, taste: await desk.taste(), limit: limit)
            let count = found.books.count
            var result = ToolResult("Found \(count) like \(entry.title.summarized())") { json in
                json.key("like")
                json.work(entry)
                json.books(found)
            }
            result.books = found.books
            return result
        }
    }
}

/// How a book is named in a call.
enum BookArguments {
    private static let members = """
        "book_id":{"type":"string","description":"From an earlier result."},\
        "title":{"type":"string"},"author":{"type":"string"}
        """

    static var schema: String { "{\"type\":\"object\",\"properties\":{\(members)}}" }

    static var schemaWithLimit: String {
        "{\"type\":\"object\",\"properties\":{\(members),"
            + "\"limit\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":\(SearchBooks.maximumCount)}}}"
    }

    static func named(_ arguments: ToolArguments) -> String {
        ((try? arguments.text("title")) ?? nil) ?? ((try? arguments.text("book_id")) ?? nil) ?? "a book"
    }
}
