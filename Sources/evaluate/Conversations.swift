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
        /// One of these in the topic of the tutor's turn, in lower case.
        case topic([String])
        /// One of these in the title or heading of a source.
        case source([String])
        case sources(Int)
        /// One of these is noted as liked, as disliked, for longer than this one wish.
        case likes([String])
        case dislikes([String])
        /// At most so many such notes.
        case guesses(Int)
    }

    /// What a wish for one book weighs is less, for it or against it (`PreferenceInference`).
    private static let lasting = 0.3

    var id: String
    var split: String
    var kind: String
    /// Noah without one.
    var agent: String?
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
        agent = json["agent"]?.stringValue
        self.turns = turns.compactMap(\.stringValue)
        must = (json["must"]?.arrayValue ?? []).compactMap(Self.check)
        should = (json["should"]?.arrayValue ?? []).compactMap(Self.check)
    }

    private static func check(_ json: JSONValue) -> Check? {
        func texts(_ key: String) -> [String]? { json[key]?.arrayValue.map { $0.compactMap(\.stringValue) } }
        if let says = texts("says") { return .says(says.map { $0.lowercased() }) }
        if let silent = texts("silent") { return .silent(silent.map { $0.lowercased() }) }
        if let any = texts("any") { return .any(any) }
        if let topic = texts("topic") { return .topic(topic.map { $0.lowercased() }) }
        if let source = texts("source") { return .source(source) }
        if let count = json["sources"]?.integerValue { return .sources(Int(count)) }
        if let likes = texts("likes") { return .likes(likes) }
        if let dislikes = texts("dislikes") { return .dislikes(dislikes) }
        if let count = json["guesses"]?.integerValue { return .guesses(Int(count)) }
        if let none = texts("none") { return .none(none) }
        if let first = json["first"]?.stringValue { return .first(first) }
        if let count = json["min_books"]?.integerValue { return .fewest(Int(count)) }
        if let count = json["max_books"]?.integerValue { return .most(Int(count)) }
        if let count = json["books"]?.integerValue { return .books(Int(count)) }
        return nil
    }

    /// 0 to 2: nothing worth, half of it, good.
    func grade(_ reply: Reply) -> Int {
        guard must.allSatisfy({ Self.holds($0, reply) }) else { return 0 }
        return should.allSatisfy { Self.holds($0, reply) } ? 2 : 1
    }

    private static func holds(_ check: Check, _ reply: Reply) -> Bool {
        let said = reply.text.lowercased()
        let books = reply.books
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
        case .topic(let texts): return texts.contains { reply.topic.lowercased().contains($0) }
        case .source(let titles): return reply.sources.contains { source in titles.contains { source.contains($0) } }
        case .sources(let count): return reply.sources.count == count
        case .likes(let values): return values.contains { reply.taste[$0, default: 0] > lasting }
        case .dislikes(let values): return values.contains { reply.taste[$0, default: 0] < -lasting }
        case .guesses(let count): return reply.taste.values.count { abs($0) > lasting } <= count
        case .first(let title): return books.first.map { isTitle(title, $0) } ?? false
        }
    }
}

/// Puts conversations to their agents and grades the last answer of each.
struct ConversationEvaluation {
    /// The agent of a name, and the day on which it is spoken to; Noah's is nil.
    let agent: @Sendable (String?) -> (agent: any Agent, day: Timestamp?)?
    /// What is read of Noah's readers.
    var taste: TasteNotes?
    let isVerbose: Bool

    /// - Returns: the mean grade of each split, of Noah and of each other agent ("desk, tune").
    func run(_ conversations: [JudgedConversation]) async throws -> [String: Double] {
        var grades: [String: [Int]] = [:]
        for conversation in conversations {
            guard let (agent, day) = agent(conversation.agent) else {
                fail("there is no agent \(conversation.agent ?? "")")
            }
            let talk = Conversation(with: agent, on: day)
            var last = Reply()
            for turn in conversation.turns { last = try await talk.say(turn) }
            if let taste { last.taste = taste.take() }
            let grade = conversation.grade(last)
            let group = (conversation.agent.map { "\($0), " } ?? "") + conversation.split
            grades[group, default: []].append(grade)
            grades["\(group): \(conversation.kind)", default: []].append(grade)
            if isVerbose { describe(conversation, last, grade) }
        }
        print("\n| conversations | n | mean grade of 2 |\n|---|---:|---:|")
        for (group, own) in grades.sorted(by: { $0.key < $1.key }) {
            print("| \(group) | \(own.count) | \(Report.fixed(Self.mean(own))) |")
        }
        return grades.filter { !$0.key.contains(":") }.mapValues(Self.mean)
    }

    private func describe(_ conversation: JudgedConversation, _ last: Reply, _ grade: Int) {
        print("\n\(conversation.id) \(conversation.kind) \(grade): \(conversation.turns.joined(separator: " / "))")
        print("    " + last.text.split(separator: "\n").joined(separator: "\n    "))
        let rest = last.sources + last.taste.sorted { $0.key < $1.key }.map { "\($0.key) \(Report.fixed($0.value))" }
        if !rest.isEmpty { print("    [\(rest.joined(separator: "; "))]") }
    }

    private static func mean(_ grades: [Int]) -> Double {
        Double(grades.reduce(0, +)) / Double(max(1, grades.count))
    }
}
