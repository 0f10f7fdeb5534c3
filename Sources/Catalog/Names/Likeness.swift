/// How alike two folded texts are: slips of typing, and names that were brought over from other alphabets in several ways.
enum Likeness {
    /// How many slips a text of this length may hold and still be recognised.
    static func allowedSlips(_ length: Int) -> Int {
        switch length {
        case ..<4: 0
        case ..<9: 1
        default: 2
        }
    }

    /// A form in which the usual spellings of a Slavic or Germanic name agree: "dostoyevsky", "dostoevski" and
    /// "dostojewskij" are all "dostoevski".
    static func sound(_ surname: String) -> String {
        let source = Array(surname.utf8)
        var text: [UInt8] = []
        var index = 0
        while index < source.count {
            if let (spelling, sound) = spellings.first(where: { source[index...].starts(with: $0.spelling) }) {
                text.append(contentsOf: sound)
                index += spelling.count
            } else {
                text.append(source[index])
                index += 1
            }
        }
        // Doubled letters count once.
        var bytes: [UInt8] = []
        for byte in text where bytes.last != byte { bytes.append(byte) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Longer spellings first.
    private static let spellings: [(spelling: [UInt8], sound: [UInt8])] = [
        ("tsch", "c"), ("schtsch", "s"), ("tch", "c"), ("sch", "s"), ("sh", "s"), ("ch", "c"), ("kh", "h"), ("zh", "z"),
        ("ou", "u"), ("oo", "u"), ("ff", "v"), ("ph", "f"), ("ck", "k"), ("cz", "c"), ("yi", "i"), ("iy", "i"),
        ("ij", "i"),
        ("ye", "e"), ("je", "e"), ("ie", "e"), ("ya", "a"), ("ia", "a"), ("ja", "a"), ("w", "v"), ("y", "i"),
        ("j", "i"),
        ("th", "t"),
    ].map { (Array($0.0.utf8), Array($0.1.utf8)) }
}
