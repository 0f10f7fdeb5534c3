import Substrings

extension FileReading {
    private static let maximumProviders = 64

    /// Reads `providers`; with no such key the embedded one stays.
    /// - Returns: every name that a chain may use, those of mistaken providers too, so that one mistake is told once. Nil
    ///   when `providers` itself is mistaken.
    mutating func readProviders(into settings: inout Settings) -> [String]? {
        guard root.has("providers") else {
            for vendor in Vendor.all where vendor.isUsual(in: environment) {
                settings.notes.append(
                    "\(vendor.variable) is in the environment, but the configuration has no providers, so \(vendor.name) "
                        + "is not asked")
            }
            return settings.providers.map(\.name)
        }
        guard let section = root.section("providers") else { return nil }
        settings.providers = []
        if section.members.isEmpty {
            mistakes.add(
                section.location, "providers", "there is nobody in it",
                "Add builtin: { kind: \"builtin\" }, or leave the key out")
            return nil
        }
        if section.members.count > Self.maximumProviders {
            mistakes.add(
                section.location, "providers", "has more than \(Self.maximumProviders) entries", "Remove some")
            return nil
        }
        for member in section.members {
            let path = section.path(of: member.key)
            if !Self.isProviderName(member.key) {
                mistakes.add(
                    member.keyLocation, path, "is no name for a provider", "Use 1 to 64 of A-Z a-z 0-9 . _ -")
            }
            guard let own = Section(member.value, at: path, mistakes: mistakes) else { continue }
            var provider = ProviderSettings(name: member.key, kind: .builtin)
            provider.clocks = settings.clocks
            provider.retry = settings.retry
            read(own, into: &provider)
            settings.providers.append(provider)
        }
        return section.members.map(\.key)
    }

