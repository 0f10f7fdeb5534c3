// The store: conversations, turns, taste and usage in one SQLite file that several processes share.

import SQLite

/// The tables of `chat.db`. Times are milliseconds since 1970; `name` is an identifier as the API shows it.
enum ChatSchema {
    static let schema = Schema(
        // "Chat" in ASCII, so that file(1) and a curious operator can tell what the file is.
        applicationID: 0x4368_6174,
        migrations: [
            Migration("001 conversations, preferences, workers", sql: first), SearchIndex.migration, Removals.migration,
            UsageTables.migration,
            Migration(
                "005 request fingerprints",
                // Of the request that came with the idempotency key.
                sql: "ALTER TABLE turns ADD COLUMN request_fingerprint BLOB"), StoredAnswers.migration,
            LimitTables.migration,
            Migration("008 agents of conversations, pins, marked books", sql: seventh), EndedTokens.migration,
            ServiceKeys.migration, SearchIndexer.migration, LimitTables.ofKeys, EndedTokens.ofLate,
            Removals.ofWords, Moves.migration,
            Migration("016 edited questions", sql: edits),
            Migration(
                "017 one index of open turns",
                // Every index is a page or two to write when a turn begins and when it ends.
                sql: """
                    DROP INDEX turns_open;
                    DROP INDEX turns_open_of_user;
                    CREATE INDEX turns_open ON turns (user, worker) WHERE is_open = 1;
                    """),
        ])

    private static let first = """
        CREATE TABLE users (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            created_at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE sessions (
            id INTEGER PRIMARY KEY,
            user INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            title TEXT NOT NULL,
            message_count INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            UNIQUE (user, name)
        ) STRICT;
        CREATE INDEX sessions_latest ON sessions (user, updated_at, id);

        -- The primary key is the order within a session. A growing reply has an empty text here; its text lies in
        -- turn_events until the turn ends and is written here once.
        CREATE TABLE messages (
            id INTEGER PRIMARY KEY,
            session INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            name TEXT NOT NULL UNIQUE,
            role TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
            status TEXT NOT NULL CHECK (status IN ('complete', 'streaming', 'stopped', 'interrupted', 'failed')),
            content TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            ended_at INTEGER,
            recommendations TEXT,
            provider TEXT,
            model TEXT,
            prompt_tokens INTEGER,
            completion_tokens INTEGER,
            usage_is_estimated INTEGER,
            error TEXT
        ) STRICT;
        CREATE INDEX messages_in_order ON messages (session, id);

        CREATE TABLE turns (
            reply INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
            question INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
            user INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
            agent TEXT NOT NULL,
            worker TEXT NOT NULL,
            is_open INTEGER NOT NULL,
            idempotency_key TEXT,
            metadata TEXT,
            -- The first and the terminal event, when the turn has ended: they outlive the others.
            summary BLOB,
            -- When somebody was last known to follow it through another process than its worker's.
            followed_at INTEGER
        ) STRICT;
        CREATE INDEX turns_of_question ON turns (question);
        -- Not partial: removing a user looks here for all of the user's turns.
        CREATE UNIQUE INDEX turns_idempotent ON turns (user, idempotency_key);
        CREATE INDEX turns_open ON turns (worker) WHERE is_open = 1;
        CREATE INDEX turns_open_of_user ON turns (user) WHERE is_open = 1;

        -- A row for each recorded batch. A batch that is recorded again, because its first commit's fate was unknown,
        -- begins at the same event and replaces the row. With rowids, so that batches of many turns are written one after
        -- the other and share pages: kept in the order of turns, each would rewrite a page of its own.
        CREATE TABLE turn_events (
            turn INTEGER NOT NULL REFERENCES turns (reply) ON DELETE CASCADE,
            first_event INTEGER NOT NULL,
            last_event INTEGER NOT NULL,
            payload BLOB NOT NULL,
            PRIMARY KEY (turn, first_event)
        ) STRICT;

        -- What one worker asks of another: to stop a turn. Without a reference to the turn: it may have been removed.
        CREATE TABLE stop_requests (
            turn_name TEXT PRIMARY KEY,
            worker TEXT NOT NULL,
            requested_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX stop_requests_to ON stop_requests (worker);
        CREATE INDEX stop_requests_old ON stop_requests (requested_at);

        CREATE TABLE workers (
            name TEXT PRIMARY KEY,
            heard_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX workers_silent ON workers (heard_at);

        -- A withdrawn preference keeps its row with no weight: an older word that arrives later must not bring it back.
        CREATE TABLE preference_overrides (
            user INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
            type TEXT NOT NULL,
            value TEXT NOT NULL,
            weight REAL,
            said_at INTEGER NOT NULL,
            PRIMARY KEY (user, type, value)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX preference_overrides_latest ON preference_overrides (user, said_at);

        -- What was inferred goes with the message it was read from, when that is in this store.
        CREATE TABLE preference_evidence (
            id INTEGER PRIMARY KEY,
            user INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
            type TEXT NOT NULL,
            value TEXT NOT NULL,
            message_name TEXT NOT NULL,
            message INTEGER REFERENCES messages (id) ON DELETE CASCADE,
            weight REAL NOT NULL,
            excerpt TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            UNIQUE (user, type, value, message_name)
        ) STRICT;
        CREATE INDEX preference_evidence_of_message ON preference_evidence (message);
        CREATE INDEX preference_evidence_latest ON preference_evidence (user, created_at, id);

        CREATE TABLE writable_check (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            checked_at INTEGER NOT NULL
        ) STRICT;
        """
    private static let edits = """
        -- Of a question that was written in the place of another one: the first one written there, in the same session.
        ALTER TABLE messages ADD COLUMN edits INTEGER;
        CREATE INDEX messages_edited ON messages (session, id, edits) WHERE edits IS NOT NULL;
        """
    private static let seventh = """
        -- The agent that was asked first.
        ALTER TABLE sessions ADD COLUMN agent TEXT NOT NULL DEFAULT '';
        UPDATE sessions SET agent = coalesce((
            SELECT turns.agent FROM messages JOIN turns ON turns.reply = messages.id
            WHERE messages.session = sessions.id ORDER BY messages.id LIMIT 1), '');
        ALTER TABLE sessions ADD COLUMN is_pinned INTEGER NOT NULL DEFAULT 0;

        -- Whether the user's taste is read from what they say.
        ALTER TABLE users ADD COLUMN learns INTEGER NOT NULL DEFAULT 1;

        CREATE TABLE book_marks (
            user INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
            book TEXT NOT NULL,
            mark TEXT NOT NULL,
            marked_at INTEGER NOT NULL,
            PRIMARY KEY (user, book)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX book_marks_latest ON book_marks (user, marked_at);
        """
}
