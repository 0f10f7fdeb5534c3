extension Inspection {
    /// Judges phrases that override instructions and labels of roles, the author's and those in the material.
    mutating func judgeSafety() {
        for hit in hits where hit.meaning.contains(.override) && !hit.isNegated {
            let isDelimited = words[hit.word].region == .data
            if !isDelimited { lose(5, of: .safety) }
            findings.add(
                .overridePhrase, isDelimited ? .warning : .critical, span(of: hit),
                isDelimited
                    ? "The quoted text tries to override instructions. Say in your own words that it is only material."
                    : "This is how attacks on language models are worded. If it is yours, say what is to be done in plain words; "
                        + "if it came with a pasted text, put that text between delimiters.")
        }
        findRoleLabels()
    }

    private static let roles: Set<String> = ["system", "developer", "assistant", "user", "human", "ai"]

    /// Lines such as `System:`, `### Instruction`, `Assistant:`.
    private mutating func findRoleLabels() {
        for index in words.indices where Self.roles.contains(words[index].text) {
            let word = words[index]
            guard word.end < scalars.count, scalars[word.end] == ":", isFirstOfLine(word.start) else { continue }
            let isPrivileged = word.text == "system" || word.text == "developer"
            let isDelimited = word.region == .data
            if isPrivileged, !isDelimited { lose(3, of: .safety) }
            findings.add(
                .roleLabel, isPrivileged && !isDelimited ? .warning : .info, text.span(word.start, word.end + 1),
                "A line that begins with a role's name may be taken for a message of that role. Send messages by their roles, or "
                    + "put a conversation that is only material between delimiters.")
        }
    }

    private func isFirstOfLine(_ start: Int) -> Bool {
        var position = start - 1
        while position >= max(0, start - 4), "#*> ".unicodeScalars.contains(scalars[position]) { position -= 1 }
        return position < 0 || scalars[position].isNewline
    }

    /// Judges words that stand for something yet to be written. Those in brackets are found with the regions.
    mutating func judgePlaceholders() {
        for index in words.indices where words[index].region == .author {
            let word = words[index]
            guard ["todo", "tbd", "fixme", "tba", "xxx", "lorem"].contains(word.text) else { continue }
            let isCapital = scalars[word.start..<word.end].allSatisfy(\.isASCIIUppercase)
            if word.text == "lorem" {
                guard index + 1 < words.count, words[index + 1].text == "ipsum" else { continue }
                note(placeholder: text.span(word.start, words[index + 1].end))
            } else if isCapital, !isTodoList(index) {
                note(placeholder: text.span(word.start, word.end))
            }
        }
    }

    /// "A TODO list" and "the TODO comments" are things, not gaps.
    private func isTodoList(_ index: Int) -> Bool {
        guard joinsNext(index) else { return false }
        return ["list", "lists", "app", "item", "items", "comment", "comments", "application"].contains(
            words[index + 1].text)
    }
}
