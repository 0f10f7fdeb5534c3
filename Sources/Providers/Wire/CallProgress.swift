/// How far a tool's call has come: whether its name and all of its arguments are there.
struct CallProgress: Sendable {
    private var hasPieces = false
    private var hasName = false
    private var depth = 0
    private var isInString = false
    private var isEscaped = false

    /// Whether the arguments end where a JSON text may end. Models also write text that is no JSON; that is left to whoever
    /// calls the tool.
    var isWhole: Bool { !hasPieces || (hasName && depth <= 0 && !isInString) }

    mutating func take(name: String?, arguments: String) {
        hasPieces = true
        if name != nil { hasName = true }
        for byte in arguments.utf8 {
            if isEscaped {
                isEscaped = false
            } else if isInString {
                if byte == UInt8(ascii: "\\") { isEscaped = true }
                if byte == UInt8(ascii: "\"") { isInString = false }
            } else {
                switch byte {
                case UInt8(ascii: "\""): isInString = true
                case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
                default: break
                }
            }
        }
    }
}
