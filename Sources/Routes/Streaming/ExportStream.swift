import Chat
import FCGIApp
import Telemetry

/// Everything stored about a user, read piece by piece as the client takes it.
struct ExportStream: ReplyStream {
    let data: any UserData
    let user: UserID
    /// Nil for a user of whom nothing is stored.
    let first: (records: [UserRecord], next: ExportPosition?)?
    let log: Log

    private static let fields: [(name: String, value: String)] = [
        ("Content-Type", "application/x-ndjson"), ("Cache-Control", "no-store"),
        ("Content-Disposition", "attachment; filename=\"chat-export.jsonl\""),
    ]

    func run(_ writer: consuming ResponseWriter, fields: [(name: String, value: String)]) async {
        do {
            try await writer.start(ResponseHead(status: 200, fields: Self.fields + fields))
            var piece = first
            while let (records, next) = piece {
                try await writer.write(ExportLines.encode(records))
                guard let next else { break }
                piece = try await writer.unlessClientLeaves { try await data.records(of: user, from: next) } ?? nil
            }
            try await writer.finish()
        } catch {
            // The client is gone, or the store fails: the answer is cut off, which a client can tell from an end.
            if error is StoreError { log.error("an export was cut off: \(error)") }
        }
    }
}
