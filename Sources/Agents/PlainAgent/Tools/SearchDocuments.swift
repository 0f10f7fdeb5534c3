import Chat
import JSON
import Synchronization

/// Finds sections of an agent's documents. What it has given is what the reply rests on: its sources, numbered as the model sees them.
struct SearchDocuments: AgentTool {
    /// The sections that were given in one turn.
    final class Given: Sendable {
        private let sources = Mutex<[SourceReference]>([])

        /// Their numbers, from 1; a section that was given before keeps its own.
        func numbers(of found: [SourceReference]) -> [Int] {
            sources.withLock { sources in
                found.map { source in
                    let place = sources.firstIndex { $0.title == source.title && $0.section == source.section }
                    if let place { return place + 1 }
                    sources.append(source)
                    return sources.count
                }
            }
        }

        var note: AgentNote { sources.withLock { SourceReference.note($0) } }
    }

    let knowledge: any KnowledgeBase
    let agent: String
    /// See ``Retrieval/hasArea``.
    var hasArea = false
    let given: Given

    private static let maximumTitles = 40

    var name: ToolName { .searchDocuments }
    var description: String {
        """
        Finds the sections of your documents that have most on a question. Ask in the words that a document would use, one subject a call, in the \
        documents' language (English unless a result shows another). Name the sections that you use by their number, as in [1].
        """
    }
    static let parameters = Array(
        """
        {"type":"object","properties":{"query":{"type":"string","description":"What to look for: \\"proof of funds student visa Germany\\"."}},\
        "required":["query"]}
        """.utf8)

    func opening(_ arguments: ToolArguments) -> String {
        "Looking in the documents: \(((try? arguments.text("query")) ?? nil) ?? "")"
    }

    func call(_ arguments: ToolArguments) async throws -> ToolResult {
        let query = try arguments.requiredText("query", bytes: 600)
        let retrieval = Retrieval(knowledge: knowledge, agent: agent, hasArea: hasArea)
        let matches = try await retrieval.findings(for: query).matches
        guard !matches.isEmpty else {
            let titles = try await knowledge.titles(agent: agent)
            return ToolResult("Found nothing in the documents") { json in
                json.member("sections", [String]())
                json.member("documents_there_are", titles.prefix(Self.maximumTitles).map { $0.summarized(bytes: 100) })
            }
        }
        let numbers = given.numbers(of: matches.map { SourceReference($0, of: agent) })
        let count = matches.count
        var result = ToolResult("Read \(count) \(count == 1 ? "section" : "sections")") { json in
            json.key("sections")
            json.beginArray()
            for (number, match) in zip(numbers, matches) {
                json.beginObject()
                json.member("number", number)
                json.member("document", match.section.title.summarized())
                if !match.section.headings.isEmpty {
                    json.member("section", match.section.heading.summarized(bytes: 200))
                }
                if let written = match.section.written {
                    json.member("written", written.summarized(bytes: 40))
                }
                json.member("text", QuotedData.shortened(match.section.text))
                json.endObject()
            }
            json.endArray()
        }
        result.notes = [given.note]
        return result
    }
}
