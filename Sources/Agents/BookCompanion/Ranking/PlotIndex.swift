import Glibc
import Words

/// Finds books by what happens in them: the words of the summaries, titles and subjects of the well-known works that have a summary.
struct PlotIndex: Sendable {
    private struct Posting: Sendable {
        var work: Int32
        var weight: Float
    }

    /// What two words in a row count for beside the words themselves.
    private static let pair: Float = 0.3

    private let postings: [String: [Posting]]
    private let documents: Int

    /// - Parameter works: in the order of the shelf; those without a summary are passed over.
    init(_ works: [Work]) {
        var postings: [String: [Posting]] = [:]
        var documents = 0
        for (place, work) in works.enumerated() {
            guard let summary = work.entry.summary else { continue }
            documents += 1
            var stems: [String: Float] = [:]
            for subject in work.entry.subjects { for stem in Self.stems(subject) { stems[stem] = 0.7 } }
            for text in [work.entry.title, summary] {
                let words = Self.stems(text)
                for stem in words { stems[stem] = 1 }
                for pair in zip(words, words.dropFirst()) { stems["\(pair.0) \(pair.1)"] = Self.pair }
            }
            for (stem, weight) in stems {
                postings[stem, default: []].append(Posting(work: Int32(place), weight: weight))
            }
        }
        self.postings = postings
        self.documents = documents
    }

    /// The share of what the words say that each work has, 0 to 1, by the work's place on the shelf.
    func matches(_ words: [String]) -> [Int: Double] {
        var found: [Int: Double] = [:]
        var total = 0.0
        let stems = words.map(Self.stem)
        for word in Set(stems) {
            let others = (PlotWords.alike[word] ?? []).compactMap { postings[$0] }
            // How rare the word itself is; words that tell the same only help to find it.
            let holders = postings[word]?.count ?? max(1, others.reduce(0) { $0 + $1.count })
            let rarity = rarity(of: holders)
            guard rarity > 0 else { continue }
            var best: [Int32: Float] = [:]
            for posting in postings[word] ?? [] { best[posting.work] = posting.weight }
            for other in others {
                // A "house" in place of a "master" tells no more than houses do.
                let share = Float(0.7 * min(1, max(0, self.rarity(of: other.count)) / rarity))
                for posting in other { best[posting.work] = max(best[posting.work] ?? 0, posting.weight * share) }
            }
            total += rarity
            for (work, weight) in best { found[Int(work), default: 0] += rarity * Double(weight) }
        }
        guard total > 0 else { return [:] }
        // "Time machine" tells more than a time and a machine.
        for pair in zip(stems, stems.dropFirst()) {
            for posting in postings["\(pair.0) \(pair.1)"] ?? [] {
                found[Int(posting.work), default: 0] += log(Double(documents + 1)) * Double(posting.weight)
            }
        }
        return found.mapValues { min(1, $0 / total) }
    }

    private func rarity(of holders: Int) -> Double { log(Double(documents + 1) / (Double(holders) + 0.5)) }

    static func stems(_ text: String) -> [String] {
        Folding.words(text).filter { !StopWords.contains($0) || PlotWords.telling.contains($0) }.map(stem)
    }

    /// A word without the endings of verbs and plurals: "hunted", "hunting" and "hunts" are "hunt".
    static func stem(_ word: String) -> String {
        var stem = Substring(Folding.stem(word))
        for ending in ["ing", "ed"] where stem.hasSuffix(ending) && stem.utf8.count > ending.utf8.count + 2 {
            stem = stem.dropLast(ending.count)
            let last = Array(stem.utf8.suffix(2))
            if last.count == 2, last[0] == last[1], !"ls".utf8.contains(last[0]) { stem = stem.dropLast() }
            break
        }
        if stem.utf8.count > 3, stem.last == "e" { stem = stem.dropLast() }
        return String(stem)
    }
}

/// Words that tell the same in a plot.
enum PlotWords {
    /// Words that say nothing in a wish and something in a plot.
    static let telling: Set<String> = [
        "man", "woman", "old", "little", "big", "night", "day", "one", "books", "last", "first", "work", "time", "two",
        "three", "new", "long", "end", "world", "year", "years",
    ]

    /// By the stem of each word, the stems of the others of its line.
    static let alike: [String: [String]] = {
        var alike: [String: [String]] = [:]
        for line in WordFile("books/plot-words").lines {
            let stems = line.split(separator: " ").map { PlotIndex.stem(String($0)) }
            for stem in stems {
                alike[stem, default: []] += stems.filter { $0 != stem && alike[stem]?.contains($0) != true }
            }
        }
        return alike
    }()
}
