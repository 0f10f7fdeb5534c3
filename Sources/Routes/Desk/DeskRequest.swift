import Agents
import Chat
import JSON

/// What a client asks the desk (docs/api.md, dialect 5).
struct DeskRequest {
    var message: String
    var assistant: AssistantType
    var context: DeskContext
    /// The context as it was sent, to be kept with the message; nil when there was none.
    var sentContext: [UInt8]?
    var session: SessionID?
    var claimedUser: String?
    var idempotencyKey: IdempotencyKey?
    var edits: MessageID?

    /// Takes the body's fields, and tells all mistakes at once.
    /// - Throws: `Problem`.
    init(_ exchange: Exchange) throws(Problem) {
        var body = try exchange.body()
        message = body.string("message", bytes: 1...32_768, isRequired: true) ?? ""
        assistant = body.word("assistantType", AssistantType.self, isRequired: true) ?? .general
        session = body.identifier("sessionId").map(SessionID.init(rawValue:))
        claimedUser = body.user("userId")
        sentContext = body.json("context", maximumBytes: 8192)
        context = DeskContext()
        // What is no object has been told already.
        if sentContext != nil, var fields = body.object("context") {
            context = Self.context(&fields)
            body.absorb(fields)
        }
        idempotencyKey = exchange.idempotencyKey(&body)
        edits = body.edited(in: session?.rawValue)
        try body.check()
    }

    private static func context(_ fields: inout BodyFields) -> DeskContext {
        let symbols = strings("symbols", of: &fields)
        let timeframe = hint("timeframe", of: &fields)
        let tolerance = hint("riskTolerance", of: &fields)
        do {
            return try DeskContext(symbols: symbols, timeframe: timeframe, riskTolerance: tolerance)
        } catch {
            fields.reject(error.field, error.detail)
            return DeskContext()
        }
    }

    /// The context that was kept with a message; an empty one where there is none, or nothing that is one.
    static func context(kept: [UInt8]?) -> DeskContext {
        guard let kept, let json = try? JSONValue(parsing: kept) else { return DeskContext() }
        func hint(_ field: String) -> String? { json[field].flatMap { $0.isNull ? nil : $0.stringValue ?? "?" } }
        return
            (try? DeskContext(
                symbols: json["symbols"]?.arrayValue?.compactMap(\.stringValue), timeframe: hint("timeframe"),
                riskTolerance: hint("riskTolerance"))) ?? DeskContext()
    }

    /// A hint may be anything: what is no text is none that is known.
    private static func hint(_ field: String, of fields: inout BodyFields) -> String? {
        guard let value = fields.any(field) else { return nil }
        return value.stringValue ?? "?"
    }

    /// An array of strings; nil when absent or wrong.
    private static func strings(_ field: String, of fields: inout BodyFields) -> [String]? {
        guard let value = fields.any(field) else { return nil }
        guard let values = value.arrayValue else {
            fields.reject(field, "must be an array of strings")
            return nil
        }
        let texts = values.compactMap(\.stringValue)
        guard texts.count == values.count else {
            fields.reject(field, "must be an array of strings")
            return nil
        }
        return texts
    }
}
