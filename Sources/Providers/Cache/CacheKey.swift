// Answers that are given again for the same request.

import CCrypto
import Chat
import JSON

/// What makes two requests the same: the route and all that is sent to a provider, as a SHA-256, so that the key of a long
/// conversation is short and tells nothing of it. The question, the last message, counts in the form of ``QuestionForm``. The
/// client's own name for its end user is not part of it.
struct CacheKey: Hashable, Sendable {
    let digest: [UInt8]

    /// - Parameters:
    ///   - route: the name under which the chain stands in the configuration.
    ///   - user: whose request it is; nil where users share their answers.
    init(_ request: ModelRequest, route: String, user: UserID?) {
        var json = JSONWriter(reservingCapacity: 1024)
        json.beginArray()
        json.string(route)
        if let user { json.string(user.rawValue) } else { json.null() }
        json.string(request.model ?? "")
        json.string(request.instructions)
        json.beginArray()
        let last = request.messages.indices.last
        for (index, message) in request.messages.enumerated() {
            // The same question, however it is spelled.
            if index == last, message.role == .user, let question = QuestionForm.normal(message.content) {
                var message = message
                message.content = question
                Self.write(message, to: &json)
            } else {
                Self.write(message, to: &json)
            }
        }
        json.endArray()
        json.integer(request.maximumOutputTokens ?? -1)
        Self.write(request.temperature, to: &json)
        json.bool(request.isAgentsOwn)
        if let options = request.options { Self.write(options, to: &json) }
        json.endArray()
        digest = Self.sha256(json.bytes)
    }

    private static func write(_ message: ModelMessage, to json: inout JSONWriter) {
        json.beginArray()
        json.string(message.role.rawValue)
        json.string(message.content)
        json.string(message.name ?? "")
        json.string(message.toolCallID ?? "")
        for part in message.parts { write(part, to: &json) }
        for call in message.toolCalls {
            json.string(call.id)
            json.string(call.name)
            json.string(call.arguments)
            json.string(utf8: call.extraContent ?? [])
        }
        if let reasoning = message.reasoning {
            json.string(reasoning.text)
            for detail in reasoning.details { json.string(utf8: detail) }
        }
        json.endArray()
    }

    /// A picture by its digest: it may be large.
    private static func write(_ part: MessagePart, to json: inout JSONWriter) {
        json.beginArray()
        switch part {
        case .text(let text): json.string(text)
        case .attachment(let attachment):
            json.string(attachment.kind.rawValue)
            json.string(attachment.mediaType)
            json.string(attachment.detail ?? "")
            json.string(attachment.name ?? "")
            switch attachment.source {
            case .base64(let bytes):
                json.beginArray()
                for byte in sha256(bytes) { json.integer(byte) }
                json.endArray()
            case .url(let url): json.string(url)
            case .fileID(let id):
                json.integer(0)
                json.string(id)
            }
        }
        json.endArray()
    }

    private static func write(_ options: ModelRequest.Options, to json: inout JSONWriter) {
        json.beginArray()
        for number in [options.topP, options.presencePenalty, options.frequencyPenalty] { write(number, to: &json) }
        json.string(options.seed.map { String($0) } ?? "")
        json.string(options.reasoningEffort ?? "")
        json.string(options.allowsParallelToolCalls.map { "\($0)" } ?? "")
        json.beginArray()
        for text in options.stop { json.string(text) }
        json.endArray()
        json.beginArray()
        for tool in options.tools {
            json.string(tool.name)
            json.string(tool.description ?? "")
            json.string(utf8: tool.parameters ?? [])
            json.string(tool.isStrict.map { "\($0)" } ?? "")
        }
        json.endArray()
        switch options.toolChoice {
        case nil: json.integer(0)
        case .automatic: json.integer(1)
        case .some(.none): json.integer(2)
        case .required: json.integer(3)
        case .tool(let name): json.string(name)
        }
        switch options.responseFormat {
        case nil: json.integer(0)
        case .text: json.integer(1)
        case .jsonObject: json.integer(2)
        case .jsonSchema(let name, let schema, let isStrict):
            json.string(name)
            json.string(utf8: schema)
            json.string(isStrict.map { "\($0)" } ?? "")
        }
        json.endArray()
    }

    private static func write(_ number: Double?, to json: inout JSONWriter) {
        if let number { json.number(number) } else { json.null() }
    }

    private static func sha256(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        let isDone = bytes.withContiguousStorageIfAvailable { bytes in
            EVP_Digest(bytes.baseAddress, bytes.count, &digest, &length, EVP_sha256(), nil)
        }
        precondition(isDone == 1 && length == 32, "OpenSSL has no SHA-256")
        return digest
    }
}
