import Glibc

let lineFeed: UInt8 = 0x0A
let carriageReturn: UInt8 = 0x0D

/// Walks the complete lines of some bytes. A line ends with LF, CR or CRLF, and a CRLF is one end.
///
/// Line ends are looked for with memchr, which is several times quicker than a loop; each byte is looked at at most twice.
struct LineSplitter {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0
    /// The next LF at or after `position`, or the count when there is none: found once, not once a line.
    private var nextLineFeed: Int
    /// Whether the last line ended with a CR that was the last byte, so that an LF may still belong to it.
    private(set) var endsWithCarriageReturn = false

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        nextLineFeed = -1
    }

    /// What stands after the last complete line.
    var rest: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[position...]) }

    /// The next line without its end; nil when no complete line is left.
    mutating func next() -> UnsafeRawBufferPointer? {
        let start = position
        if nextLineFeed < start { nextLineFeed = index(of: lineFeed, from: start, to: bytes.count) }
        let end = index(of: carriageReturn, from: start, to: nextLineFeed)
        guard end < bytes.count else { return nil }
        position = end + 1
        if end < nextLineFeed {
            if position == nextLineFeed, position < bytes.count {
                position += 1
            } else if position == bytes.count {
                endsWithCarriageReturn = true
            }
        }
        return UnsafeRawBufferPointer(rebasing: bytes[start..<end])
    }

    private func index(of byte: UInt8, from start: Int, to end: Int) -> Int {
        guard start < end, let base = bytes.baseAddress, let found = memchr(base + start, Int32(byte), end - start)
        else { return end }
        return UnsafeRawPointer(found) - base
    }
}
