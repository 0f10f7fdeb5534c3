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
        let isDirect = isDirect(reading)
        if reading.stays.isEmpty, reading.uncounted.isEmpty, reading.openSince == nil,
            reading.doubts.isEmpty || order != nil
        {
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
        guard isDirect || reading.isAboutRule else { return nil }
        if let doubt = reading.doubts.first { return Finding(lines: [question(doubt)], isQuestion: true) }
        guard reading.hasDates else {
            return reading.asksForDays ? Finding(lines: [askForStays], isQuestion: true) : nil
        }
        return count(reading, today: today)
    }

    /// Whether it is the area that the message asks about: days in London alone are no question for this rule.
    private static func isDirect(_ reading: StayReading) -> Bool {
        reading.isAboutRule
            || (reading.asksForDays && !reading.stays.isEmpty && (reading.namesArea || reading.uncounted.isEmpty))
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
        case .entryMissing(let exit):
            "You left on \(exit.name), but on which day had you entered? Write each stay as \"from … to …\"; then I can count."
        case .unknownPlace(let name):
            "I do not know whether \(name) is in the Schengen area. Name the country of that stay, or leave the stay out if it was "
                + "outside the area; then I can count."
        case .largerPlace(let name):
            "\(name) is not the same as the Schengen area: the United Kingdom, Ireland, Cyprus and most of the Balkans, for example, are "
                + "not in it. Name the country of each stay; then I can count."
        case .severalPlaces(let names):
            "I cannot tell which days were in the Schengen area (\(names.joined(separator: ", "))). Write each stay by itself, with "
                + "its country, the day of entry and the day of exit; then I can count."
        case .placeMissing(let days):
            "Where were you from \(days.first.name) to \(days.last.name)? Only days in the Schengen area count. Name the country of "
                + "each stay; then I can count."
        case .exception:
            "Leave out what does not count and write the rest as separate stays, each with its country, the day of entry and the day of "
                + "exit; then I can count. The days on which you enter and leave count."
        case .permit:
            "Days under a residence permit or a long-stay visa (type D) of a Schengen state do not count in that state (Regulation (EU) "
                + "2016/399, Article 6(2)); days in the other Schengen states do. Write only the stays without it, each with its "
                + "country, the day of entry and the day of exit; then I can count."
        case .citizen(.traveller):
            "The 90/180-day rule is not for citizens of the EU, Iceland, Liechtenstein, Norway or Switzerland: they may move freely, "
                + "and none of their days are counted. If you ask for a traveller with another nationality only, name that "
                + "traveller's stays; then I can count."
        case .citizen(.relative):
            "Whose days shall I count? The rule is not for citizens of the EU, Iceland, Liechtenstein, Norway or Switzerland, and for "
                + "family who travel with them or join them other rules may hold (Directive 2004/38/EC). For a traveller under the "
                + "rule, name the stays only, each with its country, the day of entry and the day of exit."
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
        for item in reading.uncounted.sorted(by: { $0.days.first < $1.days.first }) { lines.append(uncounted(item)) }
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
            lines.append(onVisaLeft(visaDays - onVisa, reading.validity, calculator, from: day))
            return Finding(lines: lines, isQuestion: false)
        }
        lines.append(longest(calculator, from: day, isThere: stays.contains { $0.first <= day && day <= $0.last }))
        return Finding(lines: lines, isQuestion: false)
    }

    /// How long somebody may stay whose visa allows fewer days than the rule.
    private static func onVisaLeft(
        _ left: Int, _ validity: DayRange?, _ calculator: SchengenCalculator, from day: CalendarDay
    ) -> String {
        if let validity, day < validity.first || day > validity.last {
            return
                "On \(day.name) the visa is not valid: it is valid from \(validity.first.name) to \(validity.last.name)."
        }
        var length = min(left, calculator.longestStay(from: day))
        if let validity { length = min(length, validity.last.number - day.number + 1) }
        guard length > 0 else { return "On \(day.name) no day is left on it." }
        return
            "Entering on that day, you may stay \(days(length)), to \((day + (length - 1)).name) at the latest, and not longer than the "
            + "visa is valid."
    }

    private static func uncounted(_ item: StayReading.Uncounted) -> String {
        let span = "\(item.days.first.name) to \(item.days.last.name)"
        if item.place == .elsewhere { return "\(span): not counted, since you were not in the Schengen area." }
        switch item.place.area {
        case .inside(let since?):
            let land = item.place.name == "Croatia" ? "" : " (checks at its land borders ended on 1 January 2025)"
            return "\(span) in \(item.place.name): not counted, since its days count from \(since.name) on\(land)."
        default:
            let verb =
                item.place.name.hasSuffix("s") && item.place.name.hasPrefix("the ")
                    && item.place.name != "the United States" ? "are" : "is"
            return
                "\(span) in \(item.place.name): not counted, since \(item.place.name) \(verb) not in the Schengen area."
        }
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
