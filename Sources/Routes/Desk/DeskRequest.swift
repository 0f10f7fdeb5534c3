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

    /// Takes the body's fields, and tells all mistakes at once.
    /// - Throws: `Problem`.
    init(_ exchange: Exchange) throws(Problem) {
        var body = try exchange.body()
        message = body.string("message", bytes: 1...32_768, isRequired: true) ?? ""
        assistant = body.word("assistantType", AssistantType.self, isRequired: true) ?? .general
        session = body.identifier("sessionId").map(SessionID.init(rawValue:))
        claimedUser = body.identifier("userId")
        sentContext = body.json("context", maximumBytes: 8192)
        context = DeskContext()
        // What is no object has been told already.
        if sentContext != nil, var fields = body.object("context") {
            context = Self.context(&fields)
            body.absorb(fields)
        }
        idempotencyKey = exchange.idempotencyKey(&body)
        try body.check()
    }

    private static func context(_ fields: inout BodyFields) -> DeskContext {
        var context = DeskContext()
        func take(_ read: () throws(DeskContextError) -> DeskContext) -> DeskContext {
            do {
                return try read()
            } catch {
                fields.reject(error.field, error.detail)
                return DeskContext()
            }
        }
        let symbols = strings("symbols", of: &fields)
        context.symbols =
            take { () throws(DeskContextError) in
                try DeskContext(symbols: symbols, timeframe: nil, riskTolerance: nil)
            }.symbols
        // Any string is taken here: the context knows its own words.
        let timeframe = fields.string("timeframe", bytes: 0...32_768)
        context.timeframe =
            take { () throws(DeskContextError) in
                try DeskContext(symbols: nil, timeframe: timeframe, riskTolerance: nil)
            }.timeframe
        let tolerance = fields.string("riskTolerance", bytes: 0...32_768)
        context.riskTolerance =
            take { () throws(DeskContextError) in
                try DeskContext(symbols: nil, timeframe: nil, riskTolerance: tolerance)
            }.riskTolerance
        return context
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
