import Chat
import FCGIApp
import JSON

// What an answer came to, put together from the events of its log. What a switch of providers took back is not part of it.

extension EndedTurn {
    /// A whole answer as a chat completion, or why there is none with a status of its own.
    func completion(_ encoder: CompletionEncoder) -> Response {
        switch terminal {
        case .completed(let completion): .json { encoder.encode(whole: log, completion, to: &$0) }
        case .failed(let failure): CompletionError(failure).response
        default:
            CompletionError(Problem(status: 500, code: "internal_error", detail: "Something went wrong on the server."))
                .response
        }
    }
}

extension ToolCall {
    /// The calls that an answer asks for, put together from their pieces.
    static func calls(in log: TurnLog) -> [ToolCall] {
        var calls: [Int: ToolCall] = [:]
        _ = log.read(after: 0) { _, view in
            if case .event(.providerSwitch(let change)) = view, change.resetsText { calls = [:] }
            guard case .event(.toolCalls(let pieces)) = view else { return true }
            for piece in pieces {
                var call = calls[piece.index] ?? ToolCall(id: "", name: "", arguments: "")
                if let id = piece.id { call.id = id }
                if let name = piece.name { call.name = name }
                call.arguments += piece.arguments
                if let extra = piece.extraContent { call.extraContent = extra }
                calls[piece.index] = call
            }
            return true
        }
        return calls.sorted { $0.key < $1.key }.map(\.value)
    }
}

extension TurnLog {
    /// What the thoughts' provider wants back with them: `reasoning_details` of all events, with those of one number that came
    /// in pieces put together.
    var reasoningDetails: [JSONValue] {
        var details: [JSONValue] = []
        _ = read(after: 0) { _, view in
            switch view {
            case .event(.providerSwitch(let change)): if change.resetsText { details = [] }
            case .event(.reasoningDetails(let json)):
                for detail in (try? JSONValue(parsing: json))?.arrayValue ?? [] {
                    if let last = details.last, let joined = Self.joined(last, detail) {
                        details[details.count - 1] = joined
                    } else {
                        details.append(detail)
                    }
                }
            default: break
            }
            return true
        }
        return details
    }

    /// Two pieces of one detail as one; nil when they are two details.
    private static func joined(_ first: JSONValue, _ second: JSONValue) -> JSONValue? {
        guard let index = first["index"]?.integerValue, second["index"]?.integerValue == index,
            let type = first["type"]?.stringValue, second["type"]?.stringValue == type,
            case .object(let known) = first, case .object(let more) = second
        else { return nil }
        var members = known.members.map { ($0.key, $0.value) }
        for member in more.members where !member.value.isNull {
            guard let at = members.firstIndex(where: { $0.0 == member.key }) else {
                members.append((member.key, member.value))
                continue
            }
            if ["text", "summary", "data"].contains(member.key), let text = members[at].1.stringValue,
                let rest = member.value.stringValue
            {
                members[at].1 = .string(text + rest)
            } else {
                members[at].1 = member.value
            }
        }
        return .object(JSONObject(members))
    }

    /// What the model thought before it answered.
    var thoughts: String {
        var thoughts = ""
        _ = read(after: 0) { _, view in
            switch view {
            case .event(.providerSwitch(let change)): if change.resetsText { thoughts = "" }
            case .event(.reasoning(let piece)): thoughts += piece
            default: break
            }
            return true
        }
        return thoughts
    }
}
