/// Why a text was refused as JSON.
///
/// `detail` is a sentence of ours and never quotes the text, so it may go to a log and to the client.
public struct JSONError: Error, Equatable, Sendable {
    public enum Kind: Sendable {
        /// Not well-formed by RFC 8259.
        case notJSON
        /// A number that no 64-bit integer or double holds. RFC 8259, section 6, lets a reader set such a limit.
        case numberTooLarge
        case invalidUTF8
        case tooDeep
        /// An object names one key twice. RFC 8259 leaves the meaning open, so two readers would differ.
        case duplicateKey
        case tooLarge
    }

    public var kind: Kind
    public var detail: String
    /// For `.duplicateKey`: where, as in `messages[2].role`, cut off after 128 bytes. It quotes keys of the text.
    public var path: String?

    public init(kind: Kind, detail: String, path: String? = nil) {
        self.kind = kind
        self.detail = detail
        self.path = path
    }
}

extension JSONError: CustomStringConvertible {
    public var description: String {
        guard let path else { return detail }
        return "\(detail): \(path)"
    }
}
