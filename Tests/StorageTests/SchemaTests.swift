import Testing

@testable import Chat
@testable import SQLite
@testable import Storage

/// The tables of the store.
@Suite struct SchemaTests {
    let fixture: StoreFixture

    init() throws {
        fixture = try StoreFixture()
    }

    @Test func `every statement of the store finds its rows by an index and sorts nothing`() async throws {
        let store = fixture.store
        // Everything the store can do is done once; what ran is in the connections' caches.
        var turn = StoreFixture.turn(
            "What next?", user: fixture.user, session: fixture.session, key: "k", worker: fixture.worker, at: 1_000)
        turn.limits.tokensPerDay = 1
        _ = try await store.open(turn)
        try await store.append([StoreFixture.batch(turn.replyID, from: 2, [.text("x")])])
        for _ in 0..<8 {
            _ = try await store.history(of: fixture.user, in: fixture.session, limit: 5, at: .before(turn.replyID))
            _ = try await store.history(of: fixture.user, in: fixture.session, limit: 5, at: .latest)
            _ = try await store.turn(turn.replyID, of: fixture.user)
            _ = try await store.batches(of: turn.replyID, after: 1)
            _ = try await store.isQueued(turn.replyID)
            _ = try await store.question(of: turn.replyID, user: fixture.user)
            _ = try await store.condensed(turn.replyID)
            _ = try await store.news(
                for: TurnWatch(worker: fixture.worker, queued: [turn.replyID], followed: [turn.replyID: 1]))
            _ = try await store.lastFollowed(turn.replyID)
            _ = try await store.abandonedTurns(since: Timestamp(milliseconds: 1))
            _ = try await store.sessions(of: fixture.user, limit: 5, before: nil).sessions
            _ = try await store.preferences(of: fixture.user)
            _ = try await store.usage(of: fixture.user, from: UTCDay(number: 0), to: UTCDay(number: 9))
            _ = try await store.tokens(of: fixture.user, on: UTCDay(number: 0))
            _ = try await store.records(of: fixture.user, from: .usage(after: 0))
            _ = try await store.search("next", of: fixture.user, in: fixture.session, limit: 5)
        }
        let word = PreferenceOverride(
            type: .topic, value: "café", weight: 1, timestamp: Timestamp(milliseconds: 1))
        _ = try await store.apply(word, of: fixture.user)
        let evidence = Evidence(messageID: turn.userMessageID, excerpt: "", createdAt: Timestamp(milliseconds: 1))
        try await store.noteAndWrite(
            [InferredPreference(type: .topic, value: "café", weight: 1, evidence: evidence)], of: fixture.user)
        var end = StoreFixture.end(turn.replyID, "x", from: 3)
        end.account = StoreFixture.account(failing: 1)
        _ = try await store.finish(end)
        try await store.heartbeat(of: fixture.worker, at: Timestamp(milliseconds: 1))
        try await store.noteFollowed([turn.replyID], at: Timestamp(milliseconds: 1))
        _ = try await store.requestStop(of: turn.replyID, user: fixture.user)
        try await store.forgetStopRequests([turn.replyID])
        _ = try await store.dropEvents(endedBefore: Timestamp(milliseconds: 1), among: 10)
        try await store.noteGone(fixture.worker)
        try await store.forget(WorkerID(rawValue: "another"))
        try await store.checkWritable()
        _ = try await store.change(fixture.session, of: fixture.user, title: "x", isPinned: nil)
        let unkept = EphemeralTurn(
            id: Identifiers.message(), user: fixture.user, worker: fixture.worker, limits: UserLimits(tokensPerDay: 9),
            reservation: .none, createdAt: Timestamp(milliseconds: 1))
        _ = try await store.begin(unkept)
        try await store.record(
            UsageRecord(
                turn: unkept.id, user: fixture.user, endedAt: Timestamp(milliseconds: 1),
                account: StoreFixture.account())
        )
        try await store.endEphemeralTurns(ofWorkersSilentSince: Timestamp(milliseconds: 1))
        try await store.noteSeen([fixture.user], at: .now())
        _ = try await store.applyRetention(RetentionRules(conversationDays: 9, guestDays: 9), at: .now())
        _ = try await store.open(
            StoreFixture.turn(
                "Hello", user: fixture.other, session: fixture.session, worker: fixture.worker, at: 1_000))
        try await store.writer.write { connection in try connection.run("UPDATE turns SET is_open = 0 WHERE reply > 0")
        }
        _ = try await store.takeOver(fixture.other, by: fixture.user, at: .now())
        _ = try await store.delete(fixture.session, of: fixture.user)
        _ = try await store.delete(fixture.user)
        try await store.resumeRemovals()

        var statements = Set(try await store.writer.write { connection in connection.cachedSQL })
        for _ in 0..<8 { statements.formUnion(try await store.readers.read { connection in connection.cachedSQL }) }
        statements.formUnion(try await store.searcher().read { connection in connection.cachedSQL })
        let control = ["BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA", "CREATE"]
        let queries = statements.filter { sql in
            !control.contains { sql.hasPrefix($0) } && !sql.contains("schema_migrations")
                && !sql.contains("sqlite_schema")
        }
        #expect(queries.count >= 25, "the store has fewer statements than when this was written: \(queries.count)")
        let connection = try Connection(path: fixture.path)
        for sql in queries {
            for step in try connection.queryPlan(sql) {
                // The index of open turns holds nothing else: all of them are asked for.
                // The oldest recorded batches are looked at in the order in which they lie, up to a limit.
                let isWanted =
                    step == "SCAN CONSTANT ROW" || step.hasPrefix("SCAN turns USING INDEX turns_open")
                    // Whether there is anything at all; the few answers under way of all workers; what is being
                    // removed, and what waits for the search index, up to a limit.
                    || sql.hasPrefix("SELECT EXISTS (SELECT 1 FROM") || step.hasPrefix("SCAN unkept_turns")
                    || ["SCAN removed_sessions", "SCAN unindexed_messages"].contains(step)
                    || step.hasPrefix("SCAN moved_sessions")
                    || sql.contains("DELETE FROM turn_events") && ["SCAN turn_events", "SCAN oldest"].contains(step)
                    || sql.contains("DELETE FROM turn_events") && step.hasPrefix("SCAN (subquery")
                // The words are looked up, and what is found is sorted by how well it fits: that is the question.
                let isSearch = sql.contains("message_search MATCH")
                let isLookup = isSearch && step.hasPrefix("SCAN message_search VIRTUAL TABLE INDEX")
                #expect(!step.hasPrefix("SCAN") || isWanted || isLookup, "\(step) in \(sql)")
                let isDistinct = step == "USE TEMP B-TREE FOR DISTINCT" && sql.contains("DELETE FROM turn_events")
                #expect(!step.contains("TEMP B-TREE") || isSearch || isDistinct, "\(step) in \(sql)")
                #expect(!step.contains("AUTOMATIC"), "\(step) in \(sql)")
                // A user's open turns are few, the messages of a conversation are not.
                let isWalk = step.contains("messages_in_order") && !step.contains(" id=?")
                #expect(!isWalk || !sql.contains("is_open = 1"), "\(step) in \(sql)")
            }
        }
    }

