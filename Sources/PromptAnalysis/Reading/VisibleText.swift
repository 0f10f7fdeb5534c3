import Counting

/// A prompt as a person sees it: without the characters that show nothing, each remembering where it came from.
///
/// Everything else is read from this text, so that a zero-width space within "ignore" or within a key hides nothing.
struct VisibleText {
    let original: Counted<Unicode.Scalar>
    private(set) var scalars: Counted<Unicode.Scalar>
    /// Runs of characters that show nothing, in `original`.
    private(set) var hidden: [Span] = []
    /// Where each of `scalars` is in `original`.
    private var offsets: Counted<Int>

    init(_ prompt: String, by work: Work) {
        original = Counted(Array(prompt.unicodeScalars), by: work)
        scalars = Counted(by: work)
        offsets = Counted(by: work)
        let hasRightToLeft = original.contains { $0.isRightToLeftLetter }
        // A flag of a region is a black flag and up to six letters as tags; more of them carry a hidden text.
        var tagsLeft = 0
        for (offset, scalar) in original.enumerated() {
            let isTag = (0xE0020...0xE007F).contains(scalar.value)
            tagsLeft = scalar.value == 0x1F3F4 ? 7 : isTag ? max(tagsLeft - 1, 0) : 0
            if tagsLeft == 0, scalar.showsNothing(after: scalars.last, amongRightToLeft: hasRightToLeft) {
                if let last = hidden.last, last.end == offset {
                    hidden[hidden.count - 1].end += 1
                } else {
                    hidden.append(Span(offset, offset + 1))
                }
            } else {
                scalars.append(scalar)
                offsets.append(offset)
            }
        }
    }

    var whole: Span { Span(0, original.count) }

    /// What stands from `start` to `end` of the visible text, in the original.
    func span(_ start: Int, _ end: Int) -> Span {
        start < end ? Span(before(start).start, after(end).start) : before(start)
    }

    /// The place just before a visible character.
    func before(_ position: Int) -> Span {
        let place = position < offsets.count ? offsets[position] : original.count
        return Span(place, place)
    }

    /// The place just after the visible character that ends at `position`.
    func after(_ position: Int) -> Span {
        let place = position > 0 ? offsets[position - 1] + 1 : 0
        return Span(place, place)
    }
}

extension Unicode.Scalar {
    var isRightToLeftLetter: Bool {
        switch value {
        case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFC, 0x10800...0x10FFF, 0x1E800...0x1EFFF:
            value != 0x61C && properties.isAlphabetic
        default: false
        }
    }

    /// Whether it is a control or a format character that a reader does not see and that has no business in its place.
    ///
    /// What emoji and the scripts that join their letters need is not reported (https://www.unicode.org/reports/tr36/,
    /// https://www.unicode.org/reports/tr51/); so are marks of direction where there is right-to-left text. The overrides
    /// U+202D and U+202E show text in another order than a model reads it (CVE-2021-42574) and are always reported.
    fileprivate func showsNothing(after previous: Unicode.Scalar?, amongRightToLeft: Bool) -> Bool {
        switch value {
        case 0x20...0x7E: return false
        case 0x09...0x0D, 0x85: return false
        case 0..<0x20, 0x7F...0x9F: return true
        case 0xAD, 0x180E, 0x200B, 0x2060...0x2064, 0x206A...0x206F, 0x3164, 0xFEFF, 0xFFA0, 0xFFF9...0xFFFB:
            return true
        case 0x202D, 0x202E: return true
        case 0x61C, 0x200E, 0x200F, 0x202A...0x202C, 0x2066...0x2069: return !amongRightToLeft
        case 0x200C, 0x200D:
            guard let previous else { return true }
            return !(previous.value >= 0x590 && !(0x1E00...0x206F).contains(previous.value))
        case 0xFE00...0xFE0F:
            guard let previous else { return true }
            let isKeycap = previous.properties.numericType != nil || previous == "#" || previous == "*"
            return !isKeycap && (previous.value < 0xA0 || (0xFE00...0xFE0F).contains(previous.value))
        case 0xE0000...0xE007F: return true
        case 0xE0100...0xE01EF:
            guard let previous else { return true }
            return !previous.properties.isIdeographic
        default: return false
        }
    }
}
