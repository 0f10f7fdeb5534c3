import Chat
import JSONWebTokens

/// Names that a web server or an issuer gives users, and the identifiers under which they are known here.
public enum UserNames {
    /// Bytes of a name.
    public static let length = 1...256
    /// What `id(of:)` takes, for messages.
    public static let rule = "must be 1 to 256 bytes of visible text"

    /// Identifiers that begin so are given by this server, and no name from outside becomes one of them: a guest's, that of another
    /// name, that of a service key.
    private static let reserved = ["usr_", "name_", "key_"]

    /// The identifier of a name: the name itself where it can be one, else a digest of its bytes. Different bytes are different
    /// users: neither case nor spelling is looked at. Nil for a name that nobody can read (control characters, what is no UTF-8,
    /// nothing but spaces), since people would take two such names for one.
    public static func id(of name: String) -> String? {
        guard length.contains(name.utf8.count), name.unicodeScalars.allSatisfy(isAllowed),
            name.unicodeScalars.contains(where: { !$0.properties.isWhitespace && !isJoiner($0) })
        else { return nil }
        if Identifiers.isAcceptable(name), !reserved.contains(where: name.hasPrefix) { return name }
        return digest(of: name)
    }

    static func digest(of name: String) -> String { "name_" + Base64URL.encode(Hashing.sha256(name)) }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        // U+FFFD stands where bytes were no UTF-8: names that differ there would be one.
        if scalar == "\u{FFFD}" { return false }
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: return false
        // Others turn text around or hide in it.
        case .format: return isJoiner(scalar)
        default: return !scalar.properties.isDefaultIgnorableCodePoint || isJoiner(scalar)
        }
    }

    /// Letters of some scripts are joined or kept apart by the first two, and the others choose between forms of a sign. They are
    /// not seen by themselves.
    private static func isJoiner(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\u{200C}" || scalar == "\u{200D}" || ("\u{FE00}"..."\u{FE0F}").contains(scalar)
    }
}
