extension FileReading {
    private static let maximumModels = 256
    private static let maximumSteps = 16

    /// Reads `models`; with no such key any name goes to all providers in their order.
    /// - Parameter providerNames: what a step may name; nil when that is not known.
    mutating func readModels(into settings: inout Settings, providerNames: [String]?) {
        guard let value = root.value("models") else {
            settings.models = [
                ModelRoute(name: "*", chain: settings.providers.map { ModelRoute.Step(provider: $0.name) })
            ]
            return
        }
        settings.models = []
        var firstLines: [String: Int] = [:]
        for (path, entry) in elements(of: value, path: "models", maximum: Self.maximumModels) {
            guard var section = Section(entry, at: path, mistakes: mistakes) else { continue }
            let name = section.text("name", "the name that clients ask for, or \"*\" for any", maximum: 128)
            if !section.has("name") {
                section.missing("name", "Add name: the name that clients ask for, or \"*\" for any")
            }
            if let name { check(name, firstLines: &firstLines) }
            var chain: [ModelRoute.Step] = []
            if let steps = section.value("chain") {
                for (path, step) in elements(of: steps, path: section.path(of: "chain"), maximum: Self.maximumSteps) {
                    guard let step = self.step(step, path: path, providerNames: providerNames) else { continue }
                    chain.append(step)
                }
            } else {
                section.missing("chain", "Add chain: [ { provider: \"builtin\" } ]")
            }
            var route = ModelRoute(name: name?.value ?? "", chain: chain)
            if var cache = section.section("cache") { route.cache = read(&cache, usually: settings.cache) }
            section.readOptional("prompt_tokens", into: &route.promptTokens, 0...100_000_000, "tokens; 0: no limit")
            section.readOptional(
                "completion_tokens", into: &route.completionTokens, 0...10_000_000, "tokens; 0: no limit")
            section.refuseUnknownKeys()
            settings.models.append(route)
        }
    }

    private func read(_ section: inout Section, usually common: CacheSettings) -> ModelRoute.Cache {
        var cache = ModelRoute.Cache(ttlSeconds: 1)
        cache.isShared = common.isShared
        cache.similarity = common.similarity
        cache.isStored = common.isStored
        // Without a default: how long an answer holds depends on what it tells.
        if !section.has("ttl_s") {
            section.missing("ttl_s", "Add ttl_s: how many seconds an answer may be given again, 1 to 604,800")
        }
        section.read("ttl_s", into: &cache.ttlSeconds, 1...604_800, "seconds", isRequired: true)
        section.read("pace_ms", into: &cache.paceMS, 0...1_000, "milliseconds between pieces; 0: at once")
        section.read("shared", into: &cache.isShared)
        section.read("similarity", into: &cache.similarity, 0...1, CacheSettings.similarityUnit)
        section.read("stored", into: &cache.isStored)
        if let mistaken = section.value("max_bytes") {
            mistakes.add(
                mistaken.location, section.path(of: "max_bytes"), "is one limit for all routes together",
                "Move it to cache: { max_bytes: … } at the top of the file")
        }
        section.refuseUnknownKeys()
        return cache
    }

    private func check(_ name: Section.Text, firstLines: inout [String: Int]) {
        if name.value.contains("*"), name.value != "*" {
            mistakes.add(
                name.location, name.path, "a * only stands alone, for any name", "Write the whole name, or \"*\"")
        }
        if let line = firstLines["*"] ?? firstLines[name.value] {
            mistakes.add(
                name.location, name.path, "is never reached: line \(line) matches first",
                "Move it up, or remove it; the first match wins")
        } else {
            firstLines[name.value] = name.location.line
        }
    }

    private func step(_ value: JSON5Value, path: String, providerNames: [String]?) -> ModelRoute.Step? {
        guard var section = Section(value, at: path, mistakes: mistakes) else { return nil }
        let provider = section.text("provider", "a name under providers", maximum: 64)
        let model = section.text("model", "the model as the provider names it", maximum: 256)
        if !section.has("provider") { section.missing("provider", "Add provider: a name under providers") }
        section.refuseUnknownKeys()
        guard let provider else { return nil }
        if let providerNames, !providerNames.contains(provider.value) {
            let near = nearest(to: provider.value, among: providerNames).map { "Perhaps \"\($0)\" is meant. " } ?? ""
            section.add(
                provider, "\(quoted(provider.value)) is not under providers",
                near + "Known: \(providerNames.map { quotable($0) }.joined(separator: ", "))")
        }
        return ModelRoute.Step(provider: provider.value, model: model?.value)
    }

    /// The elements of a list that must have some, each with its path; what is wrong with the list is told.
    private func elements(of value: JSON5Value, path: String, maximum: Int) -> [(path: String, value: JSON5Value)] {
        guard case .array(let elements) = value.content else {
            mistakes.add(value.location, path, "must be a list, here is \(value.kindName)", "Write [ … ]")
            return []
        }
        if elements.isEmpty {
            mistakes.add(
                value.location, path, "is empty", "Add an entry, or leave the key out where it is not required")
        }
        if elements.count > maximum {
            mistakes.add(value.location, path, "has more than \(maximum) entries", "Remove some")
        }
        return elements.prefix(maximum).enumerated().map { ("\(path)[\($0.offset)]", $0.element) }
    }
}
