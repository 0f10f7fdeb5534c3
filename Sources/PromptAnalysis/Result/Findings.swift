/// A replacement of a stretch of the prompt.
struct Edit {
    var span: Span
    var replacement: String
}

/// One or more edits that belong together, and why they are proposed.
struct Draft {
    var title: String
    var rationale: String
    var edits: [Edit]
    /// Indices of the findings that it answers.
    var findings: [Int] = []
}

/// What the rules found, in the order in which they found it.
struct Findings {
    /// Of one kind no more are told one by one. A prompt that has more has a problem that twenty examples show.
    static let mostOfAKind = 20

    struct Finding {
        var kind: Insight.Kind
        var severity: Insight.Severity
        var span: Span
        var message: String
        /// Further ones of this kind, told with this last one.
        var further = 0
    }

    private(set) var all: [Finding] = []
    private(set) var drafts: [Draft] = []
    private var counts: [Insight.Kind: Int] = [:]
    private var last: [Insight.Kind: Int] = [:]
    private var draftOfLast: [Insight.Kind: Int] = [:]

    /// - Parameter isBinding: whether the edits are made also for those beyond `mostOfAKind`, all in one suggestion.
    mutating func add(
        _ kind: Insight.Kind, _ severity: Insight.Severity, _ span: Span, _ message: String, _ draft: Draft? = nil,
        isBinding: Bool = false
    ) {
        let count = counts[kind, default: 0]
        counts[kind] = count + 1
        if count >= Self.mostOfAKind, let last = last[kind] {
            all[last].further += 1
            if all[last].severity < severity { all[last].severity = severity }
            if isBinding, let draft, let index = draftOfLast[kind] { drafts[index].edits += draft.edits }
            return
        }
        last[kind] = all.count
        if var draft {
            draft.findings = [all.count]
            draftOfLast[kind] = drafts.count
            drafts.append(draft)
        }
        all.append(Finding(kind: kind, severity: severity, span: span, message: message))
    }

    func contains(_ kind: Insight.Kind) -> Bool { counts[kind] != nil }
}