    private static func isProviderName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count) && name.isAlphanumeric(or: "._-")
    }

    private func read(_ given: Section, into provider: inout ProviderSettings) {
        var section = given
        let kind = section.word("kind", as: ProviderKind.self)
        if !section.has("kind") {
            let kinds = ProviderKind.allCases.map { "\"\($0.rawValue)\"" }
            section.missing("kind", "Add kind: \(alternatives(kinds))")
        }
        provider.kind = kind ?? provider.kind
        // Before the address, which may need leave to be what it is.
        section.read("allow_link_local", into: &provider.allowsLinkLocal)
        let baseURL = readBaseURL(of: &section, of: provider.kind, allowsLinkLocal: provider.allowsLinkLocal)
        let keySource = readKeySource(of: &section)
        let apiVersion = section.text("api_version", "the date of the API's version", maximum: 64)
        section.read("stream", into: &provider.streams)
        section.read("http2", into: &provider.usesHTTP2)
        provider.finishReason = section.word("finish_reason") ?? provider.finishReason
        provider.thinkTags = section.word("think_tags") ?? provider.thinkTags
        section.read("tools", into: &provider.takesTools)
        provider.headers = readHeaders(of: &section)
        section.read("pace_ms", into: &provider.paceMS, 0...60_000, "milliseconds between chunks")
        if var clocks = section.section("clocks") {
            clocks.readHedgeAfter(into: &provider.retry)
            clocks.read(into: &provider.clocks)
        }
        if var retry = section.section("retry") {
            for (key, other) in [
                ("attempts_in_all", "attempts limits"), ("hedge_percent", "hedge_after_ms: 0 excludes"),
            ] {
                guard let mistaken = retry.value(key) else { continue }
                mistakes.add(
                    mistaken.location, retry.path(of: key), "counts the calls of all providers together",
                    "Move it to retry at the top of the file; \(other) the calls of this one")
            }
            retry.readHedgeAfter(into: &provider.retry)
            retry.read(into: &provider.retry)
        }
        section.refuseUnknownKeys()
        guard let kind else { return }
        refuseForeignKeys(of: section, kind: kind)
        guard kind.isRemote else { return }
        provider.baseURL = baseURL?.text ?? kind.defaultBaseURL
        provider.keySource = keySource
        provider.apiVersion = apiVersion?.value
        if kind == .azure {
            if !section.has("base_url") {
                section.missing("base_url", "Add base_url: \"https://NAME.openai.azure.com\" with your resource's name")
            }
            if !section.has("api_version") {
                section.missing("api_version", "Add api_version: the date that Azure names")
            }
            if !section.has("api_key_env"), !section.has("api_key_file") {
                section.missing("api_key_env", "Add api_key_env: \"AZURE_OPENAI_API_KEY\", or api_key_file")
            }
        } else if !section.has("api_key_env"), !section.has("api_key_file"), let baseURL = provider.baseURL {
            provider.keySource = Vendor.behind(baseURL, kind: kind).map { .environment($0.variable) }
        }
    }

    /// Tells keys that exist, but mean nothing for this kind.
    private func refuseForeignKeys(of section: Section, kind: ProviderKind) {
        let foreign: [String] =
            switch kind {
            case .builtin:
                [
                    "base_url", "api_key_env", "api_key_file", "api_version", "stream", "http2", "allow_link_local",
                    "headers", "finish_reason", "think_tags", "tools",
                ]
            case .azure: ["pace_ms"]
            case .openai, .anthropic, .gemini, .ollama: ["api_version", "pace_ms"]
            }
        for member in section.members where foreign.contains(member.key) {
            mistakes.add(
                member.keyLocation, section.path(of: member.key),
                "means nothing for a provider of kind \(kind.rawValue)",
                "Remove it, or change kind")
        }
    }

    private func readBaseURL(
        of section: inout Section, of kind: ProviderKind, allowsLinkLocal: Bool
    ) -> BaseURL? {
        guard let text = section.text("base_url", "an http or https address", maximum: 2048) else { return nil }
        if let problem = BaseURL.problem(with: text.value) {
            let example = kind == .azure ? "https://NAME.openai.azure.com" : kind.defaultBaseURL
            section.add(text, problem, "Write it as in \"\(example ?? "https://api.openai.com/v1")\"")
            return nil
        }
        let address = BaseURL(text.value)
        if let address, address.isLinkLocal, !allowsLinkLocal {
            section.add(
                text, "is a link-local or metadata address, where machines of a cloud get their own credentials",
                "Write the model server's address; if it really is there, add allow_link_local: true")
            return nil
        }
        return address
    }

    private func readKeySource(of section: inout Section) -> ProviderSettings.KeySource? {
        if let direct = section.value("api_key") {
            mistakes.add(
                direct.location, section.path(of: "api_key"), "keys are not written in this file",
                "Use api_key_env: \"NAME_OF_A_VARIABLE\" or api_key_file: \"PATH\", and replace that key if others have "
                    + "seen the file")
        }
        let variable = section.text("api_key_env", "the name of a variable", maximum: 128)
        let file = section.text("api_key_file", "the path of a file with nothing but the key")
        if section.has("api_key_env"), let second = section.value("api_key_file") {
            mistakes.add(
                second.location, section.path(of: "api_key_file"), "stands beside api_key_env", "Keep one of the two")
        }
        if let variable {
            guard Self.isVariableName(variable.value) else {
                // Not quoted: what is no name is often the key.
                section.add(
                    variable, "is no name of a variable of the environment",
                    "Write the name, as in \"OPENAI_API_KEY\", not the key itself")
                return nil
            }
            return .environment(variable.value)
        }
        return file.map { .file(Paths.resolve($0.value, in: folder)) }
    }

    /// A name by POSIX (letters, digits and _), as long as it does not look like a key: some vendors' keys are made of
    /// nothing else, and would go to logs as the variable that is not there.
    private static func isVariableName(_ text: String) -> Bool {
        var hasSmall = false
        var hasDigit = false
        for (index, byte) in text.utf8.enumerated() {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): break
            case UInt8(ascii: "a")...UInt8(ascii: "z"): hasSmall = true
            case UInt8(ascii: "0")...UInt8(ascii: "9") where index > 0: hasDigit = true
            default: return false
            }
        }
        return !(hasSmall && hasDigit && text.utf8.count >= 20)
    }
}
