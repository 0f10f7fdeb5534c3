// Dialect 4, the plain agent.

import Chat

/// The model that a request chose by `provider`, by `model`, or by both, among those of the configuration.
struct ModelChoice {
    /// Nil when the request chose none.
    private(set) var model: (any LanguageModel)?

    /// Adds to the body's mistakes what is not there to be chosen.
    ///
    /// `model` alone is a name that `GET /api/v2/models` lists, else the model of the first provider that has it.
    init(
        provider: String?, model: String?, models: any ModelDirectory, known: [ModelAvailability],
        _ body: inout BodyFields
    ) {
        if let provider {
            let offered = known.filter { $0.provider == provider }
            guard let first = offered.first else {
                body.reject("provider", "must be one of " + Self.list(known.map(\.provider)))
                return
            }
            guard model != nil || !first.model.isEmpty else {
                body.reject("model", "is required: the configuration names none for this provider")
                return
            }
            self.model = models.model(named: model, provider: provider)
            if self.model == nil { body.reject("model", "must be one of " + Self.list(offered.map(\.model))) }
        } else if let model {
            if models.names.contains(model) {
                self.model = models.model(named: model)
            } else if let first = known.first(where: { $0.model == model }) {
                self.model = models.model(named: model, provider: first.provider)
            }
            if self.model == nil {
                body.reject("model", "must be one of " + Self.list(models.names + known.map(\.model)))
            }
        }
    }

    /// The first twenty, each once.
    private static func list(_ words: [String]) -> String {
        var distinct: [String] = []
        for word in words where !word.isEmpty && !distinct.contains(word) { distinct.append(word) }
        return distinct.prefix(20).joined(separator: ", ") + (distinct.count > 20 ? ", …" : "")
    }
}
