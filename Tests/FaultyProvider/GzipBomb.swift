/// A gzip file (RFC 1952) of zeros that is a hundred and sixty times smaller than what comes out of it.
enum GzipBomb {
    static func bytes(mebibytes: Int) -> [UInt8] {
        var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
        var pending: UInt64 = 0
        var count = 0
        func flush() {
            while count >= 8 {
                bytes.append(UInt8(truncatingIfNeeded: pending))
                pending >>= 8
                count -= 8
            }
        }
        func put(_ bits: UInt64, _ length: Int) {
            pending |= bits << UInt64(count)
            count += length
            flush()
        }
        // RFC 1951: the last block, with fixed codes; the literal 0; then "the last byte, 258 times".
        put(0b011, 3)
        put(0b0000_1100, 8)
        for _ in 0..<(mebibytes * 1_048_576 / 258) { put(0b00000_10100011, 13) }
        put(0, 7)
        put(0, 7)
        return bytes
    }
}
