/// Takes Markdown's signs out of a line: emphasis, code signs, links, escapes. What is no sign stays.
enum InlineText {
    static func plain(_ text: String) -> String {
        var reader = Reader(scalars: Array(text.unicodeScalars))
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
        let scalars: [Unicode.Scalar]
        private var out = String.UnicodeScalarView()
        private var place = 0

        init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

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
            while index < scalars.count {
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
            guard let end = closing("]", of: "[", from: bracket), at(end + 1) == "(",
                let last = closing(")", of: "(", from: end + 1)
            else { return false }
            let text = InlineText.plain(String(String.UnicodeScalarView(scalars[(bracket + 1)..<end])))
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

        private func closing(_ sign: Unicode.Scalar, of opening: Unicode.Scalar, from start: Int) -> Int? {
            var depth = 0
            // A link is not longer than this; an open bracket does not cost the rest of the text again and again.
            for index in start..<min(scalars.count, start + 1_000) {
                if scalars[index] == opening { depth += 1 }
                if scalars[index] == sign {
                    depth -= 1
                    if depth == 0 { return index }
                }
            }
            return nil
        }

        /// `<https://…>` is its address.
        private mutating func address() -> Bool {
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
