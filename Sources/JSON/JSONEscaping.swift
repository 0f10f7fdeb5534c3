/// Appends the inside of a JSON string: runs that need no escape are copied whole.
///
/// Escaped are the quotation mark, the backslash, the control characters below U+0020 (RFC 8259 requires these) and U+007F.
func appendEscaped(_ utf8: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    var rest = utf8
    while true {
        let plain = countOfPlainBytes(UnsafeRawBufferPointer(rest))
        if plain > 0 { bytes.append(contentsOf: UnsafeBufferPointer(rebasing: rest[..<plain])) }
        guard plain < rest.count else { return }
        appendEscape(of: rest[plain], to: &bytes)
        rest = UnsafeBufferPointer(rebasing: rest[(plain + 1)...])
    }
}

/// How many bytes stand before the first that must be escaped.
private func countOfPlainBytes(_ bytes: UnsafeRawBufferPointer) -> Int {
    var index = 0
    while bytes.count - index >= 8 {
        guard mayBePlain(bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)) else { break }
        index += 8
    }
    while index < bytes.count {
        let byte = bytes[index]
        if byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F { break }
        index += 1
    }
    return index
}

/// Whether none of eight bytes needs an escape, tested at once: the classic "has a byte less than n, has a zero byte"
/// (graphics.stanford.edu/~seander/bithacks.html), which never calls a byte plain that is not.
@inline(__always)
private func mayBePlain(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quote = word ^ (ones &* 0x22)
    let backslash = word ^ (ones &* 0x5C)
    let delete = word ^ (ones &* 0x7F)
    let suspects =
        (word &- (ones &* 0x20)) & ~word | (quote &- ones) & ~quote | (backslash &- ones) & ~backslash
        | (delete &- ones) & ~delete
    return suspects & (ones &* 0x80) == 0
}

@inline(never)
private func appendEscape(of byte: UInt8, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    default:
        bytes.append(UInt8(ascii: "u"))
        bytes.append(UInt8(ascii: "0"))
        bytes.append(UInt8(ascii: "0"))
        bytes.append(hexadecimal(byte >> 4))
        bytes.append(hexadecimal(byte & 15))
    }
}

private func hexadecimal(_ digit: UInt8) -> UInt8 {
    digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
}
