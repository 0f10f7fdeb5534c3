// Finds keys, tokens and passwords that should not be in a prompt.

import Counting

/// Looks for many texts at once, in time that grows with their length and the searched text's (Aho and Corasick,
/// https://doi.org/10.1145/360825.360855).
struct ScalarSearch {
    /// The next node by node and character, as one number each.
    private var edges: [UInt64: Int] = [:]
    /// The length of the longest text that ends at a node; 0 when none does.
    private var lengths: Counted<Int>
    private var depths: Counted<Int>
    private var parents: Counted<(node: Int, scalar: UInt32)>
    private let work: Work

    init(by work: Work) {
        lengths = Counted([0], by: work)
        depths = Counted([0], by: work)
        parents = Counted([(0, 0)], by: work)
        self.work = work
    }

    var isEmpty: Bool { lengths.count == 1 }

    private static func key(_ node: Int, _ scalar: UInt32) -> UInt64 { UInt64(node) << 32 | UInt64(scalar) }

    mutating func insert(_ text: some Collection<Unicode.Scalar>) {
        var node = 0
        for scalar in text {
            let key = Self.key(node, scalar.value)
            if let next = edges[key] {
                node = next
            } else {
                edges[key] = lengths.count
                parents.append((node, scalar.value))
                depths.append(depths[node] + 1)
                node = lengths.count
                lengths.append(0)
            }
        }
        lengths[node] = text.count
    }

    /// Where any of the texts stands; places that touch or overlap are one.
    func occurrences(in scalars: some Collection<Unicode.Scalar>) -> [Range<Int>] {
        let (suffixes, longest) = links()
        var found: [Range<Int>] = []
        var node = 0
        for (position, scalar) in scalars.enumerated() {
            while node != 0, edges[Self.key(node, scalar.value)] == nil {
                node = suffixes[node]
            }
            node = edges[Self.key(node, scalar.value)] ?? 0
            guard longest[node] > 0 else { continue }
            var start = position + 1 - longest[node]
            while let last = found.last, last.upperBound >= start {
                start = min(start, last.lowerBound)
                found.removeLast()
            }
            found.append(start..<(position + 1))
        }
        return found
    }

    /// For each node the node of its longest proper suffix, and the length of the longest text that ends there.
    private func links() -> (suffixes: Counted<Int>, longest: Counted<Int>) {
        var byDepth = Array(repeating: [Int](), count: (depths.max() ?? 0) + 1)
        for node in lengths.indices { byDepth[depths[node]].append(node) }
        var suffixes = Counted(Array(repeating: 0, count: lengths.count), by: work)
        var longest = lengths
        for node in byDepth.joined() where depths[node] > 1 {
            let (parent, scalar) = parents[node]
            var suffix = suffixes[parent]
            while suffix != 0, edges[Self.key(suffix, scalar)] == nil {
                suffix = suffixes[suffix]
            }
            suffixes[node] = edges[Self.key(suffix, scalar)] ?? 0
            longest[node] = max(lengths[node], longest[suffixes[node]])
        }
        return (suffixes, longest)
    }
}
