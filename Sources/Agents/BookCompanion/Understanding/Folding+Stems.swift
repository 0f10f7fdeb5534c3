/// Words without the endings of plurals.
extension Folding {
    /// A word without the ending of a plural: "stories" is "story", "ghosts" is "ghost". Crude on purpose; both sides of
    /// a comparison go through it.
    static func stem(_ word: String) -> String {
        let (dropped, hasY) = plural(word.utf8)
        if dropped == 0 { return word }
        let stem = word[..<word.utf8.index(word.endIndex, offsetBy: -dropped)]
        return hasY ? stem + "y" : String(stem)
    }

    /// The folded and stemmed words of a text.
    static func stems(_ text: some StringProtocol) -> [String] {
        words(text).map(stem)
    }

    /// How many bytes at a folded word's end only make a plural, and whether a "y" comes in their place.
    static func plural(_ word: some BidirectionalCollection<UInt8>) -> (dropped: Int, hasY: Bool) {
        guard word.last == UInt8(ascii: "s"), word.count > 3 else { return (0, false) }
        func ends(_ ending: String) -> Bool { word.suffix(ending.utf8.count).elementsEqual(ending.utf8) }
        // "children's" is a kind of book, "children" a subject of books for anybody.
        if word.count == 9, ends("childrens") { return (0, false) }
        if ends("ies"), word.count > 4 { return (3, true) }
        if ends("ss") || ends("us") || ends("is") { return (0, false) }
        return ends("ches") || ends("shes") || ends("xes") ? (2, false) : (1, false)
    }
}

/// Texts folded and stemmed in one buffer, to look for words in: making a string of every word costs far more.
struct StemmedText {
    /// Stems with a space after each, and a line's end after each text.
    private var bytes: [UInt8] = []
    private var starts: [Int] = []

    init() {
        bytes.reserveCapacity(512)
        starts.reserveCapacity(96)
    }

    mutating func append(_ text: String) {
        let folded = Folding.bytes(of: text)
        var start = 0
        while start < folded.count {
            let end = folded[start...].firstIndex(of: 0x20) ?? folded.count
            let (dropped, hasY) = Folding.plural(folded[start..<end])
            starts.append(bytes.count)
            bytes.append(contentsOf: folded[start..<(end - dropped)])
            if hasY { bytes.append(UInt8(ascii: "y")) }
            bytes.append(0x20)
            start = end + 1
        }
        bytes.append(0x0A)
    }

    /// Stems as `contains` looks for them.
    static func phrase(_ stems: [String]) -> [UInt8] {
        stems.flatMap { Array($0.utf8) + [0x20] }
    }

    /// Whether one of the texts has a phrase's words, one after the other.
    func contains(_ phrase: [UInt8]) -> Bool {
        guard let first = phrase.first else { return !bytes.isEmpty }
        return starts.contains { bytes[$0] == first && bytes[$0...].starts(with: phrase) }
    }
}
