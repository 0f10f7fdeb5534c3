import Agents
import Chat
import JSON

/// One conversation of `conversations.jsonl`; its form is described in `eval/README.md`.
struct JudgedConversation: Sendable {
    /// Something that an answer has or has not.
    enum Check: Sendable {
        /// One of these texts, in lower case.
        case says([String])
        case silent([String])
        case fewest(Int)
        case most(Int)
        case books(Int)
        /// One of these titles among the first five.
        case any([String])
        /// None of these, as titles or authors.
        case none([String])
        case first(String)
    }

    var id: String
    var split: String
    var kind: String
    var turns: [String]
    /// Without one of these the answer is worth nothing.
    var must: [Check]
    /// Without one of these it is worth half.
    var should: [Check]

    init?(line: some Sequence<UInt8>) {
        guard let json = try? JSONValue(parsing: Array(line)), let id = json["id"]?.stringValue,
            let split = json["split"]?.stringValue, let kind = json["kind"]?.stringValue,
            let turns = json["turns"]?.arrayValue
        else { return nil }
        self.id = id
        self.split = split
        self.kind = kind
        self.turns = turns.compactMap(\.stringValue)
        must = (json["must"]?.arrayValue ?? []).compactMap(Self.check)
        should = (json["should"]?.arrayValue ?? []).compactMap(Self.check)
    }

    private static func check(_ json: JSONValue) -> Check? {
        func texts(_ key: String) -> [String]? { json[key]?.arrayValue.map { $0.compactMap(\.stringValue) } }
        if let says = texts("says") { return .says(says.map { $0.lowercased() }) }
        if let silent = texts("silent") { return .silent(silent.map { $0.lowercased() }) }
        if let any = texts("any") { return .any(any) }
        if let none = texts("none") { return .none(none) }
        if let first = json["first"]?.stringValue { return .first(first) }
        if let count = json["min_books"]?.integerValue { return .fewest(Int(count)) }
        if let count = json["max_books"]?.integerValue { return .most(Int(count)) }
        if let count = json["books"]?.integerValue { return .books(Int(count)) }
        return nil
    }

    /// 0 to 2: nothing worth, half of it, good.
    func grade(_ text: String, _ books: [Book]) -> Int {
        guard must.allSatisfy({ Self.holds($0, text, books) }) else { return 0 }
        return should.allSatisfy { Self.holds($0, text, books) } ? 2 : 1
    }

    private static func holds(_ check: Check, _ text: String, _ books: [Book]) -> Bool {
        let said = text.lowercased()
        func isTitle(_ title: String, _ book: Book) -> Bool {
            MatchingRule.forms(of: book.title).contains(MatchingRule.normalizedTitle(title))
        }
        switch check {
        case .says(let texts): return texts.contains { said.contains($0) }
        case .silent(let texts): return !texts.contains { said.contains($0) }
        case .fewest(let count): return books.count >= count
        case .most(let count): return books.count <= count
        case .books(let count): return books.count == count
        case .any(let titles): return books.prefix(5).contains { book in titles.contains { isTitle($0, book) } }
        case .none(let names):
            return !books.contains { book in names.contains { isTitle($0, book) || book.authors.contains($0) } }
        case .first(let title): return books.first.map { isTitle(title, $0) } ?? false
        }
    }
}

/// Puts all conversations of a split to the companion and grades the last answer of each.
struct ConversationEvaluation {
    let catalog: any BookCatalog
    let isVerbose: Bool

    /// - Returns: the mean grade of each split.
    func run(_ conversations: [JudgedConversation]) async throws -> [String: Double] {
        var grades: [String: [Int]] = [:]
        let first = Conversation(catalog: catalog)
        for conversation in conversations {
            let talk = first.another()
            var last = (text: "", books: [Book]())
            for turn in conversation.turns { last = try await talk.say(turn) }
            let grade = conversation.grade(last.text, last.books)
            grades[conversation.split, default: []].append(grade)
            grades["\(conversation.split): \(conversation.kind)", default: []].append(grade)
            if isVerbose, grade < 2, let asked = conversation.turns.last {
                print(
                    "\(conversation.id) \(grade) \(asked)\n    \(last.text.prefix(200).split(separator: "\n").joined(separator: " "))"
                )
            }
        }
        print("\n| conversations | n | mean grade of 2 |\n|---|---:|---:|")
        for (group, own) in grades.sorted(by: { $0.key < $1.key }) {
            print("| \(group) | \(own.count) | \(Report.fixed(Self.mean(own))) |")
        }
        return grades.filter { !$0.key.contains(":") }.mapValues(Self.mean)
    }

    private static func mean(_ grades: [Int]) -> Double {
        Double(grades.reduce(0, +)) / Double(max(1, grades.count))
    }
}
