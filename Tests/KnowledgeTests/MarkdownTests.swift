import Testing

@testable import Knowledge

@Suite struct MarkdownTests {
    private func sections(_ text: String, maximum: Int = 65_536) throws -> [[String]] {
        try MarkdownDocument(text, name: "a-file.md", maximumSectionBytes: maximum).sections.map {
            $0.headings + [$0.text]
        }
    }

    @Test func `a section knows the headings that lead to it`() throws {
        let found = try sections("# Title\nA\n## One\nB\n### Deep\nC\n## Two\nD\n#### Far\nE")
        #expect(
            found == [["A"], ["One", "B"], ["One", "Deep", "C"], ["Two", "D"], ["Two", "Far", "E"]])
    }

    @Test func `a heading within a code block is code, whatever the fence is made of`() throws {
        let text = """
            ## Real
            ```sh
            # comment
            ```` not closed by more text
            ~~~
            ```
            after
            ~~~
            ## also code
            ```
            ~~~~
            ## Second
            end
            """
        let found = try sections(text)
        #expect(found.map(\.first) == ["Real", "Second"])
        #expect(found[0][1].contains("# comment"))
        #expect(found[0][1].contains("## also code"))
        #expect(found[1][1] == "end")
    }

    @Test(
        arguments: ["#hashtag", "####### seven", "    # indented", "\\# escaped"])
    func `what only looks like a heading is text`(line: String) throws {
        let found = try sections("## H\n" + line)
        #expect(found.count == 1)
        #expect(found.first?.first == "H")
    }

    @Test func `closing signs of a heading are left out`() throws {
        #expect(try sections("## Heading ##\nx") == [["Heading", "x"]])
        #expect(try sections("## C#\nx") == [["C#", "x"]])
        #expect(try sections("  ### *Em* `code`   \nx") == [["Em code", "x"]])
    }

    @Test func `the head gives title, date, source and language`() throws {
        let document = try MarkdownDocument(
            "---\ntitle: \"Proof: of funds\"\ndate: 2026-11-21\nsource: an embassy\nlanguage: EN\n---\n# Other\ntext",
            name: "x.md")
        #expect(document.title == "Proof: of funds")
        #expect(document.written == "2026-11-21")
        #expect(document.origin == "an embassy")
        #expect(document.language == "en")
        #expect(document.sections.map(\.headings) == [[]])
        #expect(document.warnings.isEmpty)
    }

    @Test func `a title comes from the first heading, else from the file's name`() throws {
        #expect(try MarkdownDocument("# Proof of funds\nx", name: "a.md").title == "Proof of funds")
        #expect(try MarkdownDocument("text\n## Later", name: "proof-of_funds.md").title == "Proof of funds")
        #expect(try MarkdownDocument("", name: ".md").title == ".md")
    }

    @Test func `a head that is wrong is refused with its line`() {
        #expect(throws: MarkdownDocument.Mistake.self) { try MarkdownDocument("---\ntitle: x\n", name: "a.md") }
        do {
            _ = try MarkdownDocument("---\ntitle: x\nno colon here\n---\n", name: "a.md")
            Issue.record("it was taken")
        } catch {
            #expect(error.line == 3)
        }
    }

    @Test func `a date that is none is left out, and said`() throws {
        let document = try MarkdownDocument("---\ndate: 21.11.2026\n---\nx", name: "a.md")
        #expect(document.written == nil)
        #expect(document.warnings.map(\.line) == [2])
    }

    @Test func `text is plain: lists keep their items, signs and links are gone, words are not`() throws {
        let text = """
            A *first* line
            goes __on__ with `code`, snake_case and 2 * 3.

            - one [page](https://example.org/a "t")
            - two ![picture](p.png)
              further
            1. three <https://example.org>

            | a | b |
            |---|---|
            | 1 | 2 |
            > quoted
            <!-- hidden
            still hidden --> shown
            """
        let found = try sections(text)
        #expect(
            found == [
                [
                    """
                    A first line goes on with code, snake_case and 2 * 3.

                    - one page (https://example.org/a)
                    - two picture further
                    1. three https://example.org

                    a | b
                    1 | 2
                    quoted shown
                    """
                ]
            ])
    }

    @Test func `CRLF, a byte order mark's absence and control characters change nothing`() throws {
        #expect(try sections("## A\r\nx\r\n\r\ny\u{1}\u{2}z\r\n") == [["A", "x\n\nyz"]])
    }

    @Test func `a long section is split after paragraphs, within the limit, and nothing is lost`() throws {
        let paragraphs = (1...40).map { "Paragraph \($0) " + String(repeating: "ä", count: 20) }
        let found = try sections("## Long\n" + paragraphs.joined(separator: "\n\n"), maximum: 300)
        #expect(found.count > 1)
        #expect(found.allSatisfy { $0[0] == "Long" && $0[1].utf8.count <= 300 })
        #expect(found.map { $0[1] }.joined(separator: "\n\n") == paragraphs.joined(separator: "\n\n"))
        // Without any gap, still between scalars.
        let solid = try sections(String(repeating: "é", count: 500), maximum: 99)
        #expect(solid.map { $0[0] }.joined() == String(repeating: "é", count: 500))
        #expect(solid.allSatisfy { $0[0].utf8.count <= 99 })
    }

    @Test func `too many sections are refused`() {
        let text = String(repeating: "# a\nb\n", count: MarkdownDocument.maximumSections + 1)
        #expect(throws: MarkdownDocument.Mistake.self) { try MarkdownDocument("x\n" + text, name: "a.md") }
    }

    @Test func `any bytes that are text are taken apart without harm`() throws {
        var seed: UInt64 = 7
        let alphabet = Array("#`~-*_[]()<!>| \n\\a1é\r\t:\"'=+.")
        for _ in 0..<2_000 {
            var text = ""
            for _ in 0..<40 {
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text.append(alphabet[Int(seed >> 33) % alphabet.count])
            }
            guard let document = try? MarkdownDocument(text, name: "a.md", maximumSectionBytes: 64) else { continue }
            for section in document.sections {
                #expect(!section.text.isEmpty && section.text.utf8.count <= 64)
                #expect(!section.text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
            }
        }
    }
}
