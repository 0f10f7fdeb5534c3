/// Follows the declared lengths of names and values through the parameters (specification, section 3.4), which records may
/// cut anywhere, and looks for a zero byte in the user's name. Pure.
///
/// libfcgi allocates what is declared before it looks whether it came, up to four gigabytes, and ends the process when it
/// does not get them. It hands over values as C strings: a user `alice` with a zero byte and more behind it would be `alice`. No header
/// may have one, but this name the web server has decoded (RFC 7617).
struct ParameterLengths {
    private var isValue = false
    /// Bytes of a length in four bytes that are still to come.
    private var missing = 0
    private var length = 0
    /// Name and value of the present pair, together.
    private var pair = 0
    /// Bytes of names and values still to come.
    private var skip = 0
    private static let userName = Array("REMOTE_USER".utf8)
    private var nameLength = 0
    /// The present pair's name, where it has the length of that one.
    private var name: [UInt8] = []

    /// Takes a record's content. False when it declares or has what cannot be there.
    mutating func take(_ content: Slice<UnsafeRawBufferPointer>) -> Bool {
        var at = content.startIndex
        while at < content.endIndex {
            if skip > 0 {
                let count = min(skip, content.endIndex - at)
                if nameLength == Self.userName.count, !takeUser(content[at..<at + count]) { return false }
                skip -= count
                at += count
                continue
            }
            let byte = Int(content[at])
            at += 1
            if missing > 0 {
                length = length << 8 | byte
                missing -= 1
            } else if byte & 0x80 != 0 {
                length = byte & 0x7F
                missing = 3
            } else {
                length = byte
            }
            if missing == 0, !takeLength() { return false }
        }
        return true
    }

    /// Takes a part of a pair that may be the user's. False when that has a zero byte.
    private mutating func takeUser(_ bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
        let ofName = bytes.prefix(nameLength - name.count)
        name += ofName
        return name != Self.userName || !bytes.dropFirst(ofName.count).contains(0)
    }

    private mutating func takeLength() -> Bool {
        guard length <= RecordScanner.window else { return false }
        pair += length
        if isValue {
            skip = pair
            pair = 0
            name = []
        } else {
            nameLength = length
        }
        isValue.toggle()
        return true
    }

    /// Whether what was taken ends with a pair's end.
    var areWhole: Bool { skip == 0 && missing == 0 && !isValue }
}
