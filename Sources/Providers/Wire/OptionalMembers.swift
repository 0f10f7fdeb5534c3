import JSON

extension JSONWriter {
    /// Writes a member; nothing at all for nil.
    mutating func string(_ value: String?, for name: StaticString) {
        guard let value else { return }
        key(name)
        string(value)
    }

    mutating func number(_ value: Double?, for name: StaticString) {
        guard let value else { return }
        key(name)
        number(value)
    }

    mutating func bool(_ value: Bool?, for name: StaticString) {
        guard let value else { return }
        key(name)
        bool(value)
    }
}
