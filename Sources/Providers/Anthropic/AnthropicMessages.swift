import Chat
import JSON
import Substrings

/// The turns of a conversation as content blocks (docs.anthropic.com/en/api/messages#body-messages).
enum AnthropicMessages {
    static func write(_ turns: [AlternatingTranscript.Turn], to json: inout JSONWriter) {
        var names = ToolUseNames()
        // The names of the calls whose results come next, in the order of both.
        var open: [String] = []
        json.beginArray("messages")
        for turn in turns {
            json.beginObject()
            json.member("role", turn.isAssistant ? "assistant" : "user")
            json.beginArray("content")
            if turn.isAssistant {
                open = []
                for message in turn.messages { open += writeAssistant(message, &names, to: &json) }
            } else {
                writeUser(turn.messages, open, to: &json)
            }
            json.endArray()
            json.endObject()
        }
        json.endArray()
    }

    /// - Returns: the names of the calls.
    private static func writeAssistant(
        _ message: ModelMessage, _ names: inout ToolUseNames, to json: inout JSONWriter
    ) -> [String] {
        if let reasoning = message.reasoning { AnthropicThoughts.write(reasoning.details, to: &json) }
        writeText(message.content, message.cacheMarks, to: &json)
        return message.toolCalls.map { call in
            let name = names.add(call.id)
            json.beginObject()
            json.member("type", "tool_use")
            json.member("id", name)
            json.member("name", ToolUseNames.plain(call.name))
            json.key("input")
            json.object(from: call.arguments, otherwiseAs: "arguments")
            json.endObject()
            return name
        }
    }

    /// Results come first: they must follow the calls at once
    /// (docs.anthropic.com/en/docs/agents-and-tools/tool-use/implement-tool-use).
    private static func writeUser(_ messages: [ModelMessage], _ open: [String], to json: inout JSONWriter) {
        for (message, name) in zip(messages.lazy.filter { $0.role == .tool }, open) {
            json.beginObject()
            json.member("type", "tool_result")
            json.member("tool_use_id", name)
            json.member("content", message.content)
            write(message.cacheMarks.last?.control, to: &json)
            json.endObject()
        }
        for message in messages where message.role != .tool {
            if message.parts.isEmpty { writeText(message.content, message.cacheMarks, to: &json) }
            writeParts(of: message, to: &json)
        }
    }

    /// The marks are in the parts' order, and their places are in the text of all parts.
    private static func writeParts(of message: ModelMessage, to json: inout JSONWriter) {
        var marks = message.cacheMarks[...]
        var start = 0
        var attachments = 0
        for part in message.parts {
            switch part {
            case .text(let text):
                let end = start + text.utf8.count
                var own: [CacheMark] = []
                while let mark = marks.first, mark.attachment == nil, mark.end <= end {
                    own.append(CacheMark(end: mark.end - start, control: mark.control))
                    marks.removeFirst()
                }
                writeText(text, own, to: &json)
                start = end
            case .attachment(let attachment):
                var control: [UInt8]?
                if let mark = marks.first, mark.attachment == attachments {
                    control = mark.control
                    marks.removeFirst()
                }
                write(attachment, control, to: &json)
                attachments += 1
            }
        }
    }

    /// docs.anthropic.com/en/api/messages: blocks `image` and `document`
    private static func write(_ attachment: Attachment, _ control: [UInt8]?, to json: inout JSONWriter) {
        json.beginObject()
        json.member("type", attachment.kind == .image ? "image" : "document")
        json.beginObject("source")
        switch attachment.source {
        case .base64(let bytes):
            let text = attachment.mediaType == "text/plain" ? text(ofBase64: bytes) : nil
            json.member("type", text == nil ? "base64" : "text")
            json.member("media_type", attachment.mediaType)
            json.key("data")
            if let text { json.string(text) } else { json.string("", plain: bytes) }
        case .url(let url), .fileID(let url):
            json.member("type", "url")
            json.member("url", url)
        }
        json.endObject()
        if attachment.kind == .file { json.member("title", ifPresent: attachment.name) }
        write(control, to: &json)
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

    /// Writes a block, or one up to each mark. A block of nothing but white space would be refused.
    static func writeText(_ text: String, _ marks: [CacheMark], to json: inout JSONWriter) {
        var rest = text.utf8[...]
        for mark in marks {
            let length = mark.end - (text.utf8.count - rest.count)
            guard length > 0, length <= rest.count else { continue }
            writeBlock(rest.prefix(length), mark.control, to: &json)
            rest = rest.dropFirst(length)
        }
        writeBlock(rest, nil, to: &json)
    }

    private static func writeBlock(_ utf8: Substring.UTF8View, _ control: [UInt8]?, to json: inout JSONWriter) {
        let text = String(Substring(utf8))
        if text.isBlank { return }
        json.beginObject()
        json.member("type", "text")
        json.member("text", text)
        write(control, to: &json)
        json.endObject()
    }

    private static func write(_ control: [UInt8]?, to json: inout JSONWriter) {
        guard let control else { return }
        json.member("cache_control", json: control)
    }
}

/// Names of tool calls that Anthropic takes: letters, digits, `_` and `-`, each but once in a conversation. Other providers'
/// names have other characters, or begin anew with every answer.
struct ToolUseNames {
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
        return name
    }

    static func plain(_ id: String) -> String {
        var name = ""
        for byte in id.utf8 {
            let isPlain = byte.isASCIILetterOrDigit || byte == UInt8(ascii: "-")
            name.unicodeScalars.append(isPlain ? Unicode.Scalar(byte) : "_")
        }
        return name.isEmpty ? "call" : name
    }
}
