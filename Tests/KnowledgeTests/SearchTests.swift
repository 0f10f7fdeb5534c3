import Chat
import Testing

@testable import Knowledge

/// Searching the documents.
@Suite struct SearchTests {
    private func trial() throws -> TrialKnowledge {
        let trial = try TrialKnowledge()
        try trial.write(
            "funds.md",
            """
            ---
            title: Proof of funds
            date: 2026-11-21
            source: an embassy
            language: en
            ---
            # Proof of funds

            ## Blocked account

            Students deposit an amount for a year. They take out a part each month.

            ## Sponsors

            A sponsor signs a declaration and shows an income.
            """)
        try trial.write(
            "photos.md", "# Photos\n\n## Size\n\nA photo has 35 by 45 millimetres. Glasses are not allowed.")
        try trial.write("deep/zuerich.md", "# Zürich\n\nThe café in Zürich is naïve about résumés.")
        return trial
    }

    private func found(_ text: String, in trial: TrialKnowledge) async throws -> [KnowledgeMatch] {
        let index = try trial.index()
        let matches = try await index.search(text, agent: "visa", limit: 5)
        await index.close()
        return matches
    }

    @Test func `a question finds the section that answers it, with everything a source needs`() async throws {
        let matches = try await found("Do I need a blocked account as a student?", in: trial())
        let best = try #require(matches.first)
        #expect(best.section.title == "Proof of funds")
        #expect(best.section.headings == ["Blocked account"])
        #expect(best.section.document == "funds.md")
        #expect(best.section.written == "2026-11-21")
        #expect(best.section.origin == "an embassy")
        #expect(best.section.language == "en")
        #expect(best.excerpt.contains("Students deposit an amount for a year."))
        #expect(best.score > 0)
        #expect(best.coverage == 1)
    }

    @Test func `keywords find every section of a document, and are no part of its text`() async throws {
        let trial = try trial()
        try trial.write(
            "refusals.md",
            "---\nkeywords: turned down, denied\n---\n# Refusals\n\n## Appeals\n\nWrite a letter.\n\n## Again\n\nApply anew."
        )
        let matches = try await found("my visa was turned down, and a letter?", in: trial)
        #expect(matches.map(\.section.headings) == [["Appeals"], ["Again"]])
        #expect(matches.allSatisfy { $0.section.keywords == "turned down, denied" && !$0.excerpt.contains("turned") })
    }

    @Test(
        arguments: [
            ("students depositing", "Blocked account"), ("DEPOSITS", "Blocked account"), ("sponsor's", "Sponsors"),
            ("zurich cafe", ""), ("Zu\u{308}rich Résumé", ""), ("photos", "Size"),
        ])
    func `word forms and marks make no difference`(query: String, heading: String) async throws {
        let matches = try await found(query, in: trial())
        #expect(matches.first?.section.heading == heading)
    }

    @Test(
        arguments: [
            "blocked AND account", "account OR", "NOT blocked", "NEAR(blocked account, 2)", "title:blocked",
            "{title text}: blocked", "block*", "\"blocked account", "blocked\"; DROP TABLE documents; --", "^blocked",
            "(blocked", "blocked + account", "- blocked", "blocked'''", "section_search MATCH 'blocked'",
            "\u{0}blocked", "blocked account \u{FFFD}",
        ])
    func `operators of the index's language are words like others`(query: String) async throws {
        let trial = try trial()
        let matches = try await found(query, in: trial)
        // "block" has the same stem as "blocked".
        #expect(matches.first?.section.headings == ["Blocked account"])
        #expect(try trial.faults().isEmpty)
    }

    @Test(arguments: ["", "   ", "?!*\"()", "\u{1F600}", "\u{0}"])
    func `what has no word in it finds nothing`(query: String) async throws {
        #expect(try await found(query, in: trial()).isEmpty)
    }

    @Test func `words that nothing knows lower the coverage`() async throws {
        let matches = try await found("blocked account on Mars for penguins", in: trial())
        let best = try #require(matches.first)
        #expect(best.section.headings == ["Blocked account"])
        #expect(best.coverage > 0 && best.coverage < 0.8)
    }

    @Test func `a name beside what is known does not sink a section`() async throws {
        let matches = try await found("My cousin Tobias asks about a blocked account", in: trial())
        let best = try #require(matches.first)
        #expect(best.section.headings == ["Blocked account"] && best.coverage >= 0.5)
    }

