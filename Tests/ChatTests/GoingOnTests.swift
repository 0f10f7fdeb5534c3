import Synchronization
import Testing

@testable import Chat

/// Going on with an answer.
@Suite struct GoingOnTests {
    private struct Pieces: EmbeddedAnswer {
        let pieces: [String]

        func compose(_ say: (String) async throws -> Void) async throws { for piece in pieces { try await say(piece) } }
    }

    private func rest(of pieces: [String], after given: String) async throws -> String {
        var said = ""
        try await RestOfAnswer(whole: Pieces(pieces: pieces), given: given).compose { said += $0 }
        return said
    }

    @Test func `what was given of an answer is left out, wherever it broke off`() async throws {
        let pieces = ["Wells ", "sends ", "his traveller. ", "Té."]
        let whole = pieces.joined()
        for count in 0...whole.count {
            let given = String(whole.prefix(count))
            #expect(try await given + rest(of: pieces, after: given) == whole)
        }
    }

    @Test func `an answer that says something else by now follows whole, in a paragraph of its own`() async throws {
        #expect(try await rest(of: ["Wells ", "sleeps."], after: "Wells sends") == "\n\nWells sleeps.")
        #expect(try await rest(of: ["A"], after: "Wells") == "\n\nA")
    }

    @Test func `a language model is shown what it said and asked to go on; nothing is replayed`() {
        let request = ModelRequest(instructions: "i", messages: [ModelMessage(role: .user, content: "q")])
        #expect(request.goingOn(after: nil) == request)
        #expect(request.goingOn(after: "") == request)
        let further = request.goingOn(after: "so far")
        #expect(further.messages.map(\.role) == [.user, .assistant, .user])
        #expect(further.messages[1].content == "so far")
        #expect(further.isFresh)
    }
}
