import Chat
import Glibc

/// How much a shared subject says: "fiction" next to nothing, "doppelgangers" a great deal.
struct SubjectRarity: Sendable {
    private let weights: [String: Double]
    /// The weight of a subject that the sample does not have.
    private let rarest: Double

    /// - Parameter sample: works that stand for the catalogue.
    init(sample: [CatalogEntry]) {
        var counts: [String: Int] = [:]
        for entry in sample {
            for subject in entry.subjects { counts[subject, default: 0] += 1 }
        }
        let total = Double(max(1, sample.count) + 20)
        weights = counts.mapValues { log(total / (Double($0) + 8)) }
        rarest = log(total / 8)
    }

    /// About 0 for a subject of every work, 5 and more for one of few.
    func weight(of subject: String) -> Double { weights[subject] ?? rarest }
}
