// Editions that are one work: found, joined, and kept in tables.

import SQLite

/// The tables of `catalog.db`. All of it can be made again by importing, so commits are not synced one by one.
enum CatalogSchema {
    /// "NOAC" in ASCII.
    static let schema = Schema(applicationID: 0x4e4f_4143, migrations: [Migration("001 catalogue", sql: catalogue)])

    static func options(cacheBytes: Int) -> ConnectionOptions {
        var options = ConnectionOptions()
        options.synchronous = .normal
        options.overwritesDeleted = false
        options.enforcesForeignKeys = false
        options.cacheBytes = cacheBytes
        options.busyTimeout = .seconds(30)
        options.logLimitBytes = 64 << 20
        return options
    }

    private static let catalogue = """
        -- What each source says, one row a book of the source. Lists are parted by U+001F.
        CREATE TABLE records (
            id INTEGER PRIMARY KEY,
            source INTEGER NOT NULL,
            key TEXT NOT NULL,
            digest INTEGER NOT NULL,
            title TEXT NOT NULL,
            other_titles TEXT NOT NULL,
            merge_keys TEXT NOT NULL,
            links TEXT NOT NULL,
            title_keys TEXT NOT NULL,
            is_bare INTEGER NOT NULL,
            is_volume INTEGER NOT NULL,
            authors TEXT NOT NULL,
            period_start INTEGER,
            period_end INTEGER,
            year INTEGER,
            original TEXT,
            texts TEXT NOT NULL,
            subjects TEXT NOT NULL,
            length TEXT,
            summary TEXT,
            rating REAL,
            ratings INTEGER,
            prominence REAL NOT NULL,
            work_id INTEGER,
            -- 1 until the works this record belongs to have been put together anew.
            is_dirty INTEGER NOT NULL,
            UNIQUE (source, key)
        ) STRICT;
        CREATE INDEX records_dirty ON records (id) WHERE is_dirty = 1;
        CREATE INDEX records_work ON records (work_id);

        -- Records that share a key may be one work.
        CREATE TABLE record_keys (
            key TEXT NOT NULL,
            record_id INTEGER NOT NULL,
            PRIMARY KEY (key, record_id)
        ) STRICT, WITHOUT ROWID;

        -- One row a work: what searches filter and sort by. fame is popularity in thousandths.
        CREATE TABLE works (
            id INTEGER PRIMARY KEY,
            public_id TEXT NOT NULL UNIQUE,
            digest INTEGER NOT NULL,
            fame INTEGER NOT NULL,
            year INTEGER,
            period_start INTEGER,
            period_end INTEGER,
            length INTEGER NOT NULL,
            rating REAL
        ) STRICT;
        CREATE INDEX works_fame ON works (fame DESC, id, period_start, period_end, length);

        -- The texts of a work, which the full-text index refers to.
        CREATE TABLE work_texts (
            id INTEGER PRIMARY KEY,
            title TEXT NOT NULL,
            other_titles TEXT NOT NULL,
            authors TEXT NOT NULL,
            subjects TEXT NOT NULL,
            summary TEXT NOT NULL,
            languages TEXT NOT NULL
        ) STRICT;
        CREATE VIRTUAL TABLE work_search USING fts5 (
            title, other_titles, authors, subjects, summary,
            content = 'work_texts', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2'
        );

        CREATE TABLE subjects (
            id INTEGER PRIMARY KEY,
            term TEXT NOT NULL UNIQUE
        ) STRICT;
        CREATE VIRTUAL TABLE subject_search USING fts5 (
            term, content = 'subjects', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2'
        );
        CREATE TABLE work_subjects (
            subject_id INTEGER NOT NULL,
            fame INTEGER NOT NULL,
            work_id INTEGER NOT NULL,
            PRIMARY KEY (subject_id, fame DESC, work_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX work_subjects_work ON work_subjects (work_id, subject_id);

        -- Everybody named as an author by any source of a work; name is the spelling shown.
        CREATE TABLE authors (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            surname TEXT NOT NULL,
            sound TEXT NOT NULL
        ) STRICT;
        -- Read from end to end for a misspelt name.
        CREATE INDEX authors_names ON authors (surname, sound, id);
        CREATE TABLE author_words (
            word TEXT NOT NULL,
            author_id INTEGER NOT NULL,
            PRIMARY KEY (word, author_id)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE work_authors (
            author_id INTEGER NOT NULL,
            fame INTEGER NOT NULL,
            work_id INTEGER NOT NULL,
            PRIMARY KEY (author_id, fame DESC, work_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX work_authors_work ON work_authors (work_id, author_id);

        -- Here fame is halved where the work was written in another language and this is one of its translations.
        CREATE TABLE work_languages (
            language TEXT NOT NULL,
            fame INTEGER NOT NULL,
            work_id INTEGER NOT NULL,
            PRIMARY KEY (language, fame DESC, work_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX work_languages_work ON work_languages (work_id, language);

        -- Folded titles. The length comes first, so that a search for misspelt ones reads only those of about its length.
        CREATE TABLE work_titles (
            length INTEGER NOT NULL,
            key TEXT NOT NULL,
            work_id INTEGER NOT NULL,
            PRIMARY KEY (length, key, work_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX work_titles_work ON work_titles (work_id);
        """
}