    @Test func `stop words alone are looked up, beside others they are not`() {
        #expect(QueryWords("what is the blocked account").words == ["blocked", "account"])
        #expect(QueryWords("what is the").words == ["what", "is", "the"])
        #expect(QueryWords("I don't get Germany's visa").words == ["germany", "visa"])
        #expect(QueryWords(String(repeating: "word", count: 100)).words.isEmpty)
        #expect(QueryWords((0..<100).map { "w\($0)" }.joined(separator: " ")).words.count == QueryWords.maximumWords)
    }

    @Test func `an agent sees its own documents only`() async throws {
        let trial = try trial()
        let index = try trial.index(folders: [
            KnowledgeFolder(agent: "visa", path: trial.documents),
            KnowledgeFolder(agent: "tutor", path: trial.documents + "/deep"),
        ])
        #expect(try await index.search("photo", agent: "tutor", limit: 5).isEmpty)
        #expect(try await index.search("café", agent: "tutor", limit: 5).map(\.section.document) == ["zuerich.md"])
        #expect(try await index.search("photo", agent: "nobody", limit: 5).isEmpty)
        #expect(try await index.titles(agent: "tutor") == ["Zürich"])
        #expect(try await index.titles(agent: "visa") == ["Zürich", "Proof of funds", "Photos"])
        #expect(try await index.sections(of: "zuerich.md", agent: "tutor").count == 1)
        #expect(try await index.sections(of: "funds.md", agent: "tutor").isEmpty)
        await index.close()
    }

    @Test func `a document's sections come in their order`() async throws {
        let index = try trial().index()
        let sections = try await index.sections(of: "funds.md", agent: "visa")
        #expect(sections.map(\.heading) == ["Blocked account", "Sponsors"])
        await index.close()
    }

    @Test func `a section headed by what is asked comes before one that only mentions it`() async throws {
        let trial = try TrialKnowledge()
        let rest = String(repeating: "Bring the form, the passport and the photo on the day. ", count: 8)
        try trial.write(
            "d.md",
            "# Visa documents\n\n## Consistency\n\nAll papers agree.\n\n## Which documents a visa needs\n\n\(rest)")
        let index = try trial.index()
        let matches = try await index.search("Which documents do I need for a visa?", agent: "visa", limit: 2)
        #expect(matches.map(\.section.heading) == ["Which documents a visa needs", "Consistency"])
        await index.close()
    }

    @Test func `no more than asked for, and the best first`() async throws {
        let trial = try TrialKnowledge()
        for number in 1...30 {
            try trial.write("d\(number).md", "# D\(number)\n\nvisa " + String(repeating: "other ", count: number))
        }
        let index = try trial.index()
        let matches = try await index.search("visa", agent: "visa", limit: 3)
        #expect(matches.map(\.section.title) == ["D1", "D2", "D3"])
        await index.close()
    }
}

@Suite struct PassageTests {
    private func excerpt(_ text: String) -> String {
        Passage(marked: text.map { $0 == "«" ? "\u{1}" : $0 == "»" ? "\u{2}" : "\($0)" }.joined()).excerpt()
    }

    @Test func `a short text is its own excerpt, on one line`() {
        #expect(excerpt("A «visa» is\n\n- one\n- two.") == "A visa is - one - two.")
        #expect(excerpt("") == "")
    }

    @Test func `the passage with most of the words is chosen, in whole sentences`() {
        let filler = "This sentence says nothing that anybody asked for, at some length, so that it takes room. "
        let text =
            String(repeating: filler, count: 8) + "A «visa» is here. The «account» is «blocked» for «students» here. "
            + String(repeating: filler, count: 8)
        let found = excerpt(text)
        #expect(found.hasPrefix("A visa is here. The account is blocked for students here."))
        #expect(found.utf8.count <= Passage.maximumBytes)
    }

    @Test func `a sentence longer than an excerpt is cut around the word, and says so`() {
        let text = String(repeating: "wörter ", count: 100) + "«visa» " + String(repeating: "wörter ", count: 100)
        let found = excerpt(text)
        #expect(found.contains("visa"))
        #expect(found.hasPrefix("…") && found.hasSuffix("…"))
        #expect(found.utf8.count <= Passage.maximumBytes)
        #expect(excerpt(String(repeating: "é", count: 900)).utf8.count <= Passage.maximumBytes)
    }

    @Test func `numbers of a list and abbreviations end no sentence`() {
        let long = String(repeating: "X", count: 390)
        #expect(excerpt("Take e.g. Germany for a «visa». \(long)") == "Take e.g. Germany for a visa.")
        #expect(excerpt("1. Apply for a «visa» now. \(long)") == "1. Apply for a visa now.")
    }
}
