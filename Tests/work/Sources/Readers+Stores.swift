@testable import Catalog
@testable import Chat
@testable import Knowledge
@testable import Providers
@testable import Storage

extension Readers {
    /// What is searched, stored or compared.
    static let stores: [Reader] = [
        Reader("a search for books", "Sources/Catalog/Search") {
            var query = CatalogQuery()
            query.words = [$1]
            _ = try await $0.parts.catalog.search(query)
        },
        Reader("a title", "Sources/Catalog/Names") {
            _ = try await $0.parts.catalog.works(titled: $1, isFuzzy: true)
        },
        Reader("an author", "Sources/Catalog/Names") { _ = try await $0.parts.catalog.authors(named: $1) },
        Reader("a search in documents", "Sources/Knowledge/Searching") {
            _ = try await $0.parts.knowledge.search($1, agent: "tutor", limit: 12)
        },
        Reader("a search in conversations", "Sources/Storage/Search") {
            _ = try await $0.parts.store.search($1, of: Parts.user, in: nil, limit: 10)
        },
        Reader("a found text", "Sources/Storage/Search") {
            _ = SearchExcerpt(SearchQuery(String($1.prefix(200)))).of($1)
        },
        Reader("a text's words for the index", "Sources/Storage/Search") { _ = SearchIndex.words(of: $1, user: 7) },
        Reader("a conversation's title", "Sources/Storage/Conversations/SessionTitle.swift") {
            _ = SessionTitle.of($1)
        },
        Reader("a question in the cache", "Sources/Providers/Cache") {
            _ = QuestionForm.normal($1).flatMap(SimilarQuestion.init)
        },
    ]
}
