/// Why a figure cannot be given. There is no "not a number" anywhere: a figure is a finite number or this.
public struct Unmeasurable: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Reason: Hashable, Sendable {
        /// Too few values; how many there are and how many it takes.
        case tooFew(have: Int, needed: Int)
        /// All values are the same: nothing to divide by.
        case noVariation
    }

    public var reason: Reason

    public init(_ reason: Reason) { self.reason = reason }

    /// "too few daily prices (6 of the 21 it takes)".
    public var description: String {
        switch reason {
        case .tooFew(let have, let needed): "too few daily prices (\(have) of the \(needed) it takes)"
        case .noVariation: "the prices do not vary"
        }
    }

    static func require(_ needed: Int, of values: some Collection) throws(Unmeasurable) {
        guard values.count >= needed else { throw Unmeasurable(.tooFew(have: values.count, needed: needed)) }
    }
}

/// A figure, or why there is none.
public typealias Measure<Value> = Result<Value, Unmeasurable>
