/// How far a tool's call has come.
struct CallProgress: Sendable {
    var id = ""
    /// As far as it is known: some servers send it in pieces, and some in every piece.
    private(set) var name = ""
    /// `ToolCall.extraContent`.
    var extraContent: [UInt8]?
    /// Id and name have been passed on.
    var isTold = false
    /// There is more than white space of the arguments.
    private(set) var hasArguments = false

    private var hasPieces = false
    private var depth = 0
    private var isInString = false
    private var isEscaped = false

    /// Whether the name is there and the arguments end where a JSON text may end. Models also write text that is no JSON; that
    /// is for the client that runs the tool.
    var isWhole: Bool { !hasPieces || (!name.isEmpty && depth <= 0 && !isInString) }

    mutating func take(name piece: String?, arguments: String) {
        hasPieces = true
        if let piece, !isTold { join(piece) }
        for byte in arguments.utf8 {
            if isEscaped {
                isEscaped = false
            } else if isInString {
                if byte == UInt8(ascii: "\\") { isEscaped = true }
                if byte == UInt8(ascii: "\"") { isInString = false }
            } else {
                switch byte {
                case 0x20, 0x09, 0x0A, 0x0D: continue
                case UInt8(ascii: "\""): isInString = true
                case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
                default: break
                }
            }
            hasArguments = true
        }
    }

    /// A piece that begins with all that is known repeats it.
    private mutating func join(_ piece: String) {
        if piece.hasPrefix(name) { name = piece } else { name += piece }
    }

    /// A name for a call that its provider gave none. It must be the only one in its conversation: results are told apart by it.
    static func newID() -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".utf8)
        return "call_" + String(decoding: (0..<24).map { _ in letters.randomElement()! }, as: UTF8.self)
    }
}
