/// What is asked, or explained, before days can be counted.
enum SchengenQuestion {
    static func text(for doubt: StayReading.Doubt) -> String {
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
            "You left on \(exit.name), but on which day had you entered? The days between leaving and coming back do not "
                + "count. Write each stay as \"from … to …\"; then I can count."
        case .unknownPlace(let name):
            "I do not know whether \(name) is in the Schengen area. Name the country of that stay, or leave the stay out if it was "
                + "outside the area; then I can count."
        case .largerPlace(let name):
            "\(name) is not the same as the Schengen area: the United Kingdom, Ireland, Cyprus and most of the Balkans, for example, are "
                + "not in it. Name the country of each stay; then I can count."
        case .specialPlace(let note):
            note
                + " Write the days that shall be counted with a Schengen state's name and leave out the others; then I can count."
        case .daysMissing(let days, let place):
            days.first == days.last
                ? "From which day to which day were you in \(place), \(days.first.name) included? Days of entry and exit both count."
                : "Which days between \(days.first.name) and \(days.last.name) were you in \(place)? Write the day of entry and the day of "
                    + "exit; then I can count."
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
}
