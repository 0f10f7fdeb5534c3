/// What a message says about stays in the Schengen area.
struct StayReading: Equatable {
    /// What must be asked before anything can be counted.
    enum Doubt: Equatable {
        case ambiguous(text: String, dayFirst: CalendarDay, monthFirst: CalendarDay)
        case yearMissing(text: String)
        case impossible(text: String)
        /// The exit is before the entry.
        case backwards(entry: CalendarDay, exit: CalendarDay)
        /// It cannot be told which dates belong together.
        case loose(CalendarDay)
        /// Somebody left who has not said when they entered.
        case entryMissing(exit: CalendarDay)
        case tooMuch
        /// A place that is not known.
        case unknownPlace(String)
        /// "Europe": larger than the area.
        case largerPlace(String)
        /// Places in the area and outside of it in one stay.
        case severalPlaces([String])
        /// A stay without a place beside others outside the area.
        case placeMissing(DayRange)
        /// "… except …"
        case exception
        case permit
        case citizen(Circumstances.Citizen)
    }

    /// Days that were named and do not count.
    struct Uncounted: Equatable {
        var days: DayRange
        var place: Place
    }

    var stays: [DayRange] = []
    var uncounted: [Uncounted] = []
    /// Since when somebody is there who has not said when they left.
    var openSince: CalendarDay?
    /// The day the question is about; nil when it names none.
    var reference: CalendarDay?
    var doubts: [Doubt] = []
    /// When a visa is valid, where that is said.
    var validity: DayRange?
    /// The days that a visa allows, where it allows fewer than the rule.
    var visaDays: Int?
    /// Whether the message speaks of the rule at all.
    var isAboutRule = false
    /// Whether it asks for a number of days.
    var asksForDays = false
    /// Whether a stay is said to be in the area.
    var namesArea = false

    var hasDates: Bool {
        !stays.isEmpty || !uncounted.isEmpty || openSince != nil || reference != nil || !doubts.isEmpty
    }
}
