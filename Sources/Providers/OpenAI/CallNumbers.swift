import Chat
import JSON

/// Numbers the pieces of an answer's calls of tools, and sees that each call's id and name are told once.
///
/// OpenAI numbers them itself and names them in the first piece. Others leave the number out, or name them in every piece.
struct CallNumbers: Sendable {
    /// Which calls have been told their id, and their name; a call's number is its place.
    private var haveID: [Bool] = []
    private var haveName: [Bool] = []

    /// - Parameter number: as sent; without one, a piece with an id begins the next call, and one without belongs to the last.
    mutating func piece(_ call: borrowing JSONElement, number: Int64?) -> ToolCallPiece {
        let id = call["id"]?.string
        guard let function = call["function"] else {
            return ToolCallPiece(index: index(number, hasID: id != nil), id: id, arguments: "")
        }
        return piece(named: function, id: id, number: number)
    }

    mutating func piece(named function: borrowing JSONElement, id: String?, number: Int64?) -> ToolCallPiece {
        let name = function["name"]?.string
        let isNew = !(id ?? "").isEmpty || !(name ?? "").isEmpty
        let index = index(number, hasID: isNew)
        var piece = ToolCallPiece(index: index, arguments: function["arguments"]?.string ?? "")
        // What is numbered absurdly is refused by the answer; here it must only do no harm.
        guard (0..<Answer.maximumToolCalls).contains(index) else { return piece }
        while haveID.count <= index {
            haveID.append(false)
            haveName.append(false)
        }
        if let id, !id.isEmpty, !haveID[index] {
            haveID[index] = true
            piece.id = id
        }
        if let name, !name.isEmpty, !haveName[index] {
            haveName[index] = true
            piece.name = name
        }
        return piece
    }

    private func index(_ number: Int64?, hasID: Bool) -> Int {
        if let number { return Int(clamping: number) }
        return hasID ? haveID.count : max(0, haveID.count - 1)
    }
}
