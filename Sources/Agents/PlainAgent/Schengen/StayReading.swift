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
        /// Monaco: no member, and yet not simply outside; what is known of it.
        case specialPlace(String)
        /// "In Spain in May 2026": some days of a span.
        case daysMissing(DayRange, String)
        /// Places in the area and outside of it in one stay.
        case severalPlaces([String])
        /// A stay without a place beside others outside the area.
        case placeMissing(DayRange)
        /// "… except …"
        case exception
        case permit
        case citizen(Circumstances.Citizen)

        /// Whether it is about the traveller, not about a stay.
        var isCircumstance: Bool {
            switch self {
            case .permit, .citizen: true
            default: false
            }
        }
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
    /// Whether days are named together with a known place where somebody was.
    var namesPlacedStay = false
    /// Whether stays of which no place is named are taken for stays in the area: somebody entered, left and asks when to return.
    var takesAreaForGranted = false
    /// Whether a permit or a citizenship decides.
    var isOnCircumstances = false
    /// Whether somebody tells of stays in the area, or asks what is left, without naming the days.
    var isUndated = false
    /// Places of which the message asks whether they are in the area, or whether their days count.
    var areas: [Place] = []

    /// Whether any day is named but a birthday or the like.
    var namesDates = false
    /// Whether the only dates are those of a visa, which may be one of the area.
    var isValidityAlone = false
    /// Whether a visa's days and its dates are named.
    var isOnVisaDays: Bool { visaDays != nil && validity != nil && hasDates }

    var hasStays: Bool { !stays.isEmpty || !uncounted.isEmpty || openSince != nil }

    var hasDates: Bool {
        !stays.isEmpty || !uncounted.isEmpty || openSince != nil || reference != nil || !doubts.isEmpty
    }
}
