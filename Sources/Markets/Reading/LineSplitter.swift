import Substrings

/// Splits bytes into lines, in pieces of any size: LF, CRLF or CR ends a line. A byte order mark is passed over.
///
/// Price files have no line ends within quotes, so a quote that is never closed spoils its own line only.
struct LineSplitter {
    /// Longest line that is kept, in bytes; of a longer one the beginning.
    static let maximumLength = 4096

    private var line: [UInt8] = []
    private var isTooLong = false
    private var hasSeenReturn = false
    private(set) var number = 1

    /// Takes the next bytes and hands over each line they end: its bytes, its number from 1, whether it was too long.
    mutating func feed(
        _ bytes: some Sequence<UInt8>, _ body: (ArraySlice<UInt8>, Int, Bool) throws(PriceFileError) -> Void
    ) throws(PriceFileError) {
        for byte in bytes {
            switch byte {
            case 0x0A where hasSeenReturn:
                hasSeenReturn = false
            case 0x0A, 0x0D:
                hasSeenReturn = byte == 0x0D
                try end(body)
            default:
                hasSeenReturn = false
                if line.count < Self.maximumLength { line.append(byte) } else { isTooLong = true }
            }
        }
    }

    /// Hands over the last line when nothing ends it.
    mutating func finish(_ body: (ArraySlice<UInt8>, Int, Bool) throws(PriceFileError) -> Void) throws(PriceFileError) {
        if !line.isEmpty { try end(body) }
    }

    private mutating func end(
        _ body: (ArraySlice<UInt8>, Int, Bool) throws(PriceFileError) -> Void
    ) throws(PriceFileError) {
        let hasMark = number == 1 && line.starts(with: [0xEF, 0xBB, 0xBF])
        try body(hasMark ? line.dropFirst(3) : line[...], number, isTooLong)
        line.removeAll(keepingCapacity: true)
        isTooLong = false
        number += 1
    }
}

/// Cuts one line into its fields.
enum Fields {
    /// The fields without their quotes and the spaces around them; nil when a quoted one is not closed, or has text behind it.
    static func split(_ line: ArraySlice<UInt8>, at delimiter: UInt8) -> [[UInt8]]? {
        var fields: [[UInt8]] = []
        var rest = line
        while true {
            rest = rest.drop { $0 == 0x20 || ($0 == 0x09 && delimiter != 0x09) }
            var field: [UInt8] = []
            if rest.first == 0x22 {
                rest = rest.dropFirst()
                while true {
                    guard let quote = rest.firstIndex(of: 0x22) else { return nil }
                    field += rest[..<quote]
                    rest = rest[(quote + 1)...]
                    guard rest.first == 0x22 else { break }
                    field.append(0x22)
                    rest = rest.dropFirst()
                }
                rest = rest.drop { $0 == 0x20 }
                guard rest.isEmpty || rest.first == delimiter else { return nil }
            } else {
                let end = rest.firstIndex(of: delimiter) ?? rest.endIndex
                field += rest[..<end]
                rest = rest[end...]
            }
            fields.append(trimmed(field))
            guard rest.first == delimiter else { return fields }
            rest = rest.dropFirst()
        }
    }

    /// What the line's fields are separated by: the commonest of `;`, tab, `|` and `,` outside quotes.
    ///
    /// The comma stands last, because where another is as common the commas belong to the numbers.
    static func delimiter(of line: ArraySlice<UInt8>) -> UInt8 {
        var counts = [UInt8: Int]()
        var isQuoted = false
        for byte in line {
            if byte == 0x22 { isQuoted.toggle() } else if !isQuoted { counts[byte, default: 0] += 1 }
        }
        let candidates = [UInt8(ascii: ";"), 0x09, UInt8(ascii: "|"), UInt8(ascii: ",")]
        var best = UInt8(ascii: ",")
        var most = 0
        for candidate in candidates where counts[candidate, default: 0] > most {
            best = candidate
            most = counts[candidate, default: 0]
        }
        return best
    }

    private static func trimmed(_ field: [UInt8]) -> [UInt8] { Array(field.trimming { $0 == 0x20 || $0 == 0x09 }) }
}
