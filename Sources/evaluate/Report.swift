/// The figures as a Markdown table.
struct Report {
    /// Split or kind → system → figures, in the order of the questions.
    private var groups: [(name: String, tallies: [System: Tally])] = []

    mutating func add(_ marks: Marks, group: String, system: System) {
        if let place = groups.firstIndex(where: { $0.name == group }) {
            groups[place].tallies[system, default: Tally()].add(marks)
        } else {
            var tally = Tally()
            tally.add(marks)
            groups.append((group, [system: tally]))
        }
    }

    func hitRates(of names: [String], system: System) -> [String: Double] {
        var rates: [String: Double] = [:]
        for group in groups where names.contains(group.name) { rates[group.name] = group.tallies[system]?.hitRate }
        return rates
    }

    func table(of names: [String]) -> String {
        var lines = [
            "| questions | n | system | hit rate at 5 | nDCG at 10 | forbidden at 10 |",
            "|---|---:|---|---:|---:|---:|",
        ]
        for group in groups where names.contains(group.name) {
            for system in System.allCases {
                guard let tally = group.tallies[system] else { continue }
                let forbidden = tally.forbidding == 0 ? "" : "\(tally.violations) of \(tally.forbidding)"
                lines.append(
                    "| \(group.name) | \(tally.count) | \(system.rawValue) | \(Self.fixed(tally.hitRate)) | \(Self.fixed(tally.meanGain)) | \(forbidden) |"
                )
            }
        }
        return lines.joined(separator: "\n")
    }

    /// Three decimals.
    static func fixed(_ value: Double) -> String {
        let thousandths = Int((abs(value) * 1000).rounded())
        let digits = String(thousandths % 1000)
        return (value < 0 && thousandths > 0 ? "-" : "") + "\(thousandths / 1000)."
            + String(repeating: "0", count: 3 - digits.count) + digits
    }
}
