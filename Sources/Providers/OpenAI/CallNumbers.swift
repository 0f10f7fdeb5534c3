// OpenAI's chat completions, and everything that speaks like them.

import Chat
import JSON

/// Finds out which call of an answer each piece of `tool_calls` belongs to, and numbers the calls in the order in which they
/// begin.
///
/// OpenAI numbers them itself and names them in the first piece. Others leave the number out or give all calls the same one,
/// repeat the id in every piece, under any number, or give every piece another id.
struct CallNumbers: Sendable {
    private struct Call {
        var id: String
        var progress = CallProgress()
    }

    /// A call's number is its place.
    private var calls: [Call] = []
    /// The call that each of the provider's numbers was last used for.
    private var latest: [Int64: Int] = [:]

    /// - Parameter number: as sent; nil for none.
    mutating func piece(_ call: borrowing JSONElement, number: Int64?) -> ToolCallPiece {
        let id = call["id"]?.string
        var piece: ToolCallPiece
        if let function = call["function"] {
            piece = self.piece(named: function, id: id, number: number)
        } else {
            // Some leave out the object around name and arguments.
            piece = self.piece(named: call, id: id, number: number)
        }
        if let extra = call["extra_content"], extra.isObject { piece.extraContent = extra.encoded }
        return piece
    }

    mutating func piece(named function: borrowing JSONElement, id: String?, number: Int64?) -> ToolCallPiece {
        let name = function["name"]?.string ?? ""
        let arguments = function["arguments"]?.argumentText ?? ""
        if let number, !(0..<Int64(Answer.maximumToolCalls)).contains(number) {
            // The answer refuses it.
            return ToolCallPiece(index: Int(clamping: number), arguments: arguments)
        }
        let index = index(number, id: id ?? "", name: name, arguments: arguments)
        if index == calls.count { calls.append(Call(id: id ?? "")) }
        if let number { latest[number] = index }
        if calls[index].id.isEmpty { calls[index].id = id ?? "" }
        calls[index].progress.take(name: name, arguments: arguments)
        return ToolCallPiece(index: index, id: id, name: name, arguments: arguments)
    }

    private func index(_ number: Int64?, id: String, name: String, arguments: String) -> Int {
        if !id.isEmpty, let known = calls.lastIndex(where: { $0.id == id }) { return known }
        guard let number else {
            // Without a number an id or a name begins the next call, and what has neither belongs to the last.
            return id.isEmpty && name.isEmpty && !calls.isEmpty ? calls.count - 1 : calls.count
        }
        guard let known = latest[number] else { return calls.count }
        let call = calls[known]
        let isWhole = call.progress.hasArguments && call.progress.isWhole
        if !id.isEmpty, !call.id.isEmpty {
            // An early vLLM makes a new id for every piece, and names the function in the first one only.
            return name.isEmpty && (arguments.isBlank || !isWhole) ? known : calls.count
        }
        // Two calls under one number, and without ids: the second begins when the first is whole.
        return id.isEmpty && !name.isEmpty && !arguments.isEmpty && isWhole ? calls.count : known
    }
}
