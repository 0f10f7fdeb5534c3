/// Something that was seen in a prompt, and where.
public struct Insight: Sendable, Equatable {
    /// What an insight is about. The words are stable; docs/api.md lists them.
    public enum Kind: String, Sendable, CaseIterable {
        // The task and what belongs to it.
        case noTask = "no_task"
        case manyTasks = "many_tasks"
        case noContext = "no_context"
        case noAudience = "no_audience"
        case noFormat = "no_format"
        case noConstraints = "no_constraints"
        case noExamples = "no_examples"
        // Length and language.
        case tooShort = "too_short"
        case veryLong = "very_long"
        case languageNotJudged = "language_not_judged"
        // What can be read in more than one way.
        case vagueQuantity = "vague_quantity"
        case vagueQuality = "vague_quality"
        case openEnd = "open_end"
        case unclearReference = "unclear_reference"
        case contradiction = "contradiction"
        case negativeOnly = "negative_only"
        // What is not there yet.
        case placeholder = "placeholder"
        case blank = "blank"
        case missingMaterial = "missing_material"
        // What makes the prompt unsafe.
        case undelimitedText = "undelimited_text"
        case unclosedDelimiter = "unclosed_delimiter"
        case overridePhrase = "override_phrase"
        case roleLabel = "role_label"
        case controlToken = "control_token"
        case hiddenCharacters = "hidden_characters"
        case secret = "secret"
        /// Found by a language model, not by a rule.
        case remark = "remark"
    }

    public enum Severity: String, Sendable, CaseIterable, Comparable {
        /// May be as it is meant.
        case info
        /// Likely makes the answer worse.
        case warning
        /// The prompt should not be sent as it is.
        case critical

        public static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }

        private var rank: Int {
            switch self {
            case .info: 0
            case .warning: 1
            case .critical: 2
            }
        }
    }

    /// Unique within the analysis: `i1`, `i2`, ….
    public var id: String
    public var kind: Kind
    public var severity: Severity
    /// A sentence or two for the author. Never repeats a secret.
    public var message: String
    /// What it is about; the whole prompt where something is absent.
    public var span: Span

    public init(id: String, kind: Kind, severity: Severity, message: String, span: Span) {
        self.id = id
        self.kind = kind
        self.severity = severity
        self.message = message
        self.span = span
    }
}
