import Words

/// Where a place lies, as far as the rule for short stays goes.
struct Place: Sendable, Equatable {
    enum Area: Sendable, Equatable {
        /// Since a day, where that is recent.
        case inside(since: CalendarDay?)
        case outside
        /// Larger than the area, or disputed: it has to be asked about.
        case unclear
    }

    /// As an answer names it: "the United Kingdom".
    var name: String
    var area: Area

    /// What is known of a place that is neither simply inside nor outside.
    var note: String? { PlaceTable.notes[name] }

    static let schengen = Place(name: "the Schengen area", area: .inside(since: nil))
    /// "I was outside", "not in Schengen", "at home".
    static let elsewhere = Place(name: "outside the area", area: .outside)
}

/// States, and places in them, that a message may name: in English, German, French and Spanish.
///
/// The members: Council Decisions (EU) 2022/2451 (Croatia, 1 January 2023) and 2024/210 (Bulgaria and Romania: air and sea on
/// 31 March 2024; Decision (EU) 2024/3212: land on 1 January 2025). Stays in these two count from 31 March 2024 on
/// (https://home-affairs.ec.europa.eu/policies/schengen/border-crossing/short-stay-calculator_en).
enum PlaceTable {
    static let longestName = 4

    /// Folded words, a space between them.
    static let places: [String: Place] = {
        var places: [String: Place] = [:]
        let file = WordFile("places")
        func add(_ section: String, _ area: Place.Area) {
            for line in file[section] {
                let parts = line.split(separator: "=")
                let place = Place(name: String(parts[0]), area: area)
                for name in parts[1].split(separator: ",") { places[Folding.fold(name)] = place }
            }
        }
        add("members", .inside(since: nil))
        add("croatia", .inside(since: CalendarDay(year: 2023, month: 1, day: 1)))
        add("bulgaria and romania", .inside(since: CalendarDay(year: 2024, month: 3, day: 31)))
        add("others", .outside)
        add("unclear", .unclear)
        return places
    }()

    /// Regulation (EU) 2016/399 binds none of them; how days there are counted is told by their neighbours' practice.
    static let notes: [String: String] = {
        let open =
            "has no border checks with its neighbour in the area, so there is no exit stamp, and days there are in practice "
            + "counted as days in"
        return [
            "Monaco": "Monaco is not a Schengen state, but \(open) France.",
            "San Marino": "San Marino is not a Schengen state, but \(open) Italy.",
            "the Vatican": "The Vatican is not a Schengen state, but \(open) Italy.",
            "Gibraltar":
                "Gibraltar is British and not in the Schengen area, so days there have not counted; an agreement of the EU and the United "
                + "Kingdom is to end the checks at its land border, so ask its border authority from when on that holds.",
            "Svalbard":
                "Svalbard is Norwegian, but not in the Schengen area: days there do not count. The way there through mainland Norway does.",
        ]
    }()
}
