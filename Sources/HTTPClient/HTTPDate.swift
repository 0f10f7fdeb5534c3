import CivilDates
import Glibc

/// A point in time as HTTP's headers name it, in the three forms that a recipient must take
/// (RFC 9110, section 5.6.7).
public struct HTTPDate: Equatable, Sendable {
    /// Seconds since 1970, without leap seconds.
    public var secondsSinceEpoch: Int

    public init(secondsSinceEpoch: Int) { self.secondsSinceEpoch = secondsSinceEpoch }

    public static func now() -> HTTPDate { HTTPDate(secondsSinceEpoch: time(nil)) }

    /// Nil for what is no date in one of the forms.
    /// - Parameter now: which century an obsolete date with a year of two digits is in follows from it.
    public init?(_ text: String, now: HTTPDate = .now()) {
        guard text.utf8.count <= 40, text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        let words = text.split(separator: " ").map(String.init)
        let parts: (day: String, month: String, year: String, time: String)
        if words.count == 6, words[5] == "GMT" {
            // Sun, 06 Nov 1994 08:49:37 GMT
            guard words[3].utf8.count == 4 else { return nil }
            parts = (words[1], words[2], words[3], words[4])
        } else if words.count == 4, words[3] == "GMT" {
            // Sunday, 06-Nov-94 08:49:37 GMT
            let date = words[1].split(separator: "-", omittingEmptySubsequences: false).map(String.init)
            guard date.count == 3, date[2].utf8.count == 2 else { return nil }
            parts = (date[0], date[1], date[2], words[2])
        } else if words.count == 5 {
            // Sun Nov  6 08:49:37 1994
            guard words[4].utf8.count == 4 else { return nil }
            parts = (words[2], words[1], words[4], words[3])
        } else {
            return nil
        }
        guard let month = Self.months.firstIndex(of: parts.month), let day = Self.number(parts.day, in: 1...31),
            let year = Self.number(parts.year, in: 0...9999), let seconds = Self.seconds(ofDay: parts.time)
        else { return nil }
        func date(in year: Int) -> HTTPDate? {
            CivilDate(year: year, month: month + 1, day: day).map { date in
                HTTPDate(secondsSinceEpoch: date.dayNumber * 86_400 + seconds)
            }
        }
        guard parts.year.utf8.count == 2 else {
            guard let date = date(in: year) else { return nil }
            self = date
            return
        }
        // "… a timestamp that appears to be more than 50 years in the future [represents] the most recent year in the past
        // that had the same last two digits."
        let century = CivilDate(dayNumber: now.secondsSinceEpoch.floorDivided(by: 86_400)).year / 100 * 100
        guard let candidate = date(in: century + year) else { return nil }
        let isFuture = candidate.secondsSinceEpoch - now.secondsSinceEpoch > 50 * 31_556_952
        self = isFuture ? date(in: century - 100 + year) ?? candidate : candidate
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func number(_ text: String, in range: ClosedRange<Int>) -> Int? {
        guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let value = Int(text), range.contains(value)
        else { return nil }
        return value
    }

    private static func seconds(ofDay text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, parts.allSatisfy({ $0.utf8.count == 2 }), let hour = number(parts[0], in: 0...23),
            let minute = number(parts[1], in: 0...59), let second = number(parts[2], in: 0...60)
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }
}

extension HTTPResponseHead {
    /// How long the server asks to wait, in seconds: `retry-after-ms` as OpenAI has it, or `Retry-After` in either of its
    /// forms (RFC 9110, section 10.2.3); 0 for a date that has passed, nil when it does not ask.
    ///
    /// A date is told by the server's clock, and is taken by it: the response's own `Date` is now.
    public func retryAfterSeconds(now: HTTPDate = .now()) -> Double? {
        if let text = header("retry-after-ms"), let value = Self.seconds(text) { return value / 1000 }
        guard let text = header("Retry-After") else { return nil }
        if let value = Self.seconds(text) { return value }
        guard let date = HTTPDate(text, now: now) else { return nil }
        let sent = header("Date").flatMap { HTTPDate($0, now: now) } ?? now
        return Double(max(0, date.secondsSinceEpoch - sent.secondsSinceEpoch))
    }

    private static func seconds(_ text: String) -> Double? {
        guard let value = Double(text), value.isFinite, value >= 0 else { return nil }
        return value
    }
}
