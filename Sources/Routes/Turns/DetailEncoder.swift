import Chat
import JSON

/// A dialect's events and, among them, what that dialect has no word for: an agent's steps, plan, sources, figures, and what its
/// model thinks. For clients that ask for it with `events=all`; the others' streams stay as they are.
struct DetailEncoder: TurnEncoder {
    private let base: any TurnEncoder
    private let replyID: MessageID
    /// What the dialect calls the reply's identifier.
    private let idKey: String
    /// Kinds of notes that the dialect tells itself.
    private let told: Set<String>

    /// Kinds of notes with a number that are events of their own, with the note's value under the kind's name.
    static let kinds: Set<String> = ["focus", "sources"]

    init(_ base: any TurnEncoder, replyID: MessageID, idKey: String, told: Set<String>) {
        self.base = base
        self.replyID = replyID
        self.idKey = idKey
        self.told = told
    }

    func encode(_ view: TurnLog.View, number: Int, after: Int, to writer: inout JSONWriter) {
        guard case .event(let event) = view, number > after else {
            return base.encode(view, number: number, after: after, to: &writer)
        }
        switch event {
        case .note(let note) where !told.contains(note.kind):
            if Self.kinds.contains(note.kind) {
                detail(note.kind, number, to: &writer) { $0.rawJSON(note.json) }
            } else {
                note.writeWorkflowEvent(number, to: &writer)
            }
        case .reasoning(let piece):
            detail("thinking", key: "content", number, to: &writer) { $0.string(piece) }
        default: base.encode(view, number: number, after: after, to: &writer)
        }
    }

    func encodeUnnumbered(_ note: AgentNote, to writer: inout JSONWriter) {
        detail(note.kind, nil, to: &writer) { $0.rawJSON(note.json) }
    }

    /// - Parameter number: nil for an event without one; a client that comes back is told it again where it might have missed it.
    private func detail(
        _ type: String, key: String? = nil, _ number: Int?, to writer: inout JSONWriter,
        value: (inout JSONWriter) -> Void
    ) {
        if let number {
            writer.beginServerSentEvent(id: number)
        } else {
            writer.raw("data: ")
            writer.beginDocument()
        }
        writer.beginObject()
        writer.member("type", type)
        writer.key(idKey)
        writer.string(replyID.rawValue)
        writer.key(key ?? type)
        value(&writer)
        writer.endObject()
        writer.endServerSentEvent()
    }
}

extension Exchange {
    /// Whether the client wants every event there is (`events=all`), not only those of its dialect.
    /// - Throws: `Problem` 400.
    func wantsAllEvents() throws(Problem) -> Bool {
        switch query["events"] {
        case nil, "": return false
        case "all": return true
        default: throw .invalid("events", "must be all")
        }
    }
}

/// What an agent told beyond its text, as members of an object.
enum DetailKind: String, CaseIterable {
    case steps, focus, sources, days, figures, workflow
}

extension JSONWriter {
    /// Each step and tool call as it was last, and of other kinds the last.
    /// - Parameter kinds: those that the client is told of.
    mutating func details(_ notes: [AgentNote], _ kinds: some Sequence<DetailKind> = DetailKind.allCases) {
        for kind in kinds {
            switch kind {
            case .steps: steps(notes)
            case .workflow:
                guard let workflow = Workflow(notes) else { continue }
                key(kind.rawValue)
                workflow.write(to: &self) { _ in }
            case .focus, .sources, .days, .figures:
                guard let note = notes.last(where: { $0.kind == kind.rawValue }) else { continue }
                key(kind.rawValue)
                rawJSON(note.json)
            }
        }
    }

    private mutating func steps(_ notes: [AgentNote]) {
        var steps: [(id: Int64, json: [UInt8])] = []
        for note in notes where note.kind == "step" || note.kind == "tool_call" {
            guard let id = (try? JSONValue(parsing: note.json))?["id"]?.integerValue else { continue }
            if let place = steps.firstIndex(where: { $0.id == id }) {
                steps[place].json = note.json
            } else {
                steps.append((id, note.json))
            }
        }
        guard !steps.isEmpty else { return }
        key(DetailKind.steps.rawValue)
        beginArray()
        for step in steps { rawJSON(step.json) }
        endArray()
    }
}
