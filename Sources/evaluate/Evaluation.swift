import Catalog
import Chat

/// Puts all questions of a split to all systems.
struct Evaluation {
    let contest: Contest
    let isVerbose: Bool

    /// - Returns: the recommender's hit rate at 5 in each split.
    func run(_ questions: [Question]) async throws -> [String: Double] {
        var report = Report()
        var durations: [Duration] = []
        let clock = ContinuousClock()
        // The first list looks at the catalogue once; that is not what a reader waits for afterwards.
        _ = try await contest.answer(.recommender, to: "a good book")
        for question in questions {
            let judge = try await Judge(question, catalog: contest.catalog)
            for system in System.allCases {
                let start = clock.now
                let books = try await contest.answer(system, to: question.text)
                let duration = clock.now - start
                if system == .recommender { durations.append(duration) }
                let marks = judge.marks(books)
                report.add(marks, group: question.split, system: system)
                report.add(marks, group: "\(question.split): \(question.kind)", system: system)
                if isVerbose && system == .recommender { describe(question, books, judge, marks, duration) }
            }
        }
        let splits = ["tune", "held_out"].filter { split in questions.contains { $0.split == split } }
        print(report.table(of: splits))
        for split in splits {
            var kinds: [String] = []
            for question in questions where question.split == split && !kinds.contains(question.kind) {
                kinds.append(question.kind)
            }
            print("\nBy kind, split \(split):\n")
            print(report.table(of: kinds.map { "\(split): \($0)" }))
        }
        durations.sort()
        if let last = durations.last {
            let middle = durations[durations.count / 2]
            let high = durations[min(durations.count - 1, durations.count * 99 / 100)]
            print(
                "\nUnderstanding and ranking, \(durations.count) questions over \(try await contest.catalog.count()) works:",
                terminator: " ")
            print(
                "p50 \(Self.milliseconds(middle)) ms, p99 \(Self.milliseconds(high)) ms, longest \(Self.milliseconds(last)) ms."
            )
        }
        return report.hitRates(of: splits, system: .recommender)
    }

    private func describe(
        _ question: Question, _ books: [CatalogEntry], _ judge: Judge, _ marks: Marks, _ duration: Duration
    ) {
        print(
            "\n\(question.id) \(question.kind) \(Report.fixed(marks.gain)) \(Self.milliseconds(duration)) ms\(marks.isViolated == true ? " FORBIDDEN" : ""): \(question.text)"
        )
        for (book, grade) in zip(books, judge.grades(books)) {
            print(
                "  \(grade == 0 ? "." : String(grade)) \(book.title) / \(book.authors.joined(separator: ", ")) / \(book.year.map { String($0) } ?? "-")"
            )
        }
    }

    static func milliseconds(_ duration: Duration) -> Int {
        Int(duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000)
    }
}

/// Grades answers to one question.
struct Judge {
    private let question: Question
    /// For each relevant work, then each forbidden one: what the catalogue has under its titles.
    private let relevant: [Set<BookID>]
    private let forbidden: [Set<BookID>]

    init(_ question: Question, catalog: SQLiteBookCatalog) async throws {
        self.question = question
        relevant = try await Self.identifiers(question.relevant, catalog)
        forbidden = try await Self.identifiers(question.forbidden, catalog)
    }

    private static func identifiers(_ works: [JudgedWork], _ catalog: SQLiteBookCatalog) async throws -> [Set<BookID>] {
        var sets: [Set<BookID>] = []
        for work in works {
            var ids: Set<BookID> = []
            for title in work.titles {
                let found = try await catalog.works(titled: title, isFuzzy: false)
                ids.formUnion(found.filter { MatchingRule.authorMatches(work.author, $0.authors) }.map(\.id))
            }
            sets.append(ids)
        }
        return sets
    }

    /// The grade of each book; a work counts once, at the first book that matches it.
    func grades(_ books: [CatalogEntry]) -> [Int] {
        var free = Set(question.relevant.indices)
        return books.map { book in
            if let language = question.language, !book.languages.contains(language) { return 0 }
            let matching = free.filter { MatchingRule.matches(question.relevant[$0], book, ids: relevant[$0]) }
            guard let best = matching.max(by: { question.relevant[$0].grade < question.relevant[$1].grade }) else {
                return 0
            }
            free.remove(best)
            return question.relevant[best].grade
        }
    }

    func marks(_ books: [CatalogEntry]) -> Marks {
        var isViolated: Bool?
        if !question.forbidden.isEmpty {
            isViolated = books.prefix(10).contains { book in
                question.forbidden.indices.contains {
                    MatchingRule.matches(question.forbidden[$0], book, ids: forbidden[$0])
                }
            }
        }
        return Marks(grades: grades(books), ideal: question.relevant.map(\.grade), isViolated: isViolated)
    }
}
