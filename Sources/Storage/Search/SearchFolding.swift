import SQLite

/// How the index's tokenizer folds letters, learnt from the tokenizer itself, so that an excerpt shows what was found.
enum SearchFolding {
    /// A word in the form in which the index compares it.
    static func fold(_ word: ArraySlice<UInt8>) -> [UInt8] {
        let bytes = Array(word)
        var folded: [UInt8] = []
        folded.reserveCapacity(bytes.count)
        var offset = 0
        while offset < bytes.count {
            let (value, length) = SearchWords.decode(bytes, offset)
            if value < 0x80 {
                folded.append(value >= 0x41 && value <= 0x5A ? UInt8(value) + 32 : UInt8(value))
            } else if let letters = letters[value] {
                folded += letters
            } else {
                folded += Unicode.Scalar(value)?.properties.lowercaseMapping.utf8.map { $0 } ?? []
            }
            offset += length
        }
        return folded
    }

    /// What letters with marks become; nothing for a mark alone. Other scripts are only lower-cased.
    private static let letters: [UInt32: [UInt8]] = {
        // It needs no file; were it to fail, excerpts would begin at the text's beginning where words have marks.
        (try? learn()) ?? [:]
    }()

    private static func learn() throws -> [UInt32: [UInt8]] {
        var options = ConnectionOptions()
        options.usesWriteAheadLog = false
        let connection = try Connection(path: ":memory:", options: options)
        try connection.execute(
            """
            CREATE VIRTUAL TABLE letters USING fts5 (letter, tokenize = '\(SearchIndex.tokenizer)', content = '');
            CREATE VIRTUAL TABLE terms USING fts5vocab (letters, instance);
            """)
        // Latin, the marks, Greek, Cyrillic, and the further letters of Latin and Greek.
        let ranges: [ClosedRange<UInt32>] = [0xC0...0x24F, 0x300...0x52F, 0x1E00...0x1FFF]
        try connection.transaction {
            for value in ranges.joined() {
                guard let scalar = Unicode.Scalar(value) else { continue }
                try connection.run(
                    "INSERT INTO letters (rowid, letter) VALUES (?1, ?2)",
                    [.integer(Int64(value)), .text("x\(scalar)")])
            }
        }
        var letters: [UInt32: [UInt8]] = [:]
        try connection.forEach("SELECT doc, term FROM terms WHERE offset = 0") { row in
            letters[UInt32(try row.int64(0))] = Array(try row.text(1).utf8.dropFirst())
        }
        return letters
    }
}
