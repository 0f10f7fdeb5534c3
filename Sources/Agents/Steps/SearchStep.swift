import Chat
import JSON

extension SourceReference {
    /// The step of searching an agent's documents.
    static func step(id: Int, query: String, read: Int) -> AgentNote {
        let words = Array(QuestionWords(query).words.prefix(8))
        let sections = "\(read) \(read == 1 ? "section" : "sections")"
        let summary =
            read == 0 ? "Found nothing in the documents" : "Read \(sections)"
        return AgentStep(id: id, name: "search_documents", summary: summary).note { json in
            json.member("looked_for", words)
            json.member("read", read)
        }
    }
}
