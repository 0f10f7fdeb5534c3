extension Settings {
    /// What would run, for `chat-fcgi check` and the start: a line each, with the warnings last. No secret is in it.
    /// - Parameter providers: what `resolvedProviders` gave.
    public func summary(providers: [ResolvedProvider]) -> [String] {
        var lines = [
            line("configuration", sourceText), line("listen", listen.description), line("data folder", dataDirectory),
        ]
        switch store {
        case .sqlite:
            let durability = durability == .full ? "" : ", durability \(durability.rawValue)"
            lines.append(line("store", "sqlite, \(databasePath ?? "")\(durability)"))
        case .postgresql(let url): lines.append(line("store", url))
        }
        lines.append(line("auth", authText))
        lines.append(line("agents folder", agentsDirectory))
        lines.append(line("price files", desk.pricesDirectory))
        for (index, provider) in providers.enumerated() {
            let kind = provider.baseURL.map { "\(provider.kind.rawValue) at \($0)" } ?? provider.kind.rawValue
            let state = provider.isAvailable ? "available" : "unavailable"
            let usual = provider.name == provider.kind.rawValue && provider.baseURL == nil
            lines.append(
                line(
                    index == 0 ? "providers" : "",
                    "\(index + 1). \(provider.name)\(usual ? "" : " (\(kind))"): \(state), \(provider.reason)"))
        }
        for (index, route) in models.enumerated() {
            let answers = self.answers(of: route, providers: providers)
            for (place, text) in answers.enumerated() {
                lines.append(line(index == 0 && place == 0 ? "models" : "", text))
            }
        }
        if models.contains(where: { $0.cache != nil }) {
            lines.append(line("cache", "\(grouped(cache.maximumBytes)) bytes for the earlier answers of all models"))
        }
        lines.append(line("limits", limitsText))
        lines.append(line("kept", keptText))
        lines.append(
            line(
                "log",
                "\(log.level.rawValue), \(log.format.rawValue)\(log.writesRequests ? "" : ", no line for each request")"
            ))
        return (lines + warnings(providers: providers).map { "warning: " + $0 }).map { quotable($0, limit: 8192) }
    }

    /// Who would answer for a model's name, as far as can be told without asking anybody: its chain, and then, unless the
    /// whole chain is one that is available, a line for each step with why it would be asked or not.
    public func answers(of route: ModelRoute, providers: [ResolvedProvider]) -> [String] {
        let names = route.chain.map { step in
            let listed = providers.first { $0.name == step.provider }?.listedModels.first
            return step.provider
                + ((step.model ?? listed.map { "\($0), the first that it lists" }).map { " (\($0))" } ?? "")
        }
        let cached = route.cache.map { "; answers are kept for \(grouped($0.ttlSeconds)) s" } ?? ""
        var lines = [
            "\(route.name == "*" ? "* (any name)" : route.name): \(names.joined(separator: ", then "))\(cached)"
        ]
        var before: [String] = []
        for (step, name) in zip(route.chain, names) {
            let provider = providers.first { $0.name == step.provider }
            let verdict: String
            if let provider, provider.isAvailable {
                verdict =
                    before.last.map { "answers when \($0) does not" }
                    ?? (route.chain.count > 1 ? "answers first" : "answers")
                before.append(step.provider)
            } else {
                verdict = "is passed over: \(provider?.reason ?? "it is not under providers")"
            }
            lines.append("  \(name) \(verdict)")
        }
        return before.count == 1 && route.chain.count == 1 ? [lines[0]] : lines
    }

    private func most(_ number: Int, _ what: String) -> String {
        number == 0 ? "any number of \(what)s" : counted(number, what)
    }

    /// What one user may take.
    private var limitsText: String {
        return
            "of a user, \(most(limits.requestsPerMinute, "request")) a minute, \(counted(limits.streamsPerUser, "answer")) at once, "
            + most(limits.tokensPerDay, "token") + " a day"
    }

    /// How much is stored of one user, and for how long.
    private var keptText: String {
        func days(_ number: Int) -> String { number == 0 ? "for ever" : "for \(counted(number, "day"))" }
        return
            "of a user, \(most(limits.conversationsPerUser, "conversation")), \(most(limits.messagesPerUser, "message")), "
            + "\(most(limits.bytesPerUser, "byte")); conversations \(days(limits.retentionDays))"
            + (auth.modes.contains(.guest) ? ", guests who never came back \(days(limits.guestDays))" : "")
    }

    /// What the operator should look at before trusting this configuration, a sentence each; `serve` logs them.
    public func warnings(providers: [ResolvedProvider]) -> [String] {
        var warnings = notes + providers.flatMap(\.warnings)
        if auth.modes.contains(.open) {
            warnings.append(
                "auth.mode is open: anybody who can reach the API can be any user; use it in closed networks")
        }
        if auth.modes.contains(.jwt), auth.jwt?.audience == nil || auth.jwt?.issuer == nil {
            warnings.append(
                "without jwt.issuer and jwt.audience, tokens that were made for other services are taken too")
        }
        if auth.jwt != nil, !auth.modes.contains(.jwt) {
            warnings.append("jwt has no effect: auth.mode does not have it")
        }
        if auth.modes.contains(.proxy) {
            warnings.append(
                "auth.mode has proxy: the user that the web server names in REMOTE_USER is believed, so it may pass on only names it "
                    + "has checked; nginx fills $remote_user from any Authorization header, checked or not, and sets it right only "
                    + "where auth_basic applies (chat-fcgi doctor tries it)")
        }
        if !listen.isLocal {
            warnings.append(
                "\(listen) can be reached from other machines; FastCGI knows no password, so let only the web server "
                    + "through")
        }
        let available = Set(providers.filter(\.isAvailable).map(\.name))
        for model in models where !model.chain.contains(where: { available.contains($0.provider) }) {
            warnings.append("nobody in the chain of the model \(model.name) is available")
        }
        warnings += providers.compactMap(\.settings.addressWarning)
        for provider in providers where provider.settings.usesHTTP2 {
            if provider.baseURL.flatMap(BaseURL.init)?.isEncrypted != true {
                warnings.append("http2 of the provider \(provider.name) has no effect: its base_url is not https://")
            }
        }
        if cache.maximumBytes == 0, let route = models.first(where: { $0.cache != nil }) {
            warnings.append("the model \(route.name) has a cache, but cache.max_bytes is 0, so no answer is kept")
        }
        for provider in providers where !models.contains(where: { $0.chain.contains { $0.provider == provider.name } })
        {
            warnings.append("the provider \(provider.name) is in no chain and is never asked")
        }
        return warnings
    }

    private func line(_ title: String, _ text: String) -> String {
        title + String(repeating: " ", count: max(1, 15 - title.count)) + text
    }

    private var sourceText: String {
        switch source {
        case .defaults: "none; defaults and the environment"
        case .file(let path, let origin): "\(path) (\(origin))"
        }
    }

    private var authText: String {
        auth.modes.map { mode in
            switch mode {
            case .guest: "guest: anybody gets a token by POST /api/v1/auth/guest"
            case .jwt: "jwt: bearer tokens checked with \(keysText)"
            case .proxy: "proxy: the web server says who it is, in REMOTE_USER"
            case .open: "open: user_id is believed as it is sent"
            }
        }.joined(separator: "; else ")
    }

    private var keysText: String {
        switch auth.jwt?.keys {
        case .file(let path): path
        case .url(let url): "the keys at \(url)"
        case .discovery(let issuer): "the keys of \(issuer)"
        case nil: "nothing"
        }
    }
}
