import Chat

/// Counts the days of stays that a message names, or asks for what it needs to count them.
struct SchengenTool {
    /// What a tool has worked out.
    struct Finding: Sendable, Equatable {
        /// What the answer says, a line each.
        var lines: [String]
        /// Whether it is a question that must be answered first.
        var isQuestion: Bool
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
        var reading = StayReader(text, order: known).read()
        let isDirect = reading.isAboutRule || (reading.asksForDays && !reading.stays.isEmpty)
        if reading.stays.isEmpty, reading.openSince == nil, reading.doubts.isEmpty || order != nil {
            // "The day first." or "And on 1 September 2026?" go on with the stays named before.
            let isShort = text.utf8.count <= 200
            for message in earlier.suffix(4).reversed() where isShort {
                var before = StayReader(message, order: known).read()
                guard before.isAboutRule || before.asksForDays, before.hasDates else { continue }
                guard reading.reference != nil || order != nil || isDirect else { break }
                before.reference = reading.reference ?? before.reference
                reading = before
                reading.isAboutRule = true
                break
            }
        }
        guard reading.isAboutRule || (reading.asksForDays && !reading.stays.isEmpty) else { return nil }
        if let doubt = reading.doubts.first { return Finding(lines: [question(doubt)], isQuestion: true) }
        guard reading.hasDates else {
            return reading.asksForDays ? Finding(lines: [askForStays], isQuestion: true) : nil
        }
        return count(reading, today: today)
    }

    private static let askForStays = """
        To count your days I need every stay in the Schengen area of the last 180 days, each with the day of entry and the day \
        of exit, and the day you ask about. For example: "I was there from 3 May 2026 to 10 June 2026. How many days have I \
        left on 1 August 2026?"
        """

    private static func question(_ doubt: StayReading.Doubt) -> String {
        switch doubt {
        case .ambiguous(let text, let dayFirst, let monthFirst):
            "Is \(text) the \(dayFirst.name) or the \(monthFirst.name)? Say \"day first\" or \"month first\", or write the "
                + "month as a word; then I can count."
        case .yearMissing(let text): "Which year is \(text)? Write the dates with their years; then I can count."
        case .impossible(let text): "There is no such day as \(text). Write the date again; then I can count."
        case .backwards(let entry, let exit):
            "A stay cannot begin on \(entry.name) and end on \(exit.name). Write again when you entered and when you left."
        case .loose(let day):
            "I cannot tell what happened on \(day.name). Write each stay as \"from … to …\", and the day you ask about as "
                + "\"on …\"."
        case .tooMuch:
            "That is more than I can count: at most \(StayReader.maximumStays) stays, of at most three years each."
        }
    }

    private static func count(_ reading: StayReading, today: CalendarDay) -> Finding {
        var stays = reading.stays
        let latest = stays.map(\.last).max()
        // Without a day that is asked about, it is today; of stays that are only planned, the day after the last.
        var day = reading.reference ?? max(today, latest.map { $0 + 1 } ?? today)
        var lines: [String] = []
        if let since = reading.openSince {
            day = reading.reference ?? today
            guard since <= day else {
                return Finding(lines: [question(.backwards(entry: since, exit: day))], isQuestion: true)
            }
            guard day.number - since.number <= StayReader.maximumStayDays else {
                return Finding(lines: [question(.tooMuch)], isQuestion: true)
            }
            stays.append(DayRange(first: since, last: day))
        }
        stays.sort { ($0.first, $0.last) < ($1.first, $1.last) }
        if stays.isEmpty { lines.append("You named no earlier stay, so I count from none.") }
        for stay in stays {
            let isOpen = stay.first == reading.openSince && stay.last == day
            lines.append(
                "\(stay.first.name) to \(stay.last.name): \(days(stay.count))"
                    + (isOpen ? ", still counting" : ", entry and exit day included") + ".")
        }
        let calculator = SchengenCalculator(stays)
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
        lines.append(longest(calculator, from: day, isThere: stays.contains { $0.first <= day && day <= $0.last }))
        return Finding(lines: lines, isQuestion: false)
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
