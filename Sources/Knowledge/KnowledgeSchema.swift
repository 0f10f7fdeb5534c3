import SQLite

/// The tables of `knowledge.db`. All of it is made from the files, so commits are not synced one by one.
enum KnowledgeSchema {
    /// "NOAK" in ASCII.
    static let schema = Schema(
        applicationID: 0x4e4f_414b,
        migrations: [
            Migration("001 knowledge", sql: knowledge),
            // https://sqlite.org/fts5.html#the_fts5vocab_virtual_table_module
            Migration("002 words", sql: "CREATE VIRTUAL TABLE section_words USING fts5vocab(section_search, row);"),
            Migration("003 keywords", sql: keywords),
        ])

    static var options: ConnectionOptions {
        var options = ConnectionOptions()
        options.synchronous = .normal
        options.overwritesDeleted = false
        options.enforcesForeignKeys = false
        options.busyTimeout = .seconds(10)
        return options
    }

    // All files are read again.
    private static let keywords = """
        DELETE FROM sections;
        DELETE FROM documents;
        DROP TABLE section_words;
        DROP TABLE section_search;
        CREATE VIRTUAL TABLE section_search USING fts5 (
            title, headings, text, keywords, tokenize = 'porter unicode61 remove_diacritics 2'
        );
        CREATE VIRTUAL TABLE section_words USING fts5vocab(section_search, row);
        """

    private static let knowledge = """
        -- A row for each file, also for one that was not taken in, so that it is not read again until it changes.
        CREATE TABLE documents (
            id INTEGER PRIMARY KEY,
            agent TEXT NOT NULL,
            path TEXT NOT NULL,
            size INTEGER NOT NULL,
            modified INTEGER NOT NULL,
            inode INTEGER NOT NULL,
            -- 0 when the file was changed so shortly before it was read that its times cannot tell a later change.
            is_settled INTEGER NOT NULL,
            digest INTEGER NOT NULL,
            title TEXT NOT NULL,
            written TEXT,
            origin TEXT,
            language TEXT,
            -- What is wrong with the file, one mistake a line; NULL when nothing is.
            problem TEXT,
            UNIQUE (agent, path)
        ) STRICT;
        CREATE TABLE sections (
            id INTEGER PRIMARY KEY,
            document INTEGER NOT NULL,
            position INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX sections_document ON sections (document, position);
        -- Headings are parted by U+001F.
        CREATE VIRTUAL TABLE section_search USING fts5 (
            title, headings, text, tokenize = 'porter unicode61 remove_diacritics 2'
        );
        """
}
