extension Inspection {
    /// Puts together what the rules found.
    func analysis() -> Analysis {
        let properties = Property.Name.allCases.map(property)
        let judged = properties.filter { $0.state != .notJudged }
        let points = judged.reduce(0) { $0 + $1.points }
        let possible = judged.reduce(0) { $0 + $1.name.weight }
        let order = findings.all.indices.sorted { one, other in
            let (a, b) = (findings.all[one], findings.all[other])
            return (b.severity, a.span.start, one) < (a.severity, b.span.start, other)
        }
        var identifiers = Array(repeating: "", count: order.count)
        for (number, index) in order.enumerated() { identifiers[index] = "i\(number + 1)" }
        let suggestions = SuggestionBuilder(original: text.original, drafts: findings.drafts).suggestions(identifiers)
        return Analysis(
            score: points * 100 / possible, language: isEnglish ? .english : .other, estimatedTokens: estimatedTokens,
            properties: properties, insights: order.map { insight($0, identifiers[$0]) }, suggestions: suggestions,
            optimized: Suggestion.apply(suggestions, to: text.original))
    }

    private func insight(_ index: Int, _ id: String) -> Insight {
        let finding = findings.all[index]
        let further = finding.further == 0 ? "" : " \(finding.further) more like it are not listed."
        return Insight(
            id: id, kind: finding.kind, severity: finding.severity, message: finding.message + further,
            span: finding.span)
    }

    /// The points of a property. Where nothing is asked for, nothing can be clear or complete.
    private func property(_ name: Property.Name) -> Property {
        let loss = lost[name, default: 0]
        if !isEnglish, name != .safety, name != .completeness {
            return Property(name: name, state: .notJudged, points: 0)
        }
        switch name {
        case .clarity, .completeness, .safety:
            var points = max(0, name.weight - loss)
            if isEnglish, name != .safety {
                switch states[.task] ?? .absent {
                case .present: break
                case .blank: points /= 2
                default: points = 0
                }
            }
            return Property(
                name: name, state: points == name.weight ? .present : points == 0 ? .absent : .partial, points: points)
        case .task, .context, .audience, .format, .constraints, .examples:
            let state = states[name] ?? .absent
            switch state {
            case .present, .partial:
                let points = max(name.weight * 2 / 5, name.weight - loss)
                return Property(name: name, state: loss > 0 ? .partial : state, points: points)
            case .notNeeded: return Property(name: name, state: state, points: name.weight)
            case .blank: return Property(name: name, state: state, points: name.weight * 2 / 5)
            case .absent, .notJudged: return Property(name: name, state: state, points: 0)
            }
        }
    }
}
