// Finds the sections that answer a question.

import Counting

/// Chooses from a section the passage that shows best why it was found.
struct Passage {
    /// Marks that FTS5's highlight() puts around what it found; a section's text holds no control characters.
    static let startMark: UInt8 = 1
    static let endMark: UInt8 = 2
    static let maximumBytes = 400

    private typealias Hit = (offset: Int, word: [UInt8])

    private let work: Work
    private var text: Counted<UInt8>
    /// Where a word begins that was found, and which.
    private var hits: Counted<Hit>

    /// - Parameter marked: the section's text with the marks in it.
    init(marked: String, by work: Work = Work()) {
        self.work = work
        text = Counted(by: work)
        hits = Counted(by: work)
        var word: [UInt8]?
        for byte in marked.utf8 {
            switch byte {
            case Self.startMark: word = []
            case Self.endMark:
                // The beginning tells the words apart, whatever their endings are.
                if let found = word { hits.append((text.count - found.count, Array(found.prefix(5)))) }
                word = nil
            default:
                text.append(byte)
                word?.append((0x41...0x5A).contains(byte) ? byte + 32 : byte)
            }
        }
    }

    /// Whole sentences and items where they fit, on one line; "…" where a sentence had to be cut.
    func excerpt() -> String {
        let units = units()
        var best = (value: -1, units: 0..<0)
        var window = HitWindow(hits)
        // The units from `start` to `end` fit; both only go forward, so each unit and each hit is looked at once.
        var end = 0
        var size = 0
        for start in units.indices {
            if end == start { size = 0 }
            while end < units.count, size + units[end].count + (end > start ? 1 : 0) <= Self.maximumBytes {
                size += units[end].count + (end > start ? 1 : 0)
                end += 1
            }
            let range = start..<max(end, start + 1)
            window.move(to: units[range.lowerBound].lowerBound..<units[range.upperBound - 1].upperBound)
            // A passage that begins with what was asked is better than one that ends with it.
            let isEarly = window.first.map { units[start].contains($0) } ?? false
            let value = window.words * 1_000 + min(window.count, 99) * 2 + (isEarly ? 1 : 0)
            if value > best.value { best = (value, range) }
            size -= units[start].count + (end > start + 1 ? 1 : 0)
            end = max(end, start + 1)
        }
        guard !best.units.isEmpty else { return "" }
        let first = units[best.units.lowerBound]
        if best.units.count == 1, first.count > Self.maximumBytes { return cut(first) }
        return best.units.map { Self.oneLine(text[units[$0]]) }.joined(separator: " ")
    }

    /// Sentences, and lines of lists.
    private func units() -> Counted<Range<Int>> {
        var units = Counted<Range<Int>>(by: work)
        var start = 0
        func close(at end: Int) {
            var range = start..<end
            while !range.isEmpty, text[range.lowerBound] <= 0x20 { range = (range.lowerBound + 1)..<range.upperBound }
            while !range.isEmpty, text[range.upperBound - 1] <= 0x20 {
                range = range.lowerBound..<(range.upperBound - 1)
            }
            if !range.isEmpty { units.append(range) }
            start = end
        }
        for index in text.indices {
            if text[index] == 0x0A {
                close(at: index)
            } else if text[index] == 0x20, index > start, ".!?".utf8.contains(text[index - 1]),
                index + 1 < text.count, !(0x61...0x7A).contains(text[index + 1]), !isAbbreviation(before: index)
            {
                close(at: index)
            }
        }
        close(at: text.count)
        return units
    }

    /// "1. Fill in", "e.g. Germany": a full stop after one letter or a number ends no sentence.
    private func isAbbreviation(before space: Int) -> Bool {
        guard text[space - 1] == UInt8(ascii: ".") else { return false }
        var start = space - 1
        while start > 0, text[start - 1] > 0x20, space - start < 6 { start -= 1 }
        let word = text[start..<(space - 1)]
        return word.count <= 1 || (word.count <= 3 && word.contains(UInt8(ascii: ".")))
            || (word.count <= 3 && word.allSatisfy { (0x30...0x39).contains($0) }
                && (start == 0 || text[start - 1] == 0x0A))
    }

    /// A part of one long sentence, around the first word found.
    private func cut(_ unit: Range<Int>) -> String {
        let mark = "…"
        let room = Self.maximumBytes - 2 * mark.utf8.count
        let focus = hits.first { unit.contains($0.offset) }?.offset ?? unit.lowerBound
        var start = max(unit.lowerBound, focus - 80)
        if start > unit.lowerBound, let gap = text[start..<focus].firstIndex(of: 0x20) { start = gap + 1 }
        var end = min(unit.upperBound, start + room)
        if end < unit.upperBound, let gap = text[(end - min(24, end - start))..<end].lastIndex(of: 0x20) { end = gap }
        while start < end, UTF8.isContinuation(text[start]) { start += 1 }
        while end < unit.upperBound, end > start, UTF8.isContinuation(text[end]) { end -= 1 }
        return (start > unit.lowerBound ? mark : "") + Self.oneLine(text[start..<end])
            + (end < unit.upperBound ? mark : "")
    }

    private static func oneLine(_ bytes: Slice<Counted<UInt8>>) -> String {
        String(decoding: bytes.map { $0 < 0x20 ? 0x20 : $0 }, as: UTF8.self)
    }
}

/// The hits within a range of bytes that moves forward.
private struct HitWindow {
    private let hits: Counted<(offset: Int, word: [UInt8])>
    private var inside = 0..<0
    private var occurrences: [[UInt8]: Int] = [:]

    init(_ hits: Counted<(offset: Int, word: [UInt8])>) { self.hits = hits }

    /// How many hits there are.
    var count: Int { inside.count }
    /// How many different words they are of.
    var words: Int { occurrences.count }
    /// Where the first one is.
    var first: Int? { inside.isEmpty ? nil : hits[inside.lowerBound].offset }

    /// - Parameter range: neither end is before those of the range before.
    mutating func move(to range: Range<Int>) {
        var (start, end) = (inside.lowerBound, inside.upperBound)
        while end < hits.count, hits[end].offset < range.upperBound {
            occurrences[hits[end].word, default: 0] += 1
            end += 1
        }
        while start < end, hits[start].offset < range.lowerBound {
            let left = occurrences[hits[start].word, default: 0] - 1
            occurrences[hits[start].word] = left > 0 ? left : nil
            start += 1
        }
        inside = start..<end
    }
}
