import Chat
import Substrings

/// Counts the days of stays that a message names, or asks for what it needs to count them.
struct SchengenTool {
    /// What a tool has worked out.
    struct Finding: Sendable, Equatable {
        enum Kind: Equatable {
            /// Days were counted.
            case count
            /// It says what counts and what does not.
            case explanation
            /// Something must be answered first.
            case question
        }

        /// What the answer says, a line each.
        var lines: [String]
        var kind: Kind
        /// Whether the message asks about something else that documents may answer better ("which visa do I need?").
        var isBeside = false
        /// The counted days as data.
        var count: DayCount?

        var isQuestion: Bool { kind == .question }
    }

    /// Nil when the message is not about counting days.
    ///
    /// - Parameters:
    ///   - earlier: the user's messages before it, newest last. Dates named there are used when this one goes on with them.
    ///   - today: the day the message was sent, in UTC.
    static func finding(for text: String, earlier: [String], today: CalendarDay) -> Finding? {
        let order = DateReader(text).order
        // What was said once about how dates are written holds for the messages around it.
        let known = order ?? earlier.suffix(4).reversed().lazy.compactMap { DateReader($0).order }.first
        let reader = StayReader(text, order: known, today: today)
        var reading = reader.read()
        var isDirect = isDirect(reading)
        if !reading.hasStays, reading.areas.isEmpty, !reading.isValidityAlone, reading.doubts.isEmpty || order != nil {
            // "The day first." or "And on 1 September 2026?" go on with the stays named before.
            let isShort = text.utf8.count <= 200
            for message in earlier.suffix(4).reversed() where isShort {
                var before = StayReader(message, order: known, today: today).read()
                guard before.isAboutRule || before.asksForDays || before.namesPlacedStay, before.hasDates else {
                    continue
                }
                let asksOn = message == earlier.last && asksHowLong(text)
                guard reading.reference != nil || order != nil || isDirect || asksOn else { break }
                before.reference = reading.reference ?? before.reference
                reading = before
                reading.isAboutRule = true
                isDirect = true
                break
            }
        } else if !isDirect, reading.hasStays,
            let before = earlier.last.map({ StayReader($0, order: known, today: today).read() }),
            before.isAboutRule || before.asksForDays || before.isUndated
        {
            // The stays that were asked for.
            reading.reference = reading.reference ?? before.reference
            isDirect = true
        }
        guard isDirect else { return nil }
        // How long one may stay in the United Kingdom stands in the documents.
        let isElsewhere = reading.stays.isEmpty && reading.openSince == nil && !reading.uncounted.isEmpty
        let isBeside =
            !reading.isAboutRule
            && (reading.asksForDays ? isElsewhere : reading.isOnVisaDays ? reader.asksForPurpose : reader.asksBeside)
        if let doubt = reading.doubts.first {
            return Finding(lines: [SchengenQuestion.text(for: doubt)], kind: .question, isBeside: isBeside)
        }
        if !reading.areas.isEmpty { return Finding(lines: reading.areas.map(SchengenAreas.line), kind: .explanation) }
        guard reading.hasDates else {
            if reading.isValidityAlone {
                return Finding(lines: SchengenAreas.validity, kind: .explanation, isBeside: reader.asksForPurpose)
            }
            return reading.asksForDays || reading.isUndated ? Finding(lines: [askForStays], kind: .question) : nil
        }
        var finding = count(reading, today: today)
        finding.isBeside = isBeside
        if reading.takesAreaForGranted, !reading.isAboutRule, !finding.isQuestion {
            finding.lines.insert("You name no country, so I count these days as days in the Schengen area.", at: 0)
        }
        return finding
    }

    /// "And for how long?"
    private static func asksHowLong(_ text: String) -> Bool {
        let words = " " + Folding.words(text).joined(separator: " ") + " "
        return text.utf8.count <= 60
            && ["how long", "how many days", "until when", "till when", "wie lange", "combien de temps"].contains {
                words.contains(" \($0) ")
            }
    }

    private static func isDirect(_ reading: StayReading) -> Bool {
        reading.isAboutRule || reading.namesPlacedStay || !reading.areas.isEmpty
            || reading.asksForDays && (reading.isOnCircumstances || !reading.stays.isEmpty)
            || reading.isOnCircumstances && reading.namesDates || reading.isValidityAlone || reading.isOnVisaDays
            || reading.takesAreaForGranted || reading.isUndated
    }

    private static let askForStays = """
        To count your days I need every stay in the Schengen area of the last 180 days, each with the day of entry and the day \
        of exit, and the day you ask about. For example: "I was there from 3 May 2026 to 10 June 2026. How many days have I \
        left on 1 August 2026?"
        """

