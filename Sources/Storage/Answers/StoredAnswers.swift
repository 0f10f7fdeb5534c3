// Answers of language models that are given again.

public import Chat
import JSON
import SQLite

/// Answers that are given again.
enum StoredAnswers {
    static let migration = Migration(
        "006 answers that are given again",
        sql: """
            CREATE TABLE answers (
                id INTEGER PRIMARY KEY,
                key BLOB NOT NULL UNIQUE,
                context BLOB,
                session INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
                question TEXT NOT NULL,
                answer BLOB NOT NULL,
                expires_at INTEGER NOT NULL
            ) STRICT;
            CREATE INDEX answers_in_context ON answers (context, id) WHERE context IS NOT NULL;
            CREATE INDEX answers_of_session ON answers (session);
            CREATE INDEX answers_over ON answers (expires_at);
            """)

    /// How many answers are kept between two looks at how large all are together.
    fileprivate static let keptBetweenLooks: Int64 = 16
}

extension SQLiteChatStore: AnswerStore {
    public func answer(to key: [UInt8], at time: Timestamp) async throws -> StoredAnswer? {
        try await read { connection in
            try connection.first(
                "SELECT context, question, answer, expires_at FROM answers WHERE key = ?1 AND expires_at > ?2",
                [.blob(key), .integer(time.milliseconds)]
            ) { row in
                StoredAnswer(
                    key: key, context: try row.optionalBlob(0), question: try row.text(1), stored: try row.blob(2),
                    expiresAt: Timestamp(milliseconds: try row.int64(3)))
            } ?? nil
        }
    }

    public func questions(
        in context: [UInt8], limit: Int, at time: Timestamp
    ) async throws -> [(key: [UInt8], text: String)] {
        try await read { connection in
            var questions: [(key: [UInt8], text: String)] = []
            try connection.forEach(
                "SELECT key, question FROM answers WHERE context = ?1 AND expires_at > ?2 ORDER BY id DESC LIMIT ?3",
                [.blob(context), .integer(time.milliseconds), .integer(Int64(limit))]
            ) { row in questions.append((try row.blob(0), try row.text(1))) }
            return questions.reversed()
        }
    }

    public func keep(_ answer: StoredAnswer, of turn: MessageID, within maximumBytes: Int) async throws -> Bool {
        let stored = answer.storedBytes
        return try await write { connection in
            let session = try connection.first(
                "SELECT session FROM messages WHERE name = ?1", [.text(turn.rawValue)]
            ) { row in try row.int64(0) }
            guard let session else { return false }
            try connection.run("DELETE FROM answers WHERE expires_at <= ?1", [.integer(Timestamp.now().milliseconds)])
            try connection.run("DELETE FROM answers WHERE key = ?1", [.blob(answer.key)])
            try connection.run(
                """
                INSERT INTO answers (key, context, session, question, answer, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                """,
                [
                    .blob(answer.key), answer.context.map { .blob($0) } ?? .null, .integer(session),
                    .text(answer.question), .blob(stored), .integer(answer.expiresAt.milliseconds),
                ])
            try connection.run(
                """
                DELETE FROM answers WHERE (SELECT max(id) FROM answers) % ?2 = 0 AND id <= (
                    SELECT id FROM (
                        SELECT id, sum(length(answer) + length(question)) OVER (ORDER BY id DESC) AS bytes FROM answers)
                    WHERE bytes > ?1 ORDER BY id DESC LIMIT 1)
                """, [.integer(Int64(maximumBytes)), .integer(StoredAnswers.keptBetweenLooks)])
            return true
        }
    }
}

extension StoredAnswer {
    fileprivate var storedBytes: [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        for (name, pieces) in [("text", text), ("reasoning", reasoning)] {
            json.key(name)
            json.beginArray()
            var start = 0
            for end in pieces.ends {
                json.string(utf8: pieces.bytes[start..<end])
                start = end
            }
            json.endArray()
        }
        for (name, value) in [
            ("finish_reason", completion.finishReason), ("provider", completion.provider), ("model", completion.model),
        ] {
            json.key(name)
            json.string(value)
        }
        json.member("usage") { completion.usage.write(to: &$0) }
        json.endObject()
        return json.bytes
    }

    /// Nil when that is no such answer.
    fileprivate init?(key: [UInt8], context: [UInt8]?, question: String, stored: [UInt8], expiresAt: Timestamp) {
        func batch(_ json: JSONValue?) -> TextBatch {
            var batch = TextBatch()
            for piece in json?.arrayValue ?? [] { batch.append(piece.stringValue ?? "") }
            return batch
        }
        guard let json = try? JSONValue(parsing: stored), let usage = Usage(json: json["usage"]),
            let reason = json["finish_reason"]?.stringValue, let provider = json["provider"]?.stringValue,
            let model = json["model"]?.stringValue
        else { return nil }
        self.init(
            key: key, context: context, question: question, text: batch(json["text"]),
            reasoning: batch(json["reasoning"]),
            completion: ModelCompletion(finishReason: reason, provider: provider, model: model, usage: usage),
            expiresAt: expiresAt)
    }
}
