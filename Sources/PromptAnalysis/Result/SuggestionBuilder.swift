import Counting

/// Makes suggestions that do not overlap out of the rules' edits.
///
/// A draft with several edits becomes one suggestion that replaces everything from the first to the last. Drafts whose
/// stretches overlap are joined, since neither could be applied without moving the other.
struct SuggestionBuilder {
    let original: Counted<Unicode.Scalar>
    let drafts: [Draft]

    private struct Placed {
        var edit: Edit
        var draft: Int
        var number: Int
    }

    private struct Group {
        var span: Span
        var number: Int
        var drafts: [Int]
        /// With their places among all edits, by which they are brought into order once the group is whole.
        var edits: [(rank: Int, edit: Edit)]
    }

    func suggestions(_ identifiers: [String]) -> [Suggestion] {
        let groups = joined(placed())
        return groups.enumerated().map { number, group in
            let members = group.drafts.map { drafts[$0] }
            let titles = unique(members.map(\.title))
            return Suggestion(
                id: "s\(number + 1)", title: titles.joined(separator: "; "),
                rationale: unique(members.map(\.rationale)).joined(separator: " "), span: group.span,
                replacement: text(group.span, with: group.edits),
                insights: members.flatMap(\.findings).map { identifiers[$0] })
        }
    }

    /// The edits in the order of their places, without those within another one. Every rule gives its edits in order, so
    /// the sort merges a few sorted runs.
    private func placed() -> [Placed] {
        var all: [Placed] = []
        for (index, draft) in drafts.enumerated() {
            for edit in draft.edits { all.append(Placed(edit: edit, draft: index, number: all.count)) }
        }
        all.sort { a, b in
            let (one, other) = (a.edit.span, b.edit.span)
            if one.start != other.start { return one.start < other.start }
            if one.isEmpty != other.isEmpty { return one.isEmpty }
            return (other.end, a.number) < (one.end, b.number)
        }
        var lastReplaced: Span?
        return all.filter { placed in
            let span = placed.edit.span
            if lastReplaced?.overlaps(span) == true { return false }
            if !span.isEmpty { lastReplaced = span }
            return true
        }
    }

    /// Groups of drafts whose stretches overlap, in the order of their places.
    private func joined(_ placed: [Placed]) -> [Group] {
        var groups: [Int: Group] = [:]
        for (rank, item) in placed.enumerated() {
            if groups[item.draft] == nil {
                groups[item.draft] = Group(
                    span: item.edit.span, number: item.number, drafts: [item.draft], edits: [(rank, item.edit)])
            } else {
                groups[item.draft]?.span.end = item.edit.span.end
                groups[item.draft]?.edits.append((rank, item.edit))
            }
        }
        let ordered = groups.values.sorted {
            ($0.span.start, $0.span.end, $0.number) < ($1.span.start, $1.span.end, $1.number)
        }
        var result: [Group] = []
        for group in ordered {
            if let last = result.last, last.span.overlaps(group.span) {
                result[result.count - 1].span.end = max(last.span.end, group.span.end)
                result[result.count - 1].drafts += group.drafts
                result[result.count - 1].edits += group.edits
            } else {
                result.append(group)
            }
        }
        return result
    }

    private func text(_ span: Span, with edits: [(rank: Int, edit: Edit)]) -> String {
        var result = String.UnicodeScalarView()
        var position = span.start
        for (_, edit) in edits.sorted(by: { $0.rank < $1.rank }) {
            result.append(contentsOf: original[position..<edit.span.start])
            result.append(contentsOf: edit.replacement.unicodeScalars)
            position = edit.span.end
        }
        result.append(contentsOf: original[position..<span.end])
        return String(result)
    }

    private func unique(_ texts: [String]) -> [String] {
        var seen: Set<String> = []
        return texts.filter { seen.insert($0).inserted }
    }
}
