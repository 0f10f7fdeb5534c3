import Foundation
import Testing

@testable import Agents

@Suite struct PersonaTests {
    private func folder(_ files: [String: String]) throws -> String {
        let root = FileManager.default.temporaryDirectory.path + "/personas-" + UUID().uuidString
        for (path, text) in files {
            let file = root + "/" + path
            try FileManager.default.createDirectory(
                atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(filePath: file))
        }
        return root
    }

    private func mistakes(_ text: String) throws -> [PersonaMistake] {
        let root = try folder(["x/persona.md": text])
        defer { try? FileManager.default.removeItem(atPath: root) }
        do {
            _ = try PersonaReader.personas(in: root)
            return []
        } catch {
            return error.mistakes
        }
    }

    @Test func `the shipped personas are read`() throws {
        #expect(
            ShippedAgents.personas.map(\.name).filter { ["general", "tutor", "visa_expert"].contains($0) }.count == 3)
        let visa = try ShippedAgents.persona("visa_expert")
        #expect(visa.kind == .plain && visa.tools == [.schengenDays, .searchHistory] && visa.temperature == 0.2)
        #expect(visa.knowledgeFolder.hasSuffix("agents/visa/knowledge"))
        #expect(visa.modelRoute == "visa_expert")
        #expect(try ShippedAgents.persona("tutor").kind == .tutor)
    }

    @Test func `every shipped document is taken in without a word`() async throws {
        let report = try await ShippedAgents.knowledge.refresh()
        #expect(report.problems.isEmpty)
        #expect(report.documents > 40)
        let documents = try await ShippedAgents.knowledge.titles(agent: "visa_expert")
        #expect(documents.count >= 12)
    }

    @Test func `a folder with a persona and documents is a persona; one without is passed over`() throws {
        let root = try folder([
            "garden/persona.md":
                "---\nname: gardener\ntitle: Gardener\nmodel: small\nmax_tokens: 300\n---\nYou know plants.\n",
            "garden/knowledge/roses.md": "# Roses", "notes/readme.md": "nothing", "file.md": "x",
        ])
        defer { try? FileManager.default.removeItem(atPath: root) }
        let personas = try PersonaReader.personas(in: root)
        #expect(
            personas == [
                Persona(
                    name: "gardener", title: "Gardener", knowledgeFolder: root + "/garden/knowledge",
                    modelRoute: "small",
                    maximumOutputTokens: 300, instructions: "You know plants.")
            ])
        #expect(try PersonaReader.personas(in: root + "/none").isEmpty)
    }

    @Test func `every mistake is told at once, with file and line`() throws {
        let found = try mistakes(
            """
            ---
            name: Bad Name
            title: T
            agent: robot
            temperature: hot
            max_tokens: 1.5
            tools: schengen_days, laser
            colour: red
            ---
            Body
            """)
        #expect(found.map(\.line).sorted { ($0 ?? 0) < ($1 ?? 0) } == [2, 4, 5, 6, 7, 8])
        #expect(found.allSatisfy { $0.file.hasSuffix("x/persona.md") })
        #expect(found.contains { $0.description.contains("persona.md:7: the tool laser is not known") })
    }

    @Test(
        arguments: [
            ("", 1, "head is missing"), ("You are a robot.", 1, "head is missing"),
            ("---\nname: a\n---\nBody", 1, "title is missing"), ("---\ntitle: a\n---\nBody", 1, "name is missing"),
            ("---\nname: a\ntitle: b\n---\n \n", 5, "instructions are missing"),
            ("---\nname: a\ntitle: b\nBody", 4, "key: value"), ("---\nname: a\nname: b\n---\nBody", 3, "twice"),
            ("---\nname: noah\ntitle: b\n---\nBody", 2, "belongs to the program"),
            ("---\nname: a\ntitle: b\n---\n" + String(repeating: "x", count: 17_000), 5, "instructions have more than"),
            ("---\nname: a\ntitle: b\ntemperature: 2.5\n---\nBody", 4, "0 to 2"),
            ("---\nname: a\ntitle: b\ntemperature: nan\n---\nBody", 4, "0 to 2"),
        ] as [(String, Int, String)])
    func `what is missing or cannot be is told`(text: String, line: Int, words: String) throws {
        let found = try mistakes(text)
        #expect(found.contains { $0.line == line && $0.problem.contains(words) }, "\(found)")
    }

    @Test func `two personas of one name are told`() throws {
        let text = "---\nname: a\ntitle: A\n---\nBody"
        let root = try folder(["one/persona.md": text, "two/persona.md": text])
        defer { try? FileManager.default.removeItem(atPath: root) }
        do {
            _ = try PersonaReader.personas(in: root)
            Issue.record("both were taken")
        } catch {
            #expect(error.mistakes.map(\.file) == [root + "/two/persona.md"])
        }
    }
}
