public import Chat
import SQLite

/// Values are kept in lower case with single spaces. Two spellings that Unicode holds for the same text ("é" as one
/// scalar or two) are one value: the spelling that came first stays.
extension SQLiteChatStore {
    /// Words of the user kept at most, withdrawals included; the oldest make room.
    static let maximumOverrides = 1_000
    /// Evidence kept of one user at most; the oldest makes room.
    static let maximumEvidence = 2_000

    public func preferences(of user: UserID) async throws -> [Preference] {
        try await read { connection in
            guard let id = try connection.id(of: user) else { return [] }
            let overrides = try connection.overrides(of: id)
            let inferred = try connection.evidence(of: id).map { group in group.preference }
            return overrides + inferred.sorted { ($0.weight, $0.updatedAt) > ($1.weight, $1.updatedAt) }
        }
    }

    public func apply(_ override: PreferenceOverride, of user: UserID) async throws -> Bool {
        try await write { connection in
            let id = try connection.idMakingUser(user, at: override.timestamp)
            let value = try connection.spelling(
                of: override.value, "SELECT value FROM preference_overrides WHERE user = ?1 AND type = ?2",
                [.integer(id), .text(override.type.rawValue)])
            try connection.run(
                """
                INSERT INTO preference_overrides (user, type, value, weight, said_at) VALUES (?1, ?2, ?3, ?4, ?5)
                ON CONFLICT (user, type, value) DO UPDATE SET weight = excluded.weight, said_at = excluded.said_at
                WHERE excluded.said_at > said_at
                """,
                [
                    .integer(id), .text(override.type.rawValue), .text(value), DatabaseValue(override.weight),
                    .integer(override.timestamp.milliseconds),
                ])
            guard connection.changes == 1 else { return false }
            try connection.trimOverrides(of: id)
            return true
        }
    }

    public func note(_ inferred: [InferredPreference], of user: UserID) {
        guard !inferred.isEmpty else { return }
        writer.writeWithNext { connection in
            guard let id = try connection.id(of: user), try connection.learns(of: id) else { return }
            for one in inferred { try connection.insert(one, of: id) }
            try connection.trimEvidence(of: id)
        }
    }
}

// The oldest of what is beyond a bound goes. Times alone do not decide: a client may send any number of words with one time.
extension Connection {
    func trimOverrides(of user: Int64) throws {
        try trim(
            "preference_overrides", by: ["said_at", "type", "value"], atMost: SQLiteChatStore.maximumOverrides, of: user
        )
    }

    func trimEvidence(of user: Int64) throws {
        try trim("preference_evidence", by: ["created_at", "id"], atMost: SQLiteChatStore.maximumEvidence, of: user)
    }

    func trimMarks(of user: Int64) throws {
        try trim("book_marks", by: ["marked_at", "book"], atMost: SQLiteChatStore.maximumMarks, of: user)
    }

    /// - Parameter columns: of the index that the latest rows are found by: the time, then what makes a user's row the only one.
    private func trim(_ table: String, by columns: [String], atMost limit: Int, of user: Int64) throws {
        let key = columns.dropFirst().joined(separator: ", ")
        try run(
            """
            DELETE FROM \(table) WHERE user = ?1 AND (\(key)) IN (
                SELECT \(key) FROM \(table) WHERE user = ?1
                ORDER BY \(columns.map { $0 + " DESC" }.joined(separator: ", ")) LIMIT -1 OFFSET ?2)
            """, [.integer(user), DatabaseValue(limit)])
    }
}

extension Connection {
    func id(of user: UserID) throws -> Int64? {
        try first("SELECT id FROM users WHERE name = ?1", [.text(user.rawValue)]) { row in try row.int64(0) }
    }

    fileprivate func overrides(of user: Int64) throws -> [Preference] {
        let overrides = try all(
            """
            SELECT type, value, weight, said_at FROM preference_overrides WHERE user = ?1 AND weight IS NOT NULL
            """, [.integer(user)]
        ) { row -> Preference? in
            // A type that this version does not know is not shown; the row stays.
            guard let type = PreferenceType(rawValue: try row.text(0)) else { return nil }
            return Preference(
                type: type, value: try row.text(1), weight: try row.double(2), source: .override, confidence: 1,
                evidence: [], updatedAt: Timestamp(milliseconds: try row.int64(3)))
        }
        return overrides.compactMap { $0 }.sorted { ($0.weight, $0.updatedAt) > ($1.weight, $1.updatedAt) }
    }

    /// Everything inferred of a user, newest evidence first in each group.
    fileprivate func evidence(of user: Int64) throws -> [EvidenceGroup] {
        var groups: [EvidenceGroup] = []
        var index: [String: Int] = [:]
        try forEach(
            """
            SELECT type, value, weight, message_name, excerpt, created_at FROM preference_evidence
            WHERE user = ?1 ORDER BY created_at DESC, id DESC
            """, [.integer(user)]
        ) { row in
            let (typeName, value) = (try row.text(0), try row.text(1))
            guard let type = PreferenceType(rawValue: typeName) else { return }
            let evidence = Evidence(
                messageID: MessageID(rawValue: try row.text(3)), excerpt: try row.text(4),
                createdAt: Timestamp(milliseconds: try row.int64(5)))
            let place = index[typeName + " " + value] ?? groups.count
            if place == groups.count {
                index[typeName + " " + value] = place
                groups.append(EvidenceGroup(type: type, value: value))
            }
            groups[place].pieces.append((try row.double(2), evidence))
        }
        return groups
    }

    fileprivate func insert(_ inferred: InferredPreference, of user: Int64) throws {
        let value = try spelling(
            of: inferred.value, "SELECT DISTINCT value FROM preference_evidence WHERE user = ?1 AND type = ?2",
            [.integer(user), .text(inferred.type.rawValue)])
        // Only with a message of the user's own: one that was removed in the meantime must not live on in its excerpt.
        try run(
            """
            INSERT INTO preference_evidence (user, type, value, message_name, message, weight, excerpt, created_at)
            SELECT ?1, ?2, ?3, ?4, messages.id, ?5, ?6, ?7 FROM messages JOIN sessions ON sessions.id = messages.session
            WHERE messages.name = ?4 AND sessions.user = ?1
            ON CONFLICT (user, type, value, message_name) DO NOTHING
            """,
            [
                .integer(user), .text(inferred.type.rawValue), .text(value),
                .text(inferred.evidence.messageID.rawValue), .real(inferred.weight), .text(inferred.evidence.excerpt),
                .integer(inferred.evidence.createdAt.milliseconds),
            ])
    }

    /// `value` in the normal form, as it is spelt already where it is there: Swift compares by canonical equivalence,
    /// SQLite by bytes.
    func spelling(of value: String, _ sql: String, _ values: [DatabaseValue]) throws -> String {
        let normal = value.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        // ASCII has one spelling.
        if normal.utf8.allSatisfy({ $0 < 0x80 }) { return normal }
        var found = normal
        try scan(sql, values) { row in
            let known = try row.text(0)
            if known == normal { found = known }
            return known != normal
        }
        return found
    }
}
