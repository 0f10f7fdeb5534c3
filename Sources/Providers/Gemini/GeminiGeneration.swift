import JSON

/// What differs between the generations of Gemini's models. A name that tells none (`gemini-flash-latest`) is taken as of a
/// newer one than those that are known.
enum GeminiGeneration {
    /// Does not think.
    case early
    /// 2.5: takes a number of tokens to think with.
    case budgeted
    /// 3 and later: takes a word for how much to think.
    case levelled

    init(model: String) {
        let name = model.split(separator: "/").last ?? ""
        if name.hasPrefix("gemini-2.5") {
            self = .budgeted
        } else if ["gemini-1", "gemini-2", "gemma", "gemini-pro"].contains(where: { name.hasPrefix($0) }) {
            self = .early
        } else {
            self = .levelled
        }
    }

    /// Whether a call in the conversation must bear the signature of the thought that led to it
    /// (ai.google.dev/gemini-api/docs/thought-signatures).
    var wantsSignatures: Bool { self == .levelled }

    /// Asks for the thoughts, and for how many of them (ai.google.dev/gemini-api/docs/thinking).
    func writeThinking(_ effort: String, to json: inout JSONWriter) {
        if self == .early { return }
        json.key("thinkingConfig")
        json.beginObject()
        if self == .levelled {
            json.string(effort == "none" ? "minimal" : effort, for: "thinkingLevel")
        } else {
            json.key("thinkingBudget")
            // The numbers that Google itself puts for these words (ai.google.dev/gemini-api/docs/openai#thinking).
            switch effort {
            case "none": json.integer(0)
            case "minimal", "low": json.integer(1024)
            case "medium": json.integer(8192)
            default: json.integer(24576)
            }
        }
        if effort != "none" {
            json.bool(true, for: "includeThoughts")
        }
        json.endObject()
    }
}
