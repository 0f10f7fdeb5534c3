import Chat
import JSON

/// The `tool_use` blocks of a message. Blocks are numbered in the message together with text and thoughts; the domain counts
/// calls alone.
struct AnthropicToolCalls {
    private struct Call {
        var block: Int64?
        var index: Int
        /// What the block began with: `{}`, and the arguments come in pieces; or all of them.
        var input: [UInt8]
        var hasArguments = false
    }

    /// Those that have begun and not ended; never more than an answer may have.
    private var open: [Call] = []
    private var count = 0

    /// - Returns: false when the block names no tool.
    @discardableResult
    mutating func begin(block number: Int64?, _ block: borrowing JSONElement, into answer: inout Answer) -> Bool {
        guard let name = block["name"]?.string, !name.isEmpty else { return false }
        let index = count
        count += 1
        answer.append(
            toolCall: ToolCallPiece(
                index: index, id: block["id"]?.string, name: name, arguments: ""))
        if answer.wasCutOff { return true }
        var input = Array("{}".utf8)
        if let whole = block["input"], !whole.isNull { input = Array(whole.argumentText.utf8) }
        open.append(Call(block: number, index: index, input: input))
        return true
    }

    /// Takes a piece of the arguments' text. One for another block than a call's, such as a tool that the provider calls
    /// itself, is passed over.
    mutating func add(_ piece: String, block number: Int64?, into answer: inout Answer) {
        guard !piece.isEmpty, let at = open.lastIndex(where: { $0.block == number }) else { return }
        open[at].hasArguments = true
        answer.append(toolCall: ToolCallPiece(index: open[at].index, arguments: piece))
    }

    /// Ends a call. A tool without parameters is called without a piece of arguments; its arguments are an object all the
    /// same.
    mutating func end(block number: Int64?, into answer: inout Answer) {
        guard let at = open.lastIndex(where: { $0.block == number }) else { return }
        let call = open.remove(at: at)
        if call.hasArguments { return }
        answer.append(
            toolCall: ToolCallPiece(index: call.index, arguments: String(decoding: call.input, as: UTF8.self)))
    }
}
