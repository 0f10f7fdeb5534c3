import JSON
import Substrings

/// What differs between the generations of Gemini's models. A name that tells none (`gemini-flash-latest`) is taken as of a
/// newer one than those that are known.
struct GeminiGeneration {
    enum Thinking {
        /// Does not think.
        case none
        /// 2.5: takes a number of tokens to think with.
        case budget
        /// 3 and later: takes a word for how much to think.
        case level
    }

    let thinking: Thinking
    /// Whether it is one of the models that always think.
    private let isPro: Bool
    /// The first of the newer ones, which knows but two words.
    private let knowsMedium: Bool

    init(model: String) {
        let name = model.split(separator: "/").last ?? ""
        isPro = name.contains("-pro")
        knowsMedium = !name.hasPrefix("gemini-3-pro")
        if name.hasPrefix("gemini-2.5") {
            thinking = .budget
        } else if ["gemini-1", "gemini-2", "gemma", "gemini-pro"].contains(where: { name.hasPrefix($0) }) {
            thinking = .none
        } else {
            thinking = .level
        }
    }

    /// Whether a call in the conversation must bear the signature of the thought that led to it
    /// (ai.google.dev/gemini-api/docs/thought-signatures).
    var wantsSignatures: Bool { thinking == .level }

    /// Asks for the thoughts, and for how many of them (ai.google.dev/gemini-api/docs/thinking).
    func writeThinking(_ effort: String, to json: inout JSONWriter) {
        if thinking == .none { return }
        json.beginObject("thinkingConfig")
        if thinking == .level {
            json.member("thinkingLevel", level(for: effort))
        } else {
            json.key("thinkingBudget")
            // The numbers that Google itself puts for these words (ai.google.dev/gemini-api/docs/openai#thinking); 128 is
            // the least of a model that always thinks.
            switch effort {
            case "none": json.integer(isPro ? 128 : 0)
            case "minimal", "low": json.integer(1024)
            case "medium": json.integer(8192)
            default: json.integer(24576)
            }
        }
        if effort != "none" {
            json.member("includeThoughts", true)
        }
        json.endObject()
    }

    /// The nearest word that the model knows (ai.google.dev/gemini-api/docs/thinking#thinking-levels).
    private func level(for effort: String) -> String {
        switch effort {
        case "none", "minimal": isPro ? "low" : "minimal"
        case "low": "low"
        case "medium": knowsMedium ? "medium" : "high"
        default: "high"
        }
    }
}
