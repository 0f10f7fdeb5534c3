import Chat
import JSON
import Substrings

/// Gives what is known of the reader's taste.
struct ReaderPreferences: AgentTool {
    let desk: BookDesk

    private static let maximumCount = 40

    var name: ToolName { .readerPreferences }
    var description: String {
        """
        Gives what is known of the reader's taste: what they set themselves, what was guessed from their messages, and the books that they \
        have read or do not want. Searches reckon with it already; call it when the reader asks what you know, or leaves the choice to you.
        """
    }
    static let parameters = Array(#"{"type":"object","properties":{}}"#.utf8)

    func opening(_ arguments: ToolArguments) -> String { "Looking at your preferences" }

    func call(_ arguments: ToolArguments) async throws -> ToolResult {
        let known = try await desk.preferences.preferences(of: desk.turn.user)
        let marked = try await desk.preferences.markedBooks(of: desk.turn.user)
        let isLearning = try await desk.preferences.learns(of: desk.turn.user)
        let entries = try await desk.catalog.works(withIDs: marked.prefix(Self.maximumCount).map(\.id))
        return ToolResult("Read \(known.count) \(known.count == 1 ? "preference" : "preferences")") { json in
            json.key("preferences")
            json.beginArray()
            for preference in known.prefix(Self.maximumCount) {
                json.beginObject()
                json.member("type", preference.type.rawValue)
                json.member("value", preference.value.summarized())
                json.member("weight", preference.weight)
                json.member("set_by_reader", preference.source == .override)
                json.endObject()
            }
            json.endArray()
            json.member("guesses_are_made", isLearning)
            for mark in MarkedBook.Mark.allCases {
                let ids = Set(marked.filter { $0.mark == mark }.map(\.id))
                json.key(mark.rawValue)
                entries.filter { ids.contains($0.id) }.map { $0.title.summarized() }.write(to: &json)
            }
        }
    }
}

/// Notes a preference that the reader has stated, and nothing else: a model's guess is no word of theirs.
struct SetPreference: AgentTool {
    let desk: BookDesk

    var name: ToolName { .setPreference }
    var description: String {
        """
        Keeps a lasting preference that the reader states in this message about their own reading ("I never want horror", "I love Tolstoy"). Not for \
        what they wish for now, not for others' taste, not for guesses. Put the reader's own words into said, unchanged.
        """
    }
    static let parameters = Array(
        """
        {"type":"object","properties":{\
        "type":{"type":"string","enum":["topic","author","era","length","language"]},\
        "value":{"type":"string","description":"In English and lower case: \\"science fiction\\", \\"leo tolstoy\\", \\"before 1900\\", \\"short\\", \\"french\\"."},\
        "weight":{"type":"number","minimum":-1,"maximum":1,"description":"1: always, 0.5: more, -0.5: less, -1: never."},\
        "said":{"type":"string","description":"The words of the reader's message that say so, copied."}},\
        "required":["type","value","weight","said"]}
        """.utf8)

    func opening(_ arguments: ToolArguments) -> String {
        "Noting a preference: \(((try? arguments.text("value")) ?? nil) ?? "")"
    }

    func call(_ arguments: ToolArguments) async throws -> ToolResult {
        guard let type = try arguments.word("type", as: PreferenceType.self) else {
            throw ToolFailure("type is missing.")
        }
        let value = try arguments.requiredText("value", bytes: 200).lowercased()
        guard let weight = try arguments.number("weight", in: -1...1), weight != 0 else {
            throw ToolFailure("weight must be a number from -1 to 1, and not 0.")
        }
        let said = Folding.fold(try arguments.requiredText("said", bytes: 600))
        guard said.utf8.count >= 3, " \(Folding.fold(desk.turn.text)) ".contains(" \(said) ") else {
            throw ToolFailure("The reader's message does not have these words; only what the reader says is kept.")
        }
        if type == .length, Taste.length(value) == nil {
            throw ToolFailure("The length must be short, medium or long.")
        }
        if type == .language, Taste.language(value) == nil { throw ToolFailure("The language is not known.") }
        guard desk.turn.isKept else { throw ToolFailure("Nothing of this conversation is kept, so neither is this.") }
        let override = PreferenceOverride(type: type, value: value, weight: weight, timestamp: desk.turn.createdAt)
        let isNew = try await desk.preferences.apply(override, of: desk.turn.user)
        let degree = weight > 0 ? "liked" : "not wanted"
        return ToolResult("Noted: \(value.summarized()) \(degree)") { json in
            json.member("kept", true)
            json.member("changed", isNew)
            json.member("tell_the_reader", "That it was noted, and that it can be changed under the preferences.")
        }
    }
}
