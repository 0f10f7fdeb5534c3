import JSON

/// A work that a good librarian would name, or one that must not come up.
struct JudgedWork: Sendable {
    /// Empty for a forbidden author: every book of theirs.
    var titles: [String]
    /// Surname; empty for anonymous works.
    var author: String
    /// 1 to 3; 0 for forbidden ones.
    var grade: Int
}

/// One question of `questions.jsonl`; its form is described in `eval/README.md`.
struct Question: Sendable {
    var id: String
    var split: String
    var kind: String
    var text: String
    var language: String?
    var relevant: [JudgedWork]
    var forbidden: [JudgedWork]

    init?(line: some Sequence<UInt8>) {
        guard let json = try? JSONValue(parsing: Array(line)), let id = json["id"]?.stringValue,
            let split = json["split"]?.stringValue, let kind = json["kind"]?.stringValue,
            let text = json["question"]?.stringValue
        else { return nil }
        self.id = id
        self.split = split
        self.kind = kind
        self.text = text
        language = json["language"]?.stringValue
        relevant = (json["relevant"]?.arrayValue ?? []).map(Self.work)
        forbidden = (json["forbidden"]?.arrayValue ?? []).map(Self.work)
    }

    private static func work(_ json: JSONValue) -> JudgedWork {
        let titles =
            [json["title"]?.stringValue].compactMap(\.self) + (json["also"]?.arrayValue ?? []).compactMap(\.stringValue)
        return JudgedWork(
            titles: titles, author: json["author"]?.stringValue ?? "", grade: Int(json["grade"]?.integerValue ?? 0))
    }
}
