import Glibc

/// How good one answer is.
struct Marks: Sendable {
    /// A relevant work among the first five.
    var isHit = false
    /// nDCG at 10, 0 to 1.
    var gain = 0.0
    /// Nil when the question forbids nothing.
    var isViolated: Bool?

    /// - Parameters:
    ///   - grades: of the answer's books in order; 0 for those not judged, or counted already.
    ///   - ideal: grades of the question's relevant works.
    init(grades: [Int], ideal: [Int], isViolated: Bool?) {
        isHit = grades.prefix(5).contains { $0 > 0 }
        let best = Self.gain(ideal.sorted(by: >))
        gain = best > 0 ? Self.gain(grades) / best : 0
        self.isViolated = isViolated
    }

    private static func gain(_ grades: [Int]) -> Double {
        grades.prefix(10).enumerated().reduce(0) { sum, item in
            sum + (pow(2, Double(item.element)) - 1) / log2(Double(item.offset + 2))
        }
    }
}

/// Marks of many answers together.
struct Tally: Sendable {
    private(set) var count = 0
    private var hits = 0
    private var gains = 0.0
    private(set) var forbidding = 0
    private(set) var violations = 0

    mutating func add(_ marks: Marks) {
        count += 1
        if marks.isHit { hits += 1 }
        gains += marks.gain
        if let isViolated = marks.isViolated {
            forbidding += 1
            if isViolated { violations += 1 }
        }
    }

    var hitRate: Double { count == 0 ? 0 : Double(hits) / Double(count) }
    var meanGain: Double { count == 0 ? 0 : gains / Double(count) }
}
