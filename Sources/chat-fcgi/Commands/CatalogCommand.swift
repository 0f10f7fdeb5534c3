import Catalog
import Chat
import Configuration
import Glibc
import JSON
import Scheduling

/// `chat-fcgi catalog import` and `catalog stats`.
enum CatalogCommand {
    private static let usage =
        "chat-fcgi catalog import FILE [--format gutenberg|goodbooks|goodreads|csv] [--config F], or catalog stats [--json]"

    static func run(_ words: ArraySlice<String>) async throws {
        let arguments = try Arguments(words.dropFirst(), valued: ["--config", "--format"], flags: ["--json"])
        switch words.first {
        case "import":
            try arguments.expect(words: 1...1, usage)
            var format: CatalogFormat?
            if let word = arguments.options["--format"] {
                format = CatalogFormat(rawValue: word)
                guard format != nil else {
                    let known = CatalogFormat.allCases.map(\.rawValue).joined(separator: ", ")
                    throw CommandFailure(.usage, "--format \(word) is not known; it is one of \(known)")
                }
            }
            try read(arguments.words[0], format, into: database(arguments))
        case "stats":
            try arguments.expect(words: 0...0, usage)
            try await tell(try database(arguments), isJSON: arguments.flags.contains("--json"))
        default:
            throw CommandFailure(.usage, "usage: \(usage)")
        }
    }

    private static func database(_ arguments: Arguments) throws -> String {
        let settings = try Configured(path: arguments.options["--config"]).settings
        try Folder.make(settings.dataDirectory)
        return settings.dataDirectory + "/catalog.db"
    }

    private static func read(_ file: String, _ format: CatalogFormat?, into path: String) throws {
        let began = MonotonicTime.now()
        let report: ImportReport
        Signals.note("nothing of \(file) was stored; run the import again")
        do {
            report = try CatalogImporter(path: path).run(file: file, format: format) { progress in
                Signals.note(
                    "\(file) was read as far as row \(progress.rows), and that is kept; run the import again to complete it"
                )
                Terminal.show(text(of: progress))
            }
        } catch {
            Terminal.erase()
            throw error is InputFileError
                ? CommandFailure(.unavailable, "\(error)") : CommandFailure(.data, "\(file): \(error)")
        }
        Terminal.erase()
        let seconds = Double(MonotonicTime.now().milliseconds(since: began)) / 1000
        say("\(file) (\(report.format.rawValue)), \(seconds) s")
        say("  rows        \(report.rows)")
        say(
            "  records     \(report.recordsAdded) new, \(report.recordsUpdated) changed, "
                + "\(report.recordsUnchanged) as before, \(counted(report.furtherRows, "row")) of further authors")
        say("  left out    \(report.rowsSkipped)")
        if report.rowsInWindows1252 > 0 {
            say(
                "  \(counted(report.rowsInWindows1252, "row")) in Windows-1252 instead of UTF-8: look whether the accents are right"
            )
        }
        for skip in report.skips { say("    line \(skip.line): \(skip.reason)") }
        if report.rowsSkipped > report.skips.count { say("    and \(report.rowsSkipped - report.skips.count) more") }
        say("  works       \(report.worksAdded) new, \(report.worksUpdated) changed, \(report.worksJoined) joined")
        say("  catalogue   \(counted(report.worksTotal, "work"))")
    }

    private static func text(of progress: ImportProgress) -> String {
        let percent = progress.bytesTotal > 0 ? progress.bytesRead * 100 / progress.bytesTotal : 0
        let word =
            switch progress.phase {
            case .reading: "reading \(percent) %"
            case .merging: "putting works together"
            case .finishing: "tidying the indexes"
            }
        return "\(word), \(counted(progress.rows, "row")), \(counted(progress.works, "work"))"
    }

    private static func tell(_ path: String, isJSON: Bool) async throws {
        do {
            let catalog = try SQLiteBookCatalog(path: path)
            let statistics = try await catalog.statistics()
            await catalog.close()
            guard !isJSON else { return say(json(statistics).line) }
            say("\(path)")
            say(
                "  works       \(statistics.works), by \(counted(statistics.authors, "author")), on \(counted(statistics.subjects, "subject"))"
            )
            for (source, count) in statistics.records.sorted(by: { $0.key < $1.key }) {
                say("  \(source.padding(to: 11)) \(counted(count, "record"))")
            }
            let languages = statistics.languages.prefix(8).map { "\($0.code) \($0.works)" }.joined(separator: ", ")
            say("  languages   \(languages)")
            say(
                "  known       year of \(statistics.worksWithYear), rating of \(statistics.worksWithRating), "
                    + "a line about \(statistics.worksWithSummary)")
            if statistics.unmergedRecords > 0 {
                say(
                    "  left over   \(counted(statistics.unmergedRecords, "record")) of an interrupted import; run it again"
                )
            }
        } catch {
            throw CommandFailure(.io, "\(path): \(error)")
        }
    }
}

extension CatalogCommand {
    private static func json(_ statistics: CatalogStatistics) -> JSONValue {
        func numbers(_ pairs: [(String, Int)]) -> JSONValue {
            .object(JSONObject(pairs.map { ($0.0, .integer(Int64($0.1))) }))
        }
        return [
            "works": .integer(Int64(statistics.works)), "authors": .integer(Int64(statistics.authors)),
            "subjects": .integer(Int64(statistics.subjects)),
            "records": numbers(statistics.records.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }),
            "languages": numbers(statistics.languages.map { ($0.code, $0.works) }),
            "works_with_year": .integer(Int64(statistics.worksWithYear)),
            "works_with_rating": .integer(Int64(statistics.worksWithRating)),
            "works_with_summary": .integer(Int64(statistics.worksWithSummary)),
            "unmerged_records": .integer(Int64(statistics.unmergedRecords)),
        ]
    }
}

extension String {
    fileprivate func padding(to width: Int) -> String {
        count < width ? self + String(repeating: " ", count: width - count) : self
    }
}
