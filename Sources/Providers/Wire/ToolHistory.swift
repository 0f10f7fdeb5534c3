import Chat

extension [ModelMessage] {
    /// The same conversation with a result behind each tool's call, in the calls' order and with the call's name, and no result
    /// without its call.
    ///
    /// Providers refuse any other, and Gemini tells results apart by their place. Clients keep conversations in which a call was
    /// broken off or the beginning was cut away, and other providers' results may come in any order.
    var withToolResults: [ModelMessage] {
        guard contains(where: { $0.role == .tool || !$0.toolCalls.isEmpty }) else { return self }
        var messages: [ModelMessage] = []
        messages.reserveCapacity(count + 4)
        var start = startIndex
        while start < endIndex {
            // What the assistant said, and all that was said to it before it spoke again.
            let firstOther = self[start...].firstIndex { $0.role != .assistant } ?? endIndex
            let end = self[firstOther...].firstIndex { $0.role == .assistant } ?? endIndex
            var results = ToolResults(self[firstOther..<end])
            for message in self[start..<firstOther] {
                messages.append(message)
                for call in message.toolCalls { messages.append(results.take(for: call)) }
            }
            for (at, message) in zip(firstOther..<end, self[firstOther..<end]) where !results.taken.contains(at) {
                guard message.role == .tool else {
                    messages.append(message)
                    continue
                }
                let name = message.name.map { " \"\($0)\"" } ?? ""
                messages.append(
                    ModelMessage(role: .user, content: "(The result of a tool\(name):)\n\(message.content)"))
            }
            start = end
        }
        return messages
    }
}

/// The results among some messages, each to be taken once.
private struct ToolResults {
    private let messages: ArraySlice<ModelMessage>
    /// The places of those that name a call, and of those that name a function only; each list from behind.
    private var byCall: [String: [Int]] = [:]
    private var byFunction: [String: [Int]] = [:]
    private(set) var taken: Set<Int> = []

    init(_ messages: ArraySlice<ModelMessage>) {
        self.messages = messages
        for at in messages.indices.reversed() where messages[at].role == .tool {
            if let id = messages[at].toolCallID {
                byCall[id, default: []].append(at)
            } else if let name = messages[at].name {
                byFunction[name, default: []].append(at)
            }
        }
    }

    /// The call's result, or a word for a missing one.
    mutating func take(for call: ToolCall) -> ModelMessage {
        var result = ModelMessage(role: .tool, content: "(no result)")
        if let at = byCall[call.id]?.popLast() ?? byFunction[call.name]?.popLast() {
            taken.insert(at)
            result = messages[at]
        }
        result.toolCallID = call.id
        result.name = call.name
        return result
    }
}
