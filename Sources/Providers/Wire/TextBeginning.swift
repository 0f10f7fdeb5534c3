import Chat

/// Holds back an answer's text until something of it can be seen: white space alone is no answer, and could not be taken
/// back. Where servers leave the thoughts in the text, a block `<think>…</think>` at its beginning becomes reasoning.
struct TextBeginning: Sendable {
    private enum Phase {
        case start
        /// Behind `<think>`.
        case thinking
        /// Behind `</think>`: white space is left out.
        case answering
        /// The rest is passed on as it comes.
        case over
    }

    private var phase = Phase.start
    /// White space and the beginning of a tag, while it may become one.
    private var held: [UInt8] = []
    /// Where in `held` the first visible character is.
    private var firstVisible: Int?
    private let readsThinkTags: Bool

    private static let opening = Array("<think>".utf8)
    private static let closing = Array("</think>".utf8)

    init(readsThinkTags: Bool) { self.readsThinkTags = readsThinkTags }

    /// Text that can be seen has been passed on.
    var isOver: Bool { phase == .over }

    /// Takes more text, which is valid UTF-8.
    mutating func take(_ piece: UnsafeBufferPointer<UInt8>, text: inout TextBatch, reasoning: inout TextBatch) {
        let before = held.count
        held += piece
        if phase == .start {
            if firstVisible == nil { firstVisible = Self.firstVisible(in: held[before...]) }
            guard let firstVisible else { return }
            let visible = held[firstVisible...]
            if readsThinkTags {
                if visible.starts(with: Self.opening) {
                    held.removeFirst(firstVisible + Self.opening.count)
                    phase = .thinking
                } else if Self.opening.starts(with: visible) {
                    return
                }
            }
            if phase == .start {
                text.append(utf8: held[..<before])
                text.append(utf8: held[before...])
                return pass()
            }
        }
        if phase == .thinking { think(&reasoning) }
        if phase == .answering, let first = Self.firstVisible(in: held[...]) {
            text.append(utf8: held[first...])
            pass()
        } else if phase == .answering {
            held.removeAll(keepingCapacity: true)
        }
    }

    /// A tool is called: what was held back is the text before it.
    mutating func callsTool(text: inout TextBatch) {
        guard phase == .start else { return }
        text.append(utf8: held)
        pass()
    }

    /// The answer is over. White space alone is left out.
    mutating func end(text: inout TextBatch, reasoning: inout TextBatch) {
        if phase == .thinking { reasoning.append(utf8: held) }
        if phase == .start, firstVisible != nil {
            text.append(utf8: held)
            phase = .over
        }
        held = []
    }

    private mutating func think(_ reasoning: inout TextBatch) {
        var at = held.startIndex
        while let tag = held[at...].firstIndex(of: Self.closing[0]) {
            let rest = held[tag...]
            if rest.starts(with: Self.closing) {
                reasoning.append(utf8: held[..<tag])
                held.removeFirst(tag + Self.closing.count)
                phase = .answering
                return
            }
            if Self.closing.starts(with: rest) {
                reasoning.append(utf8: held[..<tag])
                held.removeFirst(tag)
                return
            }
            at = tag + 1
        }
        reasoning.append(utf8: held)
        held.removeAll(keepingCapacity: true)
    }

    private mutating func pass() {
        phase = .over
        held = []
    }

    private static func firstVisible(in bytes: ArraySlice<UInt8>) -> Int? {
        var at = bytes.startIndex
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            if !scalar.properties.isWhitespace { return at }
            at += UTF8.width(scalar)
        }
        return nil
    }
}
