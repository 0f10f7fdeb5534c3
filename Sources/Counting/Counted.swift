// Counts how often a text is looked at, for tests of linear work.

/// Counts how often a reader looks at a text and at what it has read of it: so that a test can tell that the work grows with
/// the text and no faster, and so that it can be limited.
///
/// One reading has one counter, and belongs to one task.
public final class Work {
    /// Looks so far.
    @exclusivity(unchecked) public var looks = 0

    @inlinable public init() {}
}

/// An array that counts each look at an element. Whatever algorithm goes over it is counted, also one of the standard
/// library's, so no rule can do work that is not counted.
@frozen
public struct Counted<Element>: RandomAccessCollection, MutableCollection {
    @usableFromInline var elements: [Element]
    @usableFromInline let work: Work

    @inlinable
    public init(_ elements: [Element] = [], by work: Work) {
        self.elements = elements
        self.work = work
    }

    @inlinable public var startIndex: Int { 0 }
    @inlinable public var endIndex: Int { elements.count }

    @inlinable
    public subscript(index: Int) -> Element {
        get {
            work.looks += 1
            return elements[index]
        }
        _modify {
            work.looks += 1
            yield &elements[index]
        }
    }

    @inlinable
    public mutating func append(_ element: Element) {
        work.looks += 1
        elements.append(element)
    }

    @inlinable
    public mutating func removeAll(where isRemoved: (Element) -> Bool) {
        work.looks += elements.count
        elements.removeAll(where: isRemoved)
    }
}
