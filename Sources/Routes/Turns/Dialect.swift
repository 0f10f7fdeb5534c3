import Chat
import FCGIApp

/// How one kind of client starts turns and receives their events: paths, field names, a decoder, an encoder. `TurnRoutes` does the rest.
/// docs/dialects.md shows how one is added.
protocol Dialect: Sendable {
    /// What shapes a reply and is not in its turn's log: which assistant was asked, the name of a model.
    associatedtype Shape: Sendable = Void
    /// What writes a turn's events in the dialect's words: for most a `TurnReader` over a `TurnEncoder`.
    associatedtype Reader: EventReader = TurnReader

    var paths: TurnPaths { get }
    var names: FieldNames { get }

    /// Decodes a request.
    /// - Throws: `Problem` with every mistake of the body.
    func question(of exchange: Exchange) throws -> Question<Shape>

    /// What shapes a reply that is read again, where `paths` lets clients come back.
    /// - Throws: `StoreError`.
    func shape(of replyID: MessageID, askedBy user: UserID) async throws -> Shape

    /// - Parameters:
    ///   - after: events that the client has seen.
    ///   - tellsAll: whether the client wants to know all that the agent tells beyond its text (`events=all`).
    func reader(of log: TurnLog, after: Int, _ shape: Shape, tellsAll: Bool) -> Reader

    /// The whole reply, for a client that wants no stream.
    func response(to turn: EndedTurn, _ shape: Shape, tellsAll: Bool, requestID: String) -> Response
}

extension Dialect {
    func shape(of replyID: MessageID, askedBy user: UserID) async throws -> Shape { throw Problem.notFound("reply") }
}

extension Dialect where Shape == Void {
    func shape(of replyID: MessageID, askedBy user: UserID) async throws {}
}

extension Dialect where Reader == TurnReader {
    /// The usual reader.
    /// - Parameter told: kinds of notes that `encoder` tells itself.
    func reader(
        of log: TurnLog, after: Int, _ encoder: any TurnEncoder, tellsAll: Bool, told: Set<String> = []
    ) -> TurnReader {
        let all = tellsAll ? DetailEncoder(encoder, replyID: log.replyID, idKey: names.message, told: told) : encoder
        return TurnReader(log: log, encoder: all, after: after)
    }
}

/// Where a dialect's turns are asked for, read again and stopped.
struct TurnPaths: Sendable {
    /// `POST`.
    var ask: [String]
    /// `GET`, with `{…}` in the place of the reply's identifier; nil where nobody can come back.
    var follow: String?
    /// `POST`.
    var stop: String?
}

/// What a dialect calls the fields that all have.
struct FieldNames: Sendable {
    let message: String
    let session: String
    let user: String

    static let snakeCase = FieldNames(message: "message_id", session: "session_id", user: "user_id")
    static let camelCase = FieldNames(message: "messageId", session: "sessionId", user: "userId")
}
