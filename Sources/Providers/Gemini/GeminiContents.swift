// Google's Gemini API.

import Chat
import JSON

/// The turns of a conversation as contents of parts (ai.google.dev/api/caching#Content).
enum GeminiContents {
    static func write(_ turns: [AlternatingTranscript.Turn], wantsSignatures: Bool, to json: inout JSONWriter) {
        json.beginArray("contents")
        for turn in turns {
            json.beginObject()
            json.member("role", turn.isAssistant ? "model" : "user")
            json.beginArray("parts")
            if turn.isAssistant {
                writeModel(turn.messages, wantsSignatures: wantsSignatures, to: &json)
            } else {
                writeUser(turn.messages, to: &json)
            }
            json.endArray()
            json.endObject()
        }
        json.endArray()
    }

    static func writeText(_ text: String, to json: inout JSONWriter) {
        json.beginObject()
        json.member("text", text)
        json.endObject()
    }

    private static func writeModel(_ messages: [ModelMessage], wantsSignatures: Bool, to json: inout JSONWriter) {
        var isFirstCall = true
        for message in messages {
            if !message.content.isBlank {
                json.beginObject()
                json.member("text", message.content)
                if let signature = Reasoning.geminiSignature(in: message.reasoning?.details ?? []) {
                    json.member("thoughtSignature", signature)
                }
                json.endObject()
            }
            for call in message.toolCalls {
                json.beginObject()
                json.beginObject("functionCall")
                json.member("id", call.id)
                json.member("name", call.name)
                json.key("args")
                json.object(from: call.arguments, otherwiseAs: "arguments")
                json.endObject()
                if let signature = call.extraContent.flatMap(GeminiSignature.signature) {
                    json.member("thoughtSignature", signature)
                } else if wantsSignatures, isFirstCall {
                    // Another provider's calls have none; this word stands for a missing one
                    // (ai.google.dev/gemini-api/docs/thought-signatures).
                    json.member("thoughtSignature", "skip_thought_signature_validator")
                }
                isFirstCall = false
                json.endObject()
            }
        }
    }

    /// Results come first: they must follow the calls at once, all together
    /// (ai.google.dev/gemini-api/docs/function-calling).
    private static func writeUser(_ messages: [ModelMessage], to json: inout JSONWriter) {
        for message in messages where message.role == .tool {
            json.beginObject()
            json.beginObject("functionResponse")
            json.member("id", ifPresent: message.toolCallID)
            json.member("name", ifPresent: message.name)
            json.key("response")
            json.object(from: message.content, otherwiseAs: "output")
            json.endObject()
            json.endObject()
        }
        for message in messages where message.role != .tool {
            if message.parts.isEmpty { writeText(message.content, to: &json) }
            for part in message.parts {
                switch part {
                case .text(let text): if !text.isBlank { writeText(text, to: &json) }
                case .attachment(let attachment): write(attachment, to: &json)
                }
            }
        }
    }

    /// ai.google.dev/api/caching#Blob and #FileData
    private static func write(_ attachment: Attachment, to json: inout JSONWriter) {
        json.beginObject()
        switch attachment.source {
        case .base64(let bytes):
            json.beginObject("inlineData")
            json.member("mimeType", attachment.mediaType == "audio/mpeg" ? "audio/mp3" : attachment.mediaType)
            json.key("data")
            json.string("", plain: bytes)
            json.endObject()
        case .url(let text), .fileID(let text):
            json.beginObject("fileData")
            if !attachment.mediaType.isEmpty { json.member("mimeType", attachment.mediaType) }
            json.member("fileUri", text)
            json.endObject()
        }
        json.endObject()
    }
}
