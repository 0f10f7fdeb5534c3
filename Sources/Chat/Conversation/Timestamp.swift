import CivilDates
import Glibc

/// A point in time: milliseconds since 1970-01-01T00:00:00Z, as every `…_at` field of the API carries it.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Milliseconds since the epoch; negative before it.
    public var milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

    /// The wall clock's time.
    public static func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// The years that RFC 3339 can write, 0000 to 9999.
    private static let writable: ClosedRange<Int64> = -62_167_219_200_000...253_402_300_799_999

    /// RFC 3339 in UTC with milliseconds: `2024-01-01T00:00:00.000Z`. A time outside the years 0000 to 9999 is written as
    /// the nearest within.
    public var rfc3339: String {
        let milliseconds = min(max(self.milliseconds, Self.writable.lowerBound), Self.writable.upperBound)
        let days = milliseconds.floorDivided(by: 86_400_000)
        let date = CivilDate(dayNumber: Int(days))
        var rest = milliseconds - days * 86_400_000
        let millisecond = rest % 1000
        rest /= 1000
        return String(unsafeUninitializedCapacity: 24) { text in
            var length = 0
            func put(_ number: Int64, _ width: Int, _ after: Unicode.Scalar) {
                var left = number
                for index in stride(from: length + width - 1, through: length, by: -1) {
                    text[index] = UInt8(ascii: "0") + UInt8(left % 10)
                    left /= 10
                }
                text[length + width] = UInt8(ascii: after)
                length += width + 1
            }
            put(Int64(date.year), 4, "-")
            put(Int64(date.month), 2, "-")
            put(Int64(date.day), 2, "T")
            put(rest / 3600, 2, ":")
            put(rest / 60 % 60, 2, ":")
            put(rest % 60, 2, ".")
            put(millisecond, 3, "Z")
            return length
        }
    }

    /// Reads RFC 3339 (https://www.rfc-editor.org/rfc/rfc3339#section-5.6): any offset, any number of fraction digits
    /// (cut to milliseconds), years 0000 to 9999, a leap second taken as the second after.
    ///
    /// Nil when `text` is anything else; that is not an error of the program.
    public init?(rfc3339 text: String) {
        var bytes = Array(text.utf8)[...]
        func number(_ width: Int) -> Int64? {
            guard bytes.count >= width else { return nil }
            var value: Int64 = 0
            for byte in bytes.prefix(width) {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
                value = value * 10 + Int64(byte - UInt8(ascii: "0"))
            }
            bytes = bytes.dropFirst(width)
            return value
        }
        func take(_ accepted: String) -> UInt8? {
            guard let first = bytes.first, accepted.utf8.contains(first) else { return nil }
            bytes = bytes.dropFirst()
            return first
        }
        guard bytes.count <= 64, let year = number(4), take("-") != nil, let month = number(2), take("-") != nil,
            let day = number(2), let date = CivilDate(year: Int(year), month: Int(month), day: Int(day)),
            take("Tt ") != nil, let hour = number(2), take(":") != nil, let minute = number(2),
            take(":") != nil, let second = number(2), hour < 24, minute < 60, second < 61
        else { return nil }
        var millisecond: Int64 = 0
        if take(".") != nil {
            var scale: Int64 = 100
            var digits = 0
            while let digit = number(1) {
                millisecond += digit * scale
                scale /= 10
                digits += 1
            }
            guard digits > 0 else { return nil }
        }
        var offset: Int64 = 0
        guard let zone = take("Zz+-") else { return nil }
        if zone == UInt8(ascii: "+") || zone == UInt8(ascii: "-") {
            guard let hours = number(2), take(":") != nil, let minutes = number(2), hours < 24, minutes < 60 else {
                return nil
            }
            offset = (hours * 60 + minutes) * (zone == UInt8(ascii: "+") ? 1 : -1)
        }
        guard bytes.isEmpty else { return nil }
        let seconds = Int64(date.dayNumber) * 86_400 + hour * 3600 + minute * 60 + second - offset * 60
        milliseconds = seconds * 1000 + millisecond
        // An offset can lead out of the years.
        guard Self.writable.contains(milliseconds) else { return nil }
    }
}
