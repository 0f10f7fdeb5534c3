/// The members of a JSON object, in the order they were written.
///
/// Lookup is a linear search: objects of a request have a handful of members. Two objects are equal when their members
/// are equal in the same order.
public struct JSONObject: Sendable {
    /// No key is there twice, compared by bytes.
    public private(set) var members: [(key: String, value: JSONValue)]

    /// An empty object.
    public init() { members = [] }

    /// A key given twice is a programmer's error and stops the program.
    public init(_ members: some Sequence<(String, JSONValue)>) {
        self.init()
        for (key, value) in members {
            precondition(self[key] == nil, "a JSON object names one key twice")
            self.members.append((key, value))
        }
    }

    /// For the parser, which has looked for duplicates itself.
    init(unique members: [(key: String, value: JSONValue)]) { self.members = members }

    /// The value of `key`. Setting an existing key keeps its place, setting nil removes it, a new key goes last.
    public subscript(key: String) -> JSONValue? {
        get {
            for member in members where sameBytes(member.key, key) { return member.value }
            return nil
        }
        set {
            let index = members.firstIndex { sameBytes($0.key, key) }
            switch (index, newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append((key, value))
            case (nil, nil): break
            }
        }
    }

    /// The same keys with other values.
    public func mapValues(_ transform: (_ key: String, _ value: JSONValue) -> JSONValue) -> JSONObject {
        JSONObject(unique: members.map { ($0.key, transform($0.key, $0.value)) })
    }
}

extension JSONObject: Equatable {
    public static func == (a: JSONObject, b: JSONObject) -> Bool {
        a.members.elementsEqual(b.members) { sameBytes($0.key, $1.key) && $0.value == $1.value }
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// A key given twice is a programmer's error and stops the program.
    public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}
