import Agents
import Chat
import FCGIApp
import JSON

/// What is known of a user's taste: shown, set by its user, forgotten. docs/api.md has the wire format.
struct PreferenceRoutes: Sendable {
    let store: any TasteStore
    let advisor: PreferenceAdvisor
    let live: LiveBoard

    var routes: [Route] {
        [
            Route("GET", "/api/v1/chat/preferences", preferences),
            Route("PATCH", "/api/v1/chat/preferences", setLearning),
            Route("POST", "/api/v1/chat/preferences/update", updatePreference),
            Route("POST", "/api/v1/chat/preferences/forget", forget),
            Route("GET", "/api/v1/chat/books", markedBooks),
            Route("PUT", "/api/v1/chat/books/{book_id}", mark),
            Route("DELETE", "/api/v1/chat/books/{book_id}", unmark),
        ]
    }

    @Sendable private func preferences(_ exchange: Exchange) async throws -> Reply {
        let user = try exchange.user()
        live.expectChanges(of: user)
        let transparency = try await advisor.transparency(of: user)
        return .json { writer in transparency.write(to: &writer) }
    }

    @Sendable private func setLearning(_ exchange: Exchange) async throws -> Reply {
        var body = try exchange.body()
        let learns = body.optionalBool("learning")
        if body.any("learning") == nil { body.reject("learning", "is required") }
        let claimed = body.user("user_id")
        try body.check()
        let user = try exchange.user(claimed: claimed)
        try await store.setLearning(learns ?? true, of: user)
        await live.tell(.taste, to: user)
        let transparency = try await advisor.transparency(of: user)
        return .json { writer in transparency.write(to: &writer) }
    }

    @Sendable private func forget(_ exchange: Exchange) async throws -> Reply {
        var body = try exchange.body()
        let isAll = body.bool("all", default: false)
        let type = body.word("type", PreferenceType.self, isRequired: !isAll)
        let value = body.string("value", bytes: 1...200, isRequired: !isAll)
        let source = body.word("source", Preference.Source.self)
        if isAll, body.any("type") != nil || body.any("value") != nil {
            body.reject("all", "must not come with type and value")
        }
        let claimed = body.user("user_id")
        try body.check()
        let user = try exchange.user(claimed: claimed)
        let only = type.flatMap { type in value.map { (type: type, value: $0) } }
        let forgotten = try await store.forget(only, source: source, of: user)
        await live.tell(.taste, to: user)
        let transparency = try await advisor.transparency(of: user)
        return .json { writer in
            writer.beginObject()
            writer.member("forgotten", forgotten)
            writer.member("transparency") { transparency.write(to: &$0) }
            writer.endObject()
        }
    }

    // MARK: - Marked books

    @Sendable private func markedBooks(_ exchange: Exchange) async throws -> Reply {
        let user = try exchange.user()
        var wanted: MarkedBook.Mark?
        if let text = exchange.query["mark"] {
            wanted = MarkedBook.Mark(rawValue: text)
            guard wanted != nil else { throw Problem.invalid("mark", "must be dismissed or read") }
        }
        let marked = try await store.markedBooks(of: user).filter { wanted == nil || $0.mark == wanted }
        let works = try await advisor.works(marked.map(\.id))
        let known = Dictionary(works.map { ($0.entry.id, $0) }) { first, _ in first }
        return .json { writer in
            writer.beginObject()
            writer.beginArray("books")
            for book in marked { book.write(known[book.id], to: &writer) }
            writer.endArray()
            writer.endObject()
        }
    }

    @Sendable private func mark(_ exchange: Exchange) async throws -> Reply {
        var body = try exchange.body()
        let mark = body.word("mark", MarkedBook.Mark.self, isRequired: true)
        let claimed = body.user("user_id")
        try body.check()
        let user = try exchange.user(claimed: claimed)
        // An identifier of another edition finds the work that it belongs to.
        guard let mark, let work = try await advisor.works([BookID(rawValue: exchange.pathParameter)]).first else {
            throw Problem.notFound("book")
        }
        let marked = MarkedBook(id: work.entry.id, mark: mark, markedAt: .now())
        try await store.mark(marked, of: user)
        await live.tell(.taste, to: user)
        return .json { writer in marked.write(work, to: &writer) }
    }

    @Sendable private func unmark(_ exchange: Exchange) async throws -> Reply {
        let user = try exchange.user()
        let asked = BookID(rawValue: exchange.pathParameter)
        for id in [asked] + (try await advisor.works([asked]).map(\.entry.id)).filter({ $0 != asked }) {
            try await store.unmark(id, of: user)
        }
        await live.tell(.taste, to: user)
        return .response(Response(status: 204))
    }

    @Sendable private func updatePreference(_ exchange: Exchange) async throws -> Reply {
        var body = try exchange.body()
        let type = body.word("type", PreferenceType.self, isRequired: true)
        let claimed = body.user("user_id")
        let now = Timestamp.now()
        let timestamp = body.timestamp("timestamp") ?? now
        // A word from the future would silence every later one.
        if timestamp.milliseconds > now.milliseconds + 86_400_000 {
            body.reject("timestamp", "must not lie more than a day ahead")
        }
        var value: String?
        var weight: Double?
        if var override = body.object("override", isRequired: true) {
            value = override.string("value", bytes: 1...200, isRequired: true)
            let isRemoved = override.bool("remove", default: false)
            weight = isRemoved ? nil : override.number("weight", in: -1...1, isRequired: true)
            body.absorb(override)
        }
        try body.check()
        guard let type, let value else { throw Problem.invalid("override", "is required") }
        let user = try exchange.user(claimed: claimed)
        let before = try await advisor.topTen(of: user)
        let isApplied = try await store.apply(
            PreferenceOverride(type: type, value: value, weight: weight, timestamp: timestamp), of: user)
        if isApplied { await live.tell(.taste, to: user) }
        let after = isApplied ? try await advisor.topTen(of: user) : before
        let isSignificant = Set(before.map(\.id)) != Set(after.map(\.id))
        let transparency = try await advisor.transparency(of: user)
        return .json { writer in
            writer.beginObject()
            writer.member("applied", isApplied)
            writer.member("significant_change", isSignificant)
            writer.member("transparency") { transparency.write(to: &$0) }
            if isSignificant {
                writer.key("recommendations")
                Book.write(after, to: &writer)
            }
            writer.endObject()
        }
    }
}

extension MarkedBook {
    /// - Parameter work: of the catalogue; nil when it has it no more.
    fileprivate func write(_ work: (entry: CatalogEntry, readURL: String?)?, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("book_id", id.rawValue)
        writer.member("mark", mark.rawValue)
        writer.member("marked_at", markedAt.rfc3339)
        if let work {
            writer.member("title", work.entry.title)
            writer.member("authors", work.entry.authors)
            writer.member("year", ifPresent: work.entry.year)
            writer.member("read_url", ifPresent: work.readURL)
        }
        writer.endObject()
    }
}
