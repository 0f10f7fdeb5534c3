import Chat
import Testing

@testable import Agents
@testable import Ownership

@Suite struct PreferenceTests {
    private let user = UserID(rawValue: "reader")

    private func inferred(from text: String) async throws -> [InferredPreference] {
        let reading = Reading(text)
        let mentions = try await MentionResolver(catalog: StarterCatalog.shared).mentions(in: reading)
        return PreferenceInference.preferences(
            in: reading, mentions: mentions, message: MessageID(rawValue: "msg_1"), at: Timestamp(milliseconds: 0))
    }

    private func setting(_ type: PreferenceType, _ value: String, _ weight: Double?) -> PreferenceOverride {
        PreferenceOverride(type: type, value: value, weight: weight, timestamp: .now())
    }

    @Test(
        arguments: [
            ("I love science fiction", .topic, "science fiction", 0.8),
            ("I hate love stories", .topic, "romance", -0.8),
            ("I can't stand Dickens", .author, "charles dickens", -0.8),
            ("I really like Jane Austen", .author, "jane austen", 0.8),
            ("I don't like Hemingway", .author, "ernest hemingway", -0.8),
            ("novels, but not Dickens", .author, "charles dickens", -0.3),
            ("I enjoy Victorian novels", .era, "victorian", 0.8), ("something in French", .language, "french", 0.25),
            ("I like short books", .length, "short", 0.8),
        ] as [(String, PreferenceType, String, Double)])
    func `likes and dislikes are read from what is said`(
        text: String, type: PreferenceType, value: String, weight: Double
    ) async throws {
        let found = try await inferred(from: text).first { $0.type == type && $0.value == value }
        #expect(found?.weight == weight)
        #expect(found?.evidence.excerpt == text)
    }

    @Test func `the excerpt is the sentence that says it, cut to 160 characters at words`() async throws {
        let short = try await inferred(from: "Good morning. I love ghost stories! What do you have?")
        #expect(short.map(\.evidence.excerpt) == ["I love ghost stories"])
        let filler = String(repeating: "really ", count: 60)
        let long = try await inferred(from: "I \(filler) love ghost stories \(filler)")
        let excerpt = try #require(long.first?.evidence.excerpt)
        #expect(excerpt.count <= 160)
        #expect(excerpt.contains("ghost stories"))
        #expect(excerpt.hasPrefix("really") && excerpt.hasSuffix("really"))
    }

    @Test(arguments: ["I'm a doctor", "hello", "thanks a lot"])
    func `nothing is inferred from what only describes the reader`(text: String) async throws {
        #expect(try await inferred(from: text).isEmpty)
    }

    @Test func `a topic set to never leaves the recommendations, and the transparency says so`() async throws {
        let talk = Talk()
        let advisor = PreferenceAdvisor(catalog: StarterCatalog.shared, preferences: talk.preferences)
        try await talk.say("I love science fiction")
        let before = try await advisor.topTen(of: user)
        #expect(before.contains { $0.subjects.contains("science fiction") })
        _ = try await talk.preferences.apply(setting(.topic, "science fiction", -1), of: user)
        let after = try await advisor.topTen(of: user)
        #expect(after.count == 10)
        #expect(!after.contains { $0.subjects.contains("science fiction") })
        let transparency = try await advisor.transparency(of: user)
        let both = transparency.preferences.filter { $0.value == "science fiction" }
        #expect(both.map(\.source) == [.override, .inferred])
        #expect(transparency.explanation.contains("science fiction never"))
        #expect(transparency.explanation.contains("your own setting"))
        #expect(transparency.updatedAt != nil)
    }

    @Test func `a topic set to never does not come up unless it is asked for`() async throws {
        let talk = Talk()
        _ = try await talk.preferences.apply(setting(.topic, "science fiction", -1), of: user)
        let open = try await talk.say("I loved Frankenstein, what next?")
        #expect(!open.books.isEmpty)
        #expect(!open.books.contains { $0.subjects.contains("science fiction") })
        let asked = try await talk.say("science fiction about Mars by H. G. Wells")
        #expect(asked.titles.first == "The War of the Worlds")
    }

    @Test(
        arguments: [
            (PreferenceType.topic, "ghost stories"), (.author, "leo tolstoy"), (.era, "victorian"), (.length, "short"),
            (.language, "russian"),
        ])
    func `what is set to always is named as the reason`(type: PreferenceType, value: String) async throws {
        let preferences = MemoryPreferences()
        _ = try await preferences.apply(setting(type, value, 1), of: user)
        let advisor = PreferenceAdvisor(catalog: StarterCatalog.shared, preferences: preferences)
        let top = try await advisor.topTen(of: user)
        #expect(top.first?.reasons.contains { $0.kind == .preference } == true)
        #expect(top == (try await advisor.topTen(of: user)))
    }

    @Test func `the user's own word stands before what was inferred`() {
        func preference(_ weight: Double, _ source: Preference.Source) -> Preference {
            Preference(
                type: .topic, value: "horror", weight: weight, source: source, confidence: 1, evidence: [],
                updatedAt: .now())
        }
        let taste = Taste([preference(-0.5, .override), preference(0.9, .inferred)])
        #expect(taste.leanings.map(\.preference.weight) == [-0.5])
    }

    @Test func `a user of whom nothing is known is told so`() async throws {
        let advisor = PreferenceAdvisor(catalog: StarterCatalog.shared, preferences: MemoryPreferences())
        let transparency = try await advisor.transparency(of: user)
        #expect(transparency.preferences.isEmpty)
        #expect(transparency.updatedAt == nil)
        #expect(transparency.explanation.contains("Nothing is known"))
    }
}
