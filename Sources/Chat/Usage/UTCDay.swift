import CivilDates

/// A day in UTC: usage is summed by days, and the limit on tokens begins anew with each.
public struct UTCDay: Hashable, Comparable, Sendable {
    private static let milliseconds: Int64 = 86_400_000

    /// Days since 1970-01-01; negative before it.
    public var number: Int64

    public init(number: Int64) { self.number = number }

    /// The day that `time` lies in.
    public init(of time: Timestamp) {
        number = time.milliseconds.floorDivided(by: Self.milliseconds)
    }

    public static func < (left: UTCDay, right: UTCDay) -> Bool { left.number < right.number }

    /// The first moment of it.
    public var start: Timestamp { Timestamp(milliseconds: number * Self.milliseconds) }
    /// The first moment of the next day.
    public var end: Timestamp { Timestamp(milliseconds: (number + 1) * Self.milliseconds) }

    /// Whole seconds from `time` until the day is over, at least 1.
    public func secondsLeft(at time: Timestamp) -> Int {
        max(1, Int((end.milliseconds - time.milliseconds + 999) / 1000))
    }

    /// `2026-11-21`.
    public var text: String { String(start.rfc3339.prefix(10)) }
}
