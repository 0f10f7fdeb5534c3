/// What the answer says of places and visas, whose days count or do not.
enum SchengenAreas {
    /// Why days do not count.
    static func line(_ item: StayReading.Uncounted) -> String {
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

    /// Whether days in a place count.
    static func line(_ place: Place) -> String {
        switch place.area {
        case .inside(.none): "Days in \(place.name) count: it is in the Schengen area."
        case .inside(let since?): "Days in \(place.name) count from \(since.name) on."
        case .outside: "Days in \(place.name) do not count: it is not in the Schengen area."
        case .unclear:
            place.note ?? "\(place.name) is not the same as the Schengen area: only days in states of the area count."
        }
    }

    static let validity = [
        "The time for which a visa is valid is no stay: it is the span in which you may enter and must have left, and none of it counts by "
            + "itself.",
        "What counts are the days you are in the Schengen area, entry and exit day included: as many as the visa's \"duration of stay\" "
            + "says, and on a short-stay visa never more than 90 in any 180 days.",
        "Name each stay with its country, the day of entry and the day of exit, and the days on the visa; then I can count.",
    ]
}
