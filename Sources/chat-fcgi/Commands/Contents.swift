import Catalog
import Configuration
import Glibc
import Markets

/// What the agents have to answer from: the books, the personas with their documents, the price files. An installation without
/// them runs, and has nothing to say; so `check`, `doctor` and the log of `serve` name what is missing.
struct Contents {
    /// One kind of contents.
    struct Finding {
        let subject: String
        let text: String
        /// What to do about it; nil where all is well.
        let remedy: String?
    }

    let findings: [Finding]

    /// Looks, and writes nothing. Blocks for some milliseconds.
    init(_ settings: Settings) {
        findings = [Self.books(settings), Self.personas(settings), Self.prices(settings)]
    }

    /// A sentence each on what is missing.
    var missing: [String] {
        findings.compactMap { finding in finding.remedy.map { "\(finding.subject): \(finding.text); to fix it: \($0)" }
        }
    }

    private static func books(_ settings: Settings) -> Finding {
        let subject = "catalogue"
        let path = settings.dataDirectory + "/catalog.db"
        let remedy =
            "chat-fcgi catalog import FILE, such as catalog/starter.csv of the source with --format csv (docs/catalog.md), as the "
            + "service's user and with its configuration"
        guard access(path, F_OK) == 0 || errno != ENOENT else {
            return Finding(
                subject: subject, text: "there is none at \(path), so the book companion has no books", remedy: remedy)
        }
        let works: Int
        do {
            works = try SQLiteBookCatalog.works(path: path)
        } catch {
            return Finding(
                subject: subject, text: "\(path) cannot be read: \(error)",
                remedy: "see that this user may read it; a damaged one can be removed and imported again")
        }
        guard works > 0 else {
            return Finding(
                subject: subject, text: "\(path) is empty, so the book companion has no books", remedy: remedy)
        }
        return Finding(subject: subject, text: counted(works, "work"), remedy: nil)
    }

    private static func personas(_ settings: Settings) -> Finding {
        let (names, mistakes) = AgentFolder.names(in: settings.agentsDirectory)
        let subject = "personas"
        if let first = mistakes.first {
            let more = mistakes.count > 1 ? ", and \(counted(mistakes.count - 1, "more mistake"))" : ""
            return Finding(
                subject: subject, text: "\(first)\(more)",
                remedy: "correct each (docs/agents.md); chat-fcgi check reads them again")
        }
        guard !names.isEmpty else {
            return Finding(
                subject: subject,
                text: "there are none in \(settings.agentsDirectory), so the tutor and the plain agent do not answer",
                remedy: "set agents_dir to the folder agents of the source, or to your own (docs/agents.md)")
        }
        return Finding(subject: subject, text: names.joined(separator: ", "), remedy: nil)
    }

    private static func prices(_ settings: Settings) -> Finding {
        let subject = "prices"
        let own = symbols(in: settings.desk.pricesDirectory)
        guard own == 0 else {
            return Finding(
                subject: subject, text: "\(counted(own, "symbol")) in \(settings.desk.pricesDirectory)", remedy: nil)
        }
        let samples = symbols(in: settings.samplePricesDirectory)
        guard samples == 0 else {
            return Finding(
                subject: subject,
                text:
                    "none of your own in \(settings.desk.pricesDirectory); the desk goes by \(counted(samples, "sample"))",
                remedy: nil)
        }
        return Finding(
            subject: subject,
            text:
                "there are none in \(settings.desk.pricesDirectory), and no samples, so the desk has nothing to work with",
            remedy: "put SYMBOL.csv files there (docs/desk.md), or set agents_dir to the folder agents of the source")
    }

    /// None, too, where the folder cannot be read.
    private static func symbols(in folder: String) -> Int {
        (try? PriceFolder(path: folder).listing().symbols.count) ?? 0
    }
}
