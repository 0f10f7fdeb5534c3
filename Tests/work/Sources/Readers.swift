import JSON

/// What reads users' texts or files of others, each under a name.
struct Readers: Sendable {
    struct Reader: Sendable, CustomStringConvertible {
        var name: String
        /// Files and folders of the repository that have the words it looks for.
        var words: [String]
        /// How many of the texts it reads in `make test`: what is costly reads few.
        var texts: Int
        var read: @Sendable (Readers, String) async throws -> Void

        init(
            _ name: String, _ words: String..., texts: Int = 6,
            read: @escaping @Sendable (Readers, String) async throws -> Void
        ) {
            self.name = name
            self.words = words
            self.texts = texts
            self.read = read
        }

        var description: String {
            var json = JSONWriter()
            json.beginObject()
            json.key("name")
            json.string(name)
            json.key("words")
            json.beginArray()
            for path in words { json.string(path) }
            json.endArray()
            json.key("texts")
            json.integer(texts)
            json.endObject()
            return String(decoding: json.bytes, as: UTF8.self)
        }
    }

    static let table: [Reader] = agents + stores + files + requests
    static let byName = Dictionary(uniqueKeysWithValues: table.map { ($0.name, $0) })

    /// A text with something for most of them.
    static let usual =
        "I loved Dune, but not \"Emma\". What is like it, by H. G. Wells? I was in Spain from 1 May 2026 to 3 May 2026. Is $DEMO1 risky?"

    let parts: Parts

    init(in folder: String) throws { parts = try Parts(in: folder) }

    static func prepare(in folder: String) throws { try Parts.prepare(in: folder) }

    /// What is refused was read too.
    func run(_ reader: Reader, on text: String) async { try? await reader.read(self, text) }
}
