// Markdown as far as sections, lists and tables of the documents go.

import Counting

/// Takes Markdown's signs out of a line: emphasis, code signs, links, escapes. What is no sign stays.
enum InlineText {
    static func plain(_ text: String, by work: Work = Work()) -> String {
        var reader = Reader(Counted(Array(text.unicodeScalars), by: work), work)
        return reader.plain()
    }

    /// Without control characters; tabs become spaces.
    static func withoutControls(_ text: String) -> String {
        var clean = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar == "\t" {
                clean.append(" ")
            } else if scalar.value >= 0x20, !(0x7F...0x9F).contains(scalar.value) {
                clean.append(scalar)
            }
        }
        return String(clean)
    }

    private struct Reader {
        let scalars: Counted<Unicode.Scalar>
        private let work: Work
        private var out = String.UnicodeScalarView()
        private var place = 0
        /// Where the last run of so many code signs begins, by their number.
        private let lastRuns: [Int: Int]
        /// Where the brackets are closed, by where they are opened.
        private let closings: [Int: Int]

        /// Goes over the text once for what would otherwise be looked for again at every sign.
        init(_ scalars: Counted<Unicode.Scalar>, _ work: Work) {
            self.scalars = scalars
            self.work = work
            var lastRuns: [Int: Int] = [:]
            var closings: [Int: Int] = [:]
            var open: (square: [Int], round: [Int]) = ([], [])
            var run = 0
            for (index, scalar) in scalars.enumerated() {
                switch scalar {
                case "`":
                    run += 1
                    if index + 1 == scalars.count || scalars[index + 1] != "`" {
                        lastRuns[run] = index + 1 - run
                        run = 0
                    }
                case "[": open.square.append(index)
                case "(": open.round.append(index)
                case "]": if let opening = open.square.popLast() { closings[opening] = index }
                case ")": if let opening = open.round.popLast() { closings[opening] = index }
                default: break
                }
            }
            self.lastRuns = lastRuns
            self.closings = closings
        }

        mutating func plain() -> String {
            while place < scalars.count {
                let scalar = scalars[place]
                switch scalar {
                case "\\" where isPunctuation(at: place + 1):
                    out.append(scalars[place + 1])
                    place += 2
                case "`":
                    code()
                case "!" where at(place + 1) == "[":
                    if !link(from: place + 1) { keep() }
                case "[":
                    if !link(from: place) { keep() }
                case "<":
                    if !address() { keep() }
                case "*", "_", "~":
                    emphasis(scalar)
                default:
                    keep()
                }
            }
            return InlineText.withoutControls(String(out))
        }

        private func at(_ index: Int) -> Unicode.Scalar? { scalars.indices.contains(index) ? scalars[index] : nil }

        private mutating func keep() {
            out.append(scalars[place])
            place += 1
        }

        private func isPunctuation(at index: Int) -> Bool {
            guard let scalar = at(index) else { return false }
            return (0x21...0x2F).contains(scalar.value) || (0x3A...0x40).contains(scalar.value)
                || (0x5B...0x60).contains(scalar.value) || (0x7B...0x7E).contains(scalar.value)
        }

        private mutating func code() {
            var length = 0
            while at(place + length) == "`" { length += 1 }
            var index = place + length
            while index <= lastRuns[length, default: -1] {
                var run = 0
                while at(index + run) == "`" { run += 1 }
                if run == length {
                    out.append(contentsOf: scalars[(place + length)..<index])
                    place = index + run
                    return
                }
                index += max(run, 1)
            }
            // Nothing closes it: the signs are text.
            for _ in 0..<length { keep() }
        }

        /// `[text](address "title")` becomes "text (address)", for a reader without links; false when it is no link.
        private mutating func link(from bracket: Int) -> Bool {
            guard let end = closing(of: bracket), at(end + 1) == "(", let last = closing(of: end + 1) else {
                return false
            }
            let text = InlineText.plain(String(String.UnicodeScalarView(scalars[(bracket + 1)..<end])), by: work)
            let inside = String(String.UnicodeScalarView(scalars[(end + 2)..<last]))
            let address = inside.split(separator: " ").first.map(String.init) ?? ""
            out.append(contentsOf: text.unicodeScalars)
            let isImage = bracket > place
            if !isImage, address.hasPrefix("http"), address != text {
                out.append(contentsOf: " (\(address))".unicodeScalars)
            }
            place = last + 1
            return true
        }

        /// Where a bracket is closed; nil also when that is too far for a link: what is in one is read once more by itself.
        private func closing(of opening: Int) -> Int? { closings[opening].flatMap { $0 < opening + 1_000 ? $0 : nil } }

        /// `<https://…>` is its address.
        private mutating func address() -> Bool {
            guard at(place + 1) == "h" else { return false }
            let rest = scalars[(place + 1)...].prefix(500)
            guard let end = rest.firstIndex(of: ">"), !rest[..<end].contains(" ") else { return false }
            let inside = String(String.UnicodeScalarView(rest[..<end]))
            guard inside.hasPrefix("http://") || inside.hasPrefix("https://") else { return false }
            out.append(contentsOf: inside.unicodeScalars)
            place = end + 1
            return true
        }

        /// Signs that stand at a word's edge are emphasis; `2 * 3`, `snake_case` and a lone `~` are not.
        private mutating func emphasis(_ sign: Unicode.Scalar) {
            var length = 0
            while at(place + length) == sign { length += 1 }
            let before = place > 0 ? scalars[place - 1] : nil
            let after = at(place + length)
            let isEdge =
                (Self.isGap(before) && !Self.isSpace(after)) || (!Self.isSpace(before) && Self.isGap(after))
            let isSign = sign == "~" ? length == 2 : length <= 3
            if isEdge && isSign {
                place += length
            } else {
                for _ in 0..<length { keep() }
            }
        }

        private static func isSpace(_ scalar: Unicode.Scalar?) -> Bool {
            guard let scalar else { return true }
            return scalar.properties.isWhitespace
        }

        /// Anything that does not go on a word.
        private static func isGap(_ scalar: Unicode.Scalar?) -> Bool {
            guard let scalar else { return true }
            return !(scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        }
    }
}