    private static func count(_ reading: StayReading, today: CalendarDay) -> Finding {
        var stays = reading.stays
        let latest = stays.map(\.last).max()
        // Without a day that is asked about, it is today; of stays that are only planned, the day after the last.
        var day = reading.reference ?? max(today, latest.map { $0 + 1 } ?? today)
        var lines: [String] = []
        if let since = reading.openSince, reading.reference == nil, since > today {
            // A journey that is planned, without an end.
            day = since
        } else if let since = reading.openSince {
            day = reading.reference ?? today
            guard since <= day else {
                return Finding(lines: [SchengenQuestion.text(for: .loose(day))], kind: .question)
            }
            guard day.number - since.number <= StayReader.maximumStayDays else {
                return Finding(lines: [SchengenQuestion.text(for: .tooMuch)], kind: .question)
            }
            stays.append(DayRange(first: since, last: day))
        }
        stays.sort { ($0.first, $0.last) < ($1.first, $1.last) }
        for item in reading.uncounted.sorted(by: { $0.days.first < $1.days.first }) {
            lines.append(SchengenAreas.line(item))
        }
        if stays.isEmpty {
            lines.append(
                reading.uncounted.isEmpty
                    ? "You named no earlier stay, so I count from none."
                    : "You named no stay in the area, so I count from none.")
        }
        for stay in stays {
            let isOpen = stay.first == reading.openSince && stay.last == day
            lines.append(
                "\(stay.first.name) to \(stay.last.name): \(days(stay.count))"
                    + (isOpen ? ", still counting" : ", entry and exit day included") + ".")
        }
        let calculator = SchengenCalculator(stays)
        let uncounted = reading.uncounted.sorted { $0.days.first < $1.days.first }
            .map { DayCount.Uncounted(days: $0.days, reason: SchengenAreas.line($0)) }
        if let over = calculator.overstay() {
            lines.append(
                "Over the limit: \(over.first.name) is the 91st day within 180 days, and \(days(over.days)) of these stays "
                    + "\(over.days == 1 ? "is" : "are") too many.")
        }
        let period = SchengenCalculator.period(endingWith: day)
        let used = calculator.daysUsed(on: day)
        let isToday = reading.reference == nil && day == today
        lines.append(
            "On \(day.name)\(isToday ? " (today, UTC)" : "") the 180 days reach back to \(period.first.name). In them "
                + "\(days(used)) of 90 \(used == 1 ? "is" : "are") used, and \(days(max(0, 90 - used))) "
                + "\(90 - used == 1 ? "is" : "are") left.")
        if let visaDays = reading.visaDays {
            let onVisa = reading.validity.map { calculator.days(within: $0) } ?? stays.reduce(0) { $0 + $1.count }
            lines.append(
                "Your visa allows \(days(visaDays))\(onVisa == 0 ? "" : ", of which \(onVisa) \(onVisa == 1 ? "is" : "are") used")."
            )
            let onVisaStay = stay(on: visaDays - onVisa, reading.validity, calculator, from: day)
            lines.append(onVisaLeft(onVisaStay, reading.validity, from: day))
            return Finding(
                lines: lines, kind: .count,
                count: DayCount(
                    calculator, on: day, isToday: day == today, uncounted: uncounted,
                    visa: (allowed: visaDays, used: onVisa), atMost: onVisaStay))
        }
        lines.append(longest(calculator, from: day, isThere: stays.contains { $0.first <= day && day <= $0.last }))
        return Finding(
            lines: lines, kind: .count,
            count: DayCount(calculator, on: day, isToday: day == today, uncounted: uncounted))
    }

    /// How long somebody may stay whose visa has `left` days on it; 0 when it is not valid on that day.
    private static func stay(
        on left: Int, _ validity: DayRange?, _ calculator: SchengenCalculator, from day: CalendarDay
    ) -> Int {
        let length = min(left, calculator.longestStay(from: day))
        guard let validity else { return length }
        return day < validity.first ? 0 : min(length, validity.last.number - day.number + 1)
    }

    private static func onVisaLeft(_ length: Int, _ validity: DayRange?, from day: CalendarDay) -> String {
        if let validity, day < validity.first || day > validity.last {
            return
                "On \(day.name) the visa is not valid: it is valid from \(validity.first.name) to \(validity.last.name)."
        }
        guard length > 0 else { return "On \(day.name) no day is left on it." }
        return
            "Entering on that day, you may stay \(days(length)), to \((day + (length - 1)).name) at the latest, and not longer than the "
            + "visa is valid."
    }

    private static func longest(_ calculator: SchengenCalculator, from day: CalendarDay, isThere: Bool) -> String {
        let length = calculator.longestStay(from: day)
        if length > 0 {
            let last = day + (length - 1)
            let begin = isThere ? "Staying on without a break, that day included" : "Entering on that day"
            let note = length > 90 - calculator.daysUsed(on: day) + (isThere ? 1 : 0)
            return "\(begin), you may stay \(days(length)), to \(last.name) at the latest"
                + (note ? "; earlier days fall out of the 180 meanwhile." : ".")
        }
        let next = calculator.nextEntry(from: day)
        let then = calculator.longestStay(from: next)
        return "You may not be there on that day. The first day you may enter again is \(next.name), for \(days(then)) "
            + "without a break."
    }

    private static func days(_ count: Int) -> String { count == 1 ? "1 day" : "\(count) days" }
}
