/// Something in a message that is no text: a picture, a recording, a file.
public struct Attachment: Sendable, Equatable {
    public enum Kind: String, Sendable, Equatable {
        case image, audio, file
    }

    /// Where its bytes are.
    public enum Source: Sendable, Equatable {
        /// In standard base64 with padding (RFC 4648, section 4), checked. A slice of the request's body where that is large: it is
        /// passed on from there and not copied.
        case base64(ArraySlice<UInt8>)
        /// An https address, from where the provider gets it.
        case url(String)
        /// The name that the provider itself gave it.
        case fileID(String)
    }

    public var kind: Kind
    /// In lower case: `image/png`. Empty when it is not known.
    public var mediaType: String
    public var source: Source
    /// How closely a picture is to be looked at, in OpenAI's words: `auto`, `low`, `high`.
    public var detail: String?
    /// Of a file.
    public var name: String?

    public init(kind: Kind, mediaType: String = "", source: Source, detail: String? = nil, name: String? = nil) {
        self.kind = kind
        self.mediaType = mediaType
        self.source = source
        self.detail = detail
        self.name = name
    }

    /// About how many bytes of text cost as much, for those providers that do not count: a picture is some 750 tokens whatever its
    /// size, and of a recording or a file more is read the longer it is.
    var promptBytes: Int {
        let read =
            switch source {
            case .base64(let text): kind == .image ? 0 : text.count / 20
            case .url(let text), .fileID(let text): text.utf8.count
            }
        return max(3_000, read) + (name?.utf8.count ?? 0)
    }
}

/// A part of a message.
public enum MessagePart: Sendable, Equatable {
    case text(String)
    case attachment(Attachment)
}
