import Counting

/// Something that the prompt asks for.
struct PromptTask {
    var sentence: Int
    var sort: TaskSort
    /// The word that names it: a verb, or the first word of a question.
    var word: Int
    /// Whether it only says how another task is to be done, if there is one.
    var isSecondary = false
}

extension Inspection {
    /// Finds what the prompt asks for, and which sentences instruct.
    mutating func findTasks() {
        var found = Counted<PromptTask>(by: work)
        for index in sentences.indices {
            let sentence = sentences[index]
            if let task = task(index) {
                found.append(task)
                sentences[index].isInstruction = true
            } else {
                let first = words[skippingPoliteness(sentence.words.lowerBound)].text
                sentences[index].isInstruction = Verbs.manner.contains(first) || hasModal(sentence)
            }
        }
        if found.contains(where: { !$0.isSecondary }) { found.removeAll(where: \.isSecondary) }
        tasks = found
        if tasks.isEmpty,
            let section = sections.first(where: { $0.property == .property(.task) && $0.state == .present }),
            let sentence = sentences.firstIndex(where: { words[$0.words.lowerBound].start >= section.contentStart })
        {
            tasks.append(PromptTask(sentence: sentence, sort: .production, word: sentences[sentence].words.lowerBound))
        }
        guard tasks.isEmpty, hits.contains(where: isPersona) else { return }
        // The instructions of an assistant: who it is, and how it is to be.
        if let rule = sentences.firstIndex(where: \.isInstruction) {
            tasks.append(PromptTask(sentence: rule, sort: .production, word: sentences[rule].words.lowerBound))
        }
    }

    private func isPersona(_ hit: Hit) -> Bool {
        hit.meaning.contains(.persona) && words[hit.word].region == .author
    }

    private func hasModal(_ sentence: Sentence) -> Bool {
        sentence.words.prefix(40).contains {
            ["should", "must", "shall", "mustn't", "shouldn't"].contains(words[$0].text)
        }
    }

    private mutating func task(_ index: Int) -> PromptTask? {
        let sentence = sentences[index]
        let start = sentence.words.lowerBound
        let first = skippingPoliteness(start)
        guard sentence.words.contains(first) else { return nil }
        if let task = task(at: first, of: index) { return task }
        // "In two sentences, explain …": the verb comes after a comma.
        if Verbs.introductions.contains(words[first].text),
            let comma = sentence.words.first(where: { $0 >= first && words[$0].after.contains(.comma) }),
            sentence.words.contains(comma + 1)
        {
            let verb = skippingPoliteness(comma + 1)
            if sentence.words.contains(verb), let task = task(at: verb, of: index) { return task }
        }
        if let wish = Verbs.wishes.first(where: { stands($0, at: start) }), sentence.words.count > wish.count {
            return PromptTask(sentence: index, sort: .production, word: start)
        }
        guard sentence.isQuestion, sentence.words.count > 1 else { return nil }
        return PromptTask(sentence: index, sort: questionSort(words[first].text), word: first)
    }

    private func task(at word: Int, of index: Int) -> PromptTask? {
        let text = words[word].text
        if let sort = Verbs.tasks[text] {
            // "Research shows …", "Name: …" are no instructions.
            guard !words[word].after.contains(.colon) || Verbs.worksOnMaterial(text) else { return nil }
            if sentences[index].words.contains(word + 1), Self.verbsAfterNouns.contains(words[word + 1].text) {
                return nil
            }
            return PromptTask(sentence: index, sort: sort, word: word, isSecondary: Verbs.secondary.contains(text))
        }
        if Verbs.secondary.contains(text) {
            return PromptTask(sentence: index, sort: .production, word: word, isSecondary: true)
        }
        if Verbs.questionWords.contains(text), sentences[index].words.contains(word + 1),
            text.contains("'") || Verbs.auxiliaries.contains(words[word + 1].text) || sentences[index].isQuestion
        {
            return PromptTask(sentence: index, sort: questionSort(text), word: word)
        }
        return nil
    }

    private static let verbsAfterNouns: Set<String> = [
        "is", "are", "was", "were", "has", "shows", "show", "of", "will", "says",
    ]

    private func questionSort(_ word: String) -> TaskSort { word == "how" || word == "why" ? .explanation : .question }

    /// Judges whether the task is there, and whether there are too many without an order.
    mutating func judgeTask() {
        if tasks.isEmpty {
            let isBlank = sections.contains { $0.property == .property(.task) && $0.state == .blank }
            states[.task] = isBlank ? .blank : .absent
            let draft = Draft(
                title: "Say what to do",
                rationale: "A model that is not told what to do guesses. A verb at the beginning settles it.",
                edits: [Edit(span: Span(0, 0), replacement: OwnText.task)])
            findings.add(
                .noTask, .critical, text.whole, "There is no instruction and no question here.", isBlank ? nil : draft)
            return
        }
        states[.task] = .present
        let loose = tasks.filter { !sentences[$0.sentence].isListed }
        guard tasks.count >= 3, loose.count >= 3, let first = loose.first, let last = loose.last else { return }
        lose(5, of: .task)
        let hull = Span(span(of: sentences[first.sentence]).start, span(of: sentences[last.sentence]).end)
        var edits: [Edit] = []
        for (number, task) in loose.enumerated() {
            let start = words[sentences[task.sentence].words.lowerBound].start
            edits.append(numbering(number + 1, before: start))
        }
        let draft = Draft(
            title: "Number the tasks",
            rationale: "A numbered list tells a model how many things are asked, and in what order.", edits: edits)
        findings.add(
            .manyTasks, .warning, hull,
            "\(tasks.count) tasks stand here without an order. Some may be overlooked.", loose.count < 100 ? draft : nil
        )
    }

    /// Puts a number before a sentence, and the sentence on a line of its own.
    private mutating func numbering(_ number: Int, before start: Int) -> Edit {
        // Signs of emphasis and opening brackets belong to the sentence.
        var start = start
        while start > 0, "*_([\u{201C}".unicodeScalars.contains(scalars[start - 1]), regions[start - 1] == .author {
            start -= 1
        }
        var gap = start
        while gap > 0, scalars[gap - 1].isSpace, regions[gap - 1] == .author {
            gap -= 1
        }
        let isFirst = gap == 0
        let breaks = scalars[gap..<start].filter { $0 == "\n" }.count
        let lead = isFirst ? "" : String(repeating: "\n", count: max(1, breaks))
        return Edit(
            span: isFirst ? Span(0, text.before(start).start) : Span(text.after(gap).start, text.before(start).start),
            replacement: "\(lead)\(number). ")
    }
}
