/// A text that must not be shown. Printing, interpolating, dumping and mirroring it give `***`; only `reveal` gives it.
public struct Secret: Sendable {
    private let text: String

    public init(_ text: String) { self.text = text }

    /// The text itself, for the request's header and nothing else.
    public func reveal() -> String { text }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "***" }
    public var debugDescription: String { "***" }
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
