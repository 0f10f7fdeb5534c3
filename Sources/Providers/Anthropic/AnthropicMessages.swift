import Chat
import JSON

/// The turns of a conversation as content blocks (docs.anthropic.com/en/api/messages#body-messages).
enum AnthropicMessages {
    static func write(_ turns: [Exchange.Turn], to json: inout JSONWriter) {
        var names = ToolUseNames()
        json.key("messages")
        json.beginArray()
        for turn in turns {
            json.beginObject()
            json.string(turn.isAssistant ? "assistant" : "user", for: "role")
            json.key("content")
            json.beginArray()
            if turn.isAssistant {
                for message in turn.messages { writeAssistant(message, &names, to: &json) }
            } else {
                writeUser(turn.messages, names, to: &json)
            }
            json.endArray()
            json.endObject()
        }
        json.endArray()
    }

    private static func writeAssistant(
        _ message: ModelMessage, _ names: inout ToolUseNames, to json: inout JSONWriter
    ) {
        writeText(message.content, to: &json)
        for call in message.toolCalls {
            json.beginObject()
            json.string("tool_use", for: "type")
            json.string(names.add(call.id), for: "id")
            json.string(call.name, for: "name")
            json.key("input")
            json.object(from: call.arguments, otherwiseAs: "arguments")
            json.endObject()
        }
    }

    /// Results come first: they must follow the calls at once
    /// (docs.anthropic.com/en/docs/agents-and-tools/tool-use/implement-tool-use).
    private static func writeUser(
        _ messages: [ModelMessage], _ names: ToolUseNames, to json: inout JSONWriter
    ) {
        for message in messages {
            guard message.role == .tool, let id = message.toolCallID else { continue }
            json.beginObject()
            json.string("tool_result", for: "type")
            json.string(names.name(of: id), for: "tool_use_id")
            json.string(message.content, for: "content")
            json.endObject()
        }
        for message in messages where message.role != .tool || message.toolCallID == nil {
            if message.parts.isEmpty { writeText(message.content, to: &json) }
            for part in message.parts {
                switch part {
                case .text(let text): writeText(text, to: &json)
                case .attachment(let attachment): write(attachment, to: &json)
                }
            }
        }
    }

    /// docs.anthropic.com/en/api/messages: blocks `image` and `document`
    private static func write(_ attachment: Attachment, to json: inout JSONWriter) {
        json.beginObject()
        json.string(attachment.kind == .image ? "image" : "document", for: "type")
        json.key("source")
        json.beginObject()
        switch attachment.source {
        case .base64(let bytes):
            let text = attachment.mediaType == "text/plain" ? text(ofBase64: bytes) : nil
            json.string(text == nil ? "base64" : "text", for: "type")
            json.string(attachment.mediaType, for: "media_type")
            json.key("data")
            if let text { json.string(text) } else { json.string("", plain: bytes) }
        case .url(let url), .fileID(let url):
            json.string("url", for: "type")
            json.string(url, for: "url")
        }
        json.endObject()
        if attachment.kind == .file { json.string(attachment.name, for: "title") }
        json.endObject()
    }

    /// A text file's text, which is wanted as it is; nil when it is not UTF-8.
    /// - Parameter base64: checked.
    static func text(ofBase64 base64: ArraySlice<UInt8>) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(base64.count / 4 * 3)
        var bits: UInt32 = 0
        var count = 0
        for digit in base64 {
            let value: UInt8
            switch digit {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = digit - UInt8(ascii: "A")
            case UInt8(ascii: "a")...UInt8(ascii: "z"): value = digit - UInt8(ascii: "a") + 26
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0") + 52
            case UInt8(ascii: "+"): value = 62
            case UInt8(ascii: "/"): value = 63
            default: continue
            }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// A block of nothing but white space would be refused.
    private static func writeText(_ text: String, to json: inout JSONWriter) {
        if text.isBlank { return }
        json.beginObject()
        json.string("text", for: "type")
        json.string(text, for: "text")
        json.endObject()
    }
}

/// Names of tool calls that Anthropic takes: letters, digits, `_` and `-`, each but once in a conversation. Other providers'
/// names have other characters, or begin anew with every answer.
private struct ToolUseNames {
    private var latest: [String: String] = [:]
    private var taken: Set<String> = []
    /// Where the search for the next name goes on: a request may hold thousands of calls of one name.
    private var nextNumber: [String: Int] = [:]

    /// The name for a call.
    mutating func add(_ id: String) -> String {
        let plain = Self.plain(id)
        var number = nextNumber[plain] ?? 1
        var name: String
        repeat {
            name = number == 1 ? plain : "\(plain)-\(number)"
            number += 1
        } while !taken.insert(name).inserted
        nextNumber[plain] = number
        latest[id] = name
        return name
    }

    /// The name of the last call that was called so.
    func name(of id: String) -> String { latest[id] ?? Self.plain(id) }

    private static func plain(_ id: String) -> String {
        var name = ""
        for byte in id.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                name.unicodeScalars.append(Unicode.Scalar(byte))
            default: name += "_"
            }
        }
        return name.isEmpty ? "call" : name
    }
}
