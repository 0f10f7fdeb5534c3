/// Figures in Prometheus's text format, version 0.0.4
/// (https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format).
public struct MetricsText: Sendable {
    public enum Kind: String, Sendable { case counter, gauge, histogram }

    public typealias Labels = [(name: String, value: String)]

    /// Media type of `text`.
    public static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    public private(set) var text = ""
    private let constant: Labels

    /// - Parameter constant: labels of every sample, such as whose figures they are.
    public init(constant: Labels = []) { self.constant = constant }

    /// Begins a family: all its samples follow before the next one begins.
    /// - Parameter name: letters, digits and underscores.
    public mutating func family(_ name: String, _ kind: Kind, _ help: String) {
        text += "# HELP \(name) \(Self.escaped(help, quotes: false))\n# TYPE \(name) \(kind.rawValue)\n"
    }

    public mutating func sample(_ name: String, _ labels: Labels = [], _ value: Double) {
        text += name
        let all = constant + labels
        if !all.isEmpty {
            text += "{"
            for (index, label) in all.enumerated() {
                if index > 0 { text += "," }
                text += "\(label.name)=\"\(Self.escaped(label.value, quotes: true))\""
            }
            text += "}"
        }
        text += " \(Self.number(value))\n"
    }

    public mutating func sample(_ name: String, _ labels: Labels = [], _ value: Int) {
        sample(name, labels, Double(value))
    }

    /// A family with one sample.
    public mutating func gauge(_ name: String, _ help: String, _ value: Double) {
        family(name, .gauge, help)
        sample(name, [], value)
    }

    static func number(_ value: Double) -> String {
        if value == .infinity { return "+Inf" }
        if value == -.infinity { return "-Inf" }
        if value.isNaN { return "NaN" }
        return value == value.rounded() && abs(value) < 9e15 ? String(Int64(value)) : "\(value)"
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// Several processes' figures as one text: each family stands there once, with the samples of all.
    /// - Parameter texts: what processes of one version wrote; lines of other texts are passed over.
    public static func merged(_ texts: [String]) -> String {
        var names: [String] = []
        /// The comments are those of the first text that has the family.
        var families: [String: (owner: Int, head: String, samples: String)] = [:]
        for (index, text) in texts.enumerated() {
            var name = ""
            for line in text.split(separator: "\n") {
                let words = line.split(separator: " ", maxSplits: 3)
                if words.count == 4, words[0] == "#" {
                    name = String(words[2])
                    if families[name] == nil {
                        names.append(name)
                        families[name] = (index, "", "")
                    }
                    if families[name]!.owner == index { families[name]!.head += line + "\n" }
                } else if line.hasPrefix(name), !name.isEmpty {
                    families[name]!.samples += line + "\n"
                }
            }
        }
        return names.map { families[$0]!.head + families[$0]!.samples }.joined()
    }
}
