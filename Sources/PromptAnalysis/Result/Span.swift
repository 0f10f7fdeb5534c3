/// A stretch of a prompt from `start` up to, not including, `end`, counted in Unicode code points (scalars) from 0.
///
/// Code points, because every language can count them without tables: Python's strings are indexed by them, and
/// JavaScript's `Array.from(text)` splits into them. Bytes and UTF-16 units would be right in one of the two only, and
/// grapheme clusters change with the version of Unicode.
public struct Span: Sendable, Hashable {
    public var start: Int
    /// At least `start`; equal to it for a place between two code points.
    public var end: Int

    public init(_ start: Int, _ end: Int) {
        self.start = start
        self.end = end
    }

    public var isEmpty: Bool { start == end }

    /// Whether replacing both would touch the same code points, or put text within what the other replaces. Spans that
    /// only meet do not overlap.
    func overlaps(_ other: Span) -> Bool {
        if isEmpty && other.isEmpty { return false }
        return start < other.end && other.start < end
    }
}
