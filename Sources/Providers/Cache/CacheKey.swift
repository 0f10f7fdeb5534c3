import CCrypto
import Chat
import JSON

/// What makes two requests the same: the route and all that is sent to a provider, as a SHA-256, so that the key of a long
/// conversation is short and tells nothing of it. The name of the end user is not part of it.
struct CacheKey: Hashable, Sendable {
    private let digest: [UInt8]

    /// - Parameter route: the name under which the chain stands in the configuration.
    init(_ request: ModelRequest, route: String) {
        var json = JSONWriter(reservingCapacity: 1024)
        json.beginArray()
        json.string(route)
        json.string(request.model ?? "")
        json.string(request.instructions)
        json.beginArray()
        for message in request.messages { Self.write(message, to: &json) }
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
        for call in message.toolCalls {
            json.string(call.id)
            json.string(call.name)
            json.string(call.arguments)
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

    private static func sha256(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        let isDone = EVP_Digest(bytes, bytes.count, &digest, &length, EVP_sha256(), nil)
        precondition(isDone == 1 && length == 32, "OpenSSL has no SHA-256")
        return digest
    }
}
