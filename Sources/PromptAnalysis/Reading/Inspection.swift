/// A prompt under inspection: what has been read of it so far, and what was found.
///
/// Each step goes over the text once, from the ground up: secrets, marks, regions, words, phrases, sentences, then the
/// rules. `steps` counts what is looked at, so that a test can tell that the work grows with the text and not faster.
struct Inspection {
    let text: VisibleText
    /// What each visible character belongs to.
    var regions: [Region]
    var words: [Word] = []
    var sentences: [Sentence] = []
    var hits: [Hit] = []
    var tasks: [Task] = []
    var sections: [Section] = []
    /// What was found missing or wrong with the material that the task is about.
    var material = Material.notNeeded
    var isEnglish = true
    var findings: Findings
    /// Characters, words and phrases looked at.
    var steps = 0

    /// Marks before the first word.
    var opening: Marks = []
    /// Qualities that the author says the meaning of: `Here, "good" means: …`.
    var definitions: [String: Property.State] = [:]
    /// Closing marks that are missing at the end.
    var missingClose: String?
    /// Names of tags that occur, so that a new one can be chosen.
    var tagNames: Set<String> = []
    /// Points lost, by property.
    var lost: [Property.Name: Int] = [:]
    var states: [Property.Name: Property.State] = [:]

    init(_ prompt: String) {
        text = VisibleText(prompt)
        regions = Array(repeating: .author, count: text.scalars.count)
        findings = Findings()
        steps = text.original.count
    }

    var scalars: [Unicode.Scalar] { text.scalars }

    /// Where the prompt's text ends and its trailing white space begins.
    var contentEnd: Int {
        var end = scalars.count
        while end > 0, scalars[end - 1].isSpace { end -= 1 }
        return end
    }

    mutating func mark(_ start: Int, _ end: Int, _ region: Region, over: Set<Region> = [.author]) {
        steps += end - start
        for position in start..<end where over.contains(regions[position]) { regions[position] = region }
    }

    /// Takes points from a property. What it gives never falls below 0.
    mutating func lose(_ points: Int, of property: Property.Name) { lost[property, default: 0] += points }

    mutating func inspect() {
        findHiddenCharacters()
        findSecrets()
        findMarks()
        findRegions()
        readSections()
        readWords()
        findPhrases()
        findMaterial()
        readSentences()
        judgeLanguage()
        findTasks()

        judgeSafety()
        judgePlaceholders()
        judgeLength()
        guard isEnglish else { return }
        judgeTask()
        judgeMaterial()
        judgeVagueness()
        judgeReference()
        judgeContradictions()
        judgeNegatives()
        judgeProperties()
    }
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

/// What the task works on: the text to summarise, the code to mend.
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
