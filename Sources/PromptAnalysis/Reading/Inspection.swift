import Counting

/// A prompt under inspection: what has been read of it so far, and what was found.
///
/// Each step goes over the text once, from the ground up: secrets, marks, regions, words, phrases, sentences, then the
/// rules.
struct Inspection {
    let work: Work
    let text: VisibleText
    /// What each visible character belongs to.
    var regions: Counted<Region>
    var words: Counted<Word>
    var sentences: Counted<Sentence>
    var hits: Counted<Hit>
    var tasks: Counted<PromptTask>
    /// In the order of their labels' places.
    var sections: Counted<Section>
    /// What was found missing or wrong with the material that the task is about.
    var material = Material.notNeeded
    var isEnglish = true
    var findings: Findings

    /// Marks before the first word.
    var opening: Marks = []
    /// Qualities that the author says the meaning of: `Here, "good" means: …`.
    var definitions: [String: Property.State] = [:]
    /// Names of tags that occur, so that a new one can be chosen.
    var tagNames: Set<String> = []
    /// Points lost, by property.
    var lost: [Property.Name: Int] = [:]
    var states: [Property.Name: Property.State] = [:]

    init(_ prompt: String, by work: Work) {
        self.work = work
        text = VisibleText(prompt, by: work)
        regions = Counted(Array(repeating: .author, count: text.scalars.count), by: work)
        words = Counted(by: work)
        sentences = Counted(by: work)
        hits = Counted(by: work)
        tasks = Counted(by: work)
        sections = Counted(by: work)
        findings = Findings()
    }

    var scalars: Counted<Unicode.Scalar> { text.scalars }

    /// Where the prompt's text ends and its trailing white space begins.
    var contentEnd: Int {
        var end = scalars.count
        while end > 0, scalars[end - 1].isSpace { end -= 1 }
        return end
    }

    mutating func mark(_ start: Int, _ end: Int, _ region: Region, over: Set<Region> = [.author]) {
        for position in start..<end where over.contains(regions[position]) { regions[position] = region }
    }

    /// Takes points from a property. What it gives never falls below 0.
    mutating func lose(_ points: Int, of property: Property.Name) { lost[property, default: 0] += points }

    /// - Throws: `AnalysisError` between two steps.
    mutating func inspect(within limits: AnalysisLimits) throws(AnalysisError) {
        for step in Self.reading { try take(step, limits) }
        guard isEnglish else { return }
        for step in Self.judgingEnglish { try take(step, limits) }
    }

    private mutating func take(_ step: Step, _ limits: AnalysisLimits) throws(AnalysisError) {
        step(&self)
        try limits.check(work)
    }

    private typealias Step = @Sendable (inout Inspection) -> Void

    private static let reading: [Step] = [
        { $0.findHiddenCharacters() }, { $0.findSecrets() }, { $0.findMarks() }, { $0.findRegions() },
        { $0.readSections() }, { $0.readWords() }, { $0.findPhrases() }, { $0.findMaterial() },
        { $0.readSentences() }, { $0.judgeLanguage() }, { $0.findTasks() },
        { $0.judgeSafety() }, { $0.judgePlaceholders() }, { $0.judgeLength() },
    ]

    private static let judgingEnglish: [Step] = [
        { $0.judgeTask() }, { $0.judgeMaterial() }, { $0.judgeVagueness() }, { $0.judgeReference() },
        { $0.judgeContradictions() }, { $0.judgeNegatives() }, { $0.judgeProperties() },
    ]
}

/// Whose words a stretch of the prompt is.
enum Region: UInt8 {
    /// The author's own.
    case author
    /// Between delimiters: quoted, fenced, tagged.
    case data
    /// Pasted without delimiters.
    case material
    /// A blank to fill in.
    case blank
    /// Labels, list marks, tags.
    case structure
    case secret
    case placeholder
}

/// What the task works on: the text to summarise, the code to fix.
enum Material {
    case notNeeded
    case present
    case blank
    /// The prompt points to it and it is not there. What points to it, in words.
    case missing(Range<Int>)
    /// It stands from `start` to `end`, and nothing tells it from the instructions.
    case undelimited(start: Int, end: Int)
}

/// A part of the prompt under a label, such as `Format:`, `## Context` or `<task>`.
struct Section {
    var property: Label
    var labelStart: Int
    var contentStart: Int
    var state = Property.State.absent
}
