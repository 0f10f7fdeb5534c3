import CLinux
import Glibc
public import Ownership
import Substrings
import Synchronization

/// A word that names something on the wire: a user, a session, a message.
public protocol Identifier: RawRepresentable, Hashable, Sendable, CustomStringConvertible where RawValue == String {
    init(rawValue: String)
}

extension Identifier {
    public var description: String { rawValue }
}

/// Who is talking. The authenticator makes it; nothing else can (`Owner`).
public typealias UserID = Owner

/// A conversation of one user. Scoped to that user: two users may both have a session `s1`.
public struct SessionID: Identifier {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// One message, of the user or of the assistant (`msg_…`). A reply's identifier names its turn as well.
public struct MessageID: Identifier {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// Makes and checks identifiers.
public enum Identifiers {
    /// Longest identifier a client may send, in bytes.
    public static let maximumLength = 128

    /// Whether a client may use `word` as an identifier: 1 to 128 of `A-Z a-z 0-9 . _ : -`.
    ///
    /// The narrow alphabet keeps line breaks and quotes out of logs and header lines
    /// (CWE-93, https://cwe.mitre.org/data/definitions/93.html).
    public static func isAcceptable(_ word: String) -> Bool {
        (1...maximumLength).contains(word.utf8.count) && word.isAlphanumeric(or: "._:-")
    }

    /// A fresh message identifier: `msg_` and a UUIDv7.
    public static func message() -> MessageID { MessageID(rawValue: "msg_" + uuidV7()) }
    /// A fresh session identifier: `ses_` and a UUIDv7.
    public static func session() -> SessionID { SessionID(rawValue: "ses_" + uuidV7()) }
    /// A fresh name for a guest: `usr_` and a UUIDv7.
    public static func guest() -> String { "usr_" + uuidV7() }
    /// Whether the server made this user: a guest.
    public static func isGuest(_ user: UserID) -> Bool { user.rawValue.hasPrefix("usr_") }
    /// A fresh request identifier: `req_` and a UUIDv7.
    public static func request() -> String { "req_" + uuidV7() }

    /// The last millisecond handed out and the counter within it, so that identifiers of one process sort by time.
    private static let clock = Mutex<(millisecond: UInt64, counter: UInt64)>((0, 0))

    /// A UUID of version 7 in lower case: 48 bits of Unix milliseconds, a 12-bit counter (RFC 9562, section 6.2,
    /// method 1) and 62 random bits from the kernel.
    public static func uuidV7() -> String {
        var random = (UInt64(0), UInt64(0))
        withUnsafeMutableBytes(of: &random) { buffer in
            var filled = 0
            while filled < buffer.count {
                let got = getrandom(buffer.baseAddress! + filled, buffer.count - filled, 0)
                if got > 0 { filled += got } else if errno != EINTR { fatalError("getrandom failed: errno \(errno)") }
            }
        }
        let (millisecond, counter) = clock.withLock { state -> (UInt64, UInt64) in
            let now = UInt64(max(0, Timestamp.now().milliseconds))
            if now > state.millisecond {
                // Half of the counter's range is left free, so that a burst within the millisecond cannot overflow it.
                state = (now, random.1 & 0x7FF)
            } else {
                state.counter += 1
                if state.counter > 0xFFF { state = (state.millisecond + 1, 0) }
            }
            return state
        }
        let high = (millisecond << 16) | 0x7000 | counter
        let low = (random.0 & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000
        var text: [UInt8] = []
        text.reserveCapacity(36)
        let digits = Array("0123456789abcdef".utf8)
        for position in 0..<32 {
            if position == 8 || position == 12 || position == 16 || position == 20 { text.append(UInt8(ascii: "-")) }
            let word = position < 16 ? high : low
            text.append(digits[Int((word >> UInt64(60 - 4 * (position & 15))) & 0xF)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
