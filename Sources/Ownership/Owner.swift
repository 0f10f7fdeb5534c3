// Whose data it is. The store takes nothing else for a user.

/// Whose data may be read and written: a user, by name. The store takes nothing else.
///
/// A route is given the owner that the authenticator found, and cannot make another of what a client wrote: the initializer is internal to this
/// target, and only a file that imports the target can call `makeOwner`. `scripts/floors.py` has the list of these files.
public struct Owner: Hashable, Sendable, CustomStringConvertible {
    /// `usr_…` for a guest; else what the token, the web server, the key or the operator says.
    public let rawValue: String

    init(rawValue: String) { self.rawValue = rawValue }

    public var description: String { rawValue }

    /// For work that is done for no user. No user has this name.
    public static let nobody = Owner(rawValue: "")
}

/// The owner with a name that was authenticated, comes from a stored row, or was given by the operator.
public func makeOwner(_ name: String) -> Owner { Owner(rawValue: name) }