    @Test func `every reference between tables has an index, so that a removal touches only what it removes`() throws {
        let connection = try Connection(path: fixture.path)
        let tables = try connection.all(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ) { row in try row.text(0) }
        var references = 0
        for table in tables {
            let columns = try connection.all("PRAGMA foreign_key_list(\(table))") { row in try row.text(3) }
            for column in columns {
                references += 1
                let plan = try connection.queryPlan("SELECT 1 FROM \(table) WHERE \(column) = ?1")
                #expect(plan.allSatisfy { $0.hasPrefix("SEARCH") }, "\(table).\(column): \(plan)")
            }
        }
        #expect(references >= 8)
    }

    @Test func `every table is strict and holds nothing that breaks a rule`() async throws {
        try await fixture.open()
        let connection = try Connection(path: fixture.path)
        let loose = try connection.all(
            """
            SELECT name FROM pragma_table_list
            WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'
            """
        ) { row in try row.text(0) }
        #expect(loose == [])
        #expect(try connection.all("PRAGMA foreign_key_check") { _ in true } == [])
        #expect(try connection.first("PRAGMA integrity_check") { row in try row.text(0) } == "ok")
    }

    @Test func `a store that a newer version has written is refused by the name of what is unknown`() async throws {
        await fixture.store.close()
        let connection = try Connection(path: fixture.path)
        try connection.run("INSERT INTO schema_migrations (position, name) VALUES (99, '099 from the future')")
        let error = #expect(throws: StoreError.self) { try SQLiteChatStore(path: fixture.path) }
        #expect(error?.kind == .unavailable)
        #expect(error?.detail.contains("099 from the future") == true)
    }

    @Test func `a folder that is not there, and a file that is no store, are refused`() throws {
        let missing = #expect(throws: StoreError.self) { try SQLiteChatStore(path: fixture.folder + "/no/chat.db") }
        #expect(missing?.kind == .unavailable)
        let other = try Connection(path: fixture.folder + "/other.db")
        try other.execute("CREATE TABLE theirs (x)")
        let foreign = #expect(throws: StoreError.self) { try SQLiteChatStore(path: fixture.folder + "/other.db") }
        #expect(foreign?.kind == .unavailable)
    }

    @Test func `a closed store says so`() async throws {
        await fixture.store.close()
        let written = await #expect(throws: StoreError.self) { try await fixture.store.checkWritable() }
        #expect(written?.kind == .unavailable)
        let read = await #expect(throws: StoreError.self) {
            try await fixture.store.sessions(of: fixture.user, limit: 1, before: nil).sessions
        }
        #expect(read?.kind == .unavailable)
    }
}
