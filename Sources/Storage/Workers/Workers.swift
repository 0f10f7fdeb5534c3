public import Chat
import SQLite

extension SQLiteChatStore {
    /// Says that `worker` lives. Workers that have been silent for a week and have no open turn are forgotten.
    public func heartbeat(of worker: WorkerID, at time: Timestamp) async throws {
        try await write { connection in
            try connection.noteAlive(worker, at: time)
            // Of workers that ended before they followed them.
            try connection.run(
                "DELETE FROM stop_requests WHERE requested_at < ?1", [.integer(time.milliseconds - 3_600_000)])
            try connection.run(
                """
                DELETE FROM workers WHERE heard_at < ?1
                AND NOT EXISTS (SELECT 1 FROM turns WHERE turns.worker = workers.name AND turns.is_open = 1)
                """, [.integer(time.milliseconds - 7 * 86_400_000)])
        }
    }

    public func noteGone(_ worker: WorkerID) async throws {
        try await write { connection in
            try connection.run("UPDATE workers SET heard_at = 0 WHERE name = ?1", [.text(worker.rawValue)])
        }
    }

    public func forget(_ worker: WorkerID) async throws {
        try await write { connection in
            try connection.run("DELETE FROM workers WHERE name = ?1", [.text(worker.rawValue)])
        }
    }

    public func checkWritable() async throws {
        try await write { connection in
            try connection.run(
                """
                INSERT INTO writable_check (id, checked_at) VALUES (1, ?1)
                ON CONFLICT (id) DO UPDATE SET checked_at = excluded.checked_at
                """, [.integer(Timestamp.now().milliseconds)])
        }
    }
}

extension Connection {
    /// Notes that a worker lives.
    /// - Parameter milliseconds: how lately it may have been noted for that to do: each note costs two pages.
    func noteAlive(_ worker: WorkerID, at time: Timestamp, unlessWithin milliseconds: Int = 0) throws {
        try run(
            """
            INSERT INTO workers (name, heard_at) VALUES (?1, ?2)
            ON CONFLICT (name) DO UPDATE SET heard_at = excluded.heard_at WHERE excluded.heard_at > heard_at + ?3
            """, [.text(worker.rawValue), .integer(time.milliseconds), DatabaseValue(milliseconds)])
    }
}
