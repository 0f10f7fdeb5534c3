import Chat
import Glibc

/// The subjects of a sample of works as small numbers, and how much each says when it is shared: "fiction" next to nothing,
/// "doppelgangers" a great deal.
final class TermTable: Sendable {
    /// Stands for a subject that the sample does not have.
    static let unknown: Int32 = -1

    private let numbers: [String: Int32]
    /// By number: the subject, and the same folded.
    private let spellings: [String]
    private let folded: [String]
    private let weights: [Double]
    /// The weight of a subject that the sample does not have.
    private let rarest: Double

    /// - Parameter sample: works that stand for the catalogue.
    init(sample: [CatalogEntry]) {
        var numbers: [String: Int32] = [:]
        var spellings: [String] = []
        var counts: [Int] = []
        for entry in sample {
            for subject in entry.subjects {
                if let number = numbers[subject] {
                    counts[Int(number)] += 1
                } else {
                    numbers[subject] = Int32(spellings.count)
                    spellings.append(subject)
                    counts.append(1)
                }
            }
        }
        let total = Double(max(1, sample.count) + 20)
        weights = counts.map { log(total / (Double($0) + 8)) }
        rarest = log(total / 8)
        folded = spellings.map { spelling in
            let folded = Folding.fold(spelling)
            // One text in memory where both are the same.
            return folded == spelling ? spelling : folded
        }
        self.numbers = numbers
        self.spellings = spellings
    }

    /// Knows no subject.
    static let empty = TermTable(sample: [])

    var count: Int { spellings.count }

    func number(of subject: String) -> Int32 { numbers[subject] ?? Self.unknown }

    /// The subject as this table has it, so that many works share one text in memory.
    func shared(_ subject: String) -> String { numbers[subject].map { spellings[Int($0)] } ?? subject }

    /// About 0 for a subject of every work, 5 and more for one of few.
    func weight(of subject: String) -> Double { weight(of: number(of: subject)) }

    func weight(of number: Int32) -> Double { number < 0 ? rarest : weights[Int(number)] }

    /// - Parameter number: the subject's.
    func folded(_ subject: String, _ number: Int32) -> String {
        number < 0 ? Folding.fold(subject) : folded[Int(number)]
    }
}
