import Chat
import FCGIApp
import JSON

/// `GET /api/v1/sources/{agent}/{document}`: a document that answers rest on, to be opened at a section.
struct SourceRoutes: Sendable {
    /// Nil where no agent has documents.
    let knowledge: (any KnowledgeBase)?

    var routes: [Route] { [Route("GET", "/api/v1/sources/{document}", takesRest: true, document)] }

    @Sendable private func document(_ exchange: Exchange) async throws -> Reply {
        _ = try exchange.user()
        let parts = exchange.pathParameter.split(atByte: "/", maxSplits: 1)
        var section: Int?
        if let text = exchange.query["section"] {
            guard let number = Int(text), number > 0 else {
                throw Problem.invalid("section", "must be the number of a section, 1 or more")
            }
            section = number
        }
        guard parts.count == 2, let knowledge else { throw Problem.notFound("document") }
        let (agent, path) = (String(parts[0]), String(parts[1]))
        let sections = try await knowledge.sections(of: path, agent: agent)
        guard let first = sections.first else { throw Problem.notFound("document") }
        guard section.map({ number in sections.contains { $0.number == number } }) ?? true else {
            throw Problem.notFound("section")
        }
        return .json { writer in
            writer.beginObject()
            writer.member("agent", agent)
            writer.member("document", path)
            writer.member("title", first.title)
            for (key, value) in [("written", first.written), ("origin", first.origin), ("language", first.language)] {
                guard let value else { continue }
                writer.key(key)
                writer.string(value)
            }
            writer.member("section", ifPresent: section)
            writer.beginArray("sections")
            for section in sections {
                writer.beginObject()
                writer.member("number", section.number ?? 0)
                writer.member("headings", section.headings)
                writer.member("text", section.text)
                writer.endObject()
            }
            writer.endArray()
            writer.endObject()
        }
    }
}
